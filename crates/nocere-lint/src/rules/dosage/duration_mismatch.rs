//! A routine takes longer or shorter than it says.
//!
//! ## Why it matters
//!
//! People plan by the length that a routine promises. One of the articles behind the first catalog says ten minutes and
//! asks for at least fourteen. The sum counts sets, repetitions, holds, sides and rests; a repetition without a hold
//! counts four seconds, and a quarter more or less is accepted.
//!
//! ## Examples
//!
//! ```yaml bad
//! kind: routine
//! id: evening
//! name: Evening routine
//! screening: low-back-self-care
//! duration: 2 min
//! blocks:
//!   - title: All
//!     exercises: [calf-stretch]
//! ---
//! kind: exercise
//! id: calf-stretch
//! name: Calf stretch
//! technique: stretch
//! demands: [standing]
//! steps: [Lean against a wall and press both heels down.]
//! dosage: { hold: 60 s, reps: 4 }
//! ```
//!
//! ```yaml good
//! kind: routine
//! id: evening
//! name: Evening routine
//! screening: low-back-self-care
//! duration: 4 min
//! blocks:
//!   - title: All
//!     exercises: [calf-stretch]
//! ---
//! kind: exercise
//! id: calf-stretch
//! name: Calf stretch
//! technique: stretch
//! demands: [standing]
//! steps: [Lean against a wall and press both heels down.]
//! dosage: { hold: 60 s, reps: 4 }
//! ```
//!
//! ## What to do
//!
//! Write the length that the finding names, or change the doses.

use nocere_model::Routine;

use crate::{
    catalog::{Catalog, Entry},
    finding::{Finding, Severity},
    order::{duration, places, truthful},
    rule::{Check, Definition},
};

pub(crate) const RULE: Definition = Definition { severity: Severity::Warning, check: Check::Each(check) };

fn check(catalog: &Catalog, entry: &Entry, found: &mut Vec<Finding>) {
    let Some(routine) = entry.reading::<Routine>(&["blocks", "duration"]) else { return };
    let Some(stated) = routine.duration else { return };
    // Nothing can be said when one of the doses is not known.
    let Some((min, max)) = duration(&places(catalog, routine.value())) else { return };
    let tolerance = catalog.options.duration_mismatch.tolerance;
    if truthful(stated, (min, max), tolerance) {
        return;
    }
    let minutes = |seconds: u64| format!("{:.1} min", seconds as f64 / 60.0);
    let sum = if min == max { minutes(min) } else { format!("{} to {}", minutes(min), minutes(max)) };
    found.push(
        entry
            .finding("/duration", format!("the doses of this routine add up to {sum}, and it says {stated}"))
            .why("People plan their day by this number, and stop half way when it is too small.")
            .help("write what the doses add up to, and leave room for changing position; or change the doses")
            .detail("seconds", vec![min, max]),
    );
}
