//! Seeded defects: the real catalog, made worse in one place at a time. Exactly the rule that guards this place must
//! report it, on the right line, and nothing else may change.
//!
//! The content is edited all the time, so a defect finds its place by file, key and id, and never by a sentence.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{collections::BTreeSet, fs, sync::OnceLock};

use common::{Folder, files, nocere_at, workspace};
use nocere_lint::{Input, Session, config::Config, finding::Severity};

/// One way to make the catalog worse.
struct Defect {
    /// What was done, in words.
    name: &'static str,
    /// The file that it is done to, or the file that it adds.
    file: &'static str,
    edit: Edit,
    /// What must be reported, and nothing else.
    expected: Vec<Expected>,
}

/// What is done to a file: its text becomes other text, or bytes.
type Edit = Box<dyn Fn(&str) -> Vec<u8> + Sync>;

/// A finding that must be there.
struct Expected {
    rule: &'static str,
    severity: Severity,
    /// The file, where it is another than the one that was edited.
    file: Option<&'static str>,
    at: At,
}

/// A line, as it can be found in the edited text.
#[derive(Clone, Copy)]
enum At {
    /// The first line.
    Top,
    /// The only line that starts with this, apart from indentation.
    Line(&'static str),
    /// The first line that differs from the original.
    Edit,
    /// The line in the list or mapping of this key that holds these words.
    Within(&'static str, &'static str),
}

use At::{Edit as Changed, Line, Top, Within};

const fn error(rule: &'static str, at: At) -> Expected {
    Expected { rule, severity: Severity::Error, file: None, at }
}

const fn warning(rule: &'static str, at: At) -> Expected {
    Expected { rule, severity: Severity::Warning, file: None, at }
}

impl Expected {
    const fn of(mut self, file: &'static str) -> Self {
        self.file = Some(file);
        self
    }
}

fn defect(
    name: &'static str,
    file: &'static str,
    edit: impl Fn(&str) -> String + Sync + 'static,
    expected: impl Into<Vec<Expected>>,
) -> Defect {
    let edit = Box::new(move |text: &str| edit(text).into_bytes());
    Defect { name, file, edit, expected: expected.into() }
}

// ---- places in a text

/// The lines of a text, each with its end.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// The only line that starts with this, apart from indentation.
fn line_of(text: &str, start: &str) -> usize {
    let found: Vec<usize> = lines(text)
        .iter()
        .enumerate()
        .filter(|(_, line)| line.trim_start().starts_with(start))
        .map(|(index, _)| index)
        .collect();
    match found.as_slice() {
        [only] => *only,
        _ => panic!("{} lines start with {start:?} in\n{text}", found.len()),
    }
}

/// The lines of the block that a line begins: all that follow with a deeper indentation, or with a dash for a key.
fn block(text: &str, start: &str) -> std::ops::Range<usize> {
    let all = lines(text);
    let first = line_of(text, start);
    let indent = |line: &str| line.len() - line.trim_start().len();
    let list = !all[first].trim_start().starts_with('-');
    let inside = |line: &&&str| {
        line.trim().is_empty()
            || indent(line) > indent(all[first])
            || (list && indent(line) == indent(all[first]) && line.trim_start().starts_with("- "))
    };
    first..first + 1 + all[first + 1..].iter().take_while(inside).count()
}

// ---- edits

/// Removes a key with its value, or an item of a list.
fn without(start: &'static str) -> impl Fn(&str) -> String + Sync {
    move |text| {
        let block = block(text, start);
        let kept = lines(text).into_iter().enumerate().filter(|(at, _)| !block.contains(at));
        kept.map(|(_, line)| line).collect()
    }
}

/// Puts other lines in the place of a key with its value, or of an item.
fn instead(start: &'static str, new: &'static str) -> impl Fn(&str) -> String + Sync {
    move |text| {
        let block = block(text, start);
        let all = lines(text);
        format!("{}{new}\n{}", all[..block.start].concat(), all[block.end..].concat())
    }
}

/// Puts lines before the line that starts so.
fn before(start: &'static str, new: &'static str) -> impl Fn(&str) -> String + Sync {
    move |text| {
        let all = lines(text);
        let at = line_of(text, start);
        format!("{}{new}\n{}", all[..at].concat(), all[at..].concat())
    }
}

/// Replaces words, which must stand once in the block that a line begins.
fn within(start: &'static str, old: &'static str, new: &'static str) -> impl Fn(&str) -> String + Sync {
    move |text| {
        let block = block(text, start);
        let all = lines(text);
        let inside = all[block.clone()].concat();
        assert_eq!(inside.matches(old).count(), 1, "{old:?} in\n{inside}");
        format!(
            "{}{}{}",
            all[..block.start].concat(),
            inside.replacen(old, new, 1),
            all[block.end..].concat()
        )
    }
}

/// Replaces the first step, or the first item of another list.
fn first_item(key: &'static str, new: &'static str) -> impl Fn(&str) -> String + Sync {
    move |text| {
        let all = lines(text);
        let block = block(text, key);
        let second = (block.start + 2..block.end)
            .find(|at| all[*at].trim_start().starts_with("- "))
            .unwrap_or(block.end);
        format!("{}  - {new}\n{}", all[..=block.start].concat(), all[second..].concat())
    }
}

/// Swaps two items or blocks, of which the first stands earlier.
fn swap(first: &'static str, second: &'static str) -> impl Fn(&str) -> String + Sync {
    move |text| {
        let (a, b) = (block(text, first), block(text, second));
        let all = lines(text);
        assert!(a.end <= b.start, "{first:?} does not stand before {second:?}");
        [&all[..a.start], &all[b.clone()], &all[a.end..b.start], &all[a], &all[b.end..]].concat().concat()
    }
}

/// Puts lines at the end.
fn append(new: &'static str) -> impl Fn(&str) -> String + Sync {
    move |text| format!("{text}{new}\n")
}

/// A text of its own, for a file that is added or emptied.
fn text(new: &'static str) -> impl Fn(&str) -> String + Sync {
    move |_| new.to_owned()
}

/// A document of the pack, changed and put into the catalog in its place.
fn replacing(path: &'static str, edit: impl Fn(&str) -> String + Sync) -> impl Fn(&str) -> String + Sync {
    move |_| {
        let original = fs::read_to_string(workspace().join("catalog/core").join(path)).unwrap();
        edit(&before("name:", "overrides: core")(&original))
    }
}

// ---- the table

const HAMSTRING: &str = "exercises/standing-hamstring-stretch.yaml";
const KNEE: &str = "exercises/knee-to-chest.yaml";
const TFL: &str = "exercises/standing-tfl-stretch.yaml";
const CLAM: &str = "exercises/clamshell.yaml";
const WALK: &str = "exercises/easy-walk.yaml";
const REACH: &str = "exercises/seated-side-reach.yaml";
const DEAD_BUG: &str = "exercises/dead-bug.yaml";
const REVIEW: &str = "exercises/routine-review.yaml";
const TOOLBOX: &str = "routines/ten-stretch-toolbox.yaml";
const RELEASE: &str = "routines/release-then-activate.yaml";
const ORDERED: &str = "routines/hips-first-low-back-last.yaml";
const HIPS: &str = "routines/hips-instead-of-back.yaml";
const ASSESS: &str = "routines/assess-before-stretching.yaml";
const SCREENING: &str = "screenings/low-back-self-care.yaml";

fn safety() -> Vec<Defect> {
    vec![
        defect(
            "a contraindication of grade A is dropped",
            HAMSTRING,
            without("- condition: osteoporosis"),
            [error("missing-contraindication", Within("demands:", "lumbar-flexion-loaded"))],
        ),
        defect(
            "a contraindication of grade B is dropped",
            DEAD_BUG,
            without("- condition: post-caesarean"),
            [error("missing-contraindication", Within("demands:", "abdominal-pressure"))],
        ),
        defect(
            "a contraindication of grade C is dropped",
            HAMSTRING,
            without("- condition: sciatica"),
            [warning("missing-contraindication", Within("demands:", "sciatic-nerve-tension"))],
        ),
        defect(
            "a contraindication of grade A is weakened",
            HAMSTRING,
            within("- condition: osteoporosis", "level: avoid", "level: caution"),
            [error("weak-contraindication", Changed)],
        ),
        defect(
            "a contraindication of grade C is weakened",
            HAMSTRING,
            within("- condition: sciatica", "level: avoid", "level: caution"),
            [warning("weak-contraindication", Changed)],
        ),
        defect(
            "a contraindication that nothing derives is added",
            CLAM,
            before(
                "alternatives:",
                "contraindications:\n  - condition: glaucoma\n    level: caution\n    say: Keep your head on the pillow.",
            ),
            [warning("unjustified-contraindication", Line("- condition: glaucoma"))],
        ),
        defect(
            "a contraindication is made stronger without a source",
            KNEE,
            within("- condition: sciatica", "level: caution", "level: avoid"),
            [warning("unjustified-contraindication", Changed)],
        ),
        defect(
            "the source of a contraindication beyond the derived ones is dropped",
            TFL,
            within("- condition: vertigo-or-unsteadiness", "    sources: [ordered-self-release]\n", ""),
            [warning("unjustified-contraindication", Line("- condition: vertigo-or-unsteadiness"))],
        ),
        defect(
            "a demand is forgotten, and with it the reason for two contraindications",
            TFL,
            within("demands:", ", hip-adduction-past-midline", ""),
            [
                error("undeclared-demand", Within("also-known-as:", "")),
                warning("unjustified-contraindication", Line("- condition: hip-replacement")),
                warning("unjustified-contraindication", Line("- condition: piriformis-syndrome")),
            ],
        ),
        defect(
            "a step makes the person jump, and the demands do not say so",
            WALK,
            before("feel:", "  - Jump on the spot ten times."),
            [error("undeclared-demand", Changed)],
        ),
        defect(
            "a demand is declared that no word shows",
            CLAM,
            within("demands:", "[side-lying", "[side-lying, kneeling"),
            [Expected { rule: "unsupported-demand", severity: Severity::Note, file: None, at: Changed }],
        ),
        defect(
            "all demands are forgotten",
            WALK,
            instead("demands:", "demands: []"),
            [error("missing-demands", Line("demands:"))],
        ),
        defect(
            "the screening of a routine is dropped",
            TOOLBOX,
            without("screening:"),
            [error("missing-screening", Line("id:"))],
        ),
        defect(
            "a condition is dropped from the screening",
            SCREENING,
            replacing("screenings/low-back-self-care.yaml", without("- glaucoma")),
            [error("missing-screening", Line("screening:")).of(ORDERED)],
        ),
        defect(
            "the red flags are dropped from the screening",
            SCREENING,
            replacing("screenings/low-back-self-care.yaml", instead("red-flags:", "red-flags: []")),
            [error("missing-screening", Line("red-flags:"))],
        ),
        defect(
            "the stop rule is dropped",
            HAMSTRING,
            without("stop:"),
            [error("missing-stop-rule", Line("feel:"))],
        ),
        defect(
            "all that should be felt is dropped",
            CLAM,
            without("feel:"),
            [error("missing-stop-rule", Line("id:"))],
        ),
        defect(
            "the position on a contradiction is dropped",
            HAMSTRING,
            without("position:"),
            [error("unresolved-contradiction", Line("- { source: hips-instead-of-back"))],
        ),
        defect(
            "a condition without limits is added",
            "conditions/sore-thumb.yaml",
            text("kind: condition\nid: sore-thumb\nname: Sore thumb\nask: Is your thumb sore?\nlimits: []\n"),
            [warning("missing-limits", Line("limits:"))],
        ),
        defect(
            "the exercise that others fall back on is withheld, and nothing is left to step in",
            "exercises/abdominal-brace.yaml",
            instead(
                "contraindications:",
                "contraindications:\n  - condition: post-caesarean\n    level: avoid\n    say: Wait until you have been checked.\n    sources: [inform]",
            ),
            [error("unsafe-adaptation", Line("- abdominal-brace")).of(RELEASE)],
        ),
        defect(
            "a limit cites nobody",
            "conditions/sore-shin.yaml",
            text(
                "kind: condition\nid: sore-shin\nname: Sore shin\nask: Is the bone of your shin sore?\nlimits:\n  - demand: impact\n    level: avoid\n    because: Jumping shakes the sore bone.\n    grade: C\n",
            ),
            [error("uncited-limit", Line("- demand: impact"))],
        ),
        defect(
            "a limit borrows a better grade than its source has",
            "conditions/sore-shin.yaml",
            text(
                "kind: condition\nid: sore-shin\nname: Sore shin\nask: Is the bone of your shin sore?\nlimits:\n  - demand: impact\n    level: avoid\n    because: Jumping shakes the sore bone.\n    grade: A\n    sources: [flex]\n",
            ),
            [error("uncited-limit", Line("grade: A"))],
        ),
    ]
}

fn order() -> Vec<Defect> {
    vec![
        defect(
            "the release is no longer followed straight away by activation",
            RELEASE,
            swap("- angry-cat", "- use: two-ball-spinal-roll"),
            [
                error("order-violation", Line("- use: two-ball-spinal-roll")),
                // The cat is the easier of the two.
                error("order-violation", Line("- angry-cat")),
            ],
        ),
        defect(
            "two forms of the dead bug are swapped, against two rules",
            RELEASE,
            swap("- dead-bug-heel-tap", "- use: dead-bug\n"),
            [
                error("order-violation", Line("- dead-bug-heel-tap")),
                error("order-violation", Line("- dead-bug-heel-tap")),
            ],
        ),
        defect(
            "the checks no longer come first",
            ASSESS,
            swap("- title: Look first", "- title: Warm up"),
            [
                error("order-violation", Line("- structural-self-check")),
                error("order-violation", Line("- use: stretch-response-check")),
            ],
        ),
        defect(
            "the low back comes before the legs",
            ORDERED,
            swap("- title: \"Step 2", "- title: \"Step 3"),
            [
                error("order-violation", Line("- side-lying-quadratus-stretch")),
                error("order-violation", Line("- use: passive-low-back-rest")),
                error("order-violation", Line("- standing-tfl-stretch")),
                error("order-violation", Line("- half-kneeling-psoas-stretch")),
                error("order-violation", Line("- { use: half-kneeling-psoas-reach")),
                error("order-violation", Line("- { use: strap-psoas-stretch")),
            ],
        ),
        defect(
            "the warm-up is dropped",
            HIPS,
            without("- title: Warm up"),
            [
                warning("duration-mismatch", Line("duration:")),
                error("missing-prerequisite", Line("- gluteal-stretch")),
                error("missing-prerequisite", Line("- adductor-stretch")),
                error("missing-prerequisite", Line("- half-kneeling-psoas-stretch")),
            ],
        ),
        defect(
            "a rule is followed that contradicts two others",
            HIPS,
            first_item(
                "follows:",
                "strength-before-long-stretch\n  - stretch-before-activation\n  - activation-before-strengthening",
            ),
            [error("order-cycle", Line("follows:"))],
        ),
        defect(
            "the sides are dropped from a dose",
            TFL,
            within("dosage:", ", sides: each", ""),
            [error("one-sided", Line("dosage:"))],
        ),
        defect(
            "one side is dropped from a dose",
            TFL,
            within("dosage:", "sides: each", "sides: one"),
            [error("one-sided", Line("dosage:"))],
        ),
        defect(
            "one side is dropped in a routine",
            TOOLBOX,
            instead("- knee-to-chest", "      - { use: knee-to-chest, dosage: { sides: one } }"),
            [error("one-sided", Changed)],
        ),
        defect(
            "an exercise of one side is said to work both",
            CLAM,
            within("laterality:", "unilateral", "bilateral"),
            [error("one-sided", Line("dosage:"))],
        ),
    ]
}

fn dosage_and_sources() -> Vec<Defect> {
    vec![
        defect("the dose is removed", REVIEW, without("dosage:"), [warning("missing-dosage", Line("id:"))]),
        defect(
            "a hold of ten minutes",
            REACH,
            instead("dosage:", "dosage: { hold: 10 min, reps: 2, sides: each, sessions: 1/day }"),
            [warning("implausible-dosage", Changed)],
        ),
        defect(
            "five hundred repetitions",
            CLAM,
            within("dosage:", "reps: 8-12", "reps: 500"),
            [
                warning("implausible-dosage", Changed),
                warning("duration-mismatch", Line("duration:")).of(HIPS),
            ],
        ),
        defect(
            "twenty sessions a day",
            WALK,
            within("dosage:", "sessions: 1-3/day", "sessions: 20/day"),
            [warning("implausible-dosage", Changed)],
        ),
        defect(
            "fifty sets in a routine",
            ASSESS,
            instead("- gluteal-stretch", "      - { use: gluteal-stretch, dosage: { sets: 50 } }"),
            [warning("implausible-dosage", Changed), warning("duration-mismatch", Line("duration:"))],
        ),
        defect(
            "a routine takes longer than it says",
            ORDERED,
            instead("duration:", "duration: 10 min"),
            [warning("duration-mismatch", Line("duration:"))],
        ),
        defect(
            "a routine takes less long than it says",
            RELEASE,
            instead("duration:", "duration: 45-60 min"),
            [warning("duration-mismatch", Line("duration:"))],
        ),
        defect(
            "the sources of an exercise are removed",
            CLAM,
            without("sources:"),
            [warning("missing-source", Line("id:"))],
        ),
        defect(
            "the sources of a routine are emptied",
            TOOLBOX,
            instead("sources:", "sources: []"),
            [warning("missing-source", Line("sources:"))],
        ),
        defect(
            "a claim is said to be established",
            KNEE,
            within("claims:", "strength: possible", "strength: established"),
            [error("claim-exceeds-evidence", Changed)],
        ),
        defect(
            "a claim loses its evidence",
            KNEE,
            within("claims:", "evidence: [ten-stretch-toolbox]", "evidence: []"),
            [error("claim-exceeds-evidence", Line("- say: May"))],
        ),
    ]
}

fn hygiene() -> Vec<Defect> {
    vec![
        defect(
            "a reference is misspelt",
            KNEE,
            within("alternatives:", "pelvic-tilt]", "pelvic-tlit]"),
            [error("unknown-reference", Changed)],
        ),
        defect(
            "a demand is misspelt",
            REACH,
            within("demands:", "seated", "saeted"),
            [error("unknown-reference", Changed)],
        ),
        defect(
            "an exercise of a routine is misspelt",
            HIPS,
            instead("- gluteal-stretch", "      - glutal-stretch"),
            [error("unknown-reference", Changed)],
        ),
        defect(
            "a contraindication names a condition that is not there, and not the one that follows",
            HAMSTRING,
            instead(
                "- condition: glaucoma",
                "  - condition: glaucomma\n    level: avoid\n    say: Keep your head up.",
            ),
            [
                error("missing-contraindication", Within("demands:", "head-below-heart")),
                error("unknown-reference", Line("- condition: glaucomma")),
            ],
        ),
        defect(
            "a rule that a routine follows is misspelt",
            ORDERED,
            within("follows:", "easier-before-harder", "easier-before-hard"),
            [error("unknown-reference", Line("follows:"))],
        ),
        defect(
            "a source is misspelt",
            WALK,
            instead("sources:", "sources: [flexx]"),
            [error("unknown-reference", Changed)],
        ),
        defect(
            "an id that is still in use is retired",
            "exercises/legs-on-chair-rest.yaml",
            text(
                "kind: tombstone\nid: legs-on-chair-rest\nwas: exercise\nbecause: It needs a chair of the right height.\n",
            ),
            [
                error("unknown-reference", Line("alternatives:")).of("exercises/passive-low-back-rest.yaml"),
                error("unknown-reference", Line("regressions:")).of("exercises/passive-low-back-rest.yaml"),
            ],
        ),
        defect(
            "an id is taken twice",
            "exercises/the-clamshell.yaml",
            |_| fs::read_to_string(workspace().join("catalog/low-back").join(CLAM)).unwrap(),
            [error("duplicate-id", Line("id:"))],
        ),
        defect(
            "a document replaces one of the pack without saying so",
            "equipment/wall.yaml",
            text("kind: equipment\nid: wall\nname: Wall bars\n"),
            [error("duplicate-id", Line("id:"))],
        ),
        defect(
            "a key is misspelt",
            HAMSTRING,
            within("contraindications:", "contraindications:", "contraindication:"),
            [error("invalid-schema", Changed)],
        ),
        defect(
            "a key of a dose is misspelt",
            CLAM,
            within("dosage:", "reps:", "rep:"),
            [error("invalid-schema", Changed)],
        ),
        defect(
            "a value is misspelt",
            CLAM,
            within("technique:", "activation", "activaton"),
            [error("invalid-schema", Changed)],
        ),
        defect(
            "a technique is misspelt, which must not look like a wrong order",
            "exercises/bird-dog.yaml",
            instead("technique:", "technique: strenghtening"),
            [error("invalid-schema", Changed)],
        ),
        defect(
            "the demands are misspelt, which must not look like unjustified contraindications",
            HAMSTRING,
            within("demands:", "demands:", "demand:"),
            [error("invalid-schema", Changed), error("invalid-schema", Line("id:"))],
        ),
        defect(
            "a level is misspelt",
            HAMSTRING,
            within("- condition: osteoporosis", "level: avoid", "level: avoided"),
            [error("invalid-schema", Changed)],
        ),
        defect(
            "the kind is misspelt",
            HIPS,
            within("kind:", "routine", "rutine"),
            [error("invalid-schema", Top)],
        ),
        defect(
            "a step is indented one space too deep",
            CLAM,
            |text: &str| {
                let all = lines(text);
                let second = block(text, "steps:").start + 2;
                format!("{} {}", all[..second].concat(), all[second..].concat())
            },
            [error("swallowed-item", Changed)],
        ),
        defect("the kind is missing", HIPS, without("kind:"), [error("invalid-schema", Line("id:"))]),
        defect("the name is missing", CLAM, without("name:"), [error("invalid-schema", Line("id:"))]),
        defect(
            "a list is no list",
            CLAM,
            instead("targets:", "targets: gluteals"),
            [error("invalid-schema", Changed)],
        ),
        defect(
            "a hold has no unit",
            TFL,
            within("dosage:", "hold: 20-30 s", "hold: 20-30"),
            [error("invalid-schema", Changed)],
        ),
        defect(
            "an id is written like a name",
            HIPS,
            instead("id:", "id: Hips instead of back"),
            [error("invalid-schema", Changed)],
        ),
        defect(
            "a step is still to do",
            CLAM,
            first_item("steps:", "\"TODO: describe the position\""),
            [error("placeholder-text", Changed)],
        ),
        defect(
            "a summary is filler",
            WALK,
            instead("summary:", "summary: Lorem ipsum dolor sit amet."),
            [error("placeholder-text", Changed)],
        ),
        defect(
            "a number in a name was never filled in",
            TOOLBOX,
            instead("name:", "name: My X favourite stretches"),
            [error("placeholder-text", Changed)],
        ),
        defect(
            "a suppression takes nothing away",
            CLAM,
            before("dosage:", "# nocere: allow implausible-dosage -- the class does more of these"),
            [warning("unused-suppression", Changed)],
        ),
        defect(
            "a suppression gives no reason",
            CLAM,
            before("dosage:", "# nocere: allow implausible-dosage -- ok"),
            [error("suppression-without-reason", Changed)],
        ),
        defect(
            "a suppression has run out, and the fault stands",
            WALK,
            |text| {
                let text = within("dosage:", "sessions: 1-3/day", "sessions: 20/day")(text);
                before(
                    "dosage:",
                    "# nocere: allow implausible-dosage -- a step counter asks for it, until 2020-01-31",
                )(&text)
            },
            [warning("expired-suppression", Changed), warning("implausible-dosage", Line("dosage:"))],
        ),
        defect(
            "an example of a cue does not hold",
            "cues/hammock.yaml",
            text(
                "kind: cue\nid: hammock\ndemand: supine\npatterns: [\"swing in the hammock\"]\nexamples:\n  flag: [Doze in the hammock.]\n",
            ),
            [error("failing-example", Line("flag:"))],
        ),
        defect(
            "a pattern is broken",
            "lexicon/wonder.yaml",
            text("kind: lexicon\nid: wonder\nwords: [wonder]\npatterns:\n  - \"a (great wonder\"\n"),
            [error("invalid-pattern", Line("- \"a (great"))],
        ),
    ]
}

fn syntax() -> Vec<Defect> {
    let mut all = vec![
        defect(
            "a colon in plain text",
            CLAM,
            instead("summary:", "summary: In short: opens and closes the top knee."),
            [error("invalid-syntax", Changed)],
        ),
        defect(
            "a quotation mark is not closed",
            CLAM,
            instead("name:", "name: \"Clamshell"),
            [error("invalid-syntax", Changed)],
        ),
        defect(
            "a bracket is not closed",
            CLAM,
            instead("targets:", "targets: [gluteals"),
            [error("invalid-syntax", Line("demands:"))],
        ),
        defect(
            "a line is indented by a tab",
            CLAM,
            within("feel:", "  expect:", "\texpect:"),
            [error("invalid-syntax", Changed)],
        ),
        defect(
            "a key is not indented like its neighbours",
            CLAM,
            within("feel:", "  stop:", " stop:"),
            [error("invalid-syntax", Changed)],
        ),
        defect("a key stands twice", CLAM, append("sources: [flex]"), [error("invalid-syntax", Changed)]),
        defect(
            "an anchor",
            CLAM,
            instead("targets:", "targets: &hips [gluteals]"),
            [error("invalid-syntax", Changed)],
        ),
        defect(
            "an alias",
            WALK,
            instead("regressions:", "regressions: *easier"),
            [error("invalid-syntax", Changed)],
        ),
        defect("a tag", CLAM, instead("name:", "name: !title Clamshell"), [error("invalid-syntax", Changed)]),
        defect(
            "a second document",
            CLAM,
            append("---\nkind: equipment\nid: step\nname: Step"),
            [error("invalid-syntax", Changed)],
        ),
        defect(
            "brackets without end",
            CLAM,
            |text| instead("name:", "name: DEEP")(text).replace("DEEP", &"[".repeat(100_000)),
            [error("invalid-syntax", Line("name:"))],
        ),
        defect("a file is emptied", HIPS, text(""), [error("invalid-syntax", Top)]),
        defect("a file is no document", HIPS, text("Hips instead of back\n"), [error("invalid-syntax", Top)]),
        defect(
            "a broken JSON document is added",
            "equipment/step.json",
            text("{\n  \"kind\": \"equipment\",\n  \"id\": \"step\"\n  \"name\": \"Step\"\n}\n"),
            [error("invalid-syntax", Line("\"name\""))],
        ),
    ];
    all.push(Defect {
        name: "a byte is no UTF-8",
        file: HIPS,
        edit: Box::new(|text| {
            let at = text.find("sources:").unwrap();
            [&text.as_bytes()[..at], b"# \xe4rger\n", &text.as_bytes()[at..]].concat()
        }),
        expected: vec![error("invalid-syntax", Line("# \u{fffd}"))],
    });
    all
}

/// Sentences that a catalog must not hold, and the rule that says so.
const SENTENCES: &[(&str, &str, Severity)] = &[
    ("claim-cure", "This stretch cures sciatica.", Severity::Error),
    ("claim-guarantee", "This exercise is guaranteed to work.", Severity::Error),
    ("claim-instant", "It brings instant pain relief.", Severity::Error),
    ("claim-universal-safety", "It is completely safe for everyone.", Severity::Error),
    ("claim-discourages-care", "You do not need to see a doctor.", Severity::Error),
    ("claim-push-through-pain", "Push through the pain.", Severity::Error),
];

fn sentences() -> Vec<Defect> {
    SENTENCES
        .iter()
        .map(|(rule, sentence, severity)| Defect {
            name: sentence,
            file: CLAM,
            edit: Box::new(move |text| {
                instead("summary:", "summary: SENTENCE")(text).replace("SENTENCE", sentence).into_bytes()
            }),
            expected: vec![Expected { rule, severity: *severity, file: None, at: Changed }],
        })
        .collect()
}

fn defects() -> Vec<Defect> {
    [safety(), order(), dosage_and_sources(), hygiene(), syntax(), sentences()]
        .into_iter()
        .flatten()
        .collect()
}

// ---- running them

/// The files of the catalog: their paths and bytes.
fn catalog() -> &'static [(String, Vec<u8>)] {
    static CATALOG: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
    CATALOG.get_or_init(|| {
        let root = workspace().join("catalog/low-back");
        let name =
            |path: &std::path::Path| path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        files(&root).iter().map(|path| (name(path), fs::read(path).unwrap())).collect()
    })
}

