use super::*;

fn file(path: &str, text: &str) -> File {
    File { path: path.into(), format: "json".into(), bytes: text.into() }
}

/// A bundle of two files and a manifest that lists them.
fn bundle(text: &str) -> Vec<File> {
    let manifest = r#"{"files":[{"path":"bundle.json"},{"path":"site/index.html"}],"format":"nocere-manifest","is":"TEXT"}"#;
    vec![
        file("bundle.json", text),
        file("site/index.html", text),
        file(manifest::PATH, &manifest.replace("TEXT", text)),
    ]
}

/// Whether a folder holds this bundle and nothing else.
fn holds(folder: &Path, text: &str) -> bool {
    let found = crate::former::paths(folder).unwrap_or_default();
    found == ["bundle.json", manifest::PATH, "site/index.html"]
        && bundle(text).iter().all(|file| fs::read(folder.join(&file.path)).unwrap() == file.bytes)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn makes_the_folder_and_replaces_the_whole_bundle() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("a/dist");
    write(&folder, &bundle("old")).unwrap();
    assert!(holds(&folder, "old"));
    write(&folder, &bundle("new")).unwrap();
    assert!(holds(&folder, "new"));
    let fewer = [file(manifest::PATH, r#"{"files":[],"format":"nocere-manifest"}"#)];
    write(&folder, &fewer).unwrap();
    assert_eq!(names(&folder), [manifest::PATH], "what the new bundle does not have is gone");
    assert_eq!(names(&root.path().join("a")), ["dist"], "nothing is left beside it");
}

/// Every step of a write, in order; stopping after any of them is what a killed run leaves.
#[test]
fn a_run_that_is_stopped_after_any_step_leaves_the_old_bundle_or_the_new_one() {
    for two_steps in [false, true] {
        for last in 0..6 {
            let root = tempfile::tempdir().unwrap();
            let folder = root.path().join("dist");
            write(&folder, &bundle("old")).unwrap();
            let place = Place::of(&folder).unwrap();
            let stage = Stage::new(&place).unwrap();
            let new = stage.folder.join(BUNDLE);
            let run = || -> Result<(), FileError> {
                match last {
                    0 => return Ok(()),
                    // The first of its files is there; then all are.
                    1 => return stage.fill(&bundle("new")[2..]),
                    _ => stage.fill(&bundle("new"))?,
                }
                match (last, two_steps) {
                    (2, _) => return Ok(()),
                    // Between the two renames of a system that cannot exchange folders.
                    (3, true) => {
                        return fs::rename(&folder, stage.folder.join(ASIDE))
                            .map_err(FileError::while_(&new, "moved"));
                    }
                    (_, true) => stage.move_aside(&new, &folder).map_err(FileError::while_(&new, "moved"))?,
                    (_, false) => stage.put_in_place()?,
                }
                if last == 5 {
                    // In the middle of clearing away.
                    let old = if two_steps { ASIDE } else { BUNDLE };
                    fs::remove_file(stage.folder.join(old).join("bundle.json")).unwrap();
                }
                Ok(())
            };
            run().unwrap();
            let expected = if last < 3 || (last == 3 && two_steps) { "old" } else { "new" };
            if last == 3 && two_steps {
                assert!(
                    !folder.exists(),
                    "the one moment in which there is none, where folders cannot be exchanged"
                );
            } else {
                assert!(holds(&folder, expected), "stopped after step {last}, {two_steps}");
            }
            // The lock of a run that lives is held: others leave its folder alone.
            place.clean_up();
            assert_eq!(names(root.path()).len(), if folder.exists() { 2 } else { 1 }, "{last} {two_steps}");
            // As if the process were killed here: nothing is cleaned up, and the system drops the lock.
            let Stage { _lock: lock, .. } = &*std::mem::ManuallyDrop::new(stage);
            lock.unlock().unwrap();
            place.clean_up();
            assert!(holds(&folder, expected), "put back or left, after step {last}, {two_steps}");
            assert_eq!(names(root.path()), ["dist"], "after step {last}, {two_steps}");
            write(&folder, &bundle("newer")).unwrap();
            assert!(holds(&folder, "newer"));
        }
    }
}

#[test]
fn a_run_that_fails_leaves_everything_as_it_was() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("dist");
    for name in
        ["../out.json", "/tmp/out.json", "a//b.json", ".hidden", "a/../b", "..", ".", "", "a\\b", "c:d"]
    {
        let error = write(&folder, &[file("bundle.json", ""), file(name, "")]).unwrap_err();
        assert!(error.to_string().contains("plain file name"), "{name}: {error}");
        assert_eq!(names(root.path()), [""; 0]);
    }
    write(&folder, &bundle("old")).unwrap();
    let manifest = r#"{"files":[{"path":"a"},{"path":"a/b"}],"format":"nocere-manifest"}"#;
    let error =
        write(&folder, &[file("a", ""), file("a/b", ""), file(manifest::PATH, manifest)]).unwrap_err();
    assert!(error.to_string().contains("a/b` could not be written"), "{error}");
    assert!(holds(&folder, "old"));
    assert_eq!(names(root.path()), ["dist"]);
}

#[test]
fn files_of_others_are_never_lost() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("dist");
    fs::create_dir(&folder).unwrap();
    write(&folder, &bundle("old")).unwrap();
    for path in ["thesis.txt", "site/photo.jpg"] {
        fs::write(folder.join(path), "mine").unwrap();
        let error = write(&folder, &bundle("new")).unwrap_err();
        assert!(error.to_string().contains(&format!("files that are not of a bundle: {path}")), "{error}");
        assert_eq!(fs::read_to_string(folder.join(path)).unwrap(), "mine");
        fs::remove_file(folder.join(path)).unwrap();
    }
    // A file that is put there after the look: it is kept beside, and the error says where.
    let place = Place::of(&folder).unwrap();
    let stage = Stage::new(&place).unwrap();
    stage.fill(&bundle("new")).unwrap();
    fs::write(folder.join("thesis.txt"), "mine").unwrap();
    stage.put_in_place().unwrap();
    let error = stage.clear().unwrap_err();
    assert!(error.to_string().contains("meanwhile"), "{error}");
    let kept = stage.folder.join(BUNDLE).join("thesis.txt");
    drop(stage);
    place.clean_up();
    assert_eq!(fs::read_to_string(kept).unwrap(), "mine");
    assert!(holds(&folder, "new"));
    // What only looks like ours is left alone.
    let like = root.path().join(".dist.nocere-like");
    fs::create_dir(&like).unwrap();
    fs::write(like.join("notes.txt"), "mine").unwrap();
    place.clean_up();
    assert_eq!(fs::read_to_string(like.join("notes.txt")).unwrap(), "mine");
}

