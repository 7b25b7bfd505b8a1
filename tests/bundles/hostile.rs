//! Names and texts that mean harm come out inert in every format that there is: as the text that they are.

use std::fs;

use serde_json::Value;

use super::{change, content, export, exported, nocere, tiny, verify};
use crate::common::consumer;

/// As a double-quoted text of YAML.
const WRITTEN: &str = r#""</script><script>alert(1)</script><img src=x onerror=alert(2)> & \"q\" 'it''s'); DROP TABLE exercises;-- ]]> {{7*7}} ${x} `id` \e[31m\a\0 \u2028 \u202Egnp.exe =1+1""#;
const MEANT: &str = "</script><script>alert(1)</script><img src=x onerror=alert(2)> & \"q\" 'it''s'); DROP TABLE exercises;-- ]]> {{7*7}} ${x} `id` \u{1b}[31m\u{7}\0 \u{2028} \u{202e}gnp.exe =1+1";

/// Every text below a value.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(object) => object.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn hostile_text_is_text_in_every_format() {
    let folder = tiny();
    change(
        &folder,
        "catalog/nocere.toml",
        "name = \"Tiny\"",
        &format!("name = {}", WRITTEN.replace("\\a", "\\u0007").replace("\\0", "\\u0000")),
    );
    for (path, old) in [
        ("exercises/toe-touch.yaml", "name: Toe touch"),
        ("exercises/toe-touch.yaml", "summary: Fold forward."),
        ("routines/morning.yaml", "name: Morning"),
        ("conditions/disc.yaml", "name: Disc trouble"),
    ] {
        let key = old.split(':').next().unwrap();
        change(&folder, &format!("catalog/{path}"), old, &format!("{key}: {WRITTEN}"));
    }
    change(&folder, "catalog/exercises/toe-touch.yaml", "Stand up.", WRITTEN);
    change(&folder, "catalog/exercises/toe-touch.yaml", "Leave it out while the disc is sore.", WRITTEN);
    change(&folder, "catalog/screenings/check.yaml", "A few questions.", WRITTEN);
    change(&folder, "catalog/sources/book.yaml", "A book", WRITTEN);
    let dist = export(&folder);
    for (path, bytes) in content(&dist) {
        let ending = path.rsplit('.').next().unwrap();
        if matches!(ending, "sqlite" | "sqlite3" | "db") {
            database(&dist.join(&path));
            continue;
        }
        if matches!(ending, "png" | "woff2" | "ico") {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap_or_else(|_| panic!("{path} is text"));
        let raw = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t'));
        assert_eq!(raw, None, "{path} holds a control character as it is");
        if matches!(ending, "json" | "ndjson") {
            let lines: Vec<&str> = if ending == "json" { vec![&text] } else { text.lines().collect() };
            let values: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
            // FHIR allows no control characters in its texts.
            let exact = matches!(&*path, "bundle.json" | "bundle.ndjson");
            let means =
                |text: &str| text == MEANT || (!exact && text.contains("alert(1)</script><img src=x"));
            let found = values.iter().flat_map(texts).any(means);
            assert!(found || path == "manifest.json", "{path} says something else than what was written");
        } else {
            for live in ["<script>alert(1)", "<img src=x", "onerror=alert(2)>", "\u{202e}"] {
                assert!(!text.contains(live), "{path} holds {live:?}, which a browser would act on");
            }
        }
    }
    let ran = verify(&dist, &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
}

/// The text is in the database, and the tables are still there.
fn database(path: &std::path::Path) {
    let Some(mut python) = consumer::python() else { return };
    let script = "
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
tables = [name for (name,) in database.execute(\"select name from sqlite_master where type = 'table'\")]
assert len(tables) > 3, tables
meant = open(sys.argv[2], encoding='utf-8', newline='').read()
found = any(isinstance(cell, str) and cell.startswith(meant) for table in tables for row in database.execute('select * from \"' + table + '\"') for cell in row)
assert found, tables
";
    let meant = path.with_file_name("../meant.txt");
    // SQLite's own tools end a text at a null byte, so what stands before the first control character is looked for.
    fs::write(&meant, MEANT.split('\u{1b}').next().unwrap()).unwrap();
    let output = python.arg("-c").arg(script).arg(path).arg(&meant).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A bundle can come from anybody: what it says takes control of no terminal.
#[test]
fn what_is_printed_about_a_bundle_is_inert() {
    let folder = tiny();
    let dist = exported(&folder, &[]);
    fs::write(dist.join("\u{1b}[2J\u{202e}name"), "x").unwrap();
    let bundle = fs::read_to_string(dist.join("bundle.json")).unwrap();
    fs::write(dist.join("bundle.json"), bundle.replace("\"Tail tuck\"", "\"\\u001b[31mTail\"")).unwrap();
    super::reseal(&dist, "bundle.json");
    let ran = verify(&dist, &[]);
    assert_eq!(ran.code, Some(1));
    for said in [&ran.stderr, &nocere(["export", "catalog", "--out", "dist"]).at(folder.path()).run().stderr]
    {
        assert!(!said.contains(['\u{1b}', '\u{202e}']), "{said:?}");
        assert!(said.contains("[2J"), "{said:?}");
    }
}
