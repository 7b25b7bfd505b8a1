//! Python's `sqlite3` asks the queries of `docs/sqlite.md` for every audience of every routine.

use std::{fs, path::Path, process::Command};

use serde_json::Value;

use crate::{
    bundle,
    common::{consumer, nocere, workspace},
    list, real, script, succeed,
};

pub(crate) fn check(database: &Path, canonical: &Path) -> Option<Command> {
    let mut python = consumer::python()?;
    python.arg(script("check_sqlite.py")).args([database, canonical]).arg(workspace().join("docs/sqlite.md"));
    Some(python)
}

#[test]
fn one_query_shows_every_audience_what_the_table_says() {
    let Some(mut check) = check(&real().join("bundle.sqlite"), &real().join("bundle.json")) else { return };
    let answers: Value = serde_json::from_str(&succeed(&mut check)).unwrap();
    let bundle = bundle(real());
    for routine in list(&bundle, "routines") {
        let id = routine["id"].as_str().unwrap();
        let audiences = list(&routine["adaptations"], "audiences");
        assert_eq!(list(&answers, id).len(), audiences.len(), "{id}");
        // Each answer must be the one of `nocere adapt` too; one call takes long, so the last audience stands for all.
        let last = list(&answers, id).last().unwrap();
        let conditions = list(last, "conditions").iter().map(|condition| condition.as_str().unwrap());
        let mut arguments = vec!["adapt", id, "--format", "json"];
        arguments.extend(conditions.flat_map(|condition| ["--condition", condition]));
        arguments.extend(["--catalog", "catalog/low-back"]);
        let adapted = nocere(arguments).run().json();
        let places = list(&adapted, "places").iter().filter(|_| list(&adapted, "faults").is_empty());
        let shown: Vec<&Value> = places.filter_map(|place| place["shown"].get("exercise")).collect();
        assert_eq!(shown, list(last, "exercises").iter().collect::<Vec<_>>(), "{id}");
    }
}

#[test]
fn the_file_says_what_it_is() {
    let bytes = fs::read(real().join("bundle.sqlite")).unwrap();
    assert!(bytes.starts_with(b"SQLite format 3\0"));
    assert_eq!(&bytes[68..72], b"noce");
    assert_eq!(&bytes[60..64], 1_u32.to_be_bytes());
    assert_eq!(&bytes[18..20], [1, 1], "no write-ahead log");
}

#[test]
fn the_readme_shows_the_query_that_is_tested() {
    let read = |path: &str| fs::read_to_string(workspace().join(path)).unwrap();
    let (readme, docs) = (read("README.md"), read("docs/sqlite.md"));
    let query = docs.split("```sql\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert!(query.len() > 300 && readme.contains(query));
}
