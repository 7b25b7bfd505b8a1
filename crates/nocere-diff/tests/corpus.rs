//! Inputs that once were interesting, replayed: see `fuzz/`.

#![allow(clippy::unwrap_used, clippy::panic)] // A test fails by panicking.

#[path = "../../../fuzz/checks/bundle.rs"]
mod checks;
#[path = "../../../fuzz/checks/replay.rs"]
mod replay;

use replay::replay;

#[test]
fn bundles() {
    replay("verify", checks::verify);
}

#[test]
fn comparisons() {
    replay("diff", checks::diff);
}
