//! What a routine shows to whom on both sides: the tables of adaptations, walked together.
//!
//! A condition that a routine's screening does not ask for changes nothing: nobody knows, so people who have it are
//! shown what everybody is.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use nocere_model::{Adaptations, Condition, Exercise, Id, Shown};

/// Some people, and the exercises that they are shown on one side alone.
pub(crate) struct Seen<'a> {
    /// The conditions that they have, all of them.
    pub(crate) people: Vec<&'a Id<Condition>>,
    /// The exercises that only the new side shows them.
    pub(crate) gained: BTreeSet<&'a Id<Exercise>>,
    /// Whether the old side shows them a routine at all.
    pub(crate) had_routine: bool,
}

/// Conditions that neither table tells apart: their numbers on both sides.
type Class<'a> = ([Option<usize>; 2], Vec<&'a Id<Condition>>);

/// Every set of people that one of the tables tells apart, the smallest sets first: nobody's, each single condition,
/// each pair of those, and then the fewest conditions that lead to each further pair of audiences.
pub(crate) fn seen<'a>(old: &'a Adaptations, new: &'a Adaptations) -> Vec<Seen<'a>> {
    let mut classes: BTreeMap<[Option<usize>; 2], Vec<&'a Id<Condition>>> = BTreeMap::new();
    let ids: BTreeSet<&Id<Condition>> = old.conditions.keys().chain(new.conditions.keys()).collect();
    for id in ids {
        let number = |table: &Adaptations| table.conditions.get(id).copied().flatten();
        classes.entry([number(old), number(new)]).or_default().push(id);
    }
    classes.remove(&[None, None]);
    let classes: Vec<Class<'_>> = classes.into_iter().collect();
    let tables = [old, new];
    // Bounded, as tables from elsewhere could differ without end.
    const MOST: usize = 1 << 16;
    let mut visited: BTreeSet<[usize; 2]> = BTreeSet::new();
    let mut queue: VecDeque<([usize; 2], Vec<usize>)> = VecDeque::from([([0, 0], Vec::new())]);
    let mut all = Vec::new();
    while let Some((at, set)) = queue.pop_front() {
        let first = visited.insert(at);
        // Pairs are told one by one, also where they lead to people who are known already.
        if (!first && set.len() > 2) || all.len() > MOST {
            continue;
        }
        for people in choices(&classes, &set) {
            all.push(one(tables, at, people));
        }
        if first || set.len() < 2 {
            let from = set.last().map_or(0, |last| last + 1);
            for (number, (class, _)) in classes.iter().enumerate().skip(if set.len() < 2 { from } else { 0 })
            {
                let next = [step(old, at[0], class[0]), step(new, at[1], class[1])];
                if !set.contains(&number) && (set.len() < 2 || next != at) {
                    let mut longer = set.clone();
                    longer.push(number);
                    queue.push_back((next, longer));
                }
            }
        }
    }
    all
}

fn step(table: &Adaptations, at: usize, class: Option<usize>) -> usize {
    let next = class.and_then(|class| table.audiences.get(at)?.next.get(class).copied());
    next.unwrap_or(at)
}

/// The sets of conditions that a set of classes stands for: each alone, and of more the first of each class.
fn choices<'a>(classes: &[Class<'a>], set: &[usize]) -> Vec<Vec<&'a Id<Condition>>> {
    match set {
        [one] => classes[*one].1.iter().map(|id| vec![*id]).collect(),
        [one, other] => {
            let pairs =
                classes[*one].1.iter().flat_map(|a| classes[*other].1.iter().map(move |b| vec![*a, *b]));
            pairs.collect()
        }
        more => vec![more.iter().filter_map(|class| classes[*class].1.first().copied()).collect()],
    }
}

fn one<'a>(tables: [&'a Adaptations; 2], at: [usize; 2], mut people: Vec<&'a Id<Condition>>) -> Seen<'a> {
    people.sort();
    let [old, new] = [exercises(tables[0], at[0]), exercises(tables[1], at[1])];
    Seen { people, gained: new.difference(&old).copied().collect(), had_routine: !old.is_empty() }
}

/// The exercises that an audience is shown; none where it is shown no routine.
fn exercises(table: &Adaptations, audience: usize) -> BTreeSet<&Id<Exercise>> {
    match table.audiences.get(audience).map(|audience| &audience.shown) {
        Some(Shown::Routine { steps, .. }) => {
            steps.iter().filter_map(|step| Some(&table.steps.get(*step)?.exercise)).collect()
        }
        _ => BTreeSet::new(),
    }
}
