//! What must hold for any bytes as a foreign library.

use nocere_import::free_exercise_db as library;
use nocere_lint::{Input, Session, config::Config};
use serde_json::Value;

/// A library is refused with a reason, or becomes files from which it can be rebuilt, all of them inside their folder.
pub(crate) fn import(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let imported = match library::import(text) {
        Ok(imported) => imported,
        Err(error) => {
            assert!(!error.message.is_empty() && !error.help.is_empty(), "{error:?}");
            return;
        }
    };
    for (path, _) in &imported.files {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '.');
        assert!(path.chars().all(plain) && !path.starts_with('/') && !path.contains(".."), "{path}");
    }
    let documents = imported.files.iter().filter(|(path, _)| path.ends_with(".yaml"));
    let inputs: Vec<Input> =
        documents.map(|(path, text)| Input::from((path.as_str(), text.as_str()))).collect();
    let rebuilt = library::rebuild(&Session::new(Config::default()).load(inputs));
    let original: Vec<Value> = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap_or_default();
    let rebuilt: Vec<Value> = rebuilt.into_iter().map(Value::Object).collect();
    assert_eq!(rebuilt, original);
}
