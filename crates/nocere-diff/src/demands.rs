//! What exercises ask of the body. What follows from it for people is told elsewhere.

use nocere_model::{Kind, bundle::DemandAsked};

use crate::{
    Bump, Change, Section,
    side::{Pair, keyed, zip},
    words::{code, codes},
};

pub(crate) fn changes(pair: &Pair<'_>) -> Vec<Change> {
    let mut found = Vec::new();
    for (old, new) in pair.exercises.common() {
        let parts =
            zip(&keyed(&old.demands, |one| one.id.as_str()), &keyed(&new.demands, |one| one.id.as_str()));
        for ((demand, _), before, after) in parts {
            let wider =
                |one: &DemandAsked| one.implies.iter().map(|wider| wider.id.to_string()).collect::<Vec<_>>();
            let say = match (before, after) {
                (Some(_), None) => format!("no longer demands {}", code(demand)),
                (None, Some(_)) => format!("now demands {}", code(demand)),
                (Some(old), Some(new)) if wider(old) != wider(new) => {
                    let or_nothing =
                        |ids: Vec<String>| if ids.is_empty() { "nothing".into() } else { codes(ids) };
                    format!(
                        "{} is now a case of {} (was: {})",
                        code(demand),
                        or_nothing(wider(new)),
                        or_nothing(wider(old))
                    )
                }
                _ => continue,
            };
            let field = format!("demands/{demand}");
            let change = Change::new(Section::Demands, Bump::Minor, Kind::Exercise, &old.id, field, say);
            found.push(change.with(before, after));
        }
    }
    found
}