#[test]
fn many_at_once_leave_one_whole_bundle() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("dist");
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let folder = &folder;
            scope.spawn(move || {
                for round in 0..8 {
                    write(folder, &bundle(&format!("{writer}-{round}"))).unwrap();
                }
            });
        }
    });
    let text = fs::read_to_string(folder.join("bundle.json")).unwrap();
    assert!(holds(&folder, &text), "{text}");
    assert_eq!(names(root.path()), ["dist"]);
}

#[test]
fn what_is_in_the_way_is_named() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("dist"), "").unwrap();
    let error = write(&root.path().join("dist"), &bundle("")).unwrap_err();
    assert!(error.to_string().contains("dist` is in the way: it is not a folder"), "{error}");
    let error = write(&root.path().join("dist/deeper"), &bundle("")).unwrap_err();
    assert!(error.to_string().contains("dist/deeper` could not be"), "{error}");
    let error = write(Path::new("/"), &bundle("")).unwrap_err();
    assert!(error.to_string().contains("root of the file system"), "{error}");
}

#[cfg(unix)]
#[test]
fn links_are_not_written_through() {
    use std::os::unix::fs::symlink;
    let root = tempfile::tempdir().unwrap();
    let (elsewhere, folder) = (root.path().join("elsewhere"), root.path().join("dist"));
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("bundle.json"), "theirs").unwrap();
    symlink(&elsewhere, &folder).unwrap();
    for folder in [folder.clone(), folder.join("")] {
        let error = write(&folder, &bundle("ours")).unwrap_err();
        assert!(error.to_string().contains("is a symbolic link"), "{error}");
    }
    fs::remove_file(&folder).unwrap();
    // A link inside of a former bundle is replaced, and what it points to is left.
    write(&folder, &bundle("old")).unwrap();
    fs::remove_file(folder.join("bundle.json")).unwrap();
    symlink(elsewhere.join("bundle.json"), folder.join("bundle.json")).unwrap();
    write(&folder, &bundle("ours")).unwrap();
    assert!(holds(&folder, "ours"));
    assert_eq!(fs::read_to_string(elsewhere.join("bundle.json")).unwrap(), "theirs");
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_a_clear_error() {
    use std::os::unix::fs::PermissionsExt;
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("dist");
    write(&folder, &bundle("old")).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    let error = write(&folder, &bundle("new")).unwrap_err();
    assert!(error.to_string().contains("is read-only"), "{error}");
    assert!(holds(&folder, "old"));
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o750)).unwrap();
    write(&folder, &bundle("new")).unwrap();
    assert_eq!(
        fs::metadata(&folder).unwrap().permissions().mode() & 0o777,
        0o750,
        "who may read it stays as it was"
    );
}
