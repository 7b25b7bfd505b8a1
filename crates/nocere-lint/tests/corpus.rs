//! Inputs that once were interesting, replayed: see `fuzz/`.

#![allow(clippy::unwrap_used, clippy::panic)] // A test fails by panicking.

use std::path::Path;

#[path = "../../../fuzz/checks.rs"]
mod checks;

fn replay(target: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        let bytes = std::fs::read(&path).unwrap();
        let outcome = std::panic::catch_unwind(|| check(&bytes));
        assert!(outcome.is_ok(), "{}", path.display());
    }
}

#[test]
fn files() {
    replay("lint", checks::lint);
}

#[test]
fn fixes() {
    replay("fixes", checks::fixes);
}

#[test]
fn grammars() {
    replay("grammars", checks::grammars);
}

#[test]
fn patterns() {
    replay("patterns", checks::patterns);
}
