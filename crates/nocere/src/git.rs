//! Git, for reading alone: the repository of a folder, what a revision holds, what the work tree started from.
//!
//! The program `git` is called without a shell. Nothing that a repository configures is run: no hooks, no monitor of
//! files, no pager; and nothing is fetched. The repository is the one that the folder stands in, whatever
//! `GIT_DIR` and its like say: inside a hook they speak of the same one, and elsewhere they would surprise.

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    fs,
    io::{self, Read, Write},
    path::{Component, Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
};

use nocere_lint::limits::Limits;

use crate::{place::plain, project::Problem};

/// Variables that would point git at another repository, index or set of objects.
const POINTERS: &[&str] = &[
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_CEILING_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

/// A repository with a work tree.
#[derive(Clone, Debug)]
pub(crate) struct Repository {
    top: PathBuf,
}

/// When a line was written, and in which commit; in none while it is not committed.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    pub(crate) commit: Option<Commit>,
    /// Since 1970.
    pub(crate) seconds: i64,
}

/// A commit, by its whole name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Commit(String);

/// The files of a commit. Their paths start at the top of the repository.
#[derive(Debug)]
pub(crate) struct Tree {
    repository: Repository,
    blobs: BTreeMap<PathBuf, String>,
    /// Symbolic links and submodules: they are not files of this repository, and are not read.
    pub(crate) skipped: Vec<PathBuf>,
}

impl Commit {
    /// The whole name, in hexadecimal.
    pub(crate) fn id(&self) -> &str {
        &self.0
    }
}

