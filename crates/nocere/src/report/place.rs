//! Where a finding is for the programs of a forge: they know files by their path from the top of the repository,
//! wherever nocere was started.

use std::{
    collections::HashMap,
    fs,
    path::{Component, Path, PathBuf},
};

use nocere_lint::{
    finding::{Finding, Site},
    position::{Range, Span},
};

/// The file of a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum File {
    /// In the repository: its path from the top, with forward slashes.
    Inside(String),
    /// Elsewhere on this machine: its whole path, with forward slashes.
    Outside(String),
    /// In the built-in pack, which is no file of the repository.
    Pack(String),
}

impl File {
    /// The path as forges show it.
    pub(super) fn path(&self) -> &str {
        match self {
            Self::Inside(path) | Self::Outside(path) | Self::Pack(path) => path,
        }
    }
}

/// The repository around the current folder, or that folder alone. Paths that were looked up are remembered.
#[derive(Debug)]
pub(super) struct Repository {
    here: PathBuf,
    top: PathBuf,
    known: HashMap<String, File>,
}

impl Repository {
    pub(super) fn here() -> Self {
        let here = fs::canonicalize(".").unwrap_or_default();
        let top = here.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&here).to_owned();
        Self { here, top, known: HashMap::new() }
    }

    /// The file that reports name by a path.
    pub(super) fn file(&mut self, path: &str) -> File {
        if let Some(file) = self.known.get(path) {
            return file.clone();
        }
        let file = self.find(path);
        self.known.insert(path.to_owned(), file.clone());
        file
    }

    fn find(&self, path: &str) -> File {
        if path.starts_with("core:") {
            return File::Pack(path.to_owned());
        }
        let whole = self.here.join(path);
        // What is linted from standard input need not be there.
        let whole = fs::canonicalize(&whole).unwrap_or_else(|_| without_dots(&whole));
        match whole.strip_prefix(&self.top) {
            Ok(inside) => File::Inside(slashed(inside)),
            Err(_) => File::Outside(slashed(&whole)),
        }
    }
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

/// A path without `.` and `..`, as far as its words go.
fn without_dots(path: &Path) -> PathBuf {
    let mut whole = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => _ = whole.pop(),
            part => whole.push(part),
        }
    }
    whole
}

/// The part of a place on its first line: forges show a finding only where all of its lines are part of a change.
pub(super) fn first_line(site: &Site) -> Range {
    let span = site.spans.first().copied().unwrap_or_default();
    let line = site.source.slice(span).lines().next().unwrap_or_default();
    site.source.range(Span::new(span.start as usize, span.start as usize + line.len()))
}

/// The fingerprints of findings, each different: two catalogs of one run may hold the same finding.
pub(super) fn fingerprints(findings: &[Finding]) -> Vec<String> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let hashes = findings.iter().map(|finding| finding.fingerprint.hash.as_str());
    hashes
        .map(|hash| {
            let count = seen.entry(hash).or_default();
            *count += 1;
            if *count == 1 { hash.to_owned() } else { format!("{hash}:{count}") }
        })
        .collect()
}
