//! `nocere verify`.

use std::{fs, path::Path};

use nocere_export::{Expected, PublicKey, Verified, verify};
use nocere_model::ReviewStatus;

use super::output;
use crate::{
    Exit, arguments,
    project::{Problem, shown},
    terminal::{self, safe},
};

pub(crate) fn run(options: &arguments::Verify, quiet: bool) -> Result<Exit, Problem> {
    if let Err(error) = fs::read_dir(&options.folder) {
        return Err(Problem::Path(options.folder.clone(), error));
    }
    let key = options.public_key.as_deref().map(key).transpose()?;
    let expected = Expected {
        key: key.as_ref(),
        at_least: options.expect_version_at_least.as_deref(),
        newer_than: options.newer_than.as_deref(),
    };
    match verify(&options.folder, &expected) {
        Ok(verified) => {
            if !quiet {
                let text = sound(&options.folder, &verified, key.as_ref());
                terminal::print(&safe(&text)).map_err(output)?;
            }
            Ok(Exit::Clean)
        }
        Err(faults) => {
            eprintln!("nocere: the bundle in `{}` is refused:", safe(&shown(&options.folder)));
            for fault in faults.iter().take(MOST) {
                eprintln!("  - {}", safe(fault));
            }
            if faults.len() > MOST {
                eprintln!("  and {} more", faults.len() - MOST);
            }
            eprintln!("  help: show nobody anything of it; get it again from where it was made");
            Ok(Exit::Findings)
        }
    }
}

/// More reasons than these help nobody.
const MOST: usize = 50;

/// A public key: the file that is named, or the key itself.
fn key(given: &str) -> Result<PublicKey, Problem> {
    let path = Path::new(given);
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(_) if PublicKey::read(given).is_ok() => given.to_owned(),
        Err(error) => return Err(Problem::Path(path.to_owned(), error)),
    };
    PublicKey::read(&text).map_err(|error| {
        Problem::Other(
            format!("`{given}`: {error}"),
            "nothing was verified; `minisign -G` makes a pair of keys".into(),
        )
    })
}

fn sound(folder: &Path, verified: &Verified, key: Option<&PublicKey>) -> String {
    let (bundle, manifest) = (&verified.bundle, &verified.manifest);
    let audiences: usize = bundle.routines.iter().map(|routine| routine.adaptations.audiences.len()).sum();
    let review = match bundle.review.status {
        ReviewStatus::Draft => "a draft: no clinician has reviewed all of it",
        ReviewStatus::Reviewed => "reviewed",
    };
    let mut text = format!(
        "`{}` is sound: {} {} ({review}), {} files, {} exercises, {} routines for {audiences} audiences\n",
        shown(folder),
        manifest.catalog.id,
        manifest.catalog.version,
        manifest.files.len(),
        bundle.exercises.len(),
        bundle.routines.len(),
    );
    if let Some(key) = key {
        text += &format!("signed with the key {}\n", key.name());
    }
    for note in &verified.notes {
        text += &format!("note: {note}\n");
    }
    text
}
