//! The committed JSON Schemas under `schemas/`, derived from the types.

use std::{fs, path::PathBuf};

use nocere_lint::report::Report;
use nocere_model::{Bundle, Kind};
use serde_json::Value;

/// The folder of the workspace.
fn workspace() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Every generated file: its path in the workspace and its text.
fn files() -> Vec<(String, String)> {
    let mut files: Vec<(String, Value)> =
        Kind::ALL.iter().map(|kind| (format!("schemas/{kind}.schema.json"), kind.schema())).collect();
    files.push(("schemas/document.schema.json".into(), nocere_model::document_schema()));
    files.push(("schemas/bundle.schema.json".into(), Bundle::schema()));
    files.push(("schemas/report.schema.json".into(), Report::schema()));
    files.into_iter().map(|(path, schema)| (path, format!("{schema:#}\n"))).collect()
}

/// Writes the generated files, or checks that they are current.
pub(crate) fn generate(check: bool) -> Result<(), String> {
    let mut stale = Vec::new();
    for (path, text) in files() {
        let full = workspace().join(&path);
        if fs::read_to_string(&full).is_ok_and(|old| old == text) {
            continue;
        }
        if check {
            stale.push(path);
        } else {
            fs::write(&full, text).map_err(|error| format!("{path}: {error}"))?;
        }
    }
    if stale.is_empty() {
        Ok(())
    } else {
        Err(format!("out of date: {}\nrun `cargo xtask gen` and commit the result", stale.join(", ")))
    }
}
