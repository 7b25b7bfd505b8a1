//! Everything that no other part speaks of: words first, then whatever else differs. Both sides are compared as they
//! would be written, so nothing is left out.

use std::collections::{BTreeMap, BTreeSet};

use nocere_model::{Kind, bundle::Routine};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{
    Bump, Change, Group, Section,
    side::{Both, Pair},
    words::codes,
};

pub(crate) fn changes(pair: &Pair<'_>, shown: &[Group], withdrawn: &[Group], told: &[Change]) -> Vec<Change> {
    let mut told: BTreeSet<(Kind, String)> =
        told.iter().filter_map(|change| Some((change.kind?, change.id.clone()))).collect();
    for effect in shown.iter().chain(withdrawn).flat_map(|group| &group.effects) {
        told.insert((Kind::Exercise, effect.exercise.to_string()));
        told.extend(effect.routine.iter().map(|id| (Kind::Routine, id.to_string())));
    }
    let (old, new) = (pair.old, pair.new);
    let mut texts = Texts::default();
    let mut found = Vec::new();
    let mut document = |kind: Kind, id: &str, old: Value, new: Value| {
        let mut leaves = Vec::new();
        compare("", Some(&old), Some(&new), &mut leaves);
        // A name that went with its exercise is told where that is told.
        let mut spoken_of = leaves.iter().all(|leaf| leaf.path.ends_with("/name") && follows(pair, leaf));
        for leaf in leaves {
            if follows(pair, &leaf) {
                continue;
            }
            match route(kind, &leaf.path) {
                Route::Told => {}
                Route::Text => {
                    spoken_of = true;
                    texts.add(kind, id, leaf);
                }
                Route::Other => {
                    spoken_of = true;
                    found.push(other(kind, id, leaf));
                }
            }
        }
        if spoken_of || told.contains(&(kind, id.to_owned())) {
            told.insert((kind, id.to_owned()));
            return;
        }
        told.insert((kind, id.to_owned()));
        let (bump, say) = match kind {
            Kind::Routine => {
                (Bump::None, "works out who is shown what in other steps; nobody is shown more or less")
            }
            _ => (Bump::Minor, "differs in a part that nothing else here speaks of"),
        };
        found.push(Change::new(Section::Other, bump, kind, id, "", say));
    };
    // Definitions come first: what copies their words changes with them.
    each(
        Kind::Condition,
        &Both::of(&old.conditions, &new.conditions, |one| one.id.as_str()),
        json,
        &mut document,
    );
    each(Kind::Demand, &Both::of(&old.demands, &new.demands, |one| one.id.as_str()), json, &mut document);
    each(Kind::Target, &Both::of(&old.targets, &new.targets, |one| one.id.as_str()), json, &mut document);
    each(
        Kind::Equipment,
        &Both::of(&old.equipment, &new.equipment, |one| one.id.as_str()),
        json,
        &mut document,
    );
    each(Kind::Source, &Both::of(&old.sources, &new.sources, |one| one.id.as_str()), json, &mut document);
    each(
        Kind::Screening,
        &Both::of(&old.screenings, &new.screenings, |one| one.id.as_str()),
        json,
        &mut document,
    );
    each(Kind::Exercise, &pair.exercises, json, &mut document);
    each(Kind::Routine, &pair.routines, routine, &mut document);
    found.extend(whole(pair));
    found.extend(texts.changes);
    found
}

fn each<T: PartialEq>(
    kind: Kind,
    both: &Both<'_, T>,
    json: impl Fn(&T) -> Value,
    document: &mut impl FnMut(Kind, &str, Value, Value),
) {
    for (id, old) in &both.old {
        if let Some(new) = both.new.get(id).filter(|new| *new != old) {
            document(kind, id, json(old), json(new));
        }
    }
}

fn json<T: Serialize>(one: &T) -> Value {
    serde_json::to_value(one).unwrap_or_default()
}

/// A routine with its places in one list, so that one that moves to another block is still compared with itself.
fn routine(one: &Routine) -> Value {
    let mut value = json(one);
    if let Some(blocks) = value.get_mut("blocks").and_then(Value::as_array_mut) {
        let mut steps = Vec::new();
        for block in blocks {
            if let Some(Value::Array(own)) =
                block.as_object_mut().and_then(|block| block.shift_remove("steps"))
            {
                steps.extend(own);
            }
        }
        value["steps"] = steps.into();
    }
    value
}

