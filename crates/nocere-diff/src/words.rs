//! Sentences and the parts that they are made of. Ids stand in backticks.

use std::fmt::Display;

use nocere_model::{Condition, Grade, Id};

/// An id as it stands in a sentence.
pub(crate) fn code(id: impl Display) -> String {
    format!("`{id}`")
}

/// Ids as they stand in a sentence.
pub(crate) fn codes<I: Display>(ids: impl IntoIterator<Item = I>) -> String {
    join(ids.into_iter().map(code))
}

/// `a, b and c`.
pub(crate) fn join(parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = parts.into_iter().collect();
    match parts.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// `1 exercise`, `2 exercises`.
pub(crate) fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// ``grade C, says `sci` ``, for brackets.
pub(crate) fn authority<I: Display>(grade: Option<Grade>, sources: &[I]) -> String {
    let grade = grade.map(|grade| format!("grade {grade:?}"));
    let sources = (!sources.is_empty()).then(|| format!("says {}", codes(sources)));
    grade.into_iter().chain(sources).collect::<Vec<_>>().join(", ")
}

/// People with all of these conditions.
pub(crate) fn people(conditions: &[Id<Condition>]) -> String {
    match conditions {
        [] => "everybody from whom no condition holds it back".into(),
        [one] => format!("people with {}", code(one)),
        many => format!("people with {} at once", codes(many)),
    }
}

/// A sentence begins with a capital.
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
