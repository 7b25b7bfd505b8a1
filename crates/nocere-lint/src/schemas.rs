//! Every JSON Schema, for editors and for programs.

use nocere_model::{Bundle, Kind, bundle::Manifest, document_schema};
use serde_json::Value;

use crate::{baseline::Baseline, config::Config, report::Report};

/// Every schema, by the name of its file: documents by kind, documents of any kind, bundles, reports, `nocere.toml`.
#[must_use]
pub fn schemas() -> Vec<(String, Value)> {
    let kinds = Kind::ALL.iter().map(|kind| (kind.to_string(), kind.schema()));
    let others: [(&str, Value); 6] = [
        ("document", document_schema()),
        ("bundle", Bundle::schema()),
        ("manifest", Manifest::schema()),
        ("report", Report::schema()),
        ("baseline", Baseline::schema()),
        ("nocere-toml", Config::schema()),
    ];
    let others = others.into_iter().map(|(name, schema)| (name.to_owned(), schema));
    kinds.chain(others).map(|(name, schema)| (format!("{name}.schema.json"), schema)).collect()
}