impl Repository {
    /// The repository that a folder stands in.
    pub(crate) fn of(folder: &Path) -> Result<Self, Problem> {
        let output = run(folder, ["rev-parse", "--show-toplevel"])?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            if said.contains("dubious ownership") {
                let message = format!("git does not trust the repository of `{}`", folder.display());
                let help = "another user owns it; `git config --global --add safe.directory FOLDER` says that it is yours";
                return Err(Problem::Other(message, help.into()));
            }
            let message = format!("`{}` is not in the work tree of a git repository", folder.display());
            return Err(Problem::Other(message, "make one with `git init`, or do without revisions".into()));
        }
        let top = PathBuf::from(text(&output));
        let top = fs::canonicalize(&top).map_err(|error| Problem::Path(top, error))?;
        Ok(Self { top })
    }

    /// Its folder.
    pub(crate) fn top(&self) -> &Path {
        &self.top
    }

    /// Where a path lies, from the top of the repository; it need not exist any more.
    pub(crate) fn inside(&self, path: &Path) -> Option<PathBuf> {
        Some(absolute(path)?.strip_prefix(&self.top).ok()?.to_owned())
    }

    /// The commit that a revision names.
    pub(crate) fn commit(&self, revision: &str) -> Result<Commit, Problem> {
        let peeled = format!("{revision}^{{commit}}");
        let arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", &peeled];
        let output = run(&self.top, arguments)?;
        if output.status.success() && !revision.is_empty() {
            return Ok(Commit(text(&output)));
        }
        let message = format!("git knows no commit `{revision}`");
        Err(Problem::Other(
            message,
            self.or_shallow("look at the spelling; `git branch --all` lists branches"),
        ))
    }

    /// The commit that the work tree started from; `None` before the first one.
    pub(crate) fn head(&self) -> Result<Option<Commit>, Problem> {
        let output = run(&self.top, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])?;
        Ok(output.status.success().then(|| Commit(text(&output))))
    }

    /// What differs from `head` in a folder, from the top of the repository.
    pub(crate) fn changed(&self, folder: &Path) -> Result<Vec<PathBuf>, Problem> {
        let inside = self.inside(folder).unwrap_or_default();
        let inside = if inside.as_os_str().is_empty() { Path::new(".") } else { &inside };
        let status = ["status", "--porcelain", "-z", "--no-renames", "--untracked-files=all"];
        let status = status.into_iter().chain(["--ignore-submodules=all", "--"]);
        let output = run(&self.top, status.map(OsStr::new).chain([inside.as_os_str()]))?;
        if !output.status.success() {
            return Err(failed(&output));
        }
        // Two letters say how each differs, and a space follows.
        let lines = output.stdout.split(|byte| *byte == 0).filter_map(|line| line.get(3..));
        Ok(lines.map(|path| String::from_utf8_lossy(path).into_owned().into()).collect())
    }

    /// The commit at which the histories of two parted.
    pub(crate) fn merge_base(&self, one: &Commit, other: &Commit) -> Result<Commit, Problem> {
        let output = run(&self.top, ["merge-base", one.id(), other.id()])?;
        match output.status.code() {
            Some(0) => Ok(Commit(text(&output))),
            Some(1) => {
                let (one, other) = (short(one), short(other));
                let message = format!("the histories of {one} and {other} have no commit in common here");
                Err(Problem::Other(message, self.or_shallow("name a revision that this work started from")))
            }
            _ => Err(failed(&output)),
        }
    }

    /// The files of a commit.
    pub(crate) fn tree(&self, commit: &Commit) -> Result<Tree, Problem> {
        let output = run(&self.top, ["ls-tree", "-r", "-z", "--full-tree", commit.id()])?;
        if !output.status.success() {
            return Err(failed(&output));
        }
        let mut tree = Tree { repository: self.clone(), blobs: BTreeMap::new(), skipped: Vec::new() };
        for line in output.stdout.split(|byte| *byte == 0).filter(|line| !line.is_empty()) {
            let line = String::from_utf8_lossy(line);
            let Some((about, path)) = line.split_once('\t') else { continue };
            let mut about = about.split(' ');
            match (about.next(), about.next(), about.next()) {
                (Some("100644" | "100755" | "100664"), Some("blob"), Some(id)) => {
                    tree.blobs.insert(path.into(), id.to_owned());
                }
                _ => tree.skipped.push(path.into()),
            }
        }
        Ok(tree)
    }

    /// When lines of a file were written, as it is on disk.
    pub(crate) fn blame(&self, file: &Path, lines: &[u32]) -> Result<BTreeMap<u32, Written>, Problem> {
        let inside = self.inside(file).unwrap_or_default();
        let mut arguments = vec!["blame".to_owned(), "--line-porcelain".into(), "--no-textconv".into()];
        arguments.extend(lines.iter().map(|line| format!("-L{line},{line}")));
        arguments.push("--".into());
        let arguments = arguments.iter().map(OsStr::new).chain([inside.as_os_str()]);
        let output = run(&self.top, arguments)?;
        if !output.status.success() {
            // A file that git does not know yet.
            return Ok(lines.iter().map(|line| (*line, Written { commit: None, seconds: 0 })).collect());
        }
        let mut written = BTreeMap::new();
        let mut open: Option<(u32, Commit)> = None;
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let mut words = line.split(' ');
            match (&open, words.next(), words.next(), words.next()) {
                (Some((number, commit)), Some("author-time"), Some(seconds), _) => {
                    let seconds = seconds.parse().unwrap_or_default();
                    let commit = Some(commit.clone()).filter(|commit| commit.id().bytes().any(|b| b != b'0'));
                    written.insert(*number, Written { commit, seconds });
                    open = None;
                }
                (None, Some(id), Some(_), Some(number)) if id.bytes().all(|b| b.is_ascii_hexdigit()) => {
                    open = number.parse().ok().map(|number| (number, Commit(id.to_owned())));
                }
                _ => {}
            }
        }
        Ok(written)
    }

    /// What to do about history that is not there: to fetch it, where this clone holds only a part.
    fn or_shallow(&self, otherwise: &str) -> String {
        let shallow = run(&self.top, ["rev-parse", "--is-shallow-repository"]);
        match shallow.is_ok_and(|output| text(&output) == "true") {
            true => {
                "this clone holds only the newest commits: fetch all of them with `git fetch --unshallow`, \
                     in CI with `fetch-depth: 0` (GitHub) or `GIT_DEPTH: 0` (GitLab)"
                    .into()
            }
            false => otherwise.into(),
        }
    }
}

