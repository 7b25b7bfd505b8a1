//! Any byte sequence as a file gets findings, and never a panic; every span lies in its file, on characters.

#![allow(clippy::unwrap_used)] // A test fails by panicking.

use std::path::{Path, PathBuf};

use nocere_lint::{
    Input, Session,
    config::Config,
    finding::{Finding, Site},
};

/// A small generator of numbers, the same on every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|end| end == "yaml") {
            found.push(path);
        }
    }
    found.sort();
}

/// Bytes that mean something to a parser, and some that mean nothing to anybody.
const PIECES: &[&[u8]] = &[
    b"\n",
    b"\r\n",
    b"  ",
    b"\t",
    b": ",
    b"- ",
    b"[",
    b"]",
    b"{",
    b"}",
    b"'",
    b"\"",
    b"|\n",
    b">-\n",
    b"#",
    b"&a ",
    b"*a",
    b"!!str ",
    b"---\n",
    b"...\n",
    b"\\",
    b"\\u0000",
    b"\0",
    b"\x1b[31m",
    b"\xff",
    b"\xc3",
    "\u{202e}".as_bytes(),
    "\u{feff}".as_bytes(),
    "é🙂".as_bytes(),
    b"~",
    b"null",
    b"# nocere: allow x -- y, until 2026-13-01\n",
    b"5-10 s",
    b"99999999999",
];

fn mutate(bytes: &mut Vec<u8>, numbers: &mut Numbers) {
    for _ in 0..1 + numbers.below(4) {
        let at = numbers.below(bytes.len() + 1);
        match numbers.below(4) {
            0 => bytes.truncate(at),
            1 => {
                let end = (at + numbers.below(12)).min(bytes.len());
                bytes.drain(at..end);
            }
            2 => {
                let end = (at + numbers.below(200)).min(bytes.len());
                let copy = bytes[at..end].to_vec();
                let to = numbers.below(bytes.len() + 1);
                bytes.splice(to..to, copy);
            }
            _ => {
                let piece = PIECES[numbers.below(PIECES.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
        }
    }
}

fn check(finding: &Finding) {
    let inside = |site: &Site| {
        assert!(!site.spans.is_empty());
        for span in &site.spans {
            assert!(
                site.source.text.get(span.range()).is_some(),
                "{}: {span:?}: {}",
                site.source.path,
                finding.message
            );
        }
    };
    inside(&finding.site);
    finding.related.iter().for_each(|other| inside(&other.site));
    assert!(!finding.message.is_empty() && !finding.rule.is_empty());
}

#[test]
fn mutated_catalogs_are_linted_without_a_panic() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
    let mut paths = Vec::new();
    files(&root.join("low-back"), &mut paths);
    for folder in ["conditions", "claims", "cues", "lexicon", "ordering", "screenings", "dosage"] {
        let folder = root.join("core").join(folder);
        if folder.is_dir() {
            files(&folder, &mut paths);
        }
    }
    let texts: Vec<Vec<u8>> = paths.iter().map(|path| std::fs::read(path).unwrap()).collect();
    let config = Config::read("[catalog]\nid = \"a\"\nname = \"A\"\nversion = \"0.1.0\"\n").unwrap();
    let session = Session::new(config).on("2026-11-21".parse().unwrap());
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let ends = ["yaml", "json", "md", "txt", "html"];
    for round in 0..24 {
        let inputs = (0..60).map(|at| {
            let mut bytes = texts[numbers.below(texts.len())].clone();
            mutate(&mut bytes, &mut numbers);
            let end = if numbers.below(8) == 0 { ends[numbers.below(ends.len())] } else { "yaml" };
            Input { path: format!("{round}-{at}.{end}"), content: Ok(bytes) }
        });
        let outcome = session.lint(inputs.collect());
        assert!(!outcome.findings.is_empty());
        outcome.findings.iter().chain(&outcome.suppressed).for_each(check);
    }
}

#[test]
fn the_order_of_the_files_and_the_number_of_threads_change_nothing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog/low-back");
    let mut paths = Vec::new();
    files(&root, &mut paths);
    let config = Config::read("[catalog]\nid = \"a\"\nname = \"A\"\nversion = \"0.1.0\"\n").unwrap();
    let session = Session::new(config);
    let mut numbers = Numbers(7);
    let mut inputs: Vec<Input> = paths
        .iter()
        .map(|path| {
            let mut bytes = std::fs::read(path).unwrap();
            mutate(&mut bytes, &mut numbers);
            Input {
                path: path.strip_prefix(&root).unwrap().to_string_lossy().into_owned(),
                content: Ok(bytes),
            }
        })
        .collect();
    let shown = |findings: &[Finding]| -> Vec<String> {
        findings
            .iter()
            .map(|f| format!("{} {:?} {} {}", f.site.source.path, f.site.spans, f.rule, f.message))
            .collect()
    };
    let first = shown(&session.lint(inputs.clone()).findings);
    assert!(first.len() > 20);
    for threads in [1, 2, 5] {
        let at = numbers.below(inputs.len());
        inputs.rotate_left(at);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(pool.install(|| shown(&session.lint(inputs.clone()).findings)), first);
    }
}
