//! `nocere import`: a foreign library becomes a catalog in draft.

use std::{fmt::Write, io::Read};

use nocere_import::{Tally, free_exercise_db};

use super::output;
use crate::{
    Exit,
    arguments::{Arguments, Import, Library},
    folder,
    place::open,
    project::{Problem, shown},
    terminal,
};

/// The largest library that is read, in bytes.
const LIMIT: u64 = 256 << 20;

pub(crate) fn run(import: &Import, arguments: &Arguments) -> Result<Exit, Problem> {
    let text = read(import)?;
    let imported = match import.library {
        Library::FreeExerciseDb => free_exercise_db::import(&text),
    };
    let imported = imported.map_err(|error| {
        Problem::Other(format!("`{}`: {}", shown(&import.file), error.message), error.help)
    })?;
    folder::create(&import.out, &imported.files)?;
    if !arguments.quiet {
        let text = summary(&imported.tally, &shown(&import.out), imported.files.len());
        terminal::print(&terminal::safe(&text)).map_err(output)?;
    }
    Ok(Exit::Clean)
}

fn read(import: &Import) -> Result<String, Problem> {
    let problem = |error| Problem::Path(import.file.clone(), error);
    let file = open(&import.file).map_err(problem)?;
    if !file.metadata().map_err(problem)?.is_file() {
        return Err(Problem::Other(
            format!("`{}` is not a file", shown(&import.file)),
            "name the library's JSON file".into(),
        ));
    }
    let mut bytes = Vec::new();
    file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(problem)?;
    if bytes.len() as u64 > LIMIT {
        let message = format!("`{}` has more than {} MiB", shown(&import.file), LIMIT >> 20);
        return Err(Problem::Other(message, "import it in parts".into()));
    }
    String::from_utf8(bytes).map_err(|_| {
        Problem::Other(
            format!("`{}` is not UTF-8 text", shown(&import.file)),
            "save it with the encoding UTF-8".into(),
        )
    })
}

fn summary(tally: &Tally, out: &str, files: usize) -> String {
    let mut text = format!(
        "{} exercises imported into `{out}` as drafts, {files} files; the library can be rebuilt from them\n\
         {} demands proposed from the words: {} on sure words, {} on words that are probably meant so\n\
         {} contraindications follow from them, in {} exercises\n\n",
        tally.exercises,
        tally.sure + tally.probable,
        tally.sure,
        tally.probable,
        tally.contraindications,
        tally.held_back
    );
    if !tally.open.is_empty() {
        text += "A person has to decide:\n";
        for (about, count) in &tally.open {
            let _ = writeln!(text, "{count:6}  {}", about.task());
        }
        text += "\n";
    }
    let _ = writeln!(
        text,
        "`{out}/IMPORT.md` lists them by exercise; `nocere lint {out}` tells what else is missing"
    );
    text
}
