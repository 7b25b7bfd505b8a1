//! A small catalog becomes a bundle.

// Clippy knows test functions, and not the helpers beside them.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;

use nocere_export::{Blocked, Export, Format, bundle, provenance};
use nocere_lint::{
    Outcome, Session,
    config::{CatalogInfo, Config},
};
use nocere_model::{Bundle, Condition, Id, Level, ReviewStatus, bundle::Contraindication};

const SETTINGS: &str =
    "[catalog]\nid = \"small\"\nname = \"Small\"\nversion = \"1.2.3\"\npacks = []\n[rules]\n";

const FILES: &[(&str, &str)] = &[
    ("sources/book.yaml", "{kind: source, id: book, title: A book, source-kind: trial, grade: B}"),
    ("sources/trial.yaml", "{kind: source, id: trial, title: A trial, source-kind: trial, grade: A}"),
    ("sources/unread.yaml", "{kind: source, id: unread, title: Cited by nobody, source-kind: trial, grade: C}"),
    ("demands/bend.yaml", "{kind: demand, id: bend, name: Bending, group: motion, definition: The back bends.}"),
    (
        "demands/bend-loaded.yaml",
        "{kind: demand, id: bend-loaded, name: Loaded bending, group: load, broader: bend, definition: With load.}",
    ),
    (
        "demands/stand.yaml",
        "{kind: demand, id: stand, name: Standing, group: position, definition: On the feet.}",
    ),
    (
        "conditions/disc.yaml",
        "kind: condition
id: disc
name: Disc trouble
codes: { icd-10-cm: [M51.26] }
ask: Has a disc been named as the cause of your pain?
limits:
  - { demand: bend, level: caution, because: Bending presses on the disc., grade: B, sources: [book] }
  - { demand: bend-loaded, level: avoid, because: Load presses harder., until: Until it is calm., grade: A, sources: [trial] }
note: For editors only.
sources: [book]
",
    ),
    (
        "conditions/dizzy.yaml",
        "kind: condition
id: dizzy
name: Dizziness
ask: Do you feel unsteady?
limits: [{ demand: stand, level: caution, because: You could fall., grade: C, sources: [book] }]
",
    ),
    (
        "conditions/unrelated.yaml",
        "kind: condition
id: unrelated
name: Unrelated
ask: Is something else wrong?
limits: [{ demand: unasked, level: avoid, because: It harms., grade: C, sources: [unread] }]
",
    ),
    (
        "demands/unasked.yaml",
        "{kind: demand, id: unasked, name: Unasked, group: load, definition: In no exercise.}",
    ),
    (
        "red-flags/numb.yaml",
        "{kind: red-flag, id: numb, name: Numbness, ask: Is it numb?, urgency: emergency, say: Go to hospital now., because: A nerve., codes: {icd-10-cm: [G83.4]}, grade: A, sources: [trial]}",
    ),
    (
        "screenings/check.yaml",
        "{kind: screening, id: check, name: Check, intro: A few questions., red-flags: [numb], conditions: [dizzy, disc], sources: [book]}",
    ),
    ("targets/back.yaml", "{kind: target, id: back, name: Back, definition: Behind.}"),
    (
        "targets/low-back.yaml",
        "{kind: target, id: low-back, name: Low back, part-of: back, definition: Lower behind.}",
    ),
    (
        "equipment/mat.yaml",
        "{kind: equipment, id: mat, name: Mat, substitute: A folded blanket that does not slip.}",
    ),
    (
        "ordering/gentle-first.yaml",
        "{kind: ordering-rule, id: gentle-first, say: The easier one comes first., when: {technique: stretch}, relation: easier-first, grade: C, sources: [book]}",
    ),
    (
        "exercises/toe-touch.yaml",
        "kind: exercise
id: toe-touch
name: Toe touch
technique: stretch
difficulty: intermediate
targets: [low-back]
demands: [stand, bend-loaded]
equipment: [mat]
summary: Fold forward.
steps: [Stand up., Fold forward.]
feel: { expect: [a pull], stop: [pain below the knee] }
dosage: { hold: 5–10 sec, reps: 3, sets: 2, rest: 30 s, sessions: 3x/week }
contraindications:
  - { condition: disc, level: caution, say: Bend your knees., sources: [book] }
  - { condition: dizzy, level: caution, say: Hold on to a chair. }
alternatives: [tail-tuck]
claims: [{ say: May feel good., strength: possible, evidence: [book] }]
sources: [trial, book, book]
",
    ),
    (
        "exercises/tail-tuck.yaml",
        "kind: exercise
id: tail-tuck
name: Tail tuck
technique: stretch
difficulty: beginner
targets: [low-back]
demands: [bend]
steps: [Tuck your tail.]
feel: { stop: [pain] }
dosage: { reps: 10 }
contraindications: [{ condition: disc, level: caution, say: Stay small. }]
sources: [book]
review: { status: reviewed, by: physiotherapist, on: 2026-01-01 }
",
    ),
    (
        "routines/morning.yaml",
        "kind: routine
id: morning
name: Morning
screening: check
follows: [gentle-first]
duration: 2-3 min
blocks:
  - title: Start
    exercises: [tail-tuck, { use: toe-touch, dosage: { hold: 20 s, sets: 1 }, note: Slowly., optional: true }]
stop: [Stop when it hurts.]
sources: [book]
",
    ),
];

