//! Same input, same bytes; and programs by others that read them.

use std::fs;

use serde_json::{Map, Value};

use super::{common::consumer, content, export, exported, files, formats, json, nocere, tiny};
use crate::common::Folder;

#[test]
fn nothing_but_the_content_reaches_the_bytes() {
    let original = tiny();
    let expected = content(&export(&original));
    for (threads, locale, zone, backwards) in [
        ("1", "C", "UTC", true),
        ("2", "tr_TR.UTF-8", "Pacific/Kiritimati", false),
        ("7", "ar_EG.UTF-8", "America/St_Johns", true),
    ] {
        // Files come into being in another order, in another folder, with other names.
        let moved = Folder::new();
        let mut paths = files(&original.path().join("catalog"));
        if backwards {
            paths.reverse();
        }
        for path in paths {
            let name = path.strip_prefix(original.path()).unwrap().to_str().unwrap();
            let name =
                if backwards { name.replace("exercises/", "z/") } else { name.replace("sources/", "a/b/") };
            moved.write(&format!("elsewhere/{name}"), fs::read(&path).unwrap());
        }
        let ran =
            nocere(["export", "elsewhere/catalog", "--out", "out/put", "--format", &formats().join(",")])
                .at(moved.path())
                .env("RAYON_NUM_THREADS", threads)
                .env("LANG", locale)
                .env("LC_ALL", locale)
                .env("TZ", zone)
                .run();
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let found = content(&moved.path().join("out/put"));
        assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
        for (path, bytes) in &found {
            assert!(*bytes == expected[path], "{path} differs with {threads} threads, {locale}, {zone}");
        }
    }
}

#[test]
fn formats_are_chosen_by_name() {
    let folder = tiny();
    let names = |dist: &std::path::Path| content(dist).into_keys().collect::<Vec<_>>();
    assert_eq!(names(&exported(&folder, &[])), ["bundle.json", "manifest.json"]);
    let both = names(&exported(&folder, &["--format", "json,ndjson"]));
    assert_eq!(both, ["bundle.json", "bundle.ndjson", "manifest.json"]);
    assert_eq!(
        both,
        names(&exported(&folder, &["--format", "ndjson", "--format", "json", "--format", "ndjson"]))
    );
    assert_eq!(both, names(&exported(&folder, &["--format", "ndjson"])), "the canonical one is always there");
    assert_eq!(
        names(&exported(&folder, &[])),
        ["bundle.json", "manifest.json"],
        "what was not asked for is gone"
    );
    let ran = nocere(["export", "--out", "dist", "--format", "jsn", "catalog"]).at(folder.path()).run();
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("jsn") && ran.stderr.contains("ndjson"), "{}", ran.stderr);
}

/// Reads as a program does that knows one line at a time.
#[test]
fn lines_are_read_one_by_one_and_say_the_same_as_the_whole() {
    let folder = tiny();
    let dist = exported(&folder, &["--format", "ndjson"]);
    let text = fs::read_to_string(dist.join("bundle.ndjson")).unwrap();
    assert!(text.ends_with('\n'));
    let mut lines = text.lines().map(|line| serde_json::from_str::<Map<String, Value>>(line).unwrap());
    let mut whole = lines.next().unwrap();
    assert_eq!(whole.remove("kind").unwrap(), "bundle", "the header comes first");
    let Value::Object(mut open) = whole.remove("lines").unwrap() else { panic!("counts") };
    let mut known: Vec<String> = Vec::new();
    for mut line in lines {
        let kind = line.remove("kind").unwrap().as_str().unwrap().to_owned();
        let left = open[&kind].as_u64().unwrap() - 1;
        open[&kind] = left.into();
        // What a line refers to has been read before.
        if let Some(screening) = line.get("screening") {
            assert!(known.contains(&format!("screening {}", screening["id"].as_str().unwrap())));
        }
        known.push(format!("{kind} {}", line["id"].as_str().unwrap()));
        let list = if kind == "equipment" { kind } else { format!("{kind}s") };
        let items = whole.entry(list).or_insert_with(|| Value::Array(Vec::new()));
        items.as_array_mut().unwrap().push(line.into());
    }
    assert!(open.values().all(|left| *left == 0), "as many lines as the header says: {open:?}");
    assert_eq!(Value::Object(whole), json(&dist.join("bundle.json")));
}

#[test]
fn another_implementation_writes_the_same_canonical_json() {
    let Some(mut python) = consumer::python() else { return };
    let out = Folder::new();
    let dist = out.path().join("dist");
    let ran =
        nocere(["export", "catalog/low-back", "--format", "ndjson", "--out", dist.to_str().unwrap()]).run();
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let script = "
import json, pathlib, rfc8785, sys
dist = pathlib.Path(sys.argv[1])
for name in ['bundle.json', 'manifest.json', 'bundle.ndjson']:
    lines = (dist / name).read_bytes().splitlines(keepends=True)
    for line in lines:
        assert rfc8785.dumps(json.loads(line)) + b'\\n' == line, name
    print(name, len(lines))
";
    let output = python.arg("-c").arg(script).arg(&dist).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[..2], ["bundle.json 1", "manifest.json 1"]);
    assert!(lines[2].strip_prefix("bundle.ndjson ").unwrap().parse::<usize>().unwrap() > 100, "{said}");
    // The real bundle is sound by itself, also in a folder that knows no catalog.
    let ran = nocere(["verify", "dist"]).at(out.path()).run();
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.contains("`dist` is sound: low-back"), "{}", ran.stdout);
}
