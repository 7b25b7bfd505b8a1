//! A routine becomes a `PlanDefinition`, and its table of adaptations a `Library`.

use base64::{Engine, engine::general_purpose::STANDARD};
use nocere_model::{
    Prose,
    bundle::{Block, Routine, Step},
};
use serde_json::{Value, json};

use super::{
    Space, extension, source,
    values::{dose, dose_in_words, markdown, narrative, paragraphs, text, timing, without_html},
    with,
};

fn table_name(routine: &Routine) -> String {
    format!("adaptations-{}", routine.id)
}

pub(super) fn plan(space: &Space<'_>, routine: &Routine) -> Value {
    let table = space.canonical("Library", &table_name(routine));
    let summary = routine.summary.as_ref().map_or("", Prose::as_str);
    let description = routine.description.as_ref().map_or("", Prose::as_str);
    let name = routine.name.as_str();
    let stop = routine.stop.iter().map(|sign| extension("stop-sign", "valueString", text(sign.as_str())));
    let mut related = source::citations(space, &routine.sources);
    related.extend(routine.rules.iter().map(|rule| {
        let because = rule.because.as_ref().map_or("", Prose::as_str);
        json!({ "type": "documentation", "display": text(rule.say.as_str()), "citation": markdown(because) })
    }));
    with(
        space.head("PlanDefinition", "routine", routine.id.as_str(), name, Some(&routine.review)),
        json!({
            "text": narrative(&[name, summary, USE_THE_TABLE, space.bundle.review.notice.as_str()]),
            "extension": stop.collect::<Vec<_>>(),
            // Not to be ignored: without the table, people would be shown what harms them.
            "modifierExtension": [extension("adaptations", "valueCanonical", table.clone())],
            "type": { "coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/plan-definition-type",
                "code": "clinical-protocol",
            }] },
            "description": paragraphs([markdown(summary), without_html(description)]),
            "usage": usage(space, routine),
            "reviewer": source::reviewer(&routine.review),
            "relatedArtifact": related,
            "library": [table],
            "action": actions(space, routine),
        }),
    )
}

const USE_THE_TABLE: &str = "Ask the screening first. What a person with conditions is shown stands in the table of \
                             adaptations; the actions here are for people without any of them.";

fn usage(space: &Space<'_>, routine: &Routine) -> String {
    let mut lines = vec![USE_THE_TABLE.to_owned()];
    if !routine.stop.is_empty() {
        lines.push("\nStop the whole routine and ask for help:\n".into());
        lines.extend(routine.stop.iter().map(|sign| format!("- {}", markdown(sign.as_str()))));
    }
    lines.push(format!("\n{}", markdown(space.bundle.review.notice.as_str())));
    lines.join("\n")
}

/// The screening, then the routine with its blocks. Each step comes after the one before it, also across blocks.
fn actions(space: &Space<'_>, routine: &Routine) -> Vec<Value> {
    let screening = routine.screening.as_ref().map(|screening| {
        json!({
            "id": "screening",
            "linkId": "screening",
            "title": text(screening.name.as_str()),
            "definitionCanonical": space.canonical("Questionnaire", screening.id.as_str()),
        })
    });
    let mut before = None;
    let blocks = routine.blocks.iter().enumerate().map(|(at, block)| group(space, at, block, &mut before));
    let whole = json!({
        "id": "routine",
        "linkId": "routine",
        "title": text(routine.name.as_str()),
        "relatedAction": screening.as_ref().map(|_| after("screening")),
        "timingTiming": timing(routine.sessions.as_ref(), routine.seconds),
        "groupingBehavior": "logical-group",
        "action": blocks.collect::<Vec<_>>(),
    });
    screening.into_iter().chain([whole]).collect()
}

fn group(space: &Space<'_>, at: usize, block: &Block, before: &mut Option<String>) -> Value {
    let id = format!("block-{}", at + 1);
    let steps = block.steps.iter().enumerate().map(|(place, step)| {
        let id = format!("step-{}-{}", at + 1, place + 1);
        let action = action(space, &id, step, before.as_deref());
        *before = Some(id);
        action
    });
    json!({
        "id": id,
        "linkId": id,
        "prefix": (at + 1).to_string(),
        "title": text(block.title.as_str()),
        "description": block.note.as_ref().map(|note| markdown(note.as_str())),
        "groupingBehavior": "visual-group",
        "action": steps.collect::<Vec<_>>(),
    })
}

fn action(space: &Space<'_>, id: &str, step: &Step, before: Option<&str>) -> Value {
    let words = step.dosage.as_ref().map(dose_in_words).unwrap_or_default();
    let note = step.note.as_ref().map_or("", Prose::as_str);
    json!({
        "id": id,
        "extension": step.dosage.as_ref().map(|dosage| [dose(dosage)]),
        "linkId": id,
        "title": text(step.exercise.name.as_str()),
        "textEquivalent": paragraphs([markdown(&words), markdown(note)]),
        "relatedAction": before.map(after),
        "timingTiming": timing(step.dosage.as_ref().and_then(|dose| dose.sessions.as_ref()), step.seconds),
        // Never `must`: the table leaves steps out for those whom they would harm.
        "requiredBehavior": step.optional.then_some("could"),
        "definitionCanonical": space.canonical("ActivityDefinition", step.exercise.id.as_str()),
    })
}

fn after(id: &str) -> Value {
    json!([{ "targetId": id, "relationship": "after" }])
}

/// The table of adaptations, as it stands in the canonical JSON.
pub(super) fn table(space: &Space<'_>, routine: &Routine) -> Result<Value, String> {
    let json = serde_json_canonicalizer::to_vec(&routine.adaptations).map_err(|error| error.to_string())?;
    let title = format!("{}: who is shown what", routine.name);
    let head = space.head("Library", "adaptations", &table_name(routine), &title, Some(&routine.review));
    Ok(with(
        head,
        json!({
            "type": { "coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/library-type",
                "code": "logic-library",
            }] },
            "description": HOW_TO_READ,
            "content": [{ "contentType": "application/json", "data": STANDARD.encode(json) }],
        }),
    ))
}

const HOW_TO_READ: &str = "The key `adaptations` of this routine in the canonical JSON of nocere, whose schema is \
                           `bundle.schema.json`. Start at the first audience; for each condition that the person \
                           has, take its number from `conditions` and go to the audience at that place of the \
                           current one's `next`. A condition with the number null changes nothing; for one that is \
                           not listed, show no routine.";
