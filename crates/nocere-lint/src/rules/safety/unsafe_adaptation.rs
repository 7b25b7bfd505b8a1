//! For people with some condition, what is left of a routine is no routine any more.
//!
//! A routine is adapted to every set of conditions that its screening can find out: forbidden exercises make room for
//! a declared alternative (then a regression) that is safe for the whole set, or go. What is left must have something
//! in it and keep every ordering rule that the routine keeps as it is written. This rule reports the smallest sets of
//! conditions for which it does not, grouped by the exercise whose loss does it, and names exercises that would repair
//! it.
//!
//! ## Why it matters
//!
//! A release whose activation was taken out, or an empty page, is what a person with a condition would be shown.
//! Therefore a bundle says "no routine, see a clinician" to them. That is honest, and keeps people from moving who
//! could, when one more alternative would do.
//!
//! A single condition that takes the routine away is an **error**: everyone who has it is turned away. Two or three
//! conditions that only together break an ordering rule **warn**; when they leave nothing at all that is a **note**, as
//! a person with all of them is better served by a clinician. Larger sets are in the exported table and are not
//! reported. A routine with more than 4096 different audiences is noted too: its table tells only single conditions and
//! pairs apart, and people with more are shown no routine.
//!
//! ## Examples
//!
//! Pregnancy forbids lying face down, so the plank goes, and nothing follows the release.
//!
//! ```yaml bad
//! kind: routine
//! id: evening
//! name: Evening routine
//! screening: low-back-self-care
//! follows: [activation-straight-after-release]
//! blocks:
//!   - title: All
//!     exercises: [back-release, face-down-plank, calf-raise]
//! ---
//! kind: exercise
//! id: back-release
//! name: Back release
//! technique: release
//! targets: [erector-spinae]
//! demands: [standing]
//! steps: [Lean back against a soft ball between your back and the wall.]
//! ---
//! kind: exercise
//! id: face-down-plank
//! name: Plank from lying face down
//! technique: activation
//! targets: [core]
//! demands: [prone]
//! steps: [Lie face down and tighten your belly.]
//! ---
//! kind: exercise
//! id: calf-raise
//! name: Calf raise
//! technique: strengthening
//! demands: [standing]
//! steps: [Stand tall, rise onto the balls of both feet, and lower slowly.]
//! ```
//!
//! ```yaml good
//! kind: routine
//! id: evening
//! name: Evening routine
//! screening: low-back-self-care
//! follows: [activation-straight-after-release]
//! blocks:
//!   - title: All
//!     exercises: [back-release, face-down-plank, calf-raise]
//! ---
//! kind: exercise
//! id: back-release
//! name: Back release
//! technique: release
//! targets: [erector-spinae]
//! demands: [standing]
//! steps: [Lean back against a soft ball between your back and the wall.]
//! ---
//! kind: exercise
//! id: face-down-plank
//! name: Plank from lying face down
//! technique: activation
//! targets: [core]
//! demands: [prone]
//! steps: [Lie face down and tighten your belly.]
//! alternatives: [standing-brace]
//! ---
//! kind: exercise
//! id: standing-brace
//! name: Standing brace
//! technique: activation
//! targets: [core]
//! demands: [standing]
//! steps: [Stand tall and tighten your belly a little.]
//! ---
//! kind: exercise
//! id: calf-raise
//! name: Calf raise
//! technique: strengthening
//! demands: [standing]
//! steps: [Stand tall, rise onto the balls of both feet, and lower slowly.]
//! ```
//!
//! ## What to do
//!
//! Add one of the exercises that the finding names to the `alternatives` of the exercise that is lost, or write one
//! that is safe for these people. `nocere adapt ROUTINE --condition CONDITION` shows what they get. Where the routine
//! is simply not for them, allow the finding with that reason.

use std::collections::BTreeMap;

use nocere_model::{Condition, Exercise, Id, Level, Routine};
use rayon::prelude::*;

use crate::{
    adaptation::{Class, Failing, MOST_AUDIENCES, Plan, Repairs, classes, failing, few},
    catalog::{Catalog, Doc},
    derivation::derive,
    finding::{Finding, Severity},
    rule::{Check, Definition},
};

pub(crate) const RULE: Definition = Definition { severity: Severity::Error, check: Check::Whole(check) };

/// The most findings about one routine, sets named in one message, sets listed in its data, and repairs.
const MOST_FINDINGS: usize = 8;
const MOST_NAMED: usize = 3;
const MOST_LISTED: usize = 50;
const MOST_REPAIRS: usize = 3;

