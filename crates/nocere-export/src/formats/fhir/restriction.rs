//! A contraindication becomes a `ClinicalUseDefinition`; the people it speaks of are a `Group`.

use nocere_model::{
    Level,
    bundle::{Because, Condition, Contraindication, Exercise},
};
use serde_json::{Value, json};

use super::{
    Space, extension, extension_of, id, status,
    values::{icd, markdown, narrative, text},
    vocabulary::Vocabulary,
};

pub(super) fn restrictions<'s>(
    space: &'s Space<'_>,
    exercise: &'s Exercise,
) -> impl Iterator<Item = Value> + 's {
    exercise.contraindications.iter().map(|one| restriction(space, exercise, one))
}

fn restriction(space: &Space<'_>, exercise: &Exercise, one: &Contraindication) -> Value {
    let (exercise_id, condition) = (exercise.id.as_str(), one.condition.as_str());
    let (name, say) = (one.name.as_str(), one.say.as_str());
    let (kind, words) = match one.level {
        Level::Avoid => ("contraindication", "is not for people with"),
        Level::Caution => ("warning", "needs care for people with"),
    };
    let summary = format!("{} {words}: {name}.", exercise.name);
    let mut paragraphs = vec![summary.as_str(), say];
    for until in one.because.iter().filter_map(|row| row.until.as_ref()).map(|until| until.as_str()) {
        if !paragraphs.contains(&until) {
            paragraphs.push(until);
        }
    }
    json!({
        "resourceType": "ClinicalUseDefinition",
        "id": id(&[exercise_id, condition]),
        "language": space.bundle.catalog.language,
        "text": narrative(&paragraphs),
        "extension": extensions(space, one),
        "identifier": [space.identifier("contraindication", &format!("{exercise_id}/{condition}"))],
        "type": kind,
        "subject": [space.reference("ActivityDefinition", exercise_id, exercise.name.as_str())],
        "status": { "coding": [{
            "system": "http://hl7.org/fhir/publication-status",
            "code": status(exercise.review.status),
        }] },
        "contraindication": (one.level == Level::Avoid)
            .then(|| json!({ "diseaseSymptomProcedure": { "concept": concept(space, condition, name) } })),
        "population": [space.reference("Group", condition, name)],
        "warning": (one.level == Level::Caution)
            .then(|| json!({ "description": markdown(say), "code": { "text": text(&summary) } })),
    })
}

fn extensions(space: &Space<'_>, one: &Contraindication) -> Vec<Value> {
    let citation =
        |id: &nocere_model::Id<nocere_model::Source>| Value::from(space.canonical("Citation", id.as_str()));
    let because = |row: &Because| {
        let demand = Vocabulary::Demand.coding(space, row.demand.id.as_str(), row.demand.name.as_str());
        let until = row.until.as_ref().map_or(Value::Null, |until| text(until.as_str()).into());
        let parts = [
            ("demand", "valueCoding", demand),
            ("level", "valueCode", json!(row.level)),
            ("reason", "valueString", text(row.reason.as_str()).into()),
            ("until", "valueString", until),
            ("grade", "valueCode", json!(row.grade)),
        ];
        let sources = row.sources.iter().map(|id| ("source", "valueCanonical", citation(id)));
        extension_of("because", parts.into_iter().chain(sources))
    };
    let mut all = vec![extension("say", "valueString", text(one.say.as_str()))];
    all.extend(one.grade.map(|grade| extension("grade", "valueCode", json!(grade))));
    all.extend(one.because.iter().map(because));
    all.extend(one.sources.iter().map(|id| extension("source", "valueCanonical", citation(id))));
    all
}

/// The condition as this catalog names it, with its codes in public classifications.
fn concept(space: &Space<'_>, condition: &str, name: &str) -> Value {
    let conditions = &space.bundle.conditions;
    let found = conditions.binary_search_by(|one| one.id.as_str().cmp(condition));
    let codes = found.ok().and_then(|at| conditions.get(at)).map(|one| icd(&one.codes));
    let mut coding = vec![Vocabulary::Condition.coding(space, condition, name)];
    coding.extend(codes.unwrap_or_default());
    json!({ "coding": coding, "text": text(name) })
}

pub(super) fn people_with(space: &Space<'_>, condition: &Condition) -> Value {
    let name = condition.name.as_str();
    json!({
        "resourceType": "Group",
        "id": id(&[condition.id.as_str()]),
        "language": space.bundle.catalog.language,
        "text": narrative(&[name, condition.ask.as_str()]),
        "identifier": [space.identifier("condition", condition.id.as_str())],
        "active": true,
        "type": "person",
        "membership": "definitional",
        "name": text(&format!("People with: {name}")),
        "description": markdown(&format!("People who answer yes to: {}", condition.ask)),
        "characteristic": [{
            "code": { "text": "counts as having" },
            "valueCodeableConcept": concept(space, condition.id.as_str(), name),
            "exclude": false,
        }],
    })
}
