//! The site, opened as a file in a real browser by scripts in `tests/consumers/site`: Chromium through playwright-core,
//! and axe-core for accessibility.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
};

use common::{Folder, consumer, files, nocere, workspace};
use serde_json::{Value, json};

/// The real catalog as a site, and pages with a changed bundle beside it.
static REAL: LazyLock<Folder> = LazyLock::new(|| {
    let folder = Folder::new();
    export(&workspace(), folder.path());
    folder
});

fn export(catalog: &Path, out: &Path) {
    let ran =
        nocere(["export", "--format", "site", "--out"].map(OsStr::new).into_iter().chain([out.as_os_str()]))
            .at(catalog)
            .run();
    assert_eq!(ran.code, Some(0), "{ran:#?}");
}

fn page(folder: &Folder) -> PathBuf {
    folder.path().join("index.html")
}

/// The browser's script with this name, and the page that it opens; `None` where a browser is not installed.
fn browser(script: &str, page: &Path) -> Option<Command> {
    let modules = consumer::installed("node/node_modules/playwright-core")?;
    let chromium = consumer::system("chromium")?;
    let mut command = Command::new("node");
    command.arg(workspace().join("tests/consumers/site").join(script));
    command.arg(modules.parent().unwrap()).arg(page).env("CHROMIUM", chromium.get_program());
    Some(command)
}

fn run(mut command: Command) {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    eprintln!("{said}");
}

/// The page with its bundle changed.
fn changed(name: &str, change: impl Fn(&mut Value)) -> PathBuf {
    let text = fs::read_to_string(page(&REAL)).unwrap();
    let (before, rest) = text.split_once("id=\"bundle\">").unwrap();
    let (bundle, after) = rest.split_once("</script>").unwrap();
    let mut bundle: Value = serde_json::from_str(bundle).unwrap();
    change(&mut bundle);
    let json = bundle.to_string().replace('<', "\\u003c");
    REAL.write(name, format!("{before}id=\"bundle\">{json}</script>{after}"));
    REAL.path().join(name)
}

#[test]
fn every_view_is_accessible_quiet_and_fits() {
    if let Some(command) = browser("views.mjs", &page(&REAL)) {
        run(command);
    }
}

#[test]
fn the_questions_come_first_and_the_routine_is_the_one_of_the_bundle() {
    let none = changed("no-routine.html", |bundle| {
        for routine in bundle["routines"].as_array_mut().unwrap() {
            for audience in routine["adaptations"]["audiences"].as_array_mut().unwrap().iter_mut().skip(1) {
                audience["shown"] = json!({ "outcome": "no-routine" });
            }
        }
    });
    let not_weighed = changed("not-weighed.html", |bundle| {
        for routine in bundle["routines"].as_array_mut().unwrap() {
            routine["adaptations"]["conditions"].as_object_mut().unwrap().remove("sciatica");
        }
    });
    if let Some(mut command) = browser("person.mjs", &page(&REAL)) {
        command.arg(REAL.path().join("bundle.json")).arg(none).arg(not_weighed);
        run(command);
    }
}

/// Names in the catalog, and the ones that try to become something else.
const HOSTILE: [(&str, &str); 5] = [
    ("Bird dog", "</script><script>window.harmed=1</script>"),
    ("Cat-cow", "Cat \u{202e}dog\u{2066}"),
    ("Ten-stretch toolbox", "\"><img src=x onerror=alert(1)>"),
    ("Hips instead of back", "<!--<script>{{bundle}}"),
    ("Low-back self-care", "</title><svg/onload=alert(2)> &lt;b&gt; 'x'"),
];

#[test]
fn hostile_texts_stay_texts() {
    let folder = Folder::new();
    copy(&workspace().join("catalog/low-back"), &folder);
    for (was, becomes) in HOSTILE {
        let quoted = serde_json::to_string(becomes).unwrap();
        let replaced = files(folder.path()).into_iter().filter(|path| {
            let text = fs::read_to_string(path).unwrap();
            let yaml = text.replacen(&format!("\nname: {was}\n"), &format!("\nname: {quoted}\n"), 1);
            let both = yaml.replacen(&format!("\nname = \"{was}\"\n"), &format!("\nname = {quoted}\n"), 1);
            fs::write(path, &both).unwrap();
            text != both
        });
        assert_eq!(replaced.count(), 1, "{was}");
    }
    let out = Folder::new();
    export(folder.path(), out.path());
    let html = fs::read_to_string(page(&out)).unwrap();
    assert!(
        !html.contains("window.harmed=1</script>") && !html.contains("<img") && !html.contains("<svg/onload")
    );
    if let Some(mut command) = browser("hostile.mjs", &page(&out)) {
        command.arg(json!(HOSTILE.map(|(_, becomes)| becomes)).to_string());
        run(command);
    }
}

fn copy(from: &Path, to: &Folder) {
    for path in files(from) {
        let name = path.strip_prefix(from).unwrap();
        to.write(name.to_str().unwrap(), fs::read(&path).unwrap());
    }
}

#[test]
fn the_site_is_one_small_file_and_the_same_every_time() {
    let again = Folder::new();
    export(&workspace(), again.path());
    let first = fs::read(page(&REAL)).unwrap();
    assert!(first == fs::read(page(&again)).unwrap(), "the same catalog gives the same bytes");
    assert!(first.len() < 1_500_000, "{} bytes", first.len());
}