/// The text of a file of the catalog; nothing for one that a defect adds.
fn original(file: &str) -> String {
    let known = catalog().iter().find(|(path, _)| path == file);
    known.map_or(String::new(), |(_, bytes)| String::from_utf8(bytes.clone()).unwrap())
}

/// A finding in a form that can be compared: rule, severity, file, line, message.
type Seen = (String, Severity, String, usize, String);

/// The findings on the catalog with one file replaced or added.
fn lint(changed: Option<(&str, Vec<u8>)>) -> Vec<Seen> {
    let config = catalog().iter().find(|(path, _)| path == "nocere.toml").unwrap();
    let config = Config::read(&String::from_utf8(config.1.clone()).unwrap()).unwrap();
    let mut contents: Vec<(String, Vec<u8>)> =
        catalog().iter().filter(|(path, _)| path != "nocere.toml").cloned().collect();
    if let Some((file, bytes)) = changed {
        contents.retain(|(path, _)| path != file);
        contents.push((file.to_owned(), bytes));
    }
    let inputs = contents.into_iter().map(|(path, bytes)| Input { path, content: Ok(bytes) });
    let today = "2026-11-20".parse().unwrap();
    let findings = Session::new(config).on(today).lint(inputs.collect()).findings;
    findings
        .into_iter()
        .map(|finding| {
            let source = &finding.site.source;
            let line = source.place(finding.site.span().start).line as usize;
            (finding.rule.to_string(), finding.severity, source.path.clone(), line, finding.message)
        })
        .collect()
}

