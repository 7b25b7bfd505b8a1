//! Nothing is lost, nothing is made up: the real catalog, edited in many ways, held against plain computations.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use nocere_diff::{Bump, Diff, Group, Side, Unread, compare};
use nocere_export::as_written;
use nocere_lint::{Input, Session, config::Config};
use nocere_model::{Bundle, Condition, Id, Shown, bundle::Routine};
use serde_json::{Value, json};

type Files = Vec<(String, String)>;

/// The files of the real catalog.
fn files() -> &'static Files {
    static FILES: OnceLock<Files> = OnceLock::new();
    FILES.get_or_init(|| {
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalog/low-back"));
        let mut found = Vec::new();
        collect(root, &mut found);
        found.sort();
        let read = |path: &PathBuf| {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            (name, fs::read_to_string(path).unwrap())
        };
        found.iter().map(read).collect()
    })
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// The catalog as it stands in these files. The rules need not run for it.
fn side(files: &[(String, String)]) -> Side {
    let text = &files.iter().find(|(path, _)| path == "nocere.toml").unwrap().1;
    let config = Config::read(text).unwrap();
    let inputs = files.iter().filter(|(path, _)| path.ends_with(".yaml"));
    let inputs: Vec<Input> = inputs.map(|(path, text)| Input::from((path.as_str(), text.as_str()))).collect();
    let catalog = Session::new(config.clone()).load(inputs);
    let (content, unread) = as_written(&catalog, config.catalog.as_ref().unwrap());
    let unread = unread.into_iter();
    let unread = unread.map(|one| Unread { path: one.path, kind: one.kind, id: one.id, because_of: None });
    Side { content, errors: 0, unread: unread.collect() }
}

fn real() -> &'static Side {
    static REAL: OnceLock<Side> = OnceLock::new();
    REAL.get_or_init(|| side(files()))
}

/// A file with the first occurrence of a text replaced.
fn edited(path: &str, from: &str, to: &str) -> Side {
    let mut files = files().clone();
    let file = files.iter_mut().find(|file| file.0 == path).unwrap();
    assert!(file.1.contains(from), "{path} holds no {from:?}");
    file.1 = file.1.replacen(from, to, 1);
    side(&files)
}

/// Numbers that are the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

/// A catalog with some random edits: contraindications, demands, doses, places, questions, alternatives, limits.
fn shuffled(dice: &mut Dice, edits: usize) -> Side {
    let mut files = files().clone();
    for _ in 0..edits {
        let at = dice.below(files.len());
        let (path, text) = &mut files[at];
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let mut lines = lines;
        let swap = |lines: &mut Vec<String>, from: &str, to: &str, dice: &mut Dice| {
            let places: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].contains(from)).collect();
            if !places.is_empty() {
                let at = places[dice.below(places.len())];
                lines[at] = lines[at].replacen(from, to, 1);
            }
        };
        match dice.below(8) {
            6 | 7 if path.starts_with("exercises/") => {
                // Nothing is said of anybody any more, and only one demand is left.
                let mut part = String::new();
                let mut demands = 0;
                lines.retain(|line| {
                    if !line.starts_with([' ', '#']) {
                        part = line.clone();
                    }
                    demands += usize::from(part == "demands:");
                    part != "contraindications:" && (part != "demands:" || demands <= 2)
                });
            }
            0 => swap(&mut lines, "level: avoid", "level: caution", dice),
            1 => swap(&mut lines, "level: caution", "level: avoid", dice),
            2 | 3 if path.starts_with("exercises/") => {
                // A demand goes, or another comes.
                let first = lines.iter().position(|line| line == "demands:");
                if let Some(first) = first {
                    let end = (first + 1..lines.len()).find(|at| !lines[*at].starts_with("  - ")).unwrap();
                    if dice.below(2) == 0 && end > first + 2 {
                        lines.remove(first + 1 + dice.below(end - first - 1));
                    } else {
                        let all =
                            ["lumbar-flexion-loaded", "prone", "sciatic-nerve-tension", "supine", "standing"];
                        let new = format!("  - {}", all[dice.below(all.len())]);
                        if !lines.contains(&new) {
                            lines.insert(first + 1, new);
                        }
                    }
                }
            }
            4 if path.starts_with("routines/") => {
                let places: Vec<usize> = (0..lines.len())
                    .filter(|at| {
                        lines[*at].trim_start().starts_with("- {") || lines[*at].starts_with("      - ")
                    })
                    .collect();
                if places.len() > 2 {
                    let (a, b) = (places[dice.below(places.len())], places[dice.below(places.len())]);
                    if dice.below(2) == 0 { lines.swap(a, b) } else { drop(lines.remove(a)) }
                }
            }
            _ => swap(&mut lines, "alternatives: [", "alternatives: [easy-walk, ", dice),
        }
        *text = lines.join("\n") + "\n";
    }
    side(&files)
}

