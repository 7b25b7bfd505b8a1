//! `ndjson`: one canonical JSON object a line, each with its `kind`, for readers that take one line at a time.
//!
//! The first line is of the kind `bundle`: everything that is not a list, and under `lines` how many lines of each kind
//! follow, so that a reader knows when it has seen all. What others refer to comes before them.

use serde_json::{Map, Value};

use super::{Export, Format, Named, json::canonical};

pub(super) const FORMAT: Format =
    Format { name: "ndjson", about: "one JSON object a line, for streaming", files };

/// The lists of a bundle in the order of their lines, and the kind of what is in them.
const LISTS: &[(&str, &str)] = &[
    ("sources", "source"),
    ("targets", "target"),
    ("equipment", "equipment"),
    ("demands", "demand"),
    ("conditions", "condition"),
    ("screenings", "screening"),
    ("exercises", "exercise"),
    ("routines", "routine"),
];

fn files(export: &Export) -> Result<Vec<Named>, String> {
    let bundle = serde_json::to_value(&export.bundle).map_err(|error| error.to_string())?;
    let Value::Object(mut header) = bundle else { return Err("it is no object".into()) };
    let mut counts = Map::new();
    let mut lines = Vec::new();
    for (list, kind) in LISTS {
        let items = match header.shift_remove(*list) {
            Some(Value::Array(items)) => items,
            _ => return Err(format!("it has no list of {list}")),
        };
        counts.insert((*kind).into(), items.len().into());
        items.into_iter().try_for_each(|item| write(&mut lines, kind, item))?;
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

#[cfg(test)]
mod tests {
    use nocere_model::Bundle;

    use super::LISTS;

    #[test]
    fn every_list_of_a_bundle_has_its_lines() {
        let schema = Bundle::schema();
        let properties = schema["properties"].as_object().unwrap();
        let lists = properties.iter().filter(|(_, property)| property["type"] == "array");
        let mut lists: Vec<&str> = lists.map(|(name, _)| name.as_str()).collect();
        lists.sort_unstable();
        let mut known: Vec<&str> = LISTS.iter().map(|(list, _)| *list).collect();
        known.sort_unstable();
        assert_eq!(known, lists);
    }
}
