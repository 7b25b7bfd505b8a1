//! Inputs that once were interesting, replayed: see `fuzz/`.

#![allow(clippy::unwrap_used, clippy::panic)] // A test fails by panicking.

#[path = "../../../fuzz/checks/import.rs"]
mod checks;
#[path = "../../../fuzz/checks/replay.rs"]
mod replay;

#[test]
fn libraries() {
    replay::replay("import", checks::import);
}
