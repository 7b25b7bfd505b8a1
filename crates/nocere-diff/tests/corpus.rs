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

#[test]
fn bundles_with_random_changes_are_refused_or_hold_and_can_be_compared() {
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut byte = || {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 56) as u8
    };
    for round in 0..80 {
        let mut bytes: Vec<u8> = (0..1 + 5 * (1 + round % 4)).map(|_| byte()).collect();
        bytes[0] = 4;
        checks::verify(&bytes);
        checks::diff(&bytes[1..]);
    }
}