/// Who is shown what, worked out one set of people at a time.
fn shown(routine: &Routine, people: &[&Id<Condition>]) -> BTreeSet<String> {
    let table = &routine.adaptations;
    let known = people.iter().copied().filter(|id| table.conditions.contains_key(*id));
    let shown = table.shown_to(known);
    match shown {
        Shown::Routine { steps, .. } => {
            steps.iter().map(|at| table.steps[*at].exercise.to_string()).collect()
        }
        Shown::NoRoutine => BTreeSet::new(),
    }
}

/// Every set of up to two conditions, and the sets that lead to each audience of either table.
fn sets<'a>(old: &'a Routine, new: &'a Routine) -> Vec<Vec<&'a Id<Condition>>> {
    let ids: BTreeSet<&Id<Condition>> =
        old.adaptations.conditions.keys().chain(new.adaptations.conditions.keys()).collect();
    let mut sets = vec![Vec::new()];
    for a in &ids {
        sets.push(vec![*a]);
        sets.extend(ids.iter().filter(|b| *b > a).map(|b| vec![*a, *b]));
    }
    for routine in [old, new] {
        let table = &routine.adaptations;
        for audience in &table.audiences {
            let first = |number: &usize| {
                table.conditions.iter().find(|(_, class)| **class == Some(*number)).map(|(id, _)| id)
            };
            sets.push(audience.people_with.iter().filter_map(first).collect());
        }
    }
    sets
}

/// What is found is what a plain computation finds, no more and no less.
fn assert_exposures(old: &Side, new: &Side, diff: &Diff) {
    let groups = || diff.exposures.iter().chain(&diff.additions).flat_map(|group| &group.effects);
    // Of what could not be read nothing is said.
    let readable = |id: &str| !diff.not_compared.iter().any(|one| one.id.as_deref() == Some(id));
    let known = |side: &Side, id: &str| {
        readable(id) && side.content.exercises.iter().any(|one| one.id.as_str() == id)
    };
    let mut expected = 0;
    for before in &old.content.exercises {
        let Some(after) = new.content.exercises.iter().find(|one| one.id == before.id) else { continue };
        if !readable(before.id.as_str()) {
            continue;
        }
        for held in &before.contraindications {
            let avoid = |list: &[nocere_model::bundle::Contraindication]| {
                list.iter()
                    .any(|one| one.condition == held.condition && one.level == nocere_model::Level::Avoid)
            };
            let told = groups().any(|effect| {
                effect.routine.is_none()
                    && effect.exercise == before.id
                    && effect.people_with == [held.condition.clone()]
            });
            let exposed = avoid(&before.contraindications) && !avoid(&after.contraindications);
            assert_eq!(told, exposed, "{} {}", before.id, held.condition);
            expected += usize::from(exposed);
        }
    }
    assert_eq!(groups().filter(|effect| effect.routine.is_none()).count(), expected);
    for before in &old.content.routines {
        let Some(after) = new.content.routines.iter().find(|one| one.id == before.id) else { continue };
        if !readable(before.id.as_str()) {
            continue;
        }
        let effects: Vec<_> = groups().filter(|effect| effect.routine.as_ref() == Some(&before.id)).collect();
        for effect in &effects {
            let people: Vec<&Id<Condition>> = effect.people_with.iter().collect();
            let id = effect.exercise.as_str();
            assert!(shown(after, &people).contains(id), "{effect:?}");
            assert!(!shown(before, &people).contains(id), "{effect:?}");
        }
        for people in sets(before, after) {
            let (was, is) = (shown(before, &people), shown(after, &people));
            for exercise in is.difference(&was).filter(|id| known(old, id) && known(new, id)) {
                let told = effects.iter().any(|effect| {
                    effect.exercise.as_str() == exercise
                        && effect.people_with.iter().all(|condition| people.contains(&condition))
                });
                assert!(told, "{} newly shows {exercise} to {people:?}", before.id);
            }
        }
    }
}

