//! The command as a whole process: `cargo bench --package nocere`.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use divan::Bencher;

fn main() {
    divan::main();
}

const CATALOG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalog/low-back");

fn run(arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nocere"));
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    // Findings are expected.
    let ended = command.status().ok().and_then(|status| status.code());
    assert!(matches!(ended, Some(0 | 1)), "nocere {arguments:?} ended with {ended:?}");
}

/// What a process costs that does nothing.
#[divan::bench(sample_count = 20)]
fn a_start() {
    run(&["--version"]);
}

/// Finding and reading files among which none is a document, and the packs.
#[divan::bench(sample_count = 20)]
fn b_discover_and_read(bencher: Bencher) {
    let Ok(folder) = tempfile::tempdir() else { return };
    let Some(path) = folder.path().to_str() else { return };
    let made = fs::copy(Path::new(CATALOG).join("nocere.toml"), folder.path().join("nocere.toml"));
    for at in 0..1000 {
        let part = folder.path().join(format!("{}", at / 100));
        // A README is found and read, and is no document.
        let written =
            fs::create_dir_all(&part).and_then(|()| fs::write(part.join(format!("{at}.md")), "Hi.\n"));
        assert!(written.is_ok() && made.is_ok(), "the temporary folder can be written");
    }
    let one = folder.path().join("sources.yaml");
    assert!(fs::write(one, "kind: tombstone\nid: gone\nwas: exercise\nbecause: It was a test.\n").is_ok());
    bencher.bench(|| run(&["lint", path]));
}

/// The real catalog, in which nothing is found.
#[divan::bench(sample_count = 20)]
fn c_lint() {
    run(&["lint", CATALOG]);
}

/// Some thousand findings in each format of a report.
#[divan::bench(sample_count = 10, args = ["pretty", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown"])]
fn d_report(bencher: Bencher, format: &str) {
    let Ok(folder) = tempfile::tempdir() else { return };
    let page = folder.path().join("page.txt");
    let Some(path) = page.to_str() else { return };
    assert!(fs::write(&page, "This stretch cures back pain for good.\n\n".repeat(3000)).is_ok());
    bencher.bench(|| run(&["lint", "--format", format, "--max-findings", "0", path]));
}
