//! The committed schema makes types for other languages. TypeScript is compiled against the real bundle and run; for
//! Swift and Kotlin no compiler is at hand, so their types are only looked at.

use std::{fs, path::Path, process::Command};

use crate::{
    common::{Folder, consumer, workspace},
    real, succeed,
};

/// Types that a reader of a bundle works with.
const NAMES: &[&str] = &[
    "Bundle",
    "Exercise",
    "Dosage",
    "Amount",
    "Contraindication",
    "Level",
    "Routine",
    "Block",
    "Step",
    "Adaptations",
    "AdaptedStep",
    "Audience",
    "Shown",
    "Screening",
    "RedFlag",
    "Urgency",
    "Condition",
    "Source",
    "ReviewSummary",
];

fn schema() -> std::path::PathBuf {
    workspace().join("schemas/bundle.schema.json")
}

fn quicktype(language: &str, into: &Path) -> Option<String> {
    let mut quicktype = consumer::node("quicktype/dist/index.js")?;
    quicktype.args(["--src-lang", "schema", "--top-level", "Bundle", "--lang", language, "--out"]).arg(into);
    let said = succeed(quicktype.arg(schema()));
    assert!(!said.contains("cannot infer"), "{said}");
    Some(fs::read_to_string(into).unwrap())
}

fn compile(folder: &Folder, file: &str) -> Option<()> {
    let mut tsc = consumer::node("typescript/bin/tsc")?;
    tsc.args(["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", file]);
    succeed(tsc.current_dir(folder.path()));
    Some(())
}

#[test]
fn typescript_takes_the_real_bundle() {
    let Some(mut generator) = consumer::node("json-schema-to-typescript/dist/src/cli.js") else { return };
    let folder = Folder::new();
    succeed(
        generator
            .args(["--input".as_ref(), schema().as_os_str()])
            .arg("--output")
            .arg(folder.path().join("types.ts")),
    );
    let types = fs::read_to_string(folder.path().join("types.ts")).unwrap();
    for name in NAMES {
        let declared = [format!("export interface {name} {{"), format!("export type {name} =")];
        assert!(declared.iter().any(|words| types.contains(words)), "{name}");
        assert!(!types.contains(&format!(" {name}1 ")), "{name} is declared twice");
    }
    let bundle = fs::read_to_string(real().join("bundle.json")).unwrap();
    // Written as a constant, so that the compiler sees every value.
    let typed = |bundle: &str| {
        format!("import type {{ Bundle }} from \"./types.js\";\nexport const bundle: Bundle = {bundle};\n")
    };
    folder.write("bundle.ts", typed(&bundle));
    let Some(()) = compile(&folder, "bundle.ts") else { return };
    // It would see a mistake.
    let wrong = bundle.replacen("\"level\":\"avoid\"", "\"level\":\"avoids\"", 1);
    assert_ne!(wrong, bundle);
    folder.write("bundle.ts", typed(&wrong));
    let mut tsc = consumer::node("typescript/bin/tsc").unwrap();
    tsc.args(["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "bundle.ts"]);
    let output = tsc.current_dir(folder.path()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success() && said.contains("\"avoids\""), "{said}");
}

#[test]
fn quicktypes_reader_takes_the_real_bundle() {
    let folder = Folder::new();
    let Some(_) = quicktype("typescript", &folder.path().join("bundle.ts")) else { return };
    let Some(mut tsc) = consumer::node("typescript/bin/tsc") else { return };
    tsc.args([
        "--strict",
        "--target",
        "es2022",
        "--module",
        "commonjs",
        "--ignoreDeprecations",
        "6.0",
        "bundle.ts",
    ]);
    succeed(tsc.current_dir(folder.path()));
    let read = "const { Convert } = require('./bundle.js');
        const text = require('fs').readFileSync(process.argv[2], 'utf8');
        const bundle = Convert.toBundle(text);
        if (bundle.exercises.length !== JSON.parse(text).exercises.length) throw new Error('exercises are missing');
        try { Convert.toBundle(text.replace('\"level\":\"avoid\"', '\"level\":\"avoids\"')); } catch { process.exit(0); }
        throw new Error('a wrong level was taken');";
    folder.write("read.js", read);
    succeed(Command::new("node").arg(folder.path().join("read.js")).arg(real().join("bundle.json")));
}

#[test]
fn swift_and_kotlin_have_types_of_good_names() {
    let folder = Folder::new();
    for (language, file, kinds) in [
        ("swift", "Bundle.swift", ["struct ", "enum "]),
        ("kotlin", "Bundle.kt", ["data class ", "enum class "]),
    ] {
        let Some(types) = quicktype(language, &folder.path().join(file)) else { return };
        for name in NAMES {
            let declared = |line: &str| {
                let rest = kinds.iter().find_map(|kind| line.strip_prefix(kind));
                rest.is_some_and(|rest| {
                    rest.strip_prefix(name).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
                })
            };
            assert!(types.lines().any(declared), "{language}: {name}");
        }
        assert!(
            !types.contains("JSONAny") && !types.contains("Map<String, Any"),
            "{language}: every value has a type"
        );
    }
}
