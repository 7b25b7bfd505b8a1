//! Statements of benefit: new ones, stronger ones, and the same on less evidence.

use nocere_model::{Claim, ClaimStrength, Kind};

use crate::{Bump, Change, Section, side::Pair, words::codes};

pub(crate) fn changes(pair: &Pair<'_>) -> Vec<Change> {
    let exercises =
        pair.exercises.common().map(|(old, new)| (Kind::Exercise, old.id.as_str(), &old.claims, &new.claims));
    let routines =
        pair.routines.common().map(|(old, new)| (Kind::Routine, old.id.as_str(), &old.claims, &new.claims));
    exercises.chain(routines).flat_map(|(kind, id, old, new)| document(kind, id, old, new)).collect()
}

fn document(kind: Kind, id: &str, old: &[Claim], new: &[Claim]) -> Vec<Change> {
    let mut found = Vec::new();
    let mut rest: Vec<&Claim> = old.iter().collect();
    let mut fresh: Vec<&Claim> = Vec::new();
    // The same words are the same claim; what is left over is compared by its place.
    let mut pairs: Vec<(&Claim, &Claim)> = Vec::new();
    for claim in new {
        match rest.iter().position(|old| old.say == claim.say) {
            Some(at) => pairs.push((rest.remove(at), claim)),
            None => fresh.push(claim),
        }
    }
    let both = rest.len().min(fresh.len());
    pairs.extend(rest.drain(..both).zip(fresh.drain(..both)));
    for (old, new) in pairs {
        for (bump, say) in same(old, new) {
            let change = Change::new(Section::Claims, bump, kind, id, "claims", say);
            found.push(change.with(Some(old), Some(new)));
        }
    }
    for claim in fresh {
        let say = format!("now claims, as {}: “{}” ({})", word(claim.strength), claim.say, evidence(claim));
        found
            .push(Change::new(Section::Claims, Bump::Minor, kind, id, "claims", say).with(None, Some(claim)));
    }
    for claim in rest {
        let say = format!("no longer claims: “{}” ({})", claim.say, word(claim.strength));
        found
            .push(Change::new(Section::Claims, Bump::Patch, kind, id, "claims", say).with(Some(claim), None));
    }
    if found.is_empty() && old != new {
        let say = "makes its claims in another order";
        found.push(Change::new(Section::Claims, Bump::Patch, kind, id, "claims", say));
    }
    found
}

fn same(old: &Claim, new: &Claim) -> Vec<(Bump, String)> {
    let mut found = Vec::new();
    if old.strength != new.strength {
        let (bump, verb) = match new.strength > old.strength {
            true => (Bump::Minor, "more strongly"),
            false => (Bump::Patch, "less strongly"),
        };
        let [was, is] = [word(old.strength), word(new.strength)];
        found.push((bump, format!("claims {verb}, as {is} (was: {was}): “{}” ({})", new.say, evidence(new))));
    }
    if old.say != new.say {
        found.push((Bump::Patch, format!("claims in other words: “{}” (was: “{}”)", new.say, old.say)));
    }
    if old.evidence != new.evidence {
        let was = evidence(old);
        found.push((
            Bump::Minor,
            format!("claims on other evidence: “{}” ({}; was: {was})", new.say, evidence(new)),
        ));
    }
    found
}

fn evidence(claim: &Claim) -> String {
    if claim.evidence.is_empty() {
        "no evidence".into()
    } else {
        format!("evidence {}", codes(&claim.evidence))
    }
}

fn word(strength: ClaimStrength) -> &'static str {
    match strength {
        ClaimStrength::Possible => "possible",
        ClaimStrength::Likely => "likely",
        ClaimStrength::Established => "established",
    }
}
