//! The result: a documented, versioned format.

use nocere_model::{Condition, Exercise, Id, Kind, Level, Prose, Routine};
use schemars::{JsonSchema, generate::SchemaSettings};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{Cause, Side, Unread};

/// The version of the format.
pub const VERSION: u32 = 1;

/// What the change from one catalog to another means for people.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Diff {
    /// The version of this format.
    #[schemars(extend("const" = VERSION))]
    pub version: u32,
    /// What was compared with.
    pub base: Catalog,
    /// What was compared.
    pub head: Catalog,
    /// What the change asks of the catalog's version.
    pub verdict: Verdict,
    /// Who is newly shown what was held back from them, by cause.
    pub exposures: Vec<Group>,
    /// Who is no longer shown what they were shown, by cause.
    pub withdrawals: Vec<Group>,
    /// What routines newly show to people from whom it was never held back, because it steps in or is there for everybody.
    pub additions: Vec<Group>,
    /// What routines no longer show, though nothing holds it back: it stepped in before, or is there no more.
    pub removals: Vec<Group>,
    /// Everything else, the most consequential first.
    pub changes: Vec<Change>,
    /// Documents that are left out, because they, or what they rest on, could not be read: nothing is known of them.
    pub not_compared: Vec<Unread>,
}

impl Diff {
    /// Whether both sides are the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let groups = [&self.exposures, &self.withdrawals, &self.additions, &self.removals];
        groups.iter().all(|groups| groups.is_empty())
            && self.changes.is_empty()
            && self.not_compared.is_empty()
    }

    /// The changes of a section.
    pub fn section(&self, section: Section) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.section == section)
    }

    /// The JSON Schema (2020-12) of a list of these, one for each catalog.
    #[must_use]
    pub fn schema() -> Value {
        let settings = SchemaSettings::draft2020_12().for_serialize();
        let mut schema = settings.into_generator().into_root_schema_for::<Vec<Self>>().to_value();
        if let Some(object) = schema.as_object_mut() {
            object.insert("$id".into(), json!("https://nocere.invalid/schemas/diff.schema.json"));
            object.insert("title".into(), json!("nocere diff"));
        }
        schema
    }
}

/// One side.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Catalog {
    /// The catalog's id.
    pub id: String,
    /// Its name as people read it.
    pub name: Prose,
    /// Its declared version.
    pub version: String,
    /// How many errors the linter finds in it. With one it cannot be exported.
    pub errors: usize,
    /// The documents that could not be read whole.
    pub unread: Vec<Unread>,
}

impl Catalog {
    pub(crate) fn of(side: &Side) -> Self {
        let catalog = &side.content.catalog;
        Self {
            id: catalog.id.clone(),
            name: catalog.name.clone(),
            version: catalog.version.clone(),
            errors: side.errors,
            unread: side.unread.clone(),
        }
    }
}

/// What a change asks of the version, smallest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Bump {
    /// Nothing that anybody sees.
    None,
    /// Words.
    Patch,
    /// Additions, amounts, order, or somebody is shown less.
    Minor,
    /// Somebody is less protected than before, or an id is gone.
    Major,
}

/// What the change asks of the catalog's version.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Verdict {
    /// How large the change is.
    pub change: Bump,
    /// The lowest version that the catalog may declare.
    pub required: String,
    /// The version that it declares.
    pub declared: String,
    /// Whether that is enough.
    pub enough: bool,
}

/// What follows from one cause.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Group {
    /// The cause.
    pub cause: Cause,
    /// The cause as a sentence.
    pub say: String,
    /// Its effects.
    pub effects: Vec<Effect>,
    /// The effects in a few sentences.
    pub effects_say: Vec<String>,
}

/// Some people, an exercise, and whether they are shown it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Effect {
    /// In this routine. Absent: in the catalog as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub routine: Option<Id<Routine>>,
    /// The exercise.
    pub exercise: Id<Exercise>,
    /// The conditions that the people have, all of them; empty means people without any. Whoever has more conditions
    /// is affected too, unless these hold the exercise back.
    pub people_with: Vec<Id<Condition>>,
    /// Before. In a routine, `free` stands for everything that is shown.
    pub was: Held,
    /// After.
    pub now: Held,
}

/// Whether an exercise is held back, least first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Held {
    /// Shown.
    Free,
    /// Shown, with words of caution.
    Caution,
    /// Not shown.
    Avoid,
}

impl From<Option<Level>> for Held {
    fn from(level: Option<Level>) -> Self {
        match level {
            None => Self::Free,
            Some(Level::Caution) => Self::Caution,
            Some(Level::Avoid) => Self::Avoid,
        }
    }
}

impl Held {
    /// As people read it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Free => "nothing",
            Self::Caution => "caution",
            Self::Avoid => "avoid",
        }
    }
}

/// The parts of a diff after who is shown what, in the order of their consequence.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    /// Contraindications, limits of conditions, red flags, questions, stop signs.
    Protections,
    /// Documents that are new or gone.
    Documents,
    /// How much, how long, how often.
    Doses,
    /// What comes before what, and which rules say so.
    Order,
    /// Statements of benefit.
    Claims,
    /// What exercises ask of the body.
    Demands,
    /// Texts that people read.
    Wording,
    /// The rest.
    Other,
}

impl Section {
    /// Every section, in order.
    pub const ALL: &'static [Self] = &[
        Self::Protections,
        Self::Documents,
        Self::Doses,
        Self::Order,
        Self::Claims,
        Self::Demands,
        Self::Wording,
        Self::Other,
    ];
}

/// One change of one document.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Change {
    /// Where it belongs.
    pub section: Section,
    /// What it asks of the version by itself.
    pub bump: Bump,
    /// The kind of the document; absent for the catalog as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// The id of the document.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The place in the document, as keys and ids joined by slashes.
    pub field: String,
    /// The change in a sentence. Documents with the same sentence are shown together.
    pub say: String,
    /// Before; absent where there was nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// After; absent where there is nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
    /// How many other places say the same text, and change with it.
    pub also: usize,
}

impl Change {
    /// A change of a document.
    pub(crate) fn new(
        section: Section,
        bump: Bump,
        kind: Kind,
        id: impl ToString,
        field: impl Into<String>,
        say: impl Into<String>,
    ) -> Self {
        let (id, field, say) = (id.to_string(), field.into(), say.into());
        Self { section, bump, kind: Some(kind), id, field, say, before: None, after: None, also: 0 }
    }

    /// With what was there and what is there.
    pub(crate) fn with<T: Serialize>(mut self, before: Option<&T>, after: Option<&T>) -> Self {
        let value = |value: Option<&T>| value.and_then(|value| serde_json::to_value(value).ok());
        (self.before, self.after) = (value(before), value(after));
        self
    }
}
