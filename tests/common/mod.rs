//! What the tests of the whole command share: the real binary in a clean environment, and folders to work in.

// Each test file is a crate of its own and uses a part of this.
#![allow(dead_code)]

pub(crate) mod consumer;

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// An exercise in which nothing is to be reported.
pub(crate) const SOUND: &str = "kind: exercise
id: heel-raise
name: Heel raise
technique: strengthening
difficulty: beginner
targets: [calves]
demands: [standing]
steps:
  - Stand tall at a worktop and rest your fingertips on it.
  - Rise onto the balls of both feet, and lower your heels slowly.
feel: { expect: [steady work in both calves], stop: [sharp pain at the heel] }
dosage: { reps: 8-12, sets: 2, sessions: 3/week }
sources: [bjsmb]
";

/// An exercise with two faults: a placeholder, which is an error, and no source, which is a warning.
pub(crate) const FAULTY: &str = "kind: exercise
id: heel-raise
name: Heel raise
technique: strengthening
difficulty: beginner
targets: [calves]
demands: [standing]
steps:
  - Stand tall at a worktop. TODO
  - Rise onto the balls of both feet, and lower your heels slowly.
feel: { expect: [steady work in both calves], stop: [sharp pain at the heel] }
dosage: { reps: 8-12, sets: 2, sessions: 3/week }
";

/// Numbers that look random and are the same each time.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A number below an end.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }
}

/// The folder of the workspace, with its `catalog/` and `tests/`.
pub(crate) fn workspace() -> PathBuf {
    fs::canonicalize(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).unwrap()
}

/// A call of the real binary.
pub(crate) struct Nocere(Command);

/// What a call did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: Option<i32>,
}

/// Calls `nocere` in the folder of the workspace, with nothing of the caller's environment but where programs are.
pub(crate) fn nocere<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Nocere {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nocere"));
    command.args(arguments).current_dir(workspace()).env_clear().stdin(Stdio::null());
    // Windows starts nothing without the first; git is found by the second.
    for name in ["SystemRoot", "PATH"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    Nocere(command)
}

impl Nocere {
    /// Calls it in another folder.
    pub(crate) fn at(mut self, folder: &Path) -> Self {
        self.0.current_dir(folder);
        self
    }

    /// Sets a variable of its environment.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.0.env(name, value);
        self
    }

    /// Runs it.
    pub(crate) fn run(mut self) -> Ran {
        let output = self.0.output().unwrap();
        Ran {
            stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
            code: output.status.code(),
        }
    }
}

impl Ran {
    /// Its standard output as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    /// The findings of a JSON report.
    pub(crate) fn findings(&self) -> Vec<Value> {
        self.json()["findings"].as_array().unwrap().clone()
    }
}

/// A folder of its own for a test, gone afterwards.
pub(crate) struct Folder(TempDir);

impl Folder {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// A catalog with these files.
    pub(crate) fn catalog(files: &[(&str, &str)]) -> Self {
        let folder = Self::new();
        folder.write("nocere.toml", "[catalog]\nid = \"trial\"\nname = \"Trial\"\nversion = \"0.1.0\"\n");
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    /// Makes it a git repository with one commit of all that is in it, whose settings are its own.
    pub(crate) fn commit_first(&self) {
        self.git(&["init", "--quiet", "--initial-branch=main"]);
        self.git(&["config", "user.name", "Trial"]);
        self.git(&["config", "user.email", "trial@example.invalid"]);
        self.commit("first");
    }

    /// Commits all that is in it.
    pub(crate) fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
    }

    /// Calls git in it.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("git");
        command.args(arguments).current_dir(self.path());
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
            command.env_remove(name);
        }
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
        let output = command.output().expect("git is installed");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Replaces words in a file, which must be there.
    pub(crate) fn replace(&self, path: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.path().join(path)).unwrap();
        assert!(text.contains(old), "{path} does not hold {old:?}");
        self.write(path, text.replace(old, new));
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, and the folders that it needs.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

/// Calls `nocere` in a folder of a test.
pub(crate) fn nocere_at<A: AsRef<OsStr>>(folder: &Folder, arguments: impl IntoIterator<Item = A>) -> Ran {
    nocere(arguments).at(folder.path()).run()
}

/// Every file below a folder, sorted.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// The names of the folders in a folder, sorted.
pub(crate) fn folders(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let mut names: Vec<String> = entries
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Compares a text with the snapshot of this name, which may start with a folder, in `tests/snapshots`.
pub(crate) fn snapshot(name: &str, description: &str, text: &str) {
    let (folder, name) = name.rsplit_once('/').unwrap_or(("", name));
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(workspace().join("tests/snapshots").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(description);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