fn effects(groups: &[Group]) -> BTreeSet<(Option<String>, String, Vec<String>)> {
    let effects = groups.iter().flat_map(|group| &group.effects);
    effects
        .map(|effect| {
            let people = effect.people_with.iter().map(ToString::to_string).collect();
            (effect.routine.as_ref().map(ToString::to_string), effect.exercise.to_string(), people)
        })
        .collect()
}

#[test]
fn the_same_is_no_change() {
    let diff = compare(real(), real());
    assert!(diff.is_empty(), "{diff:#?}");
    assert_eq!(diff.verdict.change, Bump::None);
    assert!(diff.verdict.enough);
}

#[test]
fn random_edits_expose_whom_a_plain_computation_finds_and_back_is_the_opposite() {
    let mut dice = Dice(7);
    let (mut exposed, mut inside) = (0, 0);
    for round in 0..60 {
        let edited = shuffled(&mut dice, 1 + round % 12);
        let there = compare(real(), &edited);
        let back = compare(&edited, real());
        assert_exposures(real(), &edited, &there);
        assert_exposures(&edited, real(), &back);
        assert_eq!(effects(&there.exposures), effects(&back.withdrawals));
        assert_eq!(effects(&there.withdrawals), effects(&back.exposures));
        assert_eq!(effects(&there.additions), effects(&back.removals));
        assert_eq!(effects(&there.removals), effects(&back.additions));
        assert_eq!(there.is_empty(), back.is_empty());
        for diff in [&there, &back] {
            exposed += diff.exposures.len();
            inside += effects(&diff.exposures).iter().filter(|effect| effect.0.is_some()).count();
        }
    }
    assert!(exposed > 20 && inside > 20, "the edits are too tame: {exposed} {inside}");
}

/// Every place of the real bundle, changed alone.
#[test]
fn no_change_of_a_bundle_is_lost() {
    let bundle = bundle();
    let old = from_json(&bundle).unwrap();
    let mut places = Vec::new();
    leaves(&bundle, &mut String::new(), &mut places);
    places.retain(|place| place != "/format" && place != "/version");
    assert!(places.len() > 10_000, "{}", places.len());
    let mut dice = Dice(11);
    let (mut tried, mut by_key) = (0, BTreeSet::new());
    for place in &places {
        // Each sort of place at least once, and of the rest a sample.
        let sort: String =
            place.split('/').filter(|part| part.parse::<usize>().is_err()).collect::<Vec<_>>().join("/");
        if !by_key.insert(sort) && dice.below(150) != 0 {
            continue;
        }
        let mut changed = bundle.clone();
        let leaf = changed.pointer_mut(place).unwrap();
        *leaf = match leaf {
            Value::String(text) => json!(format!("{text}-x")),
            Value::Number(number) => json!(number.as_u64().unwrap() + 1),
            Value::Bool(value) => json!(!*value),
            Value::Array(_) => continue,
            _ => json!("x"),
        };
        // What is no bundle any more is refused before it is compared.
        let Some(new) = from_json(&changed) else { continue };
        tried += 1;
        assert!(!compare(&old, &new).is_empty(), "{place} changed, and nothing is said");
        assert!(!compare(&new, &old).is_empty(), "{place} changed back, and nothing is said");
    }
    assert!(tried > 200, "{tried}");
}

