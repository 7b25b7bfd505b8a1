//! A source becomes a `Citation`, and what rests on it refers to that.

use nocere_model::{Id, Review, Source};
use serde_json::{Value, json};

use super::{
    Space, id,
    values::{markdown, text},
    with,
};

pub(super) fn citation(space: &Space<'_>, source: &Source) -> Value {
    let year = source.year.map(|year| format!("{year:04}"));
    let parts =
        [source.by.as_deref(), Some(source.title.as_str()), year.as_deref(), source.locator.as_deref()];
    let summary: Vec<&str> = parts.into_iter().flatten().collect();
    let classified = |what: &str, code: &Value| {
        let code = code.as_str()?;
        Some(json!({ "type": { "text": what }, "classifier": [{ "text": code }] }))
    };
    let classification = [
        classified("kind of document", &json!(source.source_kind)),
        classified("grade", &json!(source.grade)),
        classified("how much was read", &json!(source.reading)),
    ];
    let head = space.head("Citation", "source", source.id.as_str(), &source.title, None);
    with(
        head,
        json!({
            "description": source.says.as_deref().map(markdown),
            "summary": [{ "text": markdown(&summary.join(". ")) }],
            "classification": classification.into_iter().flatten().collect::<Vec<_>>(),
            "citedArtifact": {
                "title": [{ "text": markdown(&source.title) }],
                "publicationForm": year.map(|year| json!([{ "articleDate": year }])),
            },
        }),
    )
}

/// References to sources.
pub(super) fn citations(space: &Space<'_>, sources: &[Id<Source>]) -> Vec<Value> {
    let citation = |source: &Id<Source>| {
        json!({
            "type": "citation",
            "label": id(&[source.as_str()]),
            "resource": space.canonical("Citation", source.as_str()),
        })
    };
    sources.iter().map(citation).collect()
}

/// Who reviewed it, by role.
pub(super) fn reviewer(review: &Review) -> Option<Value> {
    review.by.as_ref().map(|role| json!([{ "name": text(role) }]))
}
