//! Nobody is shown what their conditions forbid: the tables of all routines, proved for every set of conditions.
//!
//! A person's way through a table is found by following all ways at once: every audience gathers the condition numbers
//! of everybody who can arrive there, until nothing more is gathered. An exercise that it shows must be forbidden by
//! none of their conditions, nor by one that changes nothing, nor by one that nobody asks for.

use std::collections::{BTreeMap, BTreeSet};

use nocere_model::{
    AdaptedStep, Bundle, Condition, Exercise, Id, Level, Prose, Shown,
    bundle::{self, Contraindication, Routine},
};

use crate::adaptation::MOST_AUDIENCES;

pub(super) fn faults(bundle: &Bundle) -> Vec<String> {
    let exercises = bundle.exercises.iter().map(|exercise| (&exercise.id, exercise)).collect();
    let check = |routine: &Routine| {
        let asked = bundle
            .screenings
            .iter()
            .find(|screening| routine.screening.as_ref().is_some_and(|wanted| wanted.id == screening.id));
        let asked = asked.iter().flat_map(|screening| &screening.conditions).map(|asked| &asked.id).collect();
        let mut table = Table { routine, exercises: &exercises, asked, faults: Vec::new() };
        table.check();
        let about = |fault: String| format!("the routine `{}` {fault}", routine.id);
        table.faults.into_iter().map(about).collect::<Vec<_>>()
    };
    let screenings = bundle.screenings.iter().filter(|screening| screening.red_flags.is_empty());
    let unasked =
        screenings.map(|screening| format!("the screening `{}` asks for no red flag", screening.id));
    let questions = bundle.screenings.iter().flat_map(|screening| questions(bundle, screening));
    bundle.routines.iter().flat_map(check).chain(unasked).chain(questions).collect()
}

/// A screening asks each condition's own question.
fn questions(bundle: &Bundle, screening: &bundle::Screening) -> Vec<String> {
    let differs = |asked: &&bundle::ConditionQuestion| {
        let condition = bundle.conditions.iter().find(|condition| condition.id == asked.id);
        condition.is_some_and(|condition| condition.ask != asked.ask || condition.codes != asked.codes)
    };
    let different = screening.conditions.iter().filter(differs);
    different
        .map(|asked| {
            format!(
                "the screening `{}` asks another question for `{}` than the condition itself",
                screening.id, asked.id
            )
        })
        .collect()
}

struct Table<'b> {
    routine: &'b Routine,
    exercises: &'b BTreeMap<&'b Id<Exercise>, &'b bundle::Exercise>,
    /// The conditions that its screening asks for.
    asked: BTreeSet<&'b Id<Condition>>,
    faults: Vec<String>,
}

impl<'b> Table<'b> {
    fn check(&mut self) {
        if self.is_sound() {
            self.steps();
            self.cautions();
            self.audiences();
        }
    }

    fn fault(&mut self, words: impl Into<String>) {
        let words = words.into();
        if !self.faults.contains(&words) {
            self.faults.push(words);
        }
    }

    /// Whether the table can be followed: every number leads somewhere.
    fn is_sound(&mut self) -> bool {
        let table = &self.routine.adaptations;
        let numbers: BTreeSet<usize> = table.conditions.values().copied().flatten().collect();
        let count = numbers.len();
        if table.routine != self.routine.id {
            self.fault(format!("has the table of another routine, `{}`", table.routine));
        }
        if !table.conditions.keys().eq(self.asked.iter().copied()) {
            self.fault("has a table that is not about the conditions that its screening asks for");
        }
        if table.audiences.is_empty() || table.audiences.len() > MOST_AUDIENCES + 1 {
            self.fault("has a table with no audiences, or with more than a bundle may hold");
        }
        if !numbers.iter().copied().eq(0..count) {
            self.fault("numbers its conditions with gaps");
        }
        let leads =
            |next: &Vec<usize>| next.len() == count && next.iter().all(|to| *to < table.audiences.len());
        if !table.audiences.iter().all(|audience| leads(&audience.next)) {
            self.fault("has a table that leads nowhere for some people");
        }
        self.faults.is_empty()
    }

