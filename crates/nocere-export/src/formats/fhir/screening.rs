//! A screening becomes a `Questionnaire`: red flags, then conditions.

use nocere_model::{
    RedFlag,
    bundle::{ConditionQuestion, Screening},
};
use serde_json::{Value, json};

use super::{
    Space, extension,
    values::{icd, markdown, narrative, text},
    vocabulary::Vocabulary,
    with,
};

pub(super) fn questionnaire(space: &Space<'_>, screening: &Screening) -> Value {
    let (name, notice) = (screening.name.as_str(), space.bundle.review.notice.as_str());
    let sources = screening.sources.iter().map(|id| space.canonical("Citation", id.as_str()));
    let flags: Vec<Value> = screening.red_flags.iter().flat_map(|flag| red_flag(space, flag)).collect();
    let conditions: Vec<Value> = screening.conditions.iter().map(|one| condition(space, one)).collect();
    // The second part opens only when every red flag was answered with no.
    let no = |flag: &RedFlag| json!({ "question": flag_id(flag), "operator": "=", "answerBoolean": false });
    let all_no: Vec<Value> = screening.red_flags.iter().map(no).collect();
    let mut items = vec![
        json!({ "linkId": "intro", "text": text(screening.intro.as_str()), "type": "display" }),
        json!({ "linkId": "notice", "text": text(notice), "type": "display" }),
    ];
    if !flags.is_empty() {
        items.push(json!({ "linkId": "red-flags", "text": "Red flags", "type": "group", "item": flags }));
    }
    if !conditions.is_empty() {
        items.push(json!({
            "linkId": "conditions",
            "text": "Conditions",
            "type": "group",
            "enableBehavior": (!all_no.is_empty()).then_some("all"),
            "enableWhen": all_no,
            "item": conditions,
        }));
    }
    with(
        space.head("Questionnaire", "screening", screening.id.as_str(), name, None),
        json!({
            "text": narrative(&[name, screening.intro.as_str(), notice]),
            "extension": sources.map(|source| extension("source", "valueCanonical", source)).collect::<Vec<_>>(),
            "description": markdown(screening.intro.as_str()),
            "subjectType": ["Patient"],
            "item": items,
        }),
    )
}

fn flag_id(flag: &RedFlag) -> String {
    format!("red-flag.{}", flag.id)
}

/// The question, and what a yes is told: stop, where to go, how soon.
fn red_flag(space: &Space<'_>, flag: &RedFlag) -> [Value; 2] {
    let id = flag_id(flag);
    let mut extensions = vec![
        extension("urgency", "valueCode", json!(flag.urgency)),
        extension("sign-of", "valueString", text(flag.because.as_str())),
    ];
    extensions.extend(flag.grade.map(|grade| extension("grade", "valueCode", json!(grade))));
    let sources = flag.sources.iter().map(|id| space.canonical("Citation", id.as_str()));
    extensions.extend(sources.map(|source| extension("source", "valueCanonical", source)));
    let question = json!({
        "extension": extensions,
        "linkId": id,
        "code": coded(Vocabulary::RedFlag.coding(space, flag.id.as_str(), flag.name.as_str()), icd(&flag.codes)),
        "text": text(flag.ask.as_str()),
        "type": "boolean",
        "required": true,
    });
    let answer = json!({
        "extension": [extension("ends-screening", "valueBoolean", true)],
        "linkId": format!("{id}.say"),
        "text": text(flag.say.as_str()),
        "type": "display",
        "enableWhen": [{ "question": id, "operator": "=", "answerBoolean": true }],
    });
    [question, answer]
}

fn condition(space: &Space<'_>, one: &ConditionQuestion) -> Value {
    json!({
        "linkId": format!("condition.{}", one.id),
        "code": coded(Vocabulary::Condition.coding(space, one.id.as_str(), one.name.as_str()), icd(&one.codes)),
        "text": text(one.ask.as_str()),
        "type": "boolean",
        "required": true,
    })
}

fn coded(own: Value, public: Vec<Value>) -> Vec<Value> {
    std::iter::once(own).chain(public).collect()
}
