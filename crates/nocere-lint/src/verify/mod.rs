//! Whether a bundle keeps its promises, by itself: without the catalog that it was made from.
//!
//! What is derived is derived again here, from the demands and conditions that the bundle holds and by code of its own,
//! so that a fault of `derivation` or `adaptation` does not hide itself.

mod holds;
mod references;
mod shown;

use nocere_model::{Bundle, bundle::VERSION};
use serde_json::Value;

/// Reads a bundle and proves it.
///
/// # Errors
/// What is wrong with it, in plain words.
pub fn bundle(value: &Value) -> Result<Bundle, Vec<String>> {
    version(value, "the bundle").map_err(|fault| vec![fault])?;
    schema(value, &Bundle::schema(), "the bundle")?;
    // What fits the schema can be read, but for what a schema cannot say.
    let read = Bundle::read(value);
    let bundle = read.map_err(|error| vec![format!("the bundle cannot be read: {error}")])?;
    let mut faults = references::faults(value);
    // What is derived from references that lead nowhere would be reported twice.
    if faults.is_empty() {
        faults.extend(holds::faults(&bundle));
        faults.extend(shown::faults(&bundle));
    }
    if faults.is_empty() { Ok(bundle) } else { Err(faults) }
}

/// Whether this release knows the version of the format.
///
/// # Errors
/// When it does not: what to do, in plain words.
pub fn version(value: &Value, what: &str) -> Result<(), String> {
    match value.get("version").and_then(Value::as_u64) {
        Some(version) if version == u64::from(VERSION) => Ok(()),
        Some(version) => Err(format!(
            "{what} is of format version {version}, and this nocere knows version {VERSION}: use a release that knows it"
        )),
        None => Err(format!("{what} states no format version")),
    }
}

/// Whether a value fits a schema.
///
/// # Errors
/// What does not fit, in plain words.
pub fn schema(value: &Value, schema: &Value, what: &str) -> Result<(), Vec<String>> {
    let validator = jsonschema::options().offline().build(schema);
    // The schemas are our own; that each compiles is a test.
    let Ok(validator) = validator else { return Err(vec![format!("the schema of {what} is not usable")]) };
    let fault = |error: jsonschema::ValidationError<'_>| match error.instance_path().to_string() {
        at if at.is_empty() => format!("{what} does not fit its schema: {error}"),
        at => format!("{what} does not fit its schema at {at}: {error}"),
    };
    let faults: Vec<String> = validator.iter_errors(value).map(fault).collect();
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}