fn config(rules: &str) -> (Config, CatalogInfo) {
    let config = Config::read(&format!("{SETTINGS}{rules}")).unwrap();
    let info = config.catalog.clone().unwrap();
    (config, info)
}

fn lint(files: &[(&str, &str)], rules: &str) -> (Outcome, CatalogInfo) {
    let (config, info) = config(rules);
    let outcome = Session::new(config).lint(files.iter().map(|file| (*file).into()).collect());
    (outcome, info)
}

/// The small catalog with one of its files changed. The rule that finds its one fault, a contraindication that is too
/// weak, only warns, so that the union can be seen.
fn with(path: &str, change: impl Fn(&str) -> String, rules: &str) -> (Outcome, CatalogInfo) {
    let changed: Vec<(&str, String)> = FILES
        .iter()
        .map(|(at, text)| (*at, if *at == path { change(text) } else { (*text).to_owned() }))
        .collect();
    assert!(path.is_empty() || FILES.iter().zip(&changed).any(|(old, new)| old.1 != new.1));
    let files: Vec<(&str, &str)> = changed.iter().map(|(path, text)| (*path, text.as_str())).collect();
    lint(&files, &format!("weak-contraindication = \"warning\"\n{rules}"))
}

fn small() -> Bundle {
    let (outcome, info) = with("", str::to_owned, "");
    made(&outcome, &info)
}

fn made(outcome: &Outcome, info: &CatalogInfo) -> Bundle {
    bundle(outcome, info).unwrap_or_else(|blocked| panic!("{blocked}"))
}

fn text(bundle: &Bundle) -> Vec<u8> {
    let (outcome, _) = lint(FILES, "");
    let provenance = provenance(&outcome, &config("").0);
    let export = Export { bundle: bundle.clone(), provenance };
    Format::CANONICAL.files(&export).unwrap().remove(0).bytes
}

fn ids<T>(list: &[T], id: impl Fn(&T) -> &str) -> Vec<&str> {
    list.iter().map(id).collect()
}

