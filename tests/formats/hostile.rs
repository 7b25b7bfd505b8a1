//! Texts that try to break out of their place stay texts in every format.

use std::fs;

use serde_json::Value;

use crate::{common::Folder, export, fhir, list, sqlite, succeed};

/// Markup, quotes of every kind, an end of a statement, a null character, a right-to-left override, Markdown.
const EVIL: &str = r#"<script>alert('x')</script> & \"a\" 'b'); DROP TABLE exercise; -- \0 \u202E *c* [d](javascript:e) ]]>"#;

/// 80 letters, the longest id there is.
const LONG: &str = "a-very-long-name-that-goes-on-and-on-until-it-has-reached-the-longest-length-all";

fn catalog() -> Folder {
    let folder = Folder::new();
    let rules = ["placeholder-text", "uncited-limit", "missing-contraindication"];
    let rules: String = rules.iter().map(|rule| format!("{rule} = \"off\"\n")).collect();
    folder.write(
        "nocere.toml",
        format!(
            "[catalog]\nid = \"hostile\"\nname = \"{}\"\nversion = \"1.0.0\"\npacks = []\n[rules]\n{rules}",
            EVIL.replace("\\0", "").replace("'", "’")
        ),
    );
    let texts = [
        (
            "source",
            "book",
            "title: \"EVIL\", source-kind: trial, grade: B, says: \"EVIL\", locator: \"EVIL\"",
        ),
        ("demand", "bend", "name: \"EVIL\", group: motion, definition: \"EVIL\""),
        ("target", "back", "name: \"EVIL\", definition: \"EVIL\""),
        ("equipment", "mat", "name: \"EVIL\", substitute: \"EVIL\""),
        (
            "condition",
            LONG,
            "name: \"EVIL\", ask: \"EVIL\", codes: {icd-10-cm: [M54.3-]}, limits: [{demand: bend, level: avoid, because: \"EVIL\", until: \"EVIL\", grade: B, sources: [book]}]",
        ),
        (
            "red-flag",
            "numb",
            "name: \"EVIL\", ask: \"EVIL\", urgency: emergency, say: \"EVIL\", because: \"EVIL\", grade: B, sources: [book]",
        ),
        (
            "screening",
            "check",
            "name: \"EVIL\", intro: \"EVIL\", red-flags: [numb], conditions: [LONG], sources: [book]",
        ),
        (
            "exercise",
            LONG,
            "name: \"EVIL\", technique: stretch, targets: [back], demands: [bend], equipment: [mat], summary: \"EVIL\", description: \"EVIL\", steps: [\"EVIL\"], feel: {expect: [\"EVIL\"], stop: [\"EVIL\"]}, dosage: {reps: 10}, contraindications: [{condition: LONG, level: avoid, say: \"EVIL\"}], alternatives: [rest], sources: [book]",
        ),
        (
            "exercise",
            "rest",
            "name: \"Rest EVIL\", technique: stretch, targets: [back], demands: [], no-demands-because: \"EVIL\", steps: [\"EVIL\"], feel: {stop: [\"EVIL\"]}, dosage: {time: 1 min}, sources: [book]",
        ),
        (
            "routine",
            "evening",
            "name: \"EVIL\", summary: \"EVIL\", screening: check, blocks: [{title: \"EVIL\", note: \"EVIL\", exercises: [{use: LONG, note: \"EVIL\"}]}], stop: [\"EVIL\"], sources: [book]",
        ),
    ];
    for (kind, id, rest) in texts {
        let rest = rest.replace("EVIL", EVIL).replace("LONG", LONG);
        folder.write(&format!("{kind}/{id}.yaml"), format!("{{kind: {kind}, id: {id}, {rest}}}"));
    }
    folder
}

#[test]
fn texts_stay_texts() {
    let (catalog, out) = (catalog(), Folder::new());
    export(catalog.path(), out.path());
    let file = |name: &str| out.path().join(name);
    let json: Value = serde_json::from_slice(&fs::read(file("bundle.json")).unwrap()).unwrap();
    let name = json["routines"][0]["name"].as_str().unwrap();
    assert!(name.contains('\0') && name.contains('\u{202e}') && name.contains("DROP TABLE"), "{name:?}");

    let text = fs::read_to_string(file("bundle.fhir.json")).unwrap();
    let fhir: Value = serde_json::from_str(&text).unwrap();
    assert!(list(&fhir, "entry").len() > 10);
    for entry in list(&fhir, "entry") {
        let resource = &entry["resource"];
        // What is shown as HTML holds only the paragraphs that we wrote.
        let div = resource["text"]["div"].as_str().unwrap();
        let tags: Vec<&str> = div.split('<').skip(1).map(|part| part.split('>').next().unwrap()).collect();
        let ours =
            |tag: &&str| ["p", "/p", "/div", "div xmlns=\"http://www.w3.org/1999/xhtml\""].contains(tag);
        assert!(tags.iter().all(ours), "{tags:?}");
        // What is shown as Markdown has no bare markup.
        for key in ["description", "usage"] {
            let markdown = resource[key].as_str().unwrap_or_default().replace("\\<", "");
            assert!(!markdown.contains('<'), "{key}: {markdown}");
        }
    }
    assert!(!text.contains("\\u0000"), "FHIR allows no control characters");

    if let Some(mut check) = fhir::check(&file("bundle.fhir.json"), &file("bundle.json")) {
        succeed(&mut check);
    }
    if let Some(mut check) = sqlite::check(&file("bundle.sqlite"), &file("bundle.json")) {
        succeed(&mut check);
    }
}
