//! free-exercise-db: one JSON file with a list of exercises, in the public domain.

mod draft;
pub(crate) use draft::Draft;
mod fields;
mod strict;

use nocere_lint::{Input, Session, catalog::Catalog, config::Config};
use nocere_model::Exercise;
use serde_json::{Map, Value};

use crate::{
    ImportError, Imported,
    ids::Ids,
    notes::{self, Notes},
    proposal::Pack,
};

/// The library's name, and the id of the source that every exercise cites.
pub const NAME: &str = "free-exercise-db";

const CONFIG: &str = "\
[catalog]
id = \"free-exercise-db\"
name = \"free-exercise-db, imported\"
version = \"0.1.0\"
";

const SOURCE: &str = "\
kind: source
id: free-exercise-db
title: free-exercise-db, a public-domain library of exercises on GitHub
source-kind: web-page
grade: C
locator: github.com/yuhonas/free-exercise-db
says: >-
  Describes how each exercise is done, and names its muscles, equipment and level. It says nothing of who should leave
  an exercise out, how much to do, when to stop, or on what it rests.
reading: excerpt
";

/// Turns the library's JSON into a catalog in draft.
///
/// # Errors
/// When the text is not such a library, or when a part of it could not be kept as it is.
pub fn import(json: &str) -> Result<Imported, ImportError> {
    let entries = read(json)?;
    let pack = Pack::core()?;
    let mut ids = Ids::default();
    let mut notes = Notes::default();
    let mut files = Vec::with_capacity(entries.len() + 3);
    for (at, entry) in entries.iter().enumerate() {
        let foreign = ["id", "name"]
            .iter()
            .find_map(|key| entry.get(*key)?.as_str().filter(|text| !text.trim().is_empty()));
        let id = ids.take(foreign.unwrap_or_default());
        let draft = Draft::of(&pack, id, at + 1, entry)?;
        notes.add(&draft);
        files.push((format!("exercises/{}.yaml", draft.id), draft.to_string()));
    }
    files.sort();
    files.push(("nocere.toml".into(), CONFIG.into()));
    files.push(("sources/free-exercise-db.yaml".into(), SOURCE.into()));
    check(&entries, &files)?;
    files.push((notes::FILE.into(), notes.to_string()));
    Ok(Imported { files, tally: notes.tally })
}

/// The entries of a library.
fn read(json: &str) -> Result<Vec<Map<String, Value>>, ImportError> {
    let help =
        "give it the file `exercises.json` of free-exercise-db: a list of exercises in square brackets";
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    let value = strict::read(json).map_err(|message| ImportError::new(message, help))?;
    let Value::Array(items) = value else {
        return Err(ImportError::new("this JSON is not a list of exercises", help));
    };
    if items.is_empty() {
        return Err(ImportError::new("this list holds no exercise", help));
    }
    let entries = items.into_iter().enumerate().map(|(at, item)| match item {
        Value::Object(entry) => Ok(entry),
        _ => Err(ImportError::new(format!("entry {} of the list is not an exercise", at + 1), help)),
    });
    entries.collect()
}

/// Reads the files back as a catalog, and compares what they hold with the library.
fn check(entries: &[Map<String, Value>], files: &[(String, String)]) -> Result<(), ImportError> {
    let documents = files.iter().filter(|(path, _)| path.ends_with(".yaml"));
    let inputs = documents.map(|(path, text)| Input::from((path.as_str(), text.as_str()))).collect();
    let catalog = Session::new(Config::default()).load(inputs);
    let rebuilt = rebuild(&catalog);
    for (at, entry) in entries.iter().enumerate() {
        if rebuilt.get(at) != Some(entry) {
            let name = entry.get("name").and_then(Value::as_str).unwrap_or_default();
            return Err(ImportError::new(
                format!(
                    "entry {} of the list (“{}”) cannot be kept as it is",
                    at + 1,
                    crate::yaml::words(name)
                ),
                "look in it for numbers of more than 18 digits, keys of more than 1,000 characters, and lists inside of lists; nothing was imported",
            ));
        }
    }
    Ok(())
}

/// The library's own entries, in order, put together again from what an imported catalog says.
#[must_use]
pub fn rebuild(catalog: &Catalog) -> Vec<Map<String, Value>> {
    let mut found: Vec<(u32, Map<String, Value>)> = Vec::new();
    for entry in catalog.own() {
        let Some(exercise) = entry.doc::<Exercise>() else { continue };
        let Some(import) = exercise.value().import.as_ref().filter(|import| import.from == NAME) else {
            continue;
        };
        let mut fields = fields::foreign(exercise.value());
        fields.extend(import.fields.clone());
        found.push((import.position, fields));
    }
    found.sort_by_key(|(position, _)| *position);
    found.into_iter().map(|(_, fields)| fields).collect()
}