#[test]
fn everything_is_resolved() {
    let bundle = small();
    assert_eq!(bundle.catalog.version, "1.2.3");
    assert_eq!(ids(&bundle.exercises, |exercise| exercise.id.as_str()), ["tail-tuck", "toe-touch"]);
    let toe_touch = &bundle.exercises[1];
    assert_eq!(toe_touch.demands[0].name.as_str(), "Loaded bending");
    assert_eq!(toe_touch.demands[0].implies[0].name.as_str(), "Bending");
    assert_eq!(toe_touch.targets[0].name.as_str(), "Low back");
    assert_eq!(
        toe_touch.equipment[0].substitute.as_ref().unwrap().as_str(),
        "A folded blanket that does not slip."
    );
    assert_eq!(toe_touch.alternatives[0].name.as_str(), "Tail tuck");
    assert_eq!(ids(&toe_touch.sources, |id| id.as_str()), ["book", "trial"]);
    let dosage = toe_touch.dosage.as_ref().unwrap();
    let hold = dosage.hold.as_ref().unwrap();
    assert_eq!((hold.min, hold.max, hold.text.as_str()), (5, 10, "5–10 sec"));
    assert_eq!(dosage.sessions.as_ref().unwrap().text, "3x/week");
    assert_eq!(toe_touch.seconds.unwrap().max, 2 * 3 * 10 + 30);
    assert_eq!(ids(&bundle.targets, |target| target.id.as_str()), ["back", "low-back"]);

    let routine = &bundle.routines[0];
    let steps = &routine.blocks[0].steps;
    let dosage = steps[1].dosage.as_ref().unwrap();
    assert_eq!(dosage.hold.as_ref().unwrap().text, "20 s", "the routine's own dose counts");
    assert_eq!(dosage.reps.as_ref().unwrap().text, "3", "the rest is the exercise's");
    assert_eq!((steps[0].seconds.unwrap().max, steps[1].seconds.unwrap().max), (40, 60));
    let seconds = routine.seconds.unwrap();
    assert_eq!((seconds.min, seconds.max), (40, 100), "an optional step counts only at the upper end");
    assert_eq!(routine.stated_duration.as_ref().unwrap().text, "2-3 min");
    assert_eq!(routine.rules[0].say.as_str(), "The easier one comes first.");

    let screening = &bundle.screenings[0];
    assert_eq!(screening.red_flags[0].say.as_str(), "Go to hospital now.");
    assert_eq!(
        ids(&screening.conditions, |asked| asked.id.as_str()),
        ["dizzy", "disc"],
        "in the order asked"
    );
}

#[test]
fn written_and_derived_contraindications_are_united() {
    let (outcome, info) = with(
        "exercises/toe-touch.yaml",
        |text| text.replace("  - { condition: dizzy, level: caution, say: Hold on to a chair. }\n", ""),
        "missing-contraindication = \"warning\"\n",
    );
    let bundle = made(&outcome, &info);
    let [disc, dizzy]: &[Contraindication; 2] =
        bundle.exercises[1].contraindications.as_slice().try_into().unwrap();
    assert_eq!((disc.level, disc.declared), (Level::Avoid, Some(Level::Caution)), "the stronger one counts");
    assert_eq!(disc.say.as_str(), "Bend your knees.");
    assert_eq!(disc.because[0].reason.as_str(), "Load presses harder.");
    assert_eq!(disc.because[0].until.as_ref().unwrap().as_str(), "Until it is calm.");
    assert_eq!(disc.because[1].demand.id.as_str(), "bend");
    assert_eq!(ids(&disc.because[1].asked_as, |id| id.as_str()), ["bend-loaded"]);
    assert_eq!((dizzy.level, dizzy.declared), (Level::Caution, None));
    assert_eq!(dizzy.say.as_str(), "You could fall.", "the limit speaks where nobody wrote");

    let (outcome, info) = with(
        "exercises/tail-tuck.yaml",
        |text| {
            text.replace(
                "say: Stay small. }",
                "say: Stay small. }, { condition: dizzy, level: avoid, say: Sit. }",
            )
        },
        "unjustified-contraindication = \"warning\"\n",
    );
    let bundle = made(&outcome, &info);
    let written = &bundle.exercises[0].contraindications[1];
    assert_eq!((written.level, written.grade, written.because.len()), (Level::Avoid, None, 0));
}

