//! Every id in a bundle leads to something in the bundle, and is called by the name that it has there.
//!
//! Where ids stand is in the schema, so that what a later release adds is looked at too.

use std::collections::BTreeMap;

use nocere_model::{Bundle, bundle::LISTS};
use serde_json::Value;

pub(super) fn faults(bundle: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let known = LISTS.iter().map(|(list, kind)| (kind.name(), names(bundle, list, &mut faults)));
    let known: BTreeMap<&str, BTreeMap<&str, Option<&str>>> = known.collect();
    let schema = Bundle::schema();
    let mut walk = Walk { schema: &schema, known: &known, faults };
    walk.value(&schema, bundle, "the bundle");
    walk.faults.dedup();
    walk.faults
}

/// The ids of a list, each with its name. Each is there once, and they are sorted.
fn names<'b>(bundle: &'b Value, list: &str, faults: &mut Vec<String>) -> BTreeMap<&'b str, Option<&'b str>> {
    let mut names = BTreeMap::new();
    let mut last = None;
    for item in bundle[list].as_array().into_iter().flatten() {
        let Some(id) = item["id"].as_str() else { continue };
        if names.insert(id, item["name"].as_str()).is_some() {
            faults.push(format!("`{id}` is twice among the {list}"));
        } else if last > Some(id) {
            faults.push(format!("the {list} are not in the order of their ids: `{id}` is out of place"));
        }
        last = Some(id);
    }
    names
}

struct Walk<'s> {
    schema: &'s Value,
    known: &'s BTreeMap<&'s str, BTreeMap<&'s str, Option<&'s str>>>,
    faults: Vec<String>,
}

impl<'s> Walk<'s> {
    fn value(&mut self, schema: &'s Value, value: &Value, within: &str) {
        let meant = schema["$ref"].as_str().and_then(|at| self.schema.pointer(at.strip_prefix('#')?));
        if let Some(meant) = meant {
            self.value(meant, value, within);
        }
        for branches in ["oneOf", "anyOf", "allOf"] {
            for branch in schema[branches].as_array().into_iter().flatten() {
                self.value(branch, value, within);
            }
        }
        match value {
            Value::String(id) => self.id(schema, id, within),
            Value::Array(items) => items.iter().for_each(|item| self.value(&schema["items"], item, within)),
            Value::Object(object) => {
                let id = object.get("id").and_then(Value::as_str);
                self.name(&schema["properties"]["id"], id, object.get("name"), within);
                let within = id.unwrap_or(within);
                for (key, value) in object {
                    self.value(&schema["properties"][key], value, within);
                    for values in
                        schema["patternProperties"].as_object().into_iter().flat_map(|all| all.values())
                    {
                        self.value(values, value, within);
                    }
                }
            }
            _ => {}
        }
    }

    fn id(&mut self, schema: &Value, id: &str, within: &str) {
        let Some(kind) = schema["x-id"].as_str() else { return };
        // Red flags and ordering rules stand where they are spoken of, and in no list.
        if self.known.get(kind).is_some_and(|known| !known.contains_key(id)) {
            self.faults.push(format!("`{within}` refers to the {kind} `{id}`, which is not in the bundle"));
        }
    }

    /// A name that stands beside an id is that of what the id names.
    fn name(&mut self, schema: &Value, id: Option<&str>, name: Option<&Value>, within: &str) {
        let (Some(kind), Some(id), Some(name)) = (schema["x-id"].as_str(), id, name) else { return };
        let known = self.known.get(kind).and_then(|known| known.get(id));
        if let Some(Some(real)) = known.filter(|real| **real != name.as_str()) {
            self.faults
                .push(format!("`{within}` calls the {kind} `{id}` {name}, and its name is \"{real}\""));
        }
    }
}
