//! `nocere init`: a new catalog that lints clean. `nocere schemas`: the schemas for editors.

use std::path::Path;

use super::output;
use crate::{
    Exit,
    arguments::Arguments,
    folder,
    project::{Problem, shown},
    terminal,
};

/// The files of a new catalog, by path; `@id@` and `@name@` stand for the catalog's own.
const FILES: [(&str, &str); 6] = [
    ("nocere.toml", include_str!("../../templates/init/nocere.toml")),
    ("exercises/heel-raise.yaml", include_str!("../../templates/init/exercise.yaml")),
    ("routines/first-steps.yaml", include_str!("../../templates/init/routine.yaml")),
    ("screenings/before-you-start.yaml", include_str!("../../templates/init/screening.yaml")),
    (".vscode/settings.json", include_str!("../../templates/init/vscode.json")),
    (".github/workflows/nocere.yml", include_str!("../../templates/init/workflow.yml")),
];

/// Hidden, so that no schema is read as a document.
const SCHEMAS: &str = ".nocere/schemas";

pub(crate) fn run(folder: &Path, arguments: &Arguments) -> Result<Exit, Problem> {
    let absolute = std::path::absolute(folder).map_err(|error| Problem::Path(folder.to_owned(), error))?;
    let name = absolute.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let id = slug(&name);
    let mut files: Vec<(String, String)> = FILES
        .iter()
        .map(|(path, text)| ((*path).to_owned(), text.replace("@id@", &id).replace("@name@", &title(&id))))
        .collect();
    files.extend(schemas().map(|(name, text)| (format!("{SCHEMAS}/{name}"), text)));
    folder::add(folder, &files)?;
    if !arguments.quiet {
        let mut text = format!("A new catalog `{id}`:\n");
        for (path, _) in &FILES {
            text += &format!("  {}\n", shown(&folder.join(path)));
        }
        text += &format!("  {}/\n\n", shown(&folder.join(SCHEMAS)));
        text += "Look at the example exercise, and start your own with `nocere new exercise ID`.\n";
        terminal::print(&terminal::safe(&text)).map_err(output)?;
    }
    Ok(Exit::Clean)
}

/// Writes the schemas into a folder, over older ones.
pub(crate) fn write_schemas(out: &Path) -> Result<Exit, Problem> {
    let problem = |error| Problem::Path(out.to_owned(), error);
    std::fs::create_dir_all(out).map_err(problem)?;
    for (name, text) in schemas() {
        std::fs::write(out.join(name), text).map_err(problem)?;
    }
    Ok(Exit::Clean)
}

/// Every schema, by file name.
fn schemas() -> impl Iterator<Item = (String, String)> {
    let diff = ("diff.schema.json".to_owned(), nocere_diff::Diff::schema());
    nocere_lint::schemas().into_iter().chain([diff]).map(|(name, schema)| (name, format!("{schema:#}\n")))
}

/// A folder's name as an id.
fn slug(name: &str) -> String {
    let spaced: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    let id = spaced.split_whitespace().collect::<Vec<_>>().join("-");
    // Not longer than an id may be.
    let id: String = id.chars().take(80).collect();
    if id.is_empty() { "catalog".into() } else { id.trim_end_matches('-').to_owned() }
}

/// An id in words: `knee-hug` becomes `Knee hug`.
pub(super) fn title(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |first| format!("{}{}", first.to_ascii_uppercase(), letters.as_str()))
}
