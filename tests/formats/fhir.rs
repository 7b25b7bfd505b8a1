//! `fhir.resources` parses every resource, and the script compares them with the canonical JSON.

use std::{fs, path::Path, process::Command};

use serde_json::{Value, json};

use crate::{
    bundle,
    common::{Folder, consumer},
    list, real, script, succeed,
};

pub(crate) fn check(fhir: &Path, canonical: &Path) -> Option<Command> {
    let mut python = consumer::python()?;
    python.arg(script("check_fhir.py")).arg(fhir).arg(canonical);
    Some(python)
}

#[test]
fn an_independent_reader_takes_every_resource() {
    let Some(mut check) = check(&real().join("bundle.fhir.json"), &real().join("bundle.json")) else {
        return;
    };
    let counted: Value = serde_json::from_str(&succeed(&mut check)).unwrap();
    let bundle = bundle(real());
    let contraindications: usize =
        list(&bundle, "exercises").iter().map(|exercise| list(exercise, "contraindications").len()).sum();
    assert!(contraindications > 200, "{contraindications}");
    assert_eq!(
        counted,
        json!({
            "ActivityDefinition": list(&bundle, "exercises").len(),
            "Citation": list(&bundle, "sources").len(),
            "ClinicalUseDefinition": contraindications,
            "CodeSystem": 7,
            "Group": list(&bundle, "conditions").len(),
            "Library": list(&bundle, "routines").len(),
            "PlanDefinition": list(&bundle, "routines").len(),
            "Questionnaire": list(&bundle, "screenings").len(),
        })
    );
}

#[test]
fn drafts_say_so() {
    let fhir = fs::read_to_string(real().join("bundle.fhir.json")).unwrap();
    let fhir: Value = serde_json::from_str(&fhir).unwrap();
    for entry in list(&fhir, "entry") {
        let resource = &entry["resource"];
        match resource["resourceType"].as_str().unwrap() {
            "Group" => {}
            "ClinicalUseDefinition" => assert_eq!(resource["status"]["coding"][0]["code"], "draft"),
            _ => {
                assert_eq!((&resource["status"], &resource["experimental"]), (&json!("draft"), &json!(true)))
            }
        }
    }
}

/// The reader is worth asking: it refuses what is wrong.
#[test]
fn the_reader_refuses_what_is_wrong() {
    let text = fs::read_to_string(real().join("bundle.fhir.json")).unwrap();
    for (right, wrong, complaint) in [
        (r#""relationship":"after""#, r#""relationship":"behind""#, "behind is none of"),
        (r#""requiredBehavior":"could""#, r#""requiredBehaviour":"could""#, "Extra inputs are not permitted"),
        (r#""reference":"Group/sciatica""#, r#""reference":"Group/sciatic""#, "Group/sciatic"),
        (r#""type":"contraindication""#, r#""type":"warning""#, "AssertionError"),
        (r#""targetId":"step-1-1""#, r#""targetId":"step-1-2""#, "AssertionError"),
    ] {
        assert!(text.contains(right), "{right}");
        let folder = Folder::new();
        folder.write("bundle.fhir.json", text.replacen(right, wrong, 1));
        let broken = folder.path().join("bundle.fhir.json");
        let Some(mut check) = check(&broken, &real().join("bundle.json")) else { return };
        let output = check.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.contains(complaint), "{wrong}: {said}");
    }
}
