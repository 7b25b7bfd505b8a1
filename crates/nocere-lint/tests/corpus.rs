//! Inputs that once were interesting, replayed: see `fuzz/`.

#![allow(clippy::unwrap_used, clippy::panic)] // A test fails by panicking.

#[path = "../../../fuzz/checks/lint.rs"]
mod checks;
#[path = "../../../fuzz/checks/replay.rs"]
mod replay;

use replay::replay;

#[test]
fn files() {
    replay("lint", checks::lint);
}

#[test]
fn prose() {
    replay("prose", checks::prose);
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