/// A routine, and the sets of conditions that take it away.
struct Faulty<'c> {
    routine: Doc<'c, Routine>,
    plan: Plan<'c>,
    classes: Vec<Class<'c>>,
    /// Whether its table tells all sets apart.
    complete: bool,
    failing: Vec<Failing>,
}

/// What makes findings one: whether it takes several conditions, the place that is lost, and the place and the rule
/// that suffer.
type Key = (bool, Option<(usize, usize, usize)>);

fn check(catalog: &Catalog, found: &mut Vec<Finding>) {
    let own: Vec<_> = catalog.own().collect();
    let routines = own.par_iter().filter_map(|entry| entry.reading(&["screening", "blocks", "follows"]));
    let faulty: Vec<Faulty<'_>> = routines.filter_map(|routine| Faulty::new(catalog, routine)).collect();
    if faulty.is_empty() {
        return;
    }
    let repairs = Repairs::new(catalog);
    let findings: Vec<Vec<Finding>> =
        faulty.par_iter().map(|faulty| faulty.findings(catalog, &repairs)).collect();
    found.extend(findings.into_iter().flatten());
}

impl<'c> Faulty<'c> {
    /// A routine that cannot be adapted to everyone, or `None`.
    fn new(catalog: &'c Catalog, routine: Doc<'c, Routine>) -> Option<Self> {
        let plan = Plan::new(catalog, routine.value());
        let classes = classes(&plan);
        let complete = few(&plan, &classes, MOST_AUDIENCES);
        let failing = failing(&plan, &classes);
        let whole = failing.is_empty() && complete;
        (!whole).then_some(Self { routine, plan, classes, complete, failing })
    }

    fn findings(&self, catalog: &Catalog, repairs: &Repairs<'c>) -> Vec<Finding> {
        let mut groups: BTreeMap<Key, Vec<&Failing>> = BTreeMap::new();
        for failing in &self.failing {
            let several = failing.classes.len() > 1;
            let choice = &failing.choice;
            if choice.nothing_left() {
                groups.entry((several, None)).or_default().push(failing);
                continue;
            }
            for breach in &choice.breaches {
                let lost = self.plan.lost_to(*breach, &choice.cells).unwrap_or(breach.place);
                let group = groups.entry((several, Some((lost, breach.place, breach.rule)))).or_default();
                group.push(failing);
            }
        }
        let untold = groups.len().saturating_sub(MOST_FINDINGS);
        let told = groups.iter().take(MOST_FINDINGS);
        let mut findings: Vec<Finding> =
            told.map(|(key, group)| self.finding(catalog, *key, group, repairs)).collect();
        if let Some(last) = findings.last_mut().filter(|_| untold > 0) {
            let more = format!(" ({untold} more such gaps of this routine are not listed)");
            last.help = Some(last.help.take().unwrap_or_default() + &more);
        }
        if !self.complete {
            findings.push(self.incomplete());
        }
        findings
    }

    fn finding(
        &self,
        catalog: &Catalog,
        (several, lost): Key,
        group: &[&Failing],
        repairs: &Repairs<'c>,
    ) -> Finding {
        let (entry, people) = (self.routine.entry, self.people(group));
        let sets: Vec<Vec<&Id<Condition>>> = group.iter().flat_map(|failing| self.sets(failing)).collect();
        let name = |place: usize| &self.plan.places[place].step.exercise;
        let at = |place: usize| self.plan.places[place].pointer();
        let mut finding = match lost {
            None => {
                let message = format!("nothing of this routine is left for people with {people}");
                let finding = entry.finding_at_key("/blocks", message).data("fault", "nothing-left");
                finding.severity(if several { Severity::Note } else { Severity::Error })
            }
            Some((lost, left, rule)) => {
                let (rule, lost_id, left_id) = (&self.plan.rules[rule], name(lost), name(left));
                let message = format!(
                    "people with {people} lose `{lost_id}`, nothing safe steps in, and `{left_id}` breaks the rule `{}`",
                    rule.id
                );
                let finding = entry.finding(&at(lost), message).data("fault", "order");
                let finding = finding.data("rule", rule.id.as_str()).data("exercise", lost_id.as_str());
                let finding = finding.severity(if several { Severity::Warning } else { Severity::Error });
                let finding =
                    finding.related(entry.at(&at(left)), "this one is left without what the rule asks for");
                let finding = finding.related(rule.entry.at("/say"), "the rule");
                match (self.plan.places[lost].exercise, sets.first()) {
                    (Some(exercise), Some(set)) => blame(catalog, finding, exercise, set),
                    _ => finding,
                }
            }
        };
        finding = finding
            .why("What is left is no routine, so a bundle shows them none and sends them to a clinician.");
        let places = lost.map_or(0..self.plan.places.len(), |(lost, ..)| lost..lost + 1);
        let tested = &sets[..sets.len().min(MOST_NAMED)];
        let repair = places.take(MOST_REPAIRS).find_map(|place| {
            let found = repairs.of(&self.plan, place, tested, MOST_REPAIRS);
            (!found.is_empty()).then_some((place, found))
        });
        let ids: Vec<&str> =
            repair.iter().flat_map(|(_, found)| found).map(|found| found.value().id.as_str()).collect();
        let place = repair.as_ref().map(|(place, _)| *place).or(lost.map(|(lost, ..)| lost));
        let of = place.map_or(String::new(), |place| format!(" of `{}`", name(place)));
        let help = match ids.as_slice() {
            [] => format!(
                "nothing in this catalog repairs it: write an exercise that is safe for them and add it to the `alternatives`{of}"
            ),
            ids => format!("add {} to the `alternatives`{of}; that repairs it", either(ids)),
        };
        let listed: Vec<Vec<&str>> = sets
            .iter()
            .take(MOST_LISTED)
            .map(|set| set.iter().map(|condition| condition.as_str()).collect())
            .collect();
        finding.help(help).data("conditions", listed).detail("repairs", ids)
    }

