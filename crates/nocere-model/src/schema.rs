//! What the derived schemas have in common.

use serde_json::Value;

/// Takes `null` out of every optional key: a key is there with a value, or it is not there. An empty value is a
/// mistake that an editor should see.
pub(crate) fn without_null(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::Object(properties)) = object.get_mut("properties") {
                properties.values_mut().for_each(never_null);
            }
            object.values_mut().for_each(without_null);
        }
        Value::Array(items) => items.iter_mut().for_each(without_null),
        _ => {}
    }
}

fn never_null(property: &mut Value) {
    let Some(property) = property.as_object_mut() else { return };
    if let Some(Value::Array(types)) = property.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            property.insert("type".into(), only);
        }
    }
    if let Some(Value::Array(branches)) = property.get_mut("anyOf") {
        branches.retain(|branch| branch["type"] != "null");
        if let [Value::Object(only)] = branches.as_slice() {
            let only = only.clone();
            property.shift_remove("anyOf");
            property.extend(only);
        }
    }
}
