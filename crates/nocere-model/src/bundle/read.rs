//! Reading a bundle of this release or a later one.

use serde_json::Value;

use super::Bundle;

impl Bundle {
    /// Reads a bundle. Keys that this release does not know are passed over, as every reader does: later releases of the
    /// same version may add some, also to objects that stand in content files, where an unknown key is a mistake.
    ///
    /// # Errors
    /// When it is not a bundle.
    pub fn read(value: &Value) -> Result<Self, serde_json::Error> {
        let (schema, mut value) = (Self::schema(), value.clone());
        known(&schema, &schema, &mut value);
        serde_json::from_value(value)
    }
}

/// Leaves the keys that a schema knows.
fn known(root: &Value, schema: &Value, value: &mut Value) {
    let mut all = Vec::new();
    branches(root, schema, &mut all);
    match value {
        Value::Array(items) => {
            for schema in &all {
                items.iter_mut().for_each(|item| known(root, &schema["items"], item));
            }
        }
        Value::Object(object) if all.iter().any(|schema| schema["properties"].is_object()) => {
            object.retain(|key, _| all.iter().any(|schema| schema["properties"].get(key).is_some()));
            for (key, value) in object {
                all.iter().for_each(|schema| known(root, &schema["properties"][key], value));
            }
        }
        Value::Object(object) => {
            let values = all.iter().filter_map(|schema| schema["patternProperties"].as_object());
            for schema in values.flat_map(|patterns| patterns.values()) {
                object.values_mut().for_each(|value| known(root, schema, value));
            }
        }
        _ => {}
    }
}

/// A schema with everything that it refers to and every branch that it allows.
fn branches<'s>(root: &'s Value, schema: &'s Value, all: &mut Vec<&'s Value>) {
    all.push(schema);
    let meant = schema["$ref"].as_str().and_then(|at| root.pointer(at.strip_prefix('#')?));
    meant.into_iter().for_each(|meant| branches(root, meant, all));
    for name in ["oneOf", "anyOf", "allOf"] {
        schema[name].as_array().into_iter().flatten().for_each(|branch| branches(root, branch, all));
    }
}