#[test]
fn a_routine_brings_what_is_shown_to_whom() {
    let bundle = small();
    let table = &bundle.routines[0].adaptations;
    let shown = |conditions: &[&str]| -> Option<Vec<String>> {
        let conditions: Vec<Id<Condition>> = conditions.iter().map(|id| Id::new(*id).unwrap()).collect();
        let steps = table.steps_for(&conditions)?;
        Some(steps.iter().map(|step| step.exercise.to_string()).collect())
    };
    assert_eq!(shown(&[]).unwrap(), ["tail-tuck", "toe-touch"]);
    assert_eq!(shown(&["dizzy"]).unwrap(), ["tail-tuck", "toe-touch"], "a caution hides nothing");
    assert_eq!(shown(&["disc"]).unwrap(), ["tail-tuck"]);
}

#[test]
fn only_what_is_used_is_in_it() {
    let bundle = small();
    assert_eq!(ids(&bundle.sources, |source| source.id.as_str()), ["book", "trial"]);
    assert_eq!(ids(&bundle.conditions, |condition| condition.id.as_str()), ["disc", "dizzy"]);
    assert_eq!(ids(&bundle.demands, |demand| demand.id.as_str()), ["bend", "bend-loaded", "stand"]);
    let text = String::from_utf8(text(&bundle)).unwrap();
    assert!(!text.contains("For editors only"));
}

#[test]
fn the_whole_is_a_draft_while_a_part_is() {
    let bundle = small();
    assert_eq!(
        (bundle.review.status, bundle.review.reviewed, bundle.review.drafts),
        (ReviewStatus::Draft, 1, 2)
    );
    assert!(bundle.review.notice.as_str().contains("no medical advice"));
}

#[test]
fn same_content_same_bytes() {
    let expected = text(&small());
    assert_eq!(expected.last(), Some(&b'\n'));
    let (config, info) = config("weak-contraindication = \"warning\"\n");
    let session = Session::new(config);
    for threads in [1, 2, 7] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        for turn in 0..FILES.len() {
            let moved = FILES.iter().cycle().skip(turn).take(FILES.len());
            // Where the files lie does not matter either.
            let paths: Vec<(String, &str)> =
                moved.map(|(path, text)| (format!("{threads}/{path}"), *text)).collect();
            let inputs = paths.iter().rev().map(|(path, text)| (path.as_str(), *text).into()).collect();
            let outcome = pool.install(|| session.lint(inputs));
            assert!(text(&made(&outcome, &info)) == expected, "{threads} threads, turn {turn}");
        }
    }
}

#[test]
fn errors_block() {
    let (outcome, info) = lint(FILES, "");
    let Err(Blocked::Findings(findings)) = bundle(&outcome, &info) else { panic!("must be blocked") };
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].rule, "weak-contraindication");
}

#[test]
fn settings_cannot_hide_what_is_not_known() {
    let (outcome, info) = with(
        "exercises/toe-touch.yaml",
        |text| text.replace("level: caution, say: Bend", "level: never, say: Bend"),
        "invalid-schema = \"note\"\nmissing-contraindication = \"note\"\n",
    );
    let Err(Blocked::Unreadable(paths)) = bundle(&outcome, &info) else { panic!("must be blocked") };
    assert_eq!(paths, ["exercises/toe-touch.yaml"]);

    let (outcome, info) = with(
        "exercises/toe-touch.yaml",
        |text| text.replace("alternatives: [tail-tuck]", "alternatives: [tail-tukc]"),
        "unknown-reference = \"off\"\n",
    );
    let Err(blocked) = bundle(&outcome, &info) else { panic!("must be blocked") };
    assert_eq!(
        blocked.to_string(),
        "these references lead nowhere:\nexercises/toe-touch.yaml: exercise `tail-tukc`"
    );
}