/// The line, from 1, of a place in the edited text.
fn line_at(at: At, before: &str, after: &str) -> usize {
    match at {
        Top => 1,
        Line(start) => line_of(after, start) + 1,
        Changed => {
            let same = before.lines().zip(after.lines()).take_while(|(a, b)| a == b).count();
            assert!(before != after, "nothing was edited");
            same + 1
        }
        Within(key, words) => {
            let all = lines(after);
            let has = |line: &str| line.split([' ', ',', '[', ']', '\n']).any(|word| word == words);
            let found = block(after, key).find(|at| has(all[*at]));
            found.unwrap_or_else(|| panic!("no {words:?} under {key:?} in\n{after}")) + 1
        }
    }
}

/// What must be reported, in the form in which it is compared.
fn expectation(defect: &Defect, before: &str, after: &str) -> Vec<(String, Severity, String, usize)> {
    let mut expected: Vec<_> = defect
        .expected
        .iter()
        .map(|expected| {
            let line = match expected.file {
                Some(other) => line_at(expected.at, "", &original(other)),
                None => line_at(expected.at, before, after),
            };
            let file = expected.file.unwrap_or(defect.file);
            (expected.rule.to_owned(), expected.severity, file.to_owned(), line)
        })
        .collect();
    expected.sort();
    expected
}

