//! Programs that the project's authors did not write and that read its output in the tests. `tests/consumers/setup`
//! installs them into `target/consumers`. Where one is not there, its test says so and passes, unless
//! `NOCERE_CONSUMERS=required` is set, as in CI: then it fails.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// A Node program, by its path below `node_modules`: `@scope/package/file.js`.
pub(crate) fn node(script: &str) -> Option<Command> {
    let path = installed(&format!("node/node_modules/{script}"))?;
    let mut command = Command::new("node");
    command.arg(path);
    Some(command)
}

/// A native program below `node_modules`.
pub(crate) fn native(program: &str) -> Option<Command> {
    installed(&format!("node/node_modules/{program}")).map(Command::new)
}

/// Python, with the packages of `requirements.txt`.
pub(crate) fn python() -> Option<Command> {
    installed("python/bin/python").map(Command::new)
}

/// A program of the system, such as `chromedriver`.
pub(crate) fn system(program: &str) -> Option<Command> {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let found =
        std::env::split_paths(&folders).map(|folder| folder.join(program)).find(|path| path.is_file());
    there(program, found).map(Command::new)
}

/// A file that `tests/consumers/setup` installed.
pub(crate) fn installed(path: &str) -> Option<PathBuf> {
    // The tests run from `target/debug/deps`, wherever the target folder is.
    let executable = std::env::current_exe().unwrap();
    let target = executable.ancestors().nth(3).unwrap_or(Path::new("target"));
    let path = target.join("consumers").join(path);
    there(&path.display().to_string(), path.exists().then_some(path.clone()))
}

fn there(name: &str, found: Option<PathBuf>) -> Option<PathBuf> {
    if found.is_none() {
        let required = std::env::var_os("NOCERE_CONSUMERS").is_some_and(|value| value == "required");
        assert!(!required, "`{name}` is not installed; run `tests/consumers/setup`");
        eprintln!("skipped: `{name}` is not installed; `tests/consumers/setup` installs it");
    }
    found
}