/// RFC 8785 for what a bundle can hold, written down a second time.
fn canonical(value: &serde_json::Value) -> String {
    use serde_json::Value;
    let all = |parts: Vec<String>| parts.join(",");
    match value {
        Value::Array(items) => format!("[{}]", all(items.iter().map(canonical).collect())),
        Value::Object(object) => {
            let sorted: BTreeMap<_, _> = object.iter().collect();
            let part = |(key, value): (&String, &Value)| format!("\"{key}\":{}", canonical(value));
            format!("{{{}}}", all(sorted.into_iter().map(part).collect()))
        }
        Value::Number(number) => number.as_u64().unwrap().to_string(),
        plain => plain.to_string(),
    }
}

#[test]
fn the_text_is_canonical_and_reads_back() {
    let bundle = small();
    let text = String::from_utf8(text(&bundle)).unwrap();
    assert_eq!(text, canonical(&serde_json::to_value(&bundle).unwrap()) + "\n");
    assert!(text.contains("5–10 sec"), "letters are written as they are");
    assert_eq!(serde_json::from_str::<Bundle>(&text).unwrap(), bundle);
}

#[test]
fn the_schema_describes_it() {
    let schema = Bundle::schema();
    let validator = jsonschema::options().offline().build(&schema).unwrap();
    let mut value: serde_json::Value = serde_json::from_slice(&text(&small())).unwrap();
    let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
    assert_eq!(errors, [""; 0]);
    let table = &value["routines"][0]["adaptations"];
    assert_eq!(table["conditions"]["dizzy"], serde_json::Value::Null, "this null is written, and described");
    assert!(table["conditions"]["disc"].is_u64());
    value["a-later-key"] = true.into();
    assert!(validator.is_valid(&value), "later releases may add keys");
    let number =
        std::mem::replace(&mut value["routines"][0]["adaptations"]["conditions"]["disc"], "1".into());
    assert!(!validator.is_valid(&value), "values of maps are described");
    value["routines"][0]["adaptations"]["conditions"]["disc"] = number;
    value["exercises"][0]["difficulty"] = serde_json::Value::Null;
    assert!(!validator.is_valid(&value), "what is not stated is absent");
    value["exercises"][0].as_object_mut().unwrap().remove("difficulty");
    assert!(validator.is_valid(&value));
    value["exercises"][0].as_object_mut().unwrap().remove("contraindications");
    assert!(!validator.is_valid(&value), "lists are always there");
}

#[test]
fn packs_are_named_with_their_hash() {
    let settings = SETTINGS.replace("packs = []", "packs = [\"core\"]");
    let config = Config::read(&settings).unwrap();
    let info = config.catalog.clone().unwrap();
    let routine = "{kind: routine, id: rest, name: Rest, screening: low-back-self-care, blocks: [{title: Rest, exercises: [lie]}], stop: [Stop when it hurts.], sources: [who]}";
    let exercise = "{kind: exercise, id: lie, name: Rest on the side, technique: positioning, targets: [low-back], demands: [side-lying], steps: [Lie on your side.], feel: {stop: [pain]}, dosage: {time: 2 min}, sources: [who]}";
    let inputs = vec![("rest.yaml", routine).into(), ("lie.yaml", exercise).into()];
    let outcome = Session::new(config.clone()).lint(inputs);
    let bundle = made(&outcome, &info);
    let provenance = provenance(&outcome, &config);
    let [core] = provenance.packs.as_slice() else { panic!("one pack") };
    assert_eq!((core.id.as_str(), core.version.as_str(), core.sha256.len()), ("core", "0.1.0", 64));
    assert_eq!(provenance.documents.len(), 2);
    assert!(bundle.conditions.len() > 20);
    let validator = jsonschema::options().offline().build(&Bundle::schema()).unwrap();
    assert!(validator.is_valid(&serde_json::to_value(&bundle).unwrap()));
}
