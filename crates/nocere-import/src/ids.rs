//! Ids for entries that have foreign ones.

use std::collections::BTreeSet;

/// What an id may hold at most, with room for a number behind it.
const LENGTH: usize = 70;

/// Names that some systems keep for devices, whatever the ending of the file.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "com", "lpt"];

/// Gives every entry an id of its own: the letters and digits of its foreign id in lower case, words joined by
/// hyphens. Where two come out the same, the later one in the library gets `-2`, `-3` and so on.
#[derive(Default)]
pub(crate) struct Ids(BTreeSet<String>);

impl Ids {
    pub(crate) fn take(&mut self, foreign: &str) -> String {
        let slug = slug(foreign);
        let numbered = (2u32..).map(|number| format!("{slug}-{number}"));
        let free = std::iter::once(slug.clone()).chain(numbered).find(|id| !self.0.contains(id));
        let id = free.unwrap_or(slug);
        self.0.insert(id.clone());
        id
    }
}

fn slug(foreign: &str) -> String {
    let spaced: String = foreign
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' })
        .collect();
    let mut slug = String::new();
    for word in spaced.split_whitespace() {
        if slug.len() + 1 + word.len() > LENGTH && !slug.is_empty() {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word[..word.len().min(LENGTH)]);
    }
    let device = DEVICES.contains(&slug.trim_end_matches(|c: char| c.is_ascii_digit()));
    match slug.as_str() {
        "" => "exercise".into(),
        _ if device => format!("exercise-{slug}"),
        _ => slug,
    }
}

#[cfg(test)]
mod tests {
    use nocere_model::{Exercise, Id};

    use super::*;

    #[test]
    fn ids_are_kebab_case_and_each_once() {
        let mut ids = Ids::default();
        let long = "word ".repeat(40);
        let whole = "w".repeat(200);
        let foreign = [
            "Knee_Hug",
            "knee hug!",
            "KNEE-HUG",
            "",
            "ü",
            "Con",
            "com1",
            "3/4 Sit-Up",
            &long,
            &whole,
            &whole,
        ];
        let given: Vec<String> = foreign.iter().map(|foreign| ids.take(foreign)).collect();
        assert_eq!(
            given[..8],
            [
                "knee-hug",
                "knee-hug-2",
                "knee-hug-3",
                "exercise",
                "exercise-2",
                "exercise-con",
                "exercise-com1",
                "3-4-sit-up"
            ]
        );
        for id in &given {
            assert!(Id::<Exercise>::new(id.as_str()).is_ok(), "{id}");
        }
        assert_eq!(given.iter().collect::<BTreeSet<_>>().len(), given.len());
    }

    #[test]
    fn a_number_that_is_taken_is_passed_over() {
        let mut ids = Ids::default();
        assert_eq!(["a-2", "a", "a", "a"].map(|foreign| ids.take(foreign)), ["a-2", "a", "a-3", "a-4"]);
    }
}
