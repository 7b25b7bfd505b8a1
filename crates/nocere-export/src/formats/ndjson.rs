//! `ndjson`: one canonical JSON object a line, each with its `kind`, for readers that take one line at a time.
//!
//! The first line is of the kind `bundle`: everything that is not a list, and under `lines` how many lines of each kind
//! follow, so that a reader knows when it has seen all. What others refer to comes before them.

use nocere_model::bundle::LISTS;
use serde_json::{Map, Value};

use super::{Export, Format, Named, json::canonical};

pub(super) const FORMAT: Format =
    Format { name: "ndjson", about: "one JSON object a line, for streaming", files };

fn files(export: &Export) -> Result<Vec<Named>, String> {
    let bundle = serde_json::to_value(&export.bundle).map_err(|error| error.to_string())?;
    let Value::Object(mut header) = bundle else { return Err("it is no object".into()) };
    let mut counts = Map::new();
    let mut lines = Vec::new();
    for (list, kind) in LISTS {
        let items = match header.shift_remove(list) {
            Some(Value::Array(items)) => items,
            _ => return Err(format!("it has no list of {list}")),
        };
        counts.insert(kind.name().into(), items.len().into());
        items.into_iter().try_for_each(|item| write(&mut lines, kind.name(), item))?;
    }
    header.insert("lines".into(), counts.into());
    let mut bytes = Vec::new();
    write(&mut bytes, "bundle", header.into())?;
    bytes.append(&mut lines);
    Ok(vec![("bundle.ndjson", bytes)])
}

fn write(bytes: &mut Vec<u8>, kind: &str, mut object: Value) -> Result<(), String> {
    object["kind"] = kind.into();
    bytes.append(&mut canonical(&object)?);
    Ok(())
}
