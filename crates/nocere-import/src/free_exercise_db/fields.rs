//! Which words of the library are which words of ours, there and back.

use nocere_model::{Difficulty, Exercise};
use serde_json::{Map, Value};

/// Muscles, and the targets that they are.
const MUSCLES: &[(&str, &str)] = &[
    ("abdominals", "core"),
    ("abductors", "abductors"),
    ("adductors", "adductors"),
    ("biceps", "biceps"),
    ("calves", "calves"),
    ("chest", "chest"),
    ("forearms", "forearms"),
    ("glutes", "gluteals"),
    ("hamstrings", "hamstrings"),
    ("lats", "lats"),
    ("lower back", "low-back"),
    ("middle back", "middle-back"),
    ("neck", "neck"),
    ("quadriceps", "quadriceps"),
    ("shoulders", "shoulders"),
    ("traps", "traps"),
    ("triceps", "triceps"),
];

/// Equipment. `body only` needs none, and `other` names nothing.
const EQUIPMENT: &[(&str, &str)] = &[
    ("bands", "resistance-band"),
    ("barbell", "barbell"),
    ("cable", "cable-machine"),
    ("dumbbell", "dumbbells"),
    ("e-z curl bar", "curl-bar"),
    ("exercise ball", "exercise-ball"),
    ("foam roll", "foam-roller"),
    ("kettlebells", "kettlebell"),
    ("machine", "weight-machine"),
    ("medicine ball", "medicine-ball"),
];

const LEVELS: &[(&str, Difficulty)] = &[
    ("beginner", Difficulty::Beginner),
    ("intermediate", Difficulty::Intermediate),
    ("expert", Difficulty::Advanced),
];

fn ours<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    table.iter().find(|(theirs, _)| *theirs == word).map(|(_, ours)| *ours)
}

fn theirs<T: Copy + PartialEq>(table: &[(&'static str, T)], word: T) -> Option<&'static str> {
    table.iter().find(|(_, ours)| *ours == word).map(|(theirs, _)| *theirs)
}

/// The target that a muscle is.
pub(super) fn target(muscle: &str) -> Option<&'static str> {
    ours(MUSCLES, muscle)
}

/// The equipment that a word names.
pub(super) fn equipment(word: &str) -> Option<&'static str> {
    ours(EQUIPMENT, word)
}

/// Whether a word says that nothing is needed.
pub(super) fn needs_nothing(word: &str) -> bool {
    word == "body only"
}

/// The difficulty that a level is.
pub(super) fn difficulty(level: &str) -> Option<Difficulty> {
    ours(LEVELS, level)
}

/// How a difficulty is written.
pub(super) fn difficulty_word(difficulty: Difficulty) -> &'static str {
    match difficulty {
        Difficulty::Beginner => "beginner",
        Difficulty::Intermediate => "intermediate",
        Difficulty::Advanced => "advanced",
    }
}

/// A technique for a category, and whether it only stands in for one that we do not have.
pub(super) fn technique(category: &str, equipment: Option<&str>) -> Option<(&'static str, bool)> {
    Some(match category {
        "stretching" if equipment == Some("foam roll") => ("release", true),
        "stretching" => ("stretch", false),
        "strength" | "powerlifting" | "olympic weightlifting" | "strongman" => ("strengthening", false),
        "plyometrics" | "cardio" => ("strengthening", true),
        _ => return None,
    })
}

/// The library's own fields, as far as an exercise says what they said. What an entry held beside that, or otherwise,
/// stands under `import`.
pub(super) fn foreign(exercise: &Exercise) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut add = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            fields.insert(key.into(), value);
        }
    };
    let text = |text: &str| Some(Value::from(text)).filter(|_| !text.is_empty());
    add("name", text(exercise.name.as_str()));
    add("level", exercise.difficulty.and_then(|level| theirs(LEVELS, level)).and_then(text));
    let muscles: Option<Vec<&str>> =
        exercise.targets.iter().map(|target| theirs(MUSCLES, target.as_str())).collect();
    add("primaryMuscles", muscles.filter(|muscles| !muscles.is_empty()).map(Value::from));
    add(
        "equipment",
        match exercise.equipment.as_slice() {
            [only] => theirs(EQUIPMENT, only.as_str()).and_then(text),
            _ => None,
        },
    );
    let steps: Vec<&str> = exercise.steps.iter().map(|step| step.as_str()).collect();
    add("instructions", (!steps.is_empty()).then(|| steps.into()));
    fields
}