/// A place that differs.
struct Leaf {
    path: String,
    old: Option<Value>,
    new: Option<Value>,
}

fn compare(path: &str, old: Option<&Value>, new: Option<&Value>, leaves: &mut Vec<Leaf>) {
    if old == new {
        return;
    }
    let at = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}/{key}") };
    let empty = Map::new();
    match (old, new) {
        (Some(Value::Object(_)) | None, Some(Value::Object(_))) | (Some(Value::Object(_)), None) => {
            let object = |side: Option<&'_ Value>| {
                side.and_then(Value::as_object).cloned().unwrap_or_else(|| empty.clone())
            };
            let (old, new) = (object(old), object(new));
            let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
            // The words of an amount change with its numbers.
            let amount = ["min", "max", "times", "per"].iter().any(|key| old.get(*key) != new.get(*key));
            for key in keys.into_iter().filter(|key| !(amount && *key == "text")) {
                compare(&at(key), old.get(key), new.get(key), leaves);
            }
        }
        (Some(Value::Array(a)), Some(Value::Array(b))) if a.iter().chain(b).all(Value::is_object) => {
            let (a, b) = (parts(a), parts(b));
            let names =
                |list: &[(String, &Value)]| list.iter().map(|part| part.0.clone()).collect::<Vec<_>>();
            if names(&a) != names(&b) {
                leaves.push(Leaf { path: at("#"), old: Some(json!(names(&a))), new: Some(json!(names(&b))) });
            }
            for (name, part) in &a {
                if let Some((_, other)) = b.iter().find(|other| other.0 == *name) {
                    compare(&at(name), Some(part), Some(other), leaves);
                }
            }
        }
        _ => leaves.push(Leaf { path: path.to_owned(), old: old.cloned(), new: new.cloned() }),
    }
}

/// The parts of a list by what names them, or by their place.
fn parts(list: &[Value]) -> Vec<(String, &Value)> {
    let mut turns: BTreeMap<String, usize> = BTreeMap::new();
    let named = list.iter().enumerate().map(|(at, part)| {
        let text = |pointer: &str| part.pointer(pointer).and_then(Value::as_str);
        let keys = ["/id", "/condition", "/demand", "/demand/id", "/exercise", "/exercise/id", "/source"];
        let name = keys.iter().find_map(|key| text(key)).map_or_else(|| at.to_string(), str::to_owned);
        let turn = turns.entry(name.clone()).or_default();
        *turn += 1;
        (if *turn > 1 { format!("{name}.{turn}") } else { name }, part)
    });
    named.collect()
}

enum Route {
    /// Another part speaks of it.
    Told,
    /// People read it.
    Text,
    /// Nothing else speaks of it.
    Other,
}

/// Keys whose values people read.
const TEXT: &[&str] = &[
    "also-known-as",
    "because",
    "definition",
    "description",
    "expect",
    "intro",
    "name",
    "no-demands-because",
    "no-limits-because",
    "no-routine",
    "note",
    "notice",
    "reason",
    "say",
    "says",
    "steps",
    "substitute",
    "summary",
    "text",
    "then",
    "title",
    "until",
    "when",
];

/// Whether a text only comes or goes with what it belongs to: the words beside an exercise that somebody is shown, and
/// the name of an exercise that one side does not have.
fn follows(pair: &Pair<'_>, leaf: &Leaf) -> bool {
    if leaf.path.starts_with("adaptations/cautions/") {
        return leaf.old.is_none() || leaf.new.is_none();
    }
    let exercise = |id: &str| pair.exercises.old.contains_key(id) && pair.exercises.new.contains_key(id);
    let mut keys = leaf.path.rsplit('/');
    let (last, id, list) = (keys.next(), keys.next(), keys.next());
    let refers = matches!(list, Some("alternatives" | "progressions" | "regressions"));
    last == Some("name") && refers && id.is_some_and(|id| !exercise(id))
}

