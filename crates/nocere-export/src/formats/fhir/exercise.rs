//! An exercise becomes an `ActivityDefinition`.

use nocere_model::{
    Prose,
    bundle::{Exercise, Reference},
};
use serde_json::{Value, json};

use super::{
    Space, extension, extension_of, source,
    values::{dose, dose_in_words, markdown, narrative, paragraphs, text, timing, without_html},
    vocabulary::Vocabulary,
    with,
};

pub(super) fn activity(space: &Space<'_>, exercise: &Exercise) -> Value {
    let mut topics = vec![Vocabulary::Technique.concept(space, &json!(exercise.technique))];
    topics.extend(exercise.difficulty.map(|level| Vocabulary::Difficulty.concept(space, &json!(level))));
    let names: Vec<&str> = exercise.also_known_as.iter().map(Prose::as_str).collect();
    let summary = exercise.summary.as_ref().map_or("", Prose::as_str);
    let description = exercise.description.as_ref().map_or("", Prose::as_str);
    let sites = exercise
        .targets
        .iter()
        .map(|target| Vocabulary::Target.named(space, target.id.as_str(), target.name.as_str()));
    let head = space.head(
        "ActivityDefinition",
        "exercise",
        exercise.id.as_str(),
        exercise.name.as_str(),
        Some(&exercise.review),
    );
    with(
        head,
        json!({
            "text": narrative(&[exercise.name.as_str(), summary, space.bundle.review.notice.as_str()]),
            "extension": extensions(space, exercise),
            "subtitle": text(&names.join("; ")),
            "description": paragraphs([markdown(summary), without_html(description)]),
            "usage": usage(space, exercise),
            "reviewer": source::reviewer(&exercise.review),
            "topic": topics,
            "relatedArtifact": source::citations(space, &exercise.sources),
            "kind": "ServiceRequest",
            "intent": "proposal",
            "timingTiming": timing(exercise.dosage.as_ref().and_then(|dose| dose.sessions.as_ref()), exercise.seconds),
            "participant": exercise.equipment.iter().map(|thing| json!({
                "type": "device",
                "function": Vocabulary::Equipment.named(space, thing.id.as_str(), thing.name.as_str()),
            })).collect::<Vec<_>>(),
            "bodySite": sites.collect::<Vec<_>>(),
        }),
    )
}

/// Everything that a person needs to do it and to stop in time, as one text.
fn usage(space: &Space<'_>, exercise: &Exercise) -> String {
    let mut lines: Vec<String> = exercise
        .steps
        .iter()
        .enumerate()
        .map(|(at, step)| format!("{}. {}", at + 1, markdown(step.as_str())))
        .collect();
    let mut list = |title: &str, items: Vec<String>| {
        if !items.is_empty() {
            lines.push(format!("\n{title}\n"));
            lines.extend(items.into_iter().map(|item| format!("- {item}")));
        }
    };
    let plain = |texts: &[Prose]| texts.iter().map(|text| markdown(text.as_str())).collect::<Vec<_>>();
    if let Some(feel) = &exercise.feel {
        list("You may feel:", plain(&feel.expect));
        list("Stop when you notice:", plain(&feel.stop));
    }
    let things = exercise.equipment.iter().map(|thing| match &thing.substitute {
        Some(substitute) => format!("{}. {}", markdown(thing.name.as_str()), markdown(substitute.as_str())),
        None => markdown(thing.name.as_str()),
    });
    list("What you need:", things.collect());
    list("How much:", exercise.dosage.iter().map(|dose| markdown(&dose_in_words(dose))).collect());
    let outcomes = exercise.outcomes.iter();
    let outcomes =
        outcomes.map(|found| format!("{} {}", markdown(found.when.as_str()), markdown(found.then.as_str())));
    list("What the result means:", outcomes.collect());
    lines.push(format!("\n{}", markdown(space.bundle.review.notice.as_str())));
    lines.join("\n")
}

fn extensions(space: &Space<'_>, exercise: &Exercise) -> Vec<Value> {
    let activity = |id: &str| Value::from(space.canonical("ActivityDefinition", id));
    let mut all: Vec<Value> = exercise.dosage.iter().map(dose).collect();
    let stop = exercise.feel.iter().flat_map(|feel| &feel.stop);
    all.extend(stop.map(|sign| extension("stop-sign", "valueString", text(sign.as_str()))));
    all.extend(exercise.demands.iter().map(|demand| {
        let coding = Vocabulary::Demand.coding(space, demand.id.as_str(), demand.name.as_str());
        extension("demand", "valueCoding", coding)
    }));
    let mut related = |name: &str, list: &[Reference<nocere_model::Exercise>]| {
        all.extend(list.iter().map(|other| extension(name, "valueCanonical", activity(other.id.as_str()))));
    };
    related("alternative", &exercise.alternatives);
    related("progression", &exercise.progressions);
    related("regression", &exercise.regressions);
    all.extend(exercise.outcomes.iter().map(|outcome| {
        let chosen = outcome.choose.iter().map(|id| ("choose", "valueCanonical", activity(id.as_str())));
        let left = outcome.leave_out.iter().map(|id| ("leave-out", "valueCanonical", activity(id.as_str())));
        let when = ("when", "valueString", text(outcome.when.as_str()).into());
        let then = ("then", "valueString", text(outcome.then.as_str()).into());
        extension_of("outcome", [when, then].into_iter().chain(chosen).chain(left))
    }));
    all
}
