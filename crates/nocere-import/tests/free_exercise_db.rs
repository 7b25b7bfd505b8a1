//! Nothing of a library is lost, and nothing is invented.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use nocere_import::{Imported, free_exercise_db};
use nocere_lint::{Input, Session, config::Config};
use serde_json::{Map, Value, json};

const LIBRARY: &str = include_str!("../../../tests/import/library.json");

fn session() -> Session {
    Session::new(Config::read("[catalog]\nid = \"a\"\nname = \"A\"\nversion = \"0.1.0\"\n").unwrap())
}

/// What the files hold, put together again.
fn rebuilt(imported: &Imported) -> Value {
    let documents = imported.files.iter().filter(|(path, _)| path.ends_with(".yaml"));
    let inputs = documents.map(|(path, text)| Input::from((path.as_str(), text.as_str()))).collect();
    free_exercise_db::rebuild(&session().load(inputs)).into()
}

fn file<'i>(imported: &'i Imported, path: &str) -> &'i str {
    &imported.files.iter().find(|(name, _)| name == path).unwrap_or_else(|| panic!("no {path}")).1
}

#[test]
fn a_library_can_be_rebuilt_from_its_catalog() {
    let imported = free_exercise_db::import(LIBRARY).unwrap();
    assert_eq!(rebuilt(&imported), serde_json::from_str::<Value>(LIBRARY).unwrap());
    let paths: Vec<&str> = imported.files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "exercises/exercise.yaml",
            "exercises/roll-it-out.yaml",
            "exercises/towel-drag-half-way-2.yaml",
            "exercises/towel-drag-half-way.yaml",
            "nocere.toml",
            "sources/free-exercise-db.yaml",
            "IMPORT.md"
        ]
    );
}

