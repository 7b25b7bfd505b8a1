//! Real repositories in folders of their own, made with the program `git`.

use super::*;

/// A repository with one commit on `main`, whose settings are its own.
struct Trial(tempfile::TempDir);

impl Trial {
    fn new() -> Self {
        let trial = Self(tempfile::TempDir::new().unwrap());
        trial.git(&["init", "--quiet", "--initial-branch=main"]);
        for (name, value) in [("user.name", "Trial"), ("user.email", "trial@example.invalid")] {
            trial.git(&["config", name, value]);
        }
        trial.write("content/a b.yaml", "one\n");
        trial.write("content/ü.yaml", "two");
        trial.commit("first");
        trial
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn git(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("git");
        command.args(arguments).current_dir(self.path()).env("GIT_CONFIG_GLOBAL", "/dev/null");
        command.env("GIT_CONFIG_SYSTEM", "/dev/null");
        for name in POINTERS {
            command.env_remove(name);
        }
        let output = command.output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        text(&output)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn commit(&self, message: &str) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    fn repository(&self) -> Repository {
        Repository::of(&self.path().join("content")).unwrap()
    }
}

fn said<T: std::fmt::Debug>(result: Result<T, Problem>) -> (String, String) {
    match result {
        Err(Problem::Other(what, help)) => (what, help),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_tree_holds_what_was_committed_and_leaves_links_and_submodules_out() {
    let trial = Trial::new();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/passwd", trial.path().join("content/link.yaml")).unwrap();
    let commit = trial.git(&["rev-parse", "HEAD"]);
    trial.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{commit},vendor")]);
    trial.git(&["add", "content"]);
    trial.git(&["commit", "--quiet", "--message", "link and submodule"]);
    trial.write("content/ü.yaml", "changed since");
    let repository = trial.repository();
    let head = repository.head().unwrap().unwrap();
    let tree = repository.tree(&head).unwrap();
    let paths: Vec<PathBuf> = tree.paths().map(Path::to_owned).collect();
    assert_eq!(paths, [Path::new("content/a b.yaml"), Path::new("content/ü.yaml")]);
    assert!(tree.skipped.contains(&"vendor".into()));
    assert_eq!(tree.skipped.contains(&"content/link.yaml".into()), cfg!(unix));
    let asked = [paths[1].clone(), "nowhere".into(), paths[0].clone()];
    let read = tree.read(&asked, Limits::default()).unwrap();
    assert_eq!(read[0].as_deref(), Ok(b"two".as_slice()));
    assert!(read[1].is_err());
    assert_eq!(read[2].as_deref(), Ok(b"one\n".as_slice()));
}

#[test]
fn many_and_large_files_are_read_without_a_standstill() {
    let trial = Trial::new();
    for number in 0..3000 {
        trial.write(&format!("many/{number}.yaml"), &format!("{number}\n").repeat(100));
    }
    trial.write("huge.json", &"x".repeat(Limits::default().bytes() + 1));
    trial.commit("many");
    let repository = trial.repository();
    let tree = repository.tree(&repository.commit("main").unwrap()).unwrap();
    let paths: Vec<PathBuf> = tree.paths().map(Path::to_owned).collect();
    let read = tree.read(&paths, Limits::default()).unwrap();
    assert_eq!(read.len(), 3003);
    for (path, bytes) in paths.iter().zip(read) {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        match bytes {
            Ok(bytes) if path.starts_with("many") => {
                assert_eq!(bytes, format!("{name}\n").repeat(100).as_bytes())
            }
            Ok(_) => assert!(path.starts_with("content")),
            Err(why) => assert_eq!(
                (name.as_str(), why.as_str()),
                ("huge", "it is larger than 16 MiB, the limit `limits.file-mib`")
            ),
        }
    }
}

#[test]
fn a_revision_is_never_an_option() {
    let trial = Trial::new();
    let repository = trial.repository();
    for revision in ["--all", "-h", "--git-dir", "", "main..main", "nowhere", "HEAD:content", "a b"] {
        let (what, help) = said(repository.commit(revision));
        assert!(what.contains(&format!("`{revision}`")) && help.contains("spelling"), "{what}: {help}");
    }
    let first = repository.commit("main").unwrap();
    assert_eq!(first, repository.head().unwrap().unwrap());
    // A branch may be named like an option all the same.
    trial.git(&["update-ref", "refs/heads/-h", first.id()]);
    assert_eq!(repository.commit("-h").unwrap(), first);
}

#[test]
fn the_merge_base_is_where_two_branches_parted() {
    let trial = Trial::new();
    let first = trial.git(&["rev-parse", "HEAD"]);
    trial.git(&["checkout", "--quiet", "-b", "work"]);
    trial.write("content/c.yaml", "three");
    let work = trial.commit("work");
    trial.git(&["checkout", "--quiet", "main"]);
    trial.write("content/d.yaml", "four");
    trial.commit("main goes on");
    trial.git(&["checkout", "--quiet", "--orphan", "other"]);
    trial.commit("without a past");
    let repository = trial.repository();
    let commit = |name| repository.commit(name).unwrap();
    assert_eq!(repository.merge_base(&commit("work"), &commit("main")).unwrap().id(), first);
    assert_eq!(commit("work").id(), work);
    let (what, help) = said(repository.merge_base(&commit("work"), &commit("other")));
    assert!(what.contains("no commit in common") && !help.contains("fetch"), "{what}: {help}");
}

#[test]
fn a_shallow_clone_says_what_to_fetch() {
    let trial = Trial::new();
    trial.write("content/c.yaml", "three");
    trial.commit("second");
    trial.git(&["branch", "work", "HEAD~1"]);
    let clone = tempfile::TempDir::new().unwrap();
    let url = format!("file://{}", trial.path().display());
    let to = clone.path().join("clone");
    trial.git(&["clone", "--quiet", "--depth=1", "--no-single-branch", &url, to.to_str().unwrap()]);
    let repository = Repository::of(&to).unwrap();
    let (main, work) = (repository.commit("main").unwrap(), repository.commit("origin/work").unwrap());
    let (_, help) = said(repository.merge_base(&main, &work));
    assert!(help.contains("fetch-depth: 0"), "{help}");
    let (_, help) = said(repository.commit("HEAD~1"));
    assert!(help.contains("fetch-depth: 0"), "{help}");
}

#[test]
fn new_changed_and_missing_files_make_a_folder_dirty_and_others_do_not() {
    let trial = Trial::new();
    let repository = trial.repository();
    let content = trial.path().join("content");
    assert!(repository.changed(&content).unwrap().is_empty());
    trial.write("elsewhere/x.yaml", "x");
    assert!(repository.changed(&content).unwrap().is_empty());
    assert!(!repository.changed(trial.path()).unwrap().is_empty());
    trial.write("content/new.yaml", "x");
    assert!(!repository.changed(&content).unwrap().is_empty());
    fs::remove_file(content.join("new.yaml")).unwrap();
    fs::remove_file(content.join("a b.yaml")).unwrap();
    assert!(!repository.changed(&content).unwrap().is_empty());
}

#[cfg(unix)]
#[test]
fn nothing_that_a_repository_configures_is_run() {
    use std::os::unix::fs::PermissionsExt;
    let trial = Trial::new();
    let mark = trial.path().join("was-run");
    trial.write("hook", &format!("#!/bin/sh\ntouch '{}'\n", mark.display()));
    let hook = trial.path().join("hook");
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    for name in ["core.fsmonitor", "core.pager", "core.sshCommand", "core.askPass"] {
        trial.git(&["config", name, hook.to_str().unwrap()]);
    }
    let hooks = trial.path().join(".git/hooks");
    fs::create_dir_all(&hooks).unwrap();
    fs::copy(&hook, hooks.join("post-index-change")).unwrap();
    let repository = trial.repository();
    let head = repository.head().unwrap().unwrap();
    assert!(!repository.changed(trial.path()).unwrap().is_empty());
    let tree = repository.tree(&head).unwrap();
    assert!(tree.read(&["content/a b.yaml".into()], Limits::default()).unwrap()[0].is_ok());
    assert!(!mark.exists());
}

#[test]
fn a_path_is_found_in_the_repository_also_when_it_is_gone() {
    let trial = Trial::new();
    let repository = trial.repository();
    let inside = |path: &str| repository.inside(&trial.path().join(path));
    assert_eq!(inside("content/gone/x.yaml"), Some("content/gone/x.yaml".into()));
    assert_eq!(inside("content/../content/./a b.yaml"), Some("content/a b.yaml".into()));
    assert_eq!(inside("."), Some("".into()));
    assert_eq!(repository.inside(Path::new("/")), None);
    let (what, _) = said(Repository::of(Path::new("/")));
    assert!(what.contains("not in the work tree of a git repository"), "{what}");
}