impl Tree {
    /// Every file, from the top of the repository, in order.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.blobs.keys().map(PathBuf::as_path)
    }

    /// Whether there is such a file.
    pub(crate) fn has(&self, path: &Path) -> bool {
        self.blobs.contains_key(path)
    }

    /// The bytes of files, as they were committed, or for each why it cannot be read.
    pub(crate) fn read(
        &self,
        paths: &[PathBuf],
        limits: Limits,
    ) -> Result<Vec<Result<Vec<u8>, String>>, Problem> {
        if paths.is_empty() {
            return Ok(Vec::new());
        }
        let mut child = command(&self.repository.top, ["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| unusable(&error))?;
        let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(broken("it has no input or output".into()));
        };
        let mut stdout = io::BufReader::new(stdout);
        // An id that no object has, for paths that are not there: git answers that it is missing.
        let nothing = "0".repeat(40);
        let ids: Vec<&str> =
            paths.iter().map(|path| self.blobs.get(path).map_or(nothing.as_str(), String::as_str)).collect();
        let asked = ids.join("\n") + "\n";
        // Asking and reading go on side by side, or each would wait for the other.
        let files: io::Result<Vec<_>> = thread::scope(|scope| {
            scope.spawn(move || stdin.write_all(asked.as_bytes()));
            paths.iter().map(|_| answer(&mut stdout, limits)).collect()
        });
        let ended = child.wait();
        let files = files.and_then(|files| ended.map(|_| files));
        files.map_err(|error| broken(plain(&error)))
    }
}

/// One answer of `git cat-file --batch`: a line with name, type and size, then the bytes and a newline.
fn answer(from: &mut impl io::BufRead, limits: Limits) -> io::Result<Result<Vec<u8>, String>> {
    let mut line = String::new();
    from.read_line(&mut line)?;
    if line.is_empty() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let mut parts = line.trim_end().split(' ');
    let size = match (parts.next(), parts.next(), parts.next().and_then(|size| size.parse::<u64>().ok())) {
        (Some(_), Some("blob"), Some(size)) => size,
        _ => return Ok(Err("git does not hold it here".into())),
    };
    let mut body = from.take(size + 1);
    if size > limits.bytes() as u64 {
        io::copy(&mut body, &mut io::sink())?;
        return Ok(Err(format!("it is {}", limits.too_large())));
    }
    let mut bytes = Vec::new();
    body.read_to_end(&mut bytes)?;
    if bytes.len() as u64 != size + 1 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    bytes.pop();
    Ok(Ok(bytes))
}

/// A call of git in a folder that runs nothing but git, changes nothing, asks nobody and fetches nothing.
fn command<A: AsRef<OsStr>>(folder: &Path, arguments: impl IntoIterator<Item = A>) -> Command {
    let mut command = Command::new("git");
    command.args(["--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs"]);
    for setting in ["core.fsmonitor=false", "core.hooksPath=/dev/null", "protocol.allow=never"] {
        command.args(["-c", setting]);
    }
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).stderr(Stdio::piped());
    command.env("LC_ALL", "C").env("GIT_TERMINAL_PROMPT", "0").env("GIT_NO_LAZY_FETCH", "1");
    for name in POINTERS {
        command.env_remove(name);
    }
    command
}

fn run<A: AsRef<OsStr>>(folder: &Path, arguments: impl IntoIterator<Item = A>) -> Result<Output, Problem> {
    command(folder, arguments).output().map_err(|error| unusable(&error))
}

fn unusable(error: &io::Error) -> Problem {
    let message = format!("the program `git` cannot be run: {}", plain(error));
    Problem::Other(message, "install git, or do without revisions".into())
}

fn broken(why: String) -> Problem {
    Problem::Other(format!("the program `git` gave no answer: {why}"), "nothing was checked".into())
}

/// What git itself says, for what no sentence of ours foresees.
fn failed(output: &Output) -> Problem {
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or("it says nothing").trim_start_matches("fatal: ");
    Problem::Other(format!("git could not do it: {said}"), "nothing was checked".into())
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim_end_matches(['\n', '\r']).to_owned()
}

fn short(commit: &Commit) -> &str {
    commit.0.get(..12).unwrap_or(&commit.0)
}

/// The path from the root of the file system, with the links in the part of it that exists followed.
fn absolute(path: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(path).ok()?;
    let there = whole.ancestors().find_map(|part| Some((part, fs::canonicalize(part).ok()?)));
    let (there, real) = there?;
    let mut real = real;
    for part in whole.strip_prefix(there).ok()?.components() {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            part => real.push(part),
        }
    }
    Some(real)
}

#[cfg(test)]
mod tests;