#[test]
fn what_can_be_mapped_is_mapped_and_stands_there_once() {
    let imported = free_exercise_db::import(LIBRARY).unwrap();
    let text = file(&imported, "exercises/towel-drag-half-way.yaml");
    for line in [
        "technique: strengthening\n",
        "difficulty: beginner\n",
        "targets: [core]\n",
        "  - supine  # step 1: “Lie on your back",
        "laterality: unilateral  # step 3: “other side”\n",
        "review: { status: draft }\n",
        "    \"equipment\": \"body only\"\n",
        "    \"secondaryMuscles\": [\"glutes\"]\n",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let kept = text.split("import:").nth(1).unwrap();
    for key in ["name", "level", "primaryMuscles", "instructions"] {
        assert!(!kept.contains(&format!("\"{key}\"")), "{key} stands there twice: {text}");
    }
    let band = file(&imported, "exercises/towel-drag-half-way-2.yaml");
    assert!(band.contains("targets: [lats]\n") && band.contains("equipment: [resistance-band]\n"), "{band}");
    assert!(!band.contains("technique:"), "an unknown category is no technique: {band}");
    assert!(file(&imported, "exercises/roll-it-out.yaml").contains("technique: release\n"));
    assert!(!file(&imported, "exercises/exercise.yaml").contains("name:"), "a name is not invented");
}

#[test]
fn contraindications_follow_from_the_declared_demands_and_agree_with_the_linter() {
    let imported = free_exercise_db::import(LIBRARY).unwrap();
    assert!(file(&imported, "exercises/towel-drag-half-way.yaml").contains("\n  - condition: "));
    let documents = imported.files.iter().filter(|(path, _)| path.ends_with(".yaml"));
    let inputs = documents.map(|(path, text)| Input::from((path.as_str(), text.as_str()))).collect();
    let outcome = session().lint(inputs);
    let rules: Vec<&str> = outcome.findings.iter().map(|finding| finding.rule.as_ref()).collect();
    for silent in [
        "missing-contraindication",
        "weak-contraindication",
        "unjustified-contraindication",
        "invalid-syntax",
        "unknown-reference",
        "one-sided",
    ] {
        assert!(!rules.contains(&silent), "{silent}: {:#?}", outcome.findings);
    }
    for told in ["missing-dosage", "missing-stop-rule", "invalid-schema"] {
        assert!(rules.contains(&told), "{told}: {rules:?}");
    }
    assert!(outcome.suppressed.is_empty(), "foreign words suppress nothing");
}

#[test]
fn everything_that_needs_a_person_is_listed() {
    let imported = free_exercise_db::import(LIBRARY).unwrap();
    let notes = file(&imported, "IMPORT.md");
    for line in [
        "- one side at a time? Step 3 says “other side”\n",
        "- no technique for the category \"dancing\"\n",
        "- no target for “wings”\n",
        "- parts of its instructions are empty or no text, and were left out of the steps\n",
        "- `release` stands in for the category \"stretching\"\n",
        "- it has no steps\n",
        "- it has no name\n",
        "- it has no level that we know\n",
        "no words show what it asks of the body",
    ] {
        assert!(notes.contains(line), "{line}: {notes}");
    }
    assert_eq!(imported.tally.exercises, 4);
    assert_eq!(imported.tally.open.len(), 8, "{:?}", imported.tally);
}

#[test]
fn what_is_no_library_is_refused_with_a_reason() {
    for (text, reason) in [
        ("", "line 1"),
        ("{", "line 1"),
        ("{}", "not a list"),
        ("[]", "holds no exercise"),
        ("[{\"name\": \"A\"}, 7]", "entry 2"),
        ("[{\"name\": \"A\", \"name\": \"B\"}]", "the key `name` stands twice"),
        ("[{\"number\": 123456789012345678901}]", "too large to be kept exactly"),
        ("[{\"name\": \"A\", \"number\": 18446744073709551615}]", "entry 1 of the list (“A”) cannot be kept"),
    ] {
        let error = free_exercise_db::import(text).unwrap_err();
        assert!(error.message.contains(reason), "{text}: {error}");
        assert!(!error.help.is_empty(), "{text}");
    }
    let deep = format!("[{{\"name\": \"A\", \"deep\": {}{}}}]", "[".repeat(60), "]".repeat(60));
    assert!(free_exercise_db::import(&deep).is_err(), "deeper than a document may be");
    assert!(free_exercise_db::import(&"[".repeat(100_000)).is_err());
}

/// A small generator of pseudo-random numbers.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }

    fn text(&mut self) -> String {
        const PARTS: [&str; 26] = [
            "Lie face down",
            "bend",
            ": ",
            " #",
            "# nocere: allow x -- y z",
            "- ",
            "'",
            "\"",
            "\\",
            "\n",
            "\t",
            "\r",
            "{",
            "]",
            "&a",
            "*b",
            "!t",
            "%",
            "é",
            "🦴",
            "\u{202e}",
            "\u{0}",
            "\u{85}",
            "\u{feff}",
            "null",
            "  ",
        ];
        (0..self.below(7)).map(|_| PARTS[self.below(PARTS.len())]).collect()
    }

    fn value(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 5 } else { 7 }) {
            0 => Value::Null,
            1 => (self.below(2) == 0).into(),
            2 => (self.below(1000) as i64 - 500).into(),
            3 => json!(self.below(1000) as f64 / 8.0),
            4 => self.text().into(),
            5 => (0..self.below(4)).map(|_| self.value(depth - 1)).collect::<Vec<_>>().into(),
            _ => {
                (0..self.below(4)).map(|_| (self.text(), self.value(depth - 1))).collect::<Map<_, _>>().into()
            }
        }
    }

    fn entry(&mut self) -> Value {
        const WORDS: [&str; 8] =
            ["beginner", "expert", "stretching", "foam roll", "bands", "glutes", "body only", "calves"];
        let mut entry = Map::new();
        for key in [
            "id",
            "name",
            "level",
            "category",
            "equipment",
            "primaryMuscles",
            "instructions",
            "images",
            "extra",
        ] {
            let value = match self.below(6) {
                0 => continue,
                1 => WORDS[self.below(WORDS.len())].into(),
                2 => self.value(2),
                3 => (0..self.below(4)).map(|_| WORDS[self.below(WORDS.len())]).collect::<Vec<_>>().into(),
                4 => (0..self.below(4)).map(|_| self.text()).collect::<Vec<_>>().into(),
                _ => self.text().into(),
            };
            entry.insert(key.into(), value);
        }
        entry.into()
    }
}

#[test]
fn ids_that_look_like_something_else_stay_ids() {
    let library = json!([{ "id": "null" }, { "id": "12" }, { "id": "true" }, { "id": "1e3" }]);
    let imported = free_exercise_db::import(&library.to_string()).unwrap();
    assert_eq!(rebuilt(&imported), library);
}

#[test]
fn any_library_is_kept_whole() {
    let mut random = Random(0x5eed);
    for round in 0..12 {
        let library: Value = (0..20).map(|_| random.entry()).collect::<Vec<_>>().into();
        let text = library.to_string();
        let imported =
            free_exercise_db::import(&text).unwrap_or_else(|error| panic!("{round}: {error}\n{text}"));
        assert_eq!(rebuilt(&imported), library, "{round}");
        let hidden = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202e}' | '\u{feff}');
        for (path, text) in &imported.files {
            assert!(!text.contains(hidden), "{path} hides something: {text:?}");
        }
    }
}
