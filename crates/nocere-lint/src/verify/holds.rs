//! Every contraindication that the bundle's own conditions require is there, and none hangs in the air.

use std::collections::{BTreeMap, BTreeSet};

use nocere_model::{
    Bundle, Condition, Demand, Grade, Id, Level, Limit,
    bundle::{Because, Contraindication, Exercise},
};

pub(super) fn faults(bundle: &Bundle) -> Vec<String> {
    let broader: BTreeMap<&Id<Demand>, &Id<Demand>> =
        bundle.demands.iter().filter_map(|demand| Some((&demand.id, demand.broader.as_ref()?))).collect();
    let names = bundle.conditions.iter().map(|condition| (&condition.id, condition.name.as_str()));
    let names: BTreeMap<&Id<Condition>, &str> = names.collect();
    let mut faults = Vec::new();
    for exercise in &bundle.exercises {
        let asked = asked(exercise, &broader, &mut faults);
        let mut required = BTreeMap::new();
        for condition in &bundle.conditions {
            let caught: Vec<Caught<'_>> =
                condition.limits.iter().filter_map(|limit| Caught::by(limit, &asked)).collect();
            if !caught.is_empty() {
                required.insert(&condition.id, caught);
            }
        }
        for (condition, caught) in &required {
            if !exercise.contraindications.iter().any(|stated| stated.condition == **condition) {
                let (level, first) = (strongest(caught), &caught[0]);
                faults.push(format!(
                    "the exercise `{}` demands `{}`, for which the condition `{condition}` says {}, but it has no contraindication for `{condition}`: people who have it would not be held back",
                    exercise.id, first.asked_as[0], word(level)
                ));
            }
        }
        let mut seen = BTreeSet::new();
        for stated in &exercise.contraindications {
            let about = format!("the contraindication of `{}` for `{}`", exercise.id, stated.condition);
            if !seen.insert(&stated.condition) {
                faults.push(format!("{about} is there twice"));
            }
            if names.get(&stated.condition).is_some_and(|name| *name != stated.name.as_str()) {
                faults.push(format!("{about} calls the condition by another name"));
            }
            let caught = required.get(&stated.condition).map(Vec::as_slice).unwrap_or_default();
            faults.extend(compare(stated, caught).map(|fault| format!("{about} {fault}")));
        }
    }
    faults
}

/// The demands of an exercise, each with itself and the broader ones that it is a case of.
fn asked<'b>(
    exercise: &'b Exercise,
    broader: &BTreeMap<&'b Id<Demand>, &'b Id<Demand>>,
    faults: &mut Vec<String>,
) -> Vec<(&'b Id<Demand>, Vec<&'b Id<Demand>>)> {
    let mut all = Vec::new();
    for demand in &exercise.demands {
        let mut chain = vec![&demand.id];
        while let Some(next) = broader.get(chain[chain.len() - 1]).filter(|next| !chain.contains(next)) {
            chain.push(next);
        }
        if demand.implies.iter().map(|implied| &implied.id).ne(chain.iter().skip(1).copied()) {
            faults.push(format!(
                "the exercise `{}` says something else about what its demand `{}` is a case of than the demands of the bundle do",
                exercise.id, demand.id
            ));
        }
        all.push((&demand.id, chain));
    }
    all
}

/// A limit of a condition that catches demands of an exercise.
struct Caught<'b> {
    limit: &'b Limit,
    asked_as: Vec<&'b Id<Demand>>,
}

impl<'b> Caught<'b> {
    fn by(limit: &'b Limit, asked: &[(&'b Id<Demand>, Vec<&'b Id<Demand>>)]) -> Option<Self> {
        let falls_under = asked.iter().filter(|(_, chain)| chain.contains(&&limit.demand));
        let mut asked_as: Vec<&Id<Demand>> = falls_under.map(|(own, _)| *own).collect();
        asked_as.sort();
        asked_as.dedup();
        (!asked_as.is_empty()).then_some(Self { limit, asked_as })
    }

    fn is(&self, stated: &Because) -> bool {
        let limit = self.limit;
        let sources: BTreeSet<_> = limit.sources.iter().collect();
        stated.demand.id == limit.demand
            && stated.level == limit.level
            && stated.reason == limit.because
            && stated.until == limit.until
            && stated.grade == limit.grade
            && stated.sources.iter().eq(sources)
            && stated.asked_as.iter().eq(self.asked_as.iter().copied())
    }
}

fn strongest(caught: &[Caught<'_>]) -> Level {
    caught.iter().map(|one| one.limit.level).max().unwrap_or(Level::Caution)
}

/// How a contraindication differs from what it must say.
fn compare(stated: &Contraindication, caught: &[Caught<'_>]) -> impl Iterator<Item = String> {
    let mut faults = Vec::new();
    let derived = caught.iter().map(|one| one.limit.level).max();
    match derived.max(stated.declared) {
        None => faults.push("follows from nothing, and nobody is said to have written it".into()),
        Some(due) if due > stated.level => faults.push(format!(
            "says {}, and must say {}: people would be shown what they must not do",
            word(stated.level),
            word(due)
        )),
        Some(due) if due < stated.level => {
            faults.push(format!("says {}, and nothing supports more than {}", word(stated.level), word(due)));
        }
        Some(_) => {}
    }
    let lead = caught.iter().filter(|one| Some(one.limit.level) == derived);
    let grade: Option<Grade> = lead.map(|one| one.limit.grade).min();
    if stated.grade != grade {
        faults.push("states another grade of evidence than its reasons have".into());
    }
    let missing = caught.iter().filter(|one| !stated.because.iter().any(|because| one.is(because)));
    for one in missing {
        faults.push(format!("leaves out or changes what the condition says about `{}`", one.limit.demand));
    }
    let extra = stated.because.iter().filter(|because| !caught.iter().any(|one| one.is(because)));
    for because in extra {
        faults.push(format!("gives a reason about `{}` that the condition does not give", because.demand.id));
    }
    faults.into_iter()
}

pub(super) fn word(level: Level) -> &'static str {
    match level {
        Level::Avoid => "avoid",
        Level::Caution => "caution",
    }
}
