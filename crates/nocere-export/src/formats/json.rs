//! `json`: the bundle as one file of canonical JSON (RFC 8785) and a final newline.

use std::collections::{BTreeMap, BTreeSet};

use nocere_model::Bundle;
use serde_json::{Map, Value};

pub(super) fn files(bundle: &Bundle) -> Result<Vec<(&'static str, Vec<u8>)>, String> {
    let mut bytes = serde_json_canonicalizer::to_vec(bundle).map_err(|error| error.to_string())?;
    bytes.push(b'\n');
    Ok(vec![("bundle.json", bytes)])
}

pub(super) fn differences(old: &[u8], new: &[u8]) -> Vec<String> {
    let (Ok(old), Ok(new)) = (object(old), object(new)) else {
        return vec!["is not readable as JSON".into()];
    };
    let nothing = Value::Null;
    let part = |object: &Map<String, Value>, key: &str| object.get(key).unwrap_or(&nothing).clone();
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let changed = keys.into_iter().filter(|key| old.get(*key) != new.get(*key));
    let mut words: Vec<String> =
        changed.flat_map(|key| in_part(key, &part(&old, key), &part(&new, key))).collect();
    if words.is_empty() {
        words.push("says the same, but not in the same bytes".into());
    }
    words
}

fn object(bytes: &[u8]) -> Result<Map<String, Value>, serde_json::Error> {
    serde_json::from_slice(bytes)
}

/// What differs in a part of the bundle: which documents, where it is a list of them.
fn in_part(part: &str, old: &Value, new: &Value) -> Vec<String> {
    let (Some(old), Some(new)) = (by_id(old), by_id(new)) else {
        return vec![format!("the {part} has changed")];
    };
    let ids: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let words = ids.into_iter().filter_map(|id| {
        let what = match (old.get(id), new.get(id)) {
            (Some(old), Some(new)) if old == new => return None,
            (Some(_), Some(_)) => "has changed",
            (Some(_), None) => "is no longer",
            (None, _) => "is new",
        };
        Some(format!("`{id}` {what} among the {part}"))
    });
    words.collect()
}

fn by_id(list: &Value) -> Option<BTreeMap<&str, &Value>> {
    list.as_array()?.iter().map(|item| Some((item["id"].as_str()?, item))).collect()
}