    /// The sets of a group in words: classes of which any condition will do, together with others.
    fn people(&self, group: &[&Failing]) -> String {
        let class = |class: &usize| {
            let ids: Vec<&str> =
                self.classes[*class].conditions.iter().map(|condition| condition.as_str()).collect();
            either(&ids)
        };
        let sets: Vec<String> = group
            .iter()
            .take(MOST_NAMED)
            .map(|failing| failing.classes.iter().map(class).collect::<Vec<_>>().join(" together with "))
            .collect();
        let more = group.len().saturating_sub(MOST_NAMED);
        let more = if more > 0 { format!(", or {more} more such sets of conditions") } else { String::new() };
        sets.join(", or ") + &more
    }

    /// The sets of conditions that a set of classes stands for, no more than can be listed.
    fn sets(&self, failing: &Failing) -> Vec<Vec<&'c Id<Condition>>> {
        let mut sets: Vec<Vec<&'c Id<Condition>>> = vec![Vec::new()];
        for class in &failing.classes {
            let with = |set: &Vec<&'c Id<Condition>>, condition: &'c Id<Condition>| {
                let mut set = set.clone();
                set.push(condition);
                set
            };
            let conditions = &self.classes[*class].conditions;
            let all = sets.iter().flat_map(|set| conditions.iter().map(|condition| with(set, condition)));
            sets = all.take(MOST_LISTED).collect();
        }
        sets
    }

    fn incomplete(&self) -> Finding {
        let groups = self.classes.len();
        let message =
            format!("{groups} groups of conditions give this routine more than {MOST_AUDIENCES} forms");
        self.routine
            .entry
            .finding_at_key("/blocks", message)
            .why("People who belong to more than two of these groups are shown no routine.")
            .help("split the routine, or let its exercises ask for fewer different things")
            .data("fault", "too-many-audiences")
            .severity(Severity::Note)
    }
}

/// Adds what forbids an exercise to people with these conditions, and what may step in for it today.
fn blame(
    catalog: &Catalog,
    mut finding: Finding,
    exercise: Doc<'_, Exercise>,
    set: &[&Id<Condition>],
) -> Finding {
    let derived = derive(catalog, exercise.value());
    for condition in set {
        let written = exercise
            .contraindications
            .iter()
            .position(|written| written.condition == **condition && written.level == Level::Avoid);
        if let Some(at) = written {
            let site = exercise.entry.at(&format!("/contraindications/{at}"));
            finding = finding.related(site, format!("forbidden to people with `{condition}` here"));
        } else if let Some(known) = derived.iter().find(|known| known.condition.id == **condition)
            && known.level == Level::Avoid
        {
            let row = format!("/limits/{}/demand", known.lead().limit_index);
            let site = known.condition.entry.at(&row);
            finding = finding.related(site, format!("forbidden to people with `{condition}` by this"));
        }
    }
    finding.related(exercise.entry.at_key("/alternatives"), "these may step in")
}

/// `` `a`, `b` or `c` ``
fn either(ids: &[&str]) -> String {
    let quoted: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}