/// Every list of the real bundle, a part shorter.
#[test]
fn no_part_that_goes_is_lost() {
    let bundle = bundle();
    let old = from_json(&bundle).unwrap();
    let mut places = Vec::new();
    lists(&bundle, &mut String::new(), &mut places);
    let (mut dice, mut by_key) = (Dice(13), BTreeSet::new());
    for place in places {
        let sort: String =
            place.split('/').filter(|part| part.parse::<usize>().is_err()).collect::<Vec<_>>().join("/");
        if !by_key.insert(sort) && dice.below(40) != 0 {
            continue;
        }
        let mut changed = bundle.clone();
        let list = changed.pointer_mut(&place).unwrap().as_array_mut().unwrap();
        list.remove(dice.below(list.len()));
        let Some(new) = from_json(&changed) else { continue };
        assert!(!compare(&old, &new).is_empty(), "{place} lost a part, and nothing is said");
        assert!(!compare(&new, &old).is_empty(), "{place} gained a part, and nothing is said");
    }
}

fn bundle() -> Value {
    let text = &files().iter().find(|(path, _)| path == "nocere.toml").unwrap().1;
    let config = Config::read(text).unwrap();
    let inputs = files().iter().filter(|(path, _)| path.ends_with(".yaml"));
    let inputs = inputs.map(|(path, text)| Input::from((path.as_str(), text.as_str()))).collect();
    let outcome = Session::new(config.clone()).lint(inputs);
    serde_json::to_value(nocere_export::bundle(&outcome, config.catalog.as_ref().unwrap()).unwrap()).unwrap()
}

fn from_json(value: &Value) -> Option<Side> {
    let bundle: Bundle = serde_json::from_value(value.clone()).ok()?;
    Some(Side { content: bundle.into(), errors: 0, unread: Vec::new() })
}

fn leaves(value: &Value, at: &mut String, places: &mut Vec<String>) {
    children(value, at, &mut |value, at| leaves(value, at, places));
    if !value.is_object() && !value.is_array() {
        places.push(at.clone());
    }
}

fn lists(value: &Value, at: &mut String, places: &mut Vec<String>) {
    children(value, at, &mut |value, at| lists(value, at, places));
    if value.as_array().is_some_and(|list| !list.is_empty()) {
        places.push(at.clone());
    }
}

fn children(value: &Value, at: &mut String, each: &mut dyn FnMut(&Value, &mut String)) {
    let mut go = |key: &str, value: &Value| {
        let end = at.len();
        at.push('/');
        at.push_str(&key.replace('~', "~0").replace('/', "~1"));
        each(value, at);
        at.truncate(end);
    };
    match value {
        Value::Object(object) => object.iter().for_each(|(key, value)| go(key, value)),
        Value::Array(list) => list.iter().enumerate().for_each(|(key, value)| go(&key.to_string(), value)),
        _ => {}
    }
}

#[test]
fn what_cannot_be_read_is_named_and_looks_like_nothing_else() {
    let broken = edited("exercises/dead-bug.yaml", "demands:", "demands: {} #");
    let diff = compare(real(), &broken);
    assert!(diff.exposures.is_empty() && diff.withdrawals.is_empty(), "{:#?}", diff.exposures);
    assert!(diff.not_compared.iter().any(|one| one.id.as_deref() == Some("dead-bug")));
    let resting = diff.not_compared.iter().filter(|one| one.because_of.is_some());
    assert!(resting.count() > 0, "routines with it are not compared either: {:?}", diff.not_compared);
    assert!(!diff.changes.iter().any(|change| change.id == "dead-bug"), "{:#?}", diff.changes);
}
