//! `fhir`: the bundle as one FHIR R5 Bundle. `docs/fhir.md` says what becomes what, and what has no place there.

mod exercise;
mod restriction;
mod routine;
mod screening;
mod source;
mod values;
mod vocabulary;

use nocere_model::{Bundle, Review, ReviewStatus};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{Export, Format, Named};

pub(super) const FORMAT: Format =
    Format { name: "fhir", about: "an HL7 FHIR R5 Bundle, for hospital systems", files };

/// Where the extensions are named. `.invalid` is never anybody's address.
const EXTENSIONS: &str = "https://nocere.invalid/fhir/StructureDefinition/";

fn files(export: &Export) -> Result<Vec<Named>, String> {
    let bundle = &export.bundle;
    let space = Space { bundle, base: format!("https://nocere.invalid/fhir/{}", bundle.catalog.id) };
    let head = json!({
        "resourceType": "Bundle",
        "id": id(&[&bundle.catalog.id]),
        "language": bundle.catalog.language,
        "identifier": { "system": "https://nocere.invalid/fhir", "value": space.versioned(&bundle.catalog.id) },
        "type": "collection",
    });
    let mut bytes = serde_json::to_vec(&head).map_err(|error| error.to_string())?;
    // One entry a line, written as it is made: a large bundle never stands in memory as a tree.
    bytes.pop();
    bytes.extend_from_slice(b",\"entry\":[");
    for (at, resource) in resources(&space)?.enumerate() {
        bytes.extend_from_slice(if at == 0 { b"\n" } else { b",\n" });
        let url = space.url(named(&resource, "resourceType"), named(&resource, "id"));
        let entry = json!({ "fullUrl": url, "resource": values::pruned(resource) });
        serde_json::to_writer(&mut bytes, &entry).map_err(|error| error.to_string())?;
    }
    bytes.extend_from_slice(b"\n]}\n");
    Ok(vec![("bundle.fhir.json", bytes)])
}

fn resources<'s>(space: &'s Space<'_>) -> Result<impl Iterator<Item = Value> + 's, String> {
    let bundle = space.bundle;
    let tables = bundle.routines.iter().map(|routine| routine::table(space, routine));
    let tables: Vec<Value> = tables.collect::<Result<_, _>>()?;
    Ok(bundle
        .routines
        .iter()
        .map(|routine| routine::plan(space, routine))
        .chain(tables)
        .chain(bundle.screenings.iter().map(|screening| screening::questionnaire(space, screening)))
        .chain(bundle.exercises.iter().map(|exercise| exercise::activity(space, exercise)))
        .chain(bundle.exercises.iter().flat_map(|exercise| restriction::restrictions(space, exercise)))
        .chain(bundle.conditions.iter().map(|condition| restriction::people_with(space, condition)))
        .chain(bundle.sources.iter().map(|source| source::citation(space, source)))
        .chain(vocabulary::code_systems(space)))
}

fn named<'v>(resource: &'v Value, key: &str) -> &'v str {
    resource[key].as_str().unwrap_or_default()
}

/// A bundle, and where its resources are named.
struct Space<'b> {
    bundle: &'b Bundle,
    base: String,
}

