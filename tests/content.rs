//! The catalogs of this repository: nothing is to be reported in them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::nocere;

#[test]
fn the_catalogs_of_this_repository_are_clean() {
    let ran = nocere(["lint", "--format", "concise"]).run();
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.ends_with(" in 2 catalogs: nothing to report\n"), "{}", ran.stdout);
    assert_eq!(ran.stdout.lines().count(), 1, "{}", ran.stdout);
}
