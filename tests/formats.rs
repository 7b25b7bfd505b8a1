//! The formats of a bundle, read by programs that others wrote: SQLite and FHIR by Python, types by their compilers.

// Clippy knows test functions, and not the helpers beside them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
#[path = "formats/fhir.rs"]
mod fhir;
#[path = "formats/hostile.rs"]
mod hostile;
#[path = "formats/sqlite.rs"]
mod sqlite;
#[path = "formats/types.rs"]
mod types;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::OnceLock,
};

use common::{Folder, nocere, workspace};
use serde_json::Value;

/// The real catalog in every format that is tested here, exported once.
fn real() -> &'static Path {
    static FOLDER: OnceLock<Folder> = OnceLock::new();
    FOLDER
        .get_or_init(|| {
            let folder = Folder::new();
            export(&workspace().join("catalog/low-back"), folder.path());
            folder
        })
        .path()
}

fn export(catalog: &Path, into: &Path) {
    let ran = nocere([
        "export".as_ref(),
        "--format".as_ref(),
        "sqlite,fhir".as_ref(),
        "--out".as_ref(),
        into.as_os_str(),
        catalog.as_os_str(),
    ])
    .run();
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
}

fn bundle(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("bundle.json")).unwrap()).unwrap()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// A script in `tests/consumers`.
fn script(name: &str) -> PathBuf {
    workspace().join("tests/consumers").join(name)
}

/// Runs a consumer, which must succeed, and gives what it printed.
fn succeed(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let stdout = String::from_utf8(stdout).unwrap();
    assert!(status.success(), "{command:?}\n{stdout}{}", String::from_utf8_lossy(&stderr));
    stdout
}

#[test]
fn the_same_catalog_gives_the_same_bytes() {
    let again = Folder::new();
    export(&workspace().join("catalog/low-back"), again.path());
    for name in ["bundle.json", "bundle.sqlite", "bundle.fhir.json"] {
        let (one, other) = (fs::read(real().join(name)).unwrap(), fs::read(again.path().join(name)).unwrap());
        assert!(one == other, "{name} differs from run to run");
    }
}
