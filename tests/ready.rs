//! What is ready to use: new catalogs, new documents, imported libraries.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{collections::BTreeSet, fs, path::Path};

use common::{Folder, Ran, files, nocere_at, workspace};
use serde_json::Value;

fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let names = files(folder).into_iter();
    names
        .map(|path| (path.strip_prefix(folder).unwrap().display().to_string(), fs::read(path).unwrap()))
        .collect()
}

fn rules(ran: &Ran) -> BTreeSet<String> {
    ran.findings().iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
}

// ---- init

#[test]
fn a_new_catalog_lints_clean_and_exports() {
    let folder = Folder::new();
    let ran = nocere_at(&folder, ["init", "My Back!"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{ran:?}");
    let ran = nocere_at(&folder, ["lint", "--fail-on", "note", "My Back!"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stdout);
    assert!(ran.stdout.starts_with("3 documents: nothing to report"), "{}", ran.stdout);
    let config = fs::read_to_string(folder.path().join("My Back!/nocere.toml")).unwrap();
    assert!(config.contains("id = \"my-back\"\nname = \"My back\"\n"), "{config}");
    let ran = nocere_at(&folder, ["export", "My Back!", "--out", "dist"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
}

#[test]
fn editors_and_ci_of_a_new_catalog_are_set_up() {
    let folder = Folder::new();
    assert_eq!(nocere_at(&folder, ["init"]).code, Some(0));
    let settings: Value =
        serde_json::from_slice(&fs::read(folder.path().join(".vscode/settings.json")).unwrap()).unwrap();
    let schemas = settings["yaml.schemas"].as_object().unwrap();
    for (schema, globs) in schemas {
        assert!(folder.path().join(schema).is_file(), "{schema}");
        for made in ["exercises", "routines", "screenings"] {
            assert!(
                globs.as_array().unwrap().iter().any(|glob| glob == &format!("{made}/**/*.yaml")),
                "{made}"
            );
        }
    }
    // The schemas are those of this repository.
    assert_eq!(nocere_at(&folder, ["schemas", "--out", "again"]).code, Some(0));
    let known = contents(&workspace().join("schemas"));
    for written in [".nocere/schemas", "again"] {
        let written = contents(&folder.path().join(written));
        assert_eq!(written.len(), known.len());
        for (written, known) in written.iter().zip(&known) {
            assert!(written == known, "{} differs from {}", written.0, known.0);
        }
    }
}

#[test]
fn init_writes_over_nothing_and_leaves_other_files_alone() {
    for taken in ["nocere.toml", "exercises/heel-raise.yaml", "exercises", ".github/workflows/nocere.yml"] {
        let folder = Folder::new();
        folder.write("README.md", "mine");
        folder.write(taken, "mine");
        let before = contents(folder.path());
        let ran = nocere_at(&folder, ["init"]);
        assert_eq!(ran.code, Some(2), "{taken}");
        assert!(ran.stderr.contains("is there already, and nothing is written over"), "{}", ran.stderr);
        assert_eq!(contents(folder.path()), before, "{taken}");
    }
    let folder = Folder::new();
    folder.write("README.md", "mine");
    assert_eq!(nocere_at(&folder, ["init", "--quiet"]).stdout, "");
    assert_eq!(fs::read_to_string(folder.path().join("README.md")).unwrap(), "mine");
}

#[cfg(unix)]
#[test]
fn init_does_not_write_through_links() {
    let (folder, elsewhere) = (Folder::new(), Folder::new());
    std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("exercises")).unwrap();
    assert_eq!(nocere_at(&folder, ["init"]).code, Some(2));
    assert!(files(elsewhere.path()).is_empty());
}

// ---- new

#[test]
fn the_linter_names_the_gaps_of_a_new_document() {
    for (kind, path, expected) in [
        (
            "exercise",
            "exercises/deep-squat.yaml",
            &["missing-demands", "missing-dosage", "missing-source", "placeholder-text"][..],
        ),
        ("routine", "routines/deep-squat.yaml", &["missing-screening", "missing-source", "placeholder-text"]),
        ("condition", "conditions/deep-squat.yaml", &["missing-limits", "placeholder-text"]),
    ] {
        let folder = Folder::new();
        assert_eq!(nocere_at(&folder, ["init"]).code, Some(0));
        let ran = nocere_at(&folder, ["new", kind, "deep-squat"]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{kind}");
        assert!(ran.stdout.contains(path), "{}", ran.stdout);
        let text = fs::read_to_string(folder.path().join(path)).unwrap();
        assert!(text.contains("\nid: deep-squat\nname: Deep squat\n"), "{text}");
        let lint = nocere_at(&folder, ["lint", "--format", "json"]);
        let expected: BTreeSet<String> = expected.iter().map(|rule| (*rule).to_owned()).collect();
        assert_eq!(rules(&lint), expected, "{kind}: {}", lint.stdout);
        for finding in lint.findings() {
            assert_eq!(finding["path"], path);
        }
    }
}

#[test]
fn new_documents_go_where_the_others_of_their_kind_are() {
    let exercise = |id: &str| format!("kind: exercise\nid: {id}\nname: A\n");
    let folder = Folder::catalog(&[
        ("moves/a.yaml", &exercise("a")),
        ("moves/b.yaml", &exercise("b")),
        ("c.yaml", &exercise("c")),
    ]);
    folder.write("deep/er/keep.txt", "");
    let ran = nocere_at(&folder, ["new", "exercise", "d"]);
    assert!(ran.stdout.contains("`moves/d.yaml`"), "{ran:?}");
    let ran = nocere_at(&folder, ["new", "routine", "e", "--catalog", "deep/er"]);
    assert!(folder.path().join("routines/e.yaml").is_file(), "{ran:?}");
}

#[test]
fn new_refuses_ids_that_are_bad_taken_or_retired() {
    let folder = Folder::catalog(&[
        ("a.yaml", "kind: exercise\nid: knee-hug\nname: A\n"),
        ("b.yaml", "kind: tombstone\nid: old-one\nwas: exercise\nbecause: It was replaced.\n"),
    ]);
    let before = contents(folder.path());
    for (kind, id, reason) in [
        ("exercise", "Knee Hug", "is not an id"),
        ("exercise", "../knee", "is not an id"),
        ("exercise", "knee-hug", "is there already, in `a.yaml`"),
        ("condition", "sciatica", "overrides: core"),
        ("exercise", "old-one", "is retired"),
    ] {
        let ran = nocere_at(&folder, ["new", kind, id]);
        assert_eq!(ran.code, Some(2), "{id}");
        assert!(ran.stderr.contains(reason), "{id}: {}", ran.stderr);
    }
    assert_eq!(contents(folder.path()), before);
    let empty = Folder::new();
    assert_eq!(nocere_at(&empty, ["new", "exercise", "a"]).code, Some(3));
}

// ---- import

const IMPORT: [&str; 5] = ["import", "free-exercise-db", "library.json", "--out", "made"];

fn library() -> Folder {
    let folder = Folder::new();
    folder.write("library.json", fs::read(workspace().join("tests/import/library.json")).unwrap());
    folder
}

#[test]
fn an_imported_library_is_a_catalog_in_draft() {
    let folder = library();
    let ran = nocere_at(&folder, IMPORT);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    for line in [
        "4 exercises imported into `made` as drafts",
        "the library can be rebuilt",
        "A person has to decide:",
        "`made/IMPORT.md`",
    ] {
        assert!(ran.stdout.contains(line), "{line}: {}", ran.stdout);
    }
    let lint = nocere_at(&folder, ["lint", "made", "--format", "json"]);
    assert_eq!(lint.code, Some(1));
    assert_eq!(
        lint.json()["summary"]["files"],
        5,
        "four exercises and their source; the notes are no document"
    );
    // The same library gives the same bytes.
    let first = contents(&folder.path().join("made"));
    assert_eq!(
        nocere_at(&folder, ["import", "free-exercise-db", "library.json", "--out", "again"]).code,
        Some(0)
    );
    assert_eq!(contents(&folder.path().join("again")), first);
}

#[test]
fn an_import_is_written_whole_or_not_at_all() {
    let folder = library();
    folder.write("made/mine.txt", "mine");
    let ran = nocere_at(&folder, IMPORT);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("`made` is not empty, and nothing is written over"), "{}", ran.stderr);
    assert_eq!(contents(&folder.path().join("made")).len(), 1);

    let folder = library();
    fs::create_dir(folder.path().join("made")).unwrap();
    assert_eq!(nocere_at(&folder, IMPORT).code, Some(0), "an empty folder is filled");
    assert_eq!(common::folders(folder.path()), ["made"], "nothing is left beside it");

    for broken in ["[{\"name\": \"A\"}, 1]", "", "\u{0}"] {
        let folder = library();
        folder.write("library.json", broken);
        let ran = nocere_at(&folder, IMPORT);
        assert_eq!(ran.code, Some(2));
        assert!(ran.stderr.contains("`library.json`: ") && ran.stderr.contains("help: "), "{}", ran.stderr);
        assert_eq!(files(folder.path()).len(), 1, "nothing was made");
    }
    let folder = Folder::new();
    assert_eq!(nocere_at(&folder, IMPORT).code, Some(2));
}

#[test]
fn nothing_of_an_import_reaches_a_bundle() {
    let folder = Folder::new();
    assert_eq!(nocere_at(&folder, ["init", "made"]).code, Some(0));
    assert_eq!(nocere_at(&folder, ["export", "made", "--out", "before"]).code, Some(0));
    let path = folder.path().join("made/exercises/heel-raise.yaml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text + "import:\n  from: elsewhere\n  position: 1\n  fields: { secret: unmapped, TODO: cures everything }\n").unwrap();
    let ran = nocere_at(&folder, ["lint", "made", "--fail-on", "note"]);
    assert_eq!(ran.code, Some(0), "no rule reads it: {}", ran.stdout);
    assert_eq!(nocere_at(&folder, ["export", "made", "--out", "after"]).code, Some(0));
    let bundle = |name: &str| fs::read_to_string(files(&folder.path().join(name)).remove(0)).unwrap();
    assert!(!bundle("after").contains("unmapped"));
    let content = |text: &str| {
        let mut bundle: Value = serde_json::from_str(text).unwrap();
        bundle.as_object_mut().unwrap().remove("provenance");
        bundle
    };
    assert_eq!(content(&bundle("before")), content(&bundle("after")));
}