    /// Each step stands where the routine has a place for it, and is what is written there or may step in for it.
    fn steps(&mut self) {
        let routine = self.routine;
        for step in &routine.adaptations.steps {
            let place = routine.blocks.get(step.block).and_then(|block| block.steps.get(step.index));
            let written = place.map(|place| &place.exercise.id);
            let may = match (&step.replaces, written) {
                (None, Some(written)) => step.exercise == *written,
                (Some(replaced), Some(written)) => replaced == written && self.may_replace(step, written),
                (_, None) => false,
            };
            if !may {
                self.fault(format!(
                    "shows `{}` in a place (block {}, exercise {}) that is not its own",
                    step.exercise,
                    step.block + 1,
                    step.index + 1
                ));
            }
        }
    }

    fn may_replace(&self, step: &AdaptedStep, written: &Id<Exercise>) -> bool {
        let Some(written) = self.exercises.get(written) else { return false };
        let mut named = written.alternatives.iter().chain(&written.regressions);
        named.any(|named| named.id == step.exercise)
    }

    fn holds(&self, exercise: &Id<Exercise>) -> &'b [Contraindication] {
        self.exercises.get(exercise).map(|exercise| exercise.contraindications.as_slice()).unwrap_or_default()
    }

    /// What a person must mind stands beside the exercise, in the words of its contraindication.
    fn cautions(&mut self) {
        let table = &self.routine.adaptations;
        let mut due: BTreeMap<(&Id<Exercise>, &Id<Condition>), &Prose> = BTreeMap::new();
        for step in &table.steps {
            for hold in self.holds(&step.exercise) {
                if hold.level == Level::Caution && self.asked.contains(&hold.condition) {
                    due.insert((&step.exercise, &hold.condition), &hold.say);
                }
            }
        }
        for (exercise, said) in &table.cautions {
            for (condition, said) in said {
                match due.remove(&(exercise, condition)) {
                    Some(due) if due == said => {}
                    Some(_) => self.fault(format!(
                        "says something else beside `{exercise}` for `{condition}` than the exercise does"
                    )),
                    None => self.fault(format!(
                        "has a caution for `{condition}` beside `{exercise}` that nothing supports"
                    )),
                }
            }
        }
        for (exercise, condition) in due.into_keys() {
            self.fault(format!("leaves out the caution for `{condition}` beside `{exercise}`"));
        }
    }

    /// Nobody is shown what is forbidden to them.
    fn audiences(&mut self) {
        let table = &self.routine.adaptations;
        let arriving = self.arriving();
        for (audience, numbers) in table.audiences.iter().zip(&arriving) {
            let Shown::Routine { steps, .. } = &audience.shown else { continue };
            if steps.is_empty() {
                self.fault("shows some people a routine with nothing in it");
            }
            let mut last = None;
            for number in steps {
                let Some(step) = table.steps.get(*number) else {
                    self.fault("shows some people a step that is not in its list");
                    continue;
                };
                let place = Some((step.block, step.index));
                if last >= place {
                    self.fault("shows some people its exercises out of order, or two in one place");
                }
                last = place;
                for hold in self.holds(&step.exercise).iter().filter(|hold| hold.level == Level::Avoid) {
                    let condition = &hold.condition;
                    match table.conditions.get(condition) {
                        Some(Some(class)) if !numbers.contains(class) => {}
                        Some(_) => self.fault(format!(
                            "shows `{}` to people with `{condition}`, who must not do it",
                            step.exercise
                        )),
                        None => self.fault(format!(
                            "shows `{}`, which `{condition}` forbids, and its screening does not ask for `{condition}`",
                            step.exercise
                        )),
                    }
                }
            }
        }
    }

    /// For each audience, the condition numbers of everybody who can arrive there.
    fn arriving(&self) -> Vec<BTreeSet<usize>> {
        let audiences = &self.routine.adaptations.audiences;
        let mut arriving = vec![BTreeSet::new(); audiences.len()];
        let mut open = vec![0];
        let mut reached = vec![false; audiences.len()];
        if let Some(first) = reached.first_mut() {
            *first = true;
        }
        while let Some(at) = open.pop() {
            for (number, to) in audiences[at].next.iter().copied().enumerate() {
                let here: Vec<usize> = arriving[at].iter().copied().chain([number]).collect();
                let before = arriving[to].len();
                arriving[to].extend(here);
                if arriving[to].len() > before || !reached[to] {
                    reached[to] = true;
                    open.push(to);
                }
            }
        }
        arriving
    }
}