impl Space<'_> {
    fn url(&self, kind: &str, id: &str) -> String {
        format!("{}/{kind}/{id}", self.base)
    }

    fn versioned(&self, name: &str) -> String {
        format!("{name}|{}", self.bundle.catalog.version)
    }

    /// A canonical reference to this very version.
    fn canonical(&self, kind: &str, name: &str) -> String {
        self.versioned(&self.url(kind, &id(&[name])))
    }

    fn reference(&self, kind: &str, name: &str, display: &str) -> Value {
        json!({ "reference": format!("{kind}/{}", id(&[name])), "display": values::text(display) })
    }

    /// What every resource with a canonical url says of itself. `what` is our word for it.
    fn head(
        &self,
        kind: &str,
        what: &str,
        name: &str,
        title: &str,
        review: Option<&Review>,
    ) -> Map<String, Value> {
        let id = id(&[name]);
        let status = review.map_or(self.bundle.review.status, |review| review.status);
        let head = json!({
            "resourceType": kind,
            "id": id,
            "language": self.bundle.catalog.language,
            "text": values::narrative(&[title, self.bundle.review.notice.as_str()]),
            "url": self.url(kind, &id),
            "identifier": [self.identifier(what, name)],
            "version": self.bundle.catalog.version,
            "name": computer_name(what, name),
            "title": values::text(title),
            "status": self::status(status),
            "experimental": status == ReviewStatus::Draft,
            "approvalDate": review.and_then(|review| review.on),
            "lastReviewDate": review.and_then(|review| review.on),
            "effectivePeriod": review.and_then(|review| review.until).map(|until| json!({ "end": until })),
        });
        match head {
            Value::Object(head) => head,
            _ => Map::new(),
        }
    }

    /// The id that the bundle itself uses; a resource's own id may be shortened.
    fn identifier(&self, what: &str, name: &str) -> Value {
        json!({ "system": format!("{}/{what}", self.base), "value": name })
    }
}

fn status(status: ReviewStatus) -> &'static str {
    match status {
        ReviewStatus::Draft => "draft",
        ReviewStatus::Reviewed => "active",
    }
}

/// An id as FHIR allows it: at most 64 letters, digits, hyphens and points. A longer one keeps its beginning and ends
/// in a digest of the whole, so that it is stable and no other one's.
fn id(parts: &[&str]) -> String {
    const LONGEST: usize = 64;
    let whole = parts.join(".");
    if whole.len() <= LONGEST
        && whole.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte))
    {
        return whole;
    }
    let digest: String = Sha256::digest(&whole).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let plain = whole.chars().filter(|letter| letter.is_ascii_alphanumeric() || "-.".contains(*letter));
    let start: String = plain.take(LONGEST - digest.len() - 1).collect();
    format!("{start}.{digest}")
}

/// A name as FHIR wants it for generated code: `exercise` and `knee-hug` become `ExerciseKneeHug`.
fn computer_name(what: &str, name: &str) -> String {
    let words = what.split('-').chain(name.split('-'));
    let capital = |word: &str| word[..1].to_ascii_uppercase() + &word[1..];
    words.filter(|word| !word.is_empty() && word.is_ascii()).map(capital).collect()
}

/// A resource's head with the rest of it.
fn with(mut head: Map<String, Value>, body: Value) -> Value {
    if let Value::Object(body) = body {
        head.extend(body);
    }
    Value::Object(head)
}

/// An extension; `docs/fhir.md` lists them. `key` is FHIR's name for the type of its value, such as `valueString`.
fn extension(name: &str, key: &str, value: impl Into<Value>) -> Value {
    let mut object = Map::new();
    object.insert("url".into(), format!("{EXTENSIONS}{name}").into());
    object.insert(key.into(), value.into());
    Value::Object(object)
}

/// An extension with parts of its own.
fn extension_of(name: &str, parts: impl IntoIterator<Item = (&'static str, &'static str, Value)>) -> Value {
    let part = |(name, key, value): (&str, &str, Value)| {
        (!value.is_null()).then(|| {
            let mut object = Map::new();
            object.insert("url".into(), name.into());
            object.insert(key.into(), value);
            Value::Object(object)
        })
    };
    extension(name, "extension", parts.into_iter().filter_map(part).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_fit() {
        assert_eq!(id(&["knee-hug", "sciatica"]), "knee-hug.sciatica");
        let long = "a".repeat(60);
        let (one, other) = (id(&[&long, "sciatica"]), id(&[&long, "pregnancy"]));
        assert_eq!((one.len(), other.len()), (64, 64));
        assert_ne!(one, other);
        assert!(id(&["Ärm_o"]).starts_with("rmo."));
        assert_eq!(computer_name("exercise", "90-90-hip-switch"), "Exercise9090HipSwitch");
    }
}
