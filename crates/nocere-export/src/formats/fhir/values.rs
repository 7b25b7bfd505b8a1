//! FHIR's data types, as far as they are used.

use nocere_model::{
    Codes, Period, Sides,
    bundle::{Amount, Dosage, Frequency, Seconds},
};
use serde_json::{Value, json};

use super::{extension, extension_of};
use crate::formats::printable;

/// Takes out what FHIR forbids: nulls, empty texts, empty lists and objects.
pub(super) fn pruned(value: Value) -> Value {
    let empty = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(object) => object.is_empty(),
        _ => false,
    };
    match value {
        Value::Object(object) => {
            let kept = object.into_iter().map(|(key, value)| (key, pruned(value)));
            Value::Object(kept.filter(|(_, value)| !empty(value)).collect())
        }
        Value::Array(items) => {
            Value::Array(items.into_iter().map(pruned).filter(|value| !empty(value)).collect())
        }
        plain => plain,
    }
}

/// A `string`, without the control characters that FHIR forbids.
pub(super) fn text(text: &str) -> String {
    printable(text).trim().to_owned()
}

/// Plain words as `markdown`: nothing in them is taken for markup.
pub(super) fn markdown(plain: &str) -> String {
    let mut words = String::with_capacity(plain.len());
    for word in printable(plain).split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        for letter in word.chars() {
            if "\\`*_[]<>&~|#".contains(letter) {
                words.push('\\');
            }
            words.push(letter);
        }
    }
    words
}

/// Text that may be Markdown as `markdown`, without HTML.
pub(super) fn without_html(text: &str) -> String {
    printable(text).replace('<', "&lt;")
}

/// Two texts under each other, or the one that is there.
pub(super) fn paragraphs(texts: [String; 2]) -> String {
    texts.join("\n\n").trim().to_owned()
}

/// A generated narrative: one paragraph for each text.
pub(super) fn narrative(paragraphs: &[&str]) -> Value {
    let mut div = String::from("<div xmlns=\"http://www.w3.org/1999/xhtml\">");
    for paragraph in paragraphs.iter().map(|paragraph| text(paragraph)).filter(|text| !text.is_empty()) {
        div.push_str("<p>");
        for letter in paragraph.chars() {
            match letter {
                '<' => div.push_str("&lt;"),
                '>' => div.push_str("&gt;"),
                '&' => div.push_str("&amp;"),
                '"' => div.push_str("&quot;"),
                letter => div.push(letter),
            }
        }
        div.push_str("</p>");
    }
    json!({ "status": "generated", "div": div + "</div>" })
}

pub(super) fn coding(system: &str, code: &str, display: &str) -> Value {
    json!({ "system": system, "code": code, "display": text(display) })
}

/// ICD-10-CM codings. FHIR has no sign for "and every code below"; an extension says it.
pub(super) fn icd(codes: &Codes) -> Vec<Value> {
    let coding = |code: &nocere_model::Icd10Cm| {
        let above = code.as_str().strip_suffix('-');
        json!({
            "extension": above.map(|_| [extension("and-codes-below", "valueBoolean", true)]),
            "system": "http://hl7.org/fhir/sid/icd-10-cm",
            "code": above.unwrap_or(code.as_str()),
        })
    };
    codes.icd_10_cm.iter().map(coding).collect()
}

/// When and how long: how often, and the length of one session.
pub(super) fn timing(sessions: Option<&Frequency>, seconds: Option<Seconds>) -> Option<Value> {
    if sessions.is_none() && seconds.is_none() {
        return None;
    }
    let more = |min: u64, max: u64| (max > min).then_some(max);
    let times = sessions.map(|sessions| sessions.times);
    Some(json!({ "repeat": {
        "duration": seconds.map(|seconds| seconds.min),
        "durationMax": seconds.and_then(|seconds| more(seconds.min, seconds.max)),
        "durationUnit": seconds.map(|_| "s"),
        "frequency": times.map(|times| times.min),
        "frequencyMax": times.and_then(|times| more(times.min.into(), times.max.into())),
        "period": times.map(|_| 1),
        "periodUnit": sessions.map(|sessions| match sessions.per {
            Period::Day => "d",
            Period::Week => "wk",
        }),
    } }))
}

/// A dose in numbers. FHIR's own `Dosage` is for medicines and knows no holds, sets or sides.
pub(super) fn dose(dosage: &Dosage) -> Value {
    let seconds = json!({ "unit": "s", "system": "http://unitsofmeasure.org", "code": "s" });
    let quantity = |value: u32, unit: &Value| {
        let mut quantity = json!({ "value": value });
        if let (Some(quantity), Some(unit)) = (quantity.as_object_mut(), unit.as_object()) {
            quantity.extend(unit.clone());
        }
        quantity
    };
    let range = |amount: &Option<Amount>, unit: &Value| {
        amount.as_ref().map_or(
            Value::Null,
            |amount| json!({ "low": quantity(amount.min, unit), "high": quantity(amount.max, unit) }),
        )
    };
    let count = Value::Null;
    extension_of(
        "dose",
        [
            ("hold", "valueRange", range(&dosage.hold, &seconds)),
            ("time", "valueRange", range(&dosage.time, &seconds)),
            ("repetitions", "valueRange", range(&dosage.reps, &count)),
            ("sets", "valueRange", range(&dosage.sets, &count)),
            ("rest", "valueRange", range(&dosage.rest, &seconds)),
            ("sides", "valueCode", json!(dosage.sides)),
        ],
    )
}

/// A dose in words, for people and for systems that do not know the extension.
pub(super) fn dose_in_words(dosage: &Dosage) -> String {
    let amount = |before: &str, amount: &Option<Amount>, after: &str| {
        amount.as_ref().map(|amount| format!("{before}{}{after}", amount.text))
    };
    let sides = dosage.sides.map(|sides| match sides {
        Sides::Each => "on each side",
        Sides::Alternating => "changing sides, both counted together",
        Sides::One => "on one side only",
    });
    let parts = [
        amount("hold ", &dosage.hold, ""),
        amount("for ", &dosage.time, ""),
        amount("", &dosage.reps, " repetitions"),
        amount("", &dosage.sets, " sets"),
        amount("", &dosage.rest, " rest between sets"),
        sides.map(str::to_owned),
        dosage.sessions.as_ref().map(|sessions| sessions.text.clone()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        let evil = "<script>alert('x')</script> & [a](javascript:b)\u{0} *x*";
        assert_eq!(
            markdown(evil),
            "\\<script\\>alert('x')\\</script\\> \\& \\[a\\](javascript:b)\u{fffd} \\*x\\*"
        );
        let div = narrative(&[evil]);
        let div = div["div"].as_str().unwrap();
        assert!(div.contains("<p>&lt;script&gt;alert('x')&lt;/script&gt; &amp; "), "{div}");
        assert!(!without_html("<b>").contains('<'));
    }

    #[test]
    fn what_is_empty_is_absent() {
        let value = json!({ "a": null, "b": [null, {}], "c": { "d": "" }, "e": [{ "f": 0 }], "g": false });
        assert_eq!(pruned(value), json!({ "e": [{ "f": 0 }], "g": false }));
    }
}
