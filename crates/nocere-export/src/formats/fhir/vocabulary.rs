//! The catalog's own vocabularies become `CodeSystem`s, so that codes in the other resources can be looked up.

use nocere_model::{Difficulty, Technique};
use serde_json::{Value, json};

use super::{
    Space,
    values::{coding, text},
    with,
};

/// A vocabulary that coded values are taken from.
#[derive(Clone, Copy)]
pub(super) enum Vocabulary {
    Condition,
    RedFlag,
    Demand,
    Target,
    Equipment,
    Technique,
    Difficulty,
}

const ALL: [Vocabulary; 7] = [
    Vocabulary::Condition,
    Vocabulary::RedFlag,
    Vocabulary::Demand,
    Vocabulary::Target,
    Vocabulary::Equipment,
    Vocabulary::Technique,
    Vocabulary::Difficulty,
];

impl Vocabulary {
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Condition => ("condition", "Conditions"),
            Self::RedFlag => ("red-flag", "Red flags"),
            Self::Demand => ("demand", "What exercises ask of the body"),
            Self::Target => ("target", "Muscles and regions"),
            Self::Equipment => ("equipment", "Equipment"),
            Self::Technique => ("technique", "Kinds of exercise"),
            Self::Difficulty => ("difficulty", "How much skill an exercise needs"),
        }
    }

    pub(super) fn coding(self, space: &Space<'_>, id: &str, name: &str) -> Value {
        coding(&space.url("CodeSystem", self.names().0), id, name)
    }

    pub(super) fn named(self, space: &Space<'_>, id: &str, name: &str) -> Value {
        json!({ "coding": [self.coding(space, id, name)], "text": text(name) })
    }

    /// A value of a fixed vocabulary, whose names are its codes.
    pub(super) fn concept(self, space: &Space<'_>, value: &Value) -> Value {
        let code = value.as_str().unwrap_or_default();
        self.named(space, code, code)
    }
}

pub(super) fn code_systems<'s>(space: &'s Space<'_>) -> impl Iterator<Item = Value> + 's {
    ALL.into_iter().map(|vocabulary| code_system(space, vocabulary))
}

fn code_system(space: &Space<'_>, vocabulary: Vocabulary) -> Value {
    let (name, title) = vocabulary.names();
    let concepts = concepts(space, vocabulary);
    let hierarchy = match vocabulary {
        Vocabulary::Demand => Some("is-a"),
        Vocabulary::Target => Some("part-of"),
        _ => None,
    };
    let parent = hierarchy.map(|_| {
        json!([{ "code": "parent", "uri": "http://hl7.org/fhir/concept-properties#parent", "type": "code" }])
    });
    with(
        space.head("CodeSystem", "vocabulary", name, title, None),
        json!({
            "caseSensitive": true,
            "hierarchyMeaning": hierarchy,
            "content": "complete",
            "count": concepts.len(),
            "property": parent,
            "concept": concepts,
        }),
    )
}

fn concepts(space: &Space<'_>, vocabulary: Vocabulary) -> Vec<Value> {
    let bundle = space.bundle;
    let concept = |id: &str, name: &str, definition: Option<&str>, parent: Option<&str>| {
        json!({
            "code": id,
            "display": text(name),
            "definition": definition.map(text),
            "property": parent.map(|parent| json!([{ "code": "parent", "valueCode": parent }])),
        })
    };
    let fixed = |values: Value| {
        let values = values.as_array().cloned().unwrap_or_default();
        values.iter().filter_map(Value::as_str).map(|code| concept(code, code, None, None)).collect()
    };
    match vocabulary {
        Vocabulary::Condition => bundle
            .conditions
            .iter()
            .map(|one| concept(one.id.as_str(), one.name.as_str(), Some(one.ask.as_str()), None))
            .collect(),
        Vocabulary::RedFlag => {
            let mut flags: Vec<_> =
                bundle.screenings.iter().flat_map(|screening| &screening.red_flags).collect();
            flags.sort_by(|one, other| one.id.cmp(&other.id));
            flags.dedup_by(|one, other| one.id == other.id);
            flags
                .into_iter()
                .map(|flag| concept(flag.id.as_str(), flag.name.as_str(), Some(flag.ask.as_str()), None))
                .collect()
        }
        Vocabulary::Demand => bundle
            .demands
            .iter()
            .map(|one| {
                let broader = one.broader.as_ref().map(|id| id.as_str());
                concept(one.id.as_str(), one.name.as_str(), Some(one.definition.as_str()), broader)
            })
            .collect(),
        Vocabulary::Target => bundle
            .targets
            .iter()
            .map(|one| {
                let region = one.part_of.as_ref().map(|id| id.as_str());
                concept(one.id.as_str(), one.name.as_str(), Some(one.definition.as_str()), region)
            })
            .collect(),
        Vocabulary::Equipment => bundle
            .equipment
            .iter()
            .map(|one| {
                let substitute = one.substitute.as_ref().map(|text| text.as_str());
                concept(one.id.as_str(), one.name.as_str(), substitute, None)
            })
            .collect(),
        Vocabulary::Technique => fixed(json!([
            Technique::Stretch,
            Technique::Release,
            Technique::Mobility,
            Technique::Activation,
            Technique::Strengthening,
            Technique::Positioning,
            Technique::Assessment,
        ])),
        Vocabulary::Difficulty => {
            fixed(json!([Difficulty::Beginner, Difficulty::Intermediate, Difficulty::Advanced]))
        }
    }
}