#[test]
fn each_defect_is_reported_by_its_rule_at_its_line_and_by_no_other() {
    // What is there already says nothing about a defect. That nothing is there is another test.
    let known: BTreeSet<(String, String, String)> =
        lint(None).into_iter().map(|(rule, _, path, _, message)| (rule, path, message)).collect();
    let mut wrong = String::new();
    let defects = defects();
    for defect in &defects {
        let before = original(defect.file);
        let bytes = (defect.edit)(&before);
        let after = String::from_utf8_lossy(&bytes).into_owned();
        let found = lint(Some((defect.file, bytes)));
        let new: Vec<Seen> = found
            .into_iter()
            .filter(|(rule, _, path, _, message)| {
                !known.contains(&(rule.clone(), path.clone(), message.clone()))
            })
            .collect();
        let mut seen: Vec<_> = new
            .iter()
            .map(|(rule, severity, path, line, _)| (rule.clone(), *severity, path.clone(), *line))
            .collect();
        seen.sort();
        let expected = expectation(defect, &before, &after);
        if seen != expected {
            wrong += &format!("\n{} ({})\n  expected {expected:?}\n", defect.name, defect.file);
            for finding in &new {
                wrong += &format!("  reported {finding:?}\n");
            }
        }
    }
    assert!(defects.len() >= 80, "{}", defects.len());
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_rule_is_tried_by_a_defect() {
    let tried: BTreeSet<&str> =
        defects().iter().flat_map(|defect| defect.expected.iter().map(|expected| expected.rule)).collect();
    let rules = nocere_lint::rule_infos(&Session::core_pack());
    let claims = |name: &str| workspace().join(format!("catalog/core/claims/{name}.yaml")).exists();
    let missed: Vec<&str> = rules
        .iter()
        .map(|rule| rule.name.as_str())
        // Rules that are documents have their examples tried one by one.
        // A baseline is no part of the content; tests/baseline.rs tries its rule.
        .filter(|name| !tried.contains(name) && !claims(name) && *name != "stale-baseline")
        .collect();
    assert!(missed.is_empty(), "{missed:?}");
}

#[test]
fn the_binary_reports_defects_in_a_folder_on_disk() {
    for name in
        ["a contraindication of grade A is dropped", "a byte is no UTF-8", "This stretch cures sciatica."]
    {
        let all = defects();
        let defect = all.iter().find(|defect| defect.name == name).unwrap();
        let folder = Folder::new();
        for (path, bytes) in catalog() {
            folder.write(path, bytes);
        }
        let before = original(defect.file);
        let bytes = (defect.edit)(&before);
        let after = String::from_utf8_lossy(&bytes).into_owned();
        folder.write(defect.file, bytes);
        let ran = nocere_at(&folder, ["lint", "--format", "concise"]);
        let (rule, _, file, line) = expectation(defect, &before, &after).remove(0);
        assert_eq!(ran.code, Some(1), "{name}: {ran:?}");
        let start = format!("{file}:{line}:");
        let mark = format!(": error[{rule}] ");
        let found =
            ran.stdout.lines().filter(|line| line.starts_with(&start) && line.contains(&mark)).count();
        assert_eq!(found, 1, "{name}: {start} {mark} in\n{}", ran.stdout);
    }
}