/// Who speaks of a place in a document.
fn route(kind: Kind, path: &str) -> Route {
    let first = path.split('/').next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    let texts_too = match kind {
        Kind::Exercise => first == "claims" || path == "feel/stop",
        Kind::Routine => matches!(first, "claims" | "stop"),
        Kind::Screening => matches!(last, "ask" | "say"),
        Kind::Condition => path == "ask",
        _ => false,
    };
    if texts_too {
        return Route::Told;
    }
    if first == "adaptations" {
        return match last {
            "complete" => Route::Other,
            "no-routine" => Route::Text,
            _ if path.starts_with("adaptations/cautions/") => Route::Text,
            _ => Route::Told,
        };
    }
    if TEXT.contains(&last) {
        return Route::Text;
    }
    let told: &[&str] = match kind {
        Kind::Exercise => &["contraindications", "demands", "dosage", "seconds", "laterality"],
        Kind::Routine => &["blocks", "steps", "rules", "seconds", "stated-duration", "sessions", "screening"],
        Kind::Screening => &["red-flags", "conditions"],
        Kind::Condition => &["limits"],
        _ => &[],
    };
    let codes = path.split('/').any(|key| key == "codes");
    if told.contains(&first) && !codes { Route::Told } else { Route::Other }
}

fn other(kind: Kind, id: &str, leaf: Leaf) -> Change {
    let field = leaf.path.trim_end_matches("/#").to_owned();
    let say = differs(&field, leaf.old.as_ref(), leaf.new.as_ref());
    let mut change = Change::new(Section::Other, Bump::Minor, kind, id, field, say);
    (change.before, change.after) = (leaf.old, leaf.new);
    change
}

fn differs(field: &str, old: Option<&Value>, new: Option<&Value>) -> String {
    let list = |value: Option<&Value>| match value {
        Some(Value::Array(list)) => Some(list.iter().map(plain).collect::<Vec<_>>()),
        None => Some(Vec::new()),
        _ => None,
    };
    if let (Some(old_list), Some(new_list), true) =
        (list(old), list(new), old.or(new).is_some_and(Value::is_array))
    {
        let only = |list: &[String], other: &[String]| {
            list.iter().filter(|one| !other.contains(one)).cloned().collect::<Vec<_>>()
        };
        let (gone, added) = (only(&old_list, &new_list), only(&new_list, &old_list));
        let part =
            |word: &str, list: Vec<String>| (!list.is_empty()).then(|| format!("{word} {}", codes(list)));
        let parts: Vec<String> = part("without", gone).into_iter().chain(part("with", added)).collect();
        let what = if parts.is_empty() {
            format!("in another order: {}", codes(new_list))
        } else {
            parts.join(", ")
        };
        return format!("{field} {what}");
    }
    let show = |value: Option<&Value>| value.map_or_else(|| "not stated".into(), plain);
    format!("{field} is {} (was: {})", show(new), show(old))
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Texts that differ. The same words in many places are one change.
#[derive(Default)]
struct Texts {
    seen: BTreeMap<(String, String), usize>,
    changes: Vec<Change>,
}

impl Texts {
    fn add(&mut self, kind: Kind, id: &str, leaf: Leaf) {
        let key = (json!(leaf.old).to_string(), json!(leaf.new).to_string());
        if let Some(at) = self.seen.get(&key) {
            self.changes[*at].also += 1;
            return;
        }
        self.seen.insert(key, self.changes.len());
        let verb = match (&leaf.old, &leaf.new) {
            (None, _) => "is new",
            (_, None) => "is gone",
            _ => "is put in other words",
        };
        let say = format!("{} {verb}", leaf.path);
        let mut change = Change::new(Section::Wording, Bump::Patch, kind, id, leaf.path, say);
        (change.before, change.after) = (leaf.old, leaf.new);
        self.changes.push(change);
    }
}

/// What stands beside the documents.
fn whole(pair: &Pair<'_>) -> Vec<Change> {
    let mut found = Vec::new();
    let part = |side: &nocere_model::bundle::AsWritten| {
        json!({
            "catalog": side.catalog,
            "review": side.review,
            "units": side.units,
        })
    };
    let mut leaves = Vec::new();
    compare("", Some(&part(pair.old)), Some(&part(pair.new)), &mut leaves);
    for leaf in leaves {
        // The notice and the counts follow from the reviews of the documents.
        let bump = match leaf.path.as_str() {
            "catalog/id" => Bump::Major,
            "catalog/name" => Bump::Patch,
            "catalog/version" => Bump::None,
            "review/notice" | "review/reviewed" | "review/drafts" => Bump::None,
            _ => Bump::Minor,
        };
        let field = leaf.path.trim_end_matches("/#").to_owned();
        let say = differs(&field, leaf.old.as_ref(), leaf.new.as_ref());
        found.push(Change {
            section: Section::Other,
            bump,
            kind: None,
            id: String::new(),
            field,
            say,
            before: leaf.old,
            after: leaf.new,
            also: 0,
        });
    }
    found
}
