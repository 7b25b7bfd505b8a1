//! One entry of the library as an exercise in draft.

use std::fmt;

use nocere_lint::{fix::folded, sides::changes_sides};
use nocere_model::{Confidence, Difficulty, Exercise, Level};
use serde_json::{Map, Value, json};

use super::{NAME, fields};
use crate::{
    ImportError,
    notes::{About, Question},
    proposal::{Follows, Pack, Proposed},
    yaml,
};

/// One entry, mapped.
pub(crate) struct Draft {
    pub(crate) id: String,
    /// The name, where there is one that people could read.
    pub(crate) name: Option<String>,
    technique: Option<&'static str>,
    difficulty: Option<Difficulty>,
    targets: Vec<&'static str>,
    /// The demands that are declared; doubtful ones are questions.
    pub(crate) demands: Vec<Proposed>,
    /// The step and the words that change sides.
    changes_sides: Option<(usize, String)>,
    equipment: Option<&'static str>,
    steps: Vec<String>,
    pub(crate) follows: Vec<Follows>,
    position: usize,
    kept: Map<String, Value>,
    /// What a person must decide.
    pub(crate) questions: Vec<Question>,
}

impl Draft {
    pub(crate) fn of(
        pack: &Pack,
        id: String,
        position: usize,
        entry: &Map<String, Value>,
    ) -> Result<Self, ImportError> {
        let text = |key: &str| entry.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
        let texts = |key: &str| -> Vec<&str> {
            let items = entry.get(key).and_then(Value::as_array).into_iter().flatten();
            items.filter_map(Value::as_str).filter(|text| !text.trim().is_empty()).collect()
        };
        let steps: Vec<String> = texts("instructions").into_iter().map(str::to_owned).collect();
        let name = text("name").map(str::to_owned);
        let (demands, doubtful): (Vec<Proposed>, Vec<Proposed>) = pack
            .demands(name.as_deref().unwrap_or_default(), &steps)
            .into_iter()
            .partition(|proposed| proposed.confidence > Confidence::Low);
        let mut targets: Vec<&str> = texts("primaryMuscles").into_iter().filter_map(fields::target).collect();
        let mut seen = std::collections::BTreeSet::new();
        targets.retain(|target| seen.insert(*target));
        let technique = text("category").and_then(|category| fields::technique(category, text("equipment")));
        let sides = steps
            .iter()
            .enumerate()
            .find_map(|(at, step)| Some((at + 1, step.get(changes_sides(step)?)?.to_owned())));
        let mut draft = Self {
            name,
            technique: technique.map(|(technique, _)| technique),
            difficulty: text("level").and_then(fields::difficulty),
            targets,
            demands,
            changes_sides: sides,
            equipment: text("equipment").and_then(fields::equipment),
            steps,
            follows: Vec::new(),
            position,
            kept: Map::new(),
            questions: Vec::new(),
            id,
        };
        let typed = draft.typed()?;
        draft.follows = pack.follows(&typed);
        let said = fields::foreign(&typed);
        let kept = entry.iter().filter(|(key, value)| said.get(*key) != Some(*value));
        draft.kept = kept.map(|(key, value)| (key.clone(), value.clone())).collect();
        draft.ask(technique, &doubtful, &texts("primaryMuscles"), text("equipment"));
        Ok(draft)
    }

    /// The part of it that contraindications follow from and that says what the library said.
    fn typed(&self) -> Result<Exercise, ImportError> {
        let value = json!({
            "id": self.id,
            "name": self.name.as_deref().unwrap_or_default(),
            "difficulty": self.difficulty,
            "targets": self.targets,
            "demands": self.demands.iter().map(|proposed| proposed.demand.as_str()).collect::<Vec<_>>(),
            "equipment": self.equipment.iter().collect::<Vec<_>>(),
            "steps": self.steps,
        });
        serde_json::from_value(value).map_err(|error| {
            ImportError::new(
                format!("entry {} cannot be mapped: {error}", self.position),
                "report this: it is a fault of this program",
            )
        })
    }

    /// What the library leaves open, or says in words that we do not have.
    fn ask(
        &mut self,
        technique: Option<(&'static str, bool)>,
        doubtful: &[Proposed],
        muscles: &[&str],
        equipment: Option<&str>,
    ) {
        let mut ask = |about: About, text: String| self.questions.push(Question { about, text });
        let kept =
            |key: &str| self.kept.get(key).map(|value| yaml::words(&yaml::flow(value))).unwrap_or_default();
        if self.name.is_none() {
            ask(About::Name, "it has no name".into());
        }
        match technique {
            None => ask(About::Technique, format!("no technique for the category {}", kept("category"))),
            Some((ours, true)) => {
                ask(About::Technique, format!("`{ours}` stands in for the category {}", kept("category")));
            }
            _ => {}
        }
        if self.difficulty.is_none() {
            ask(About::Difficulty, "it has no level that we know".into());
        }
        let unknown: Vec<String> = muscles
            .iter()
            .filter(|muscle| fields::target(muscle).is_none())
            .map(|muscle| format!("“{}”", yaml::words(muscle)))
            .collect();
        if !unknown.is_empty() {
            ask(About::Target, format!("no target for {}", unknown.join(", ")));
        } else if self.targets.is_empty() {
            ask(About::Target, "it names no muscle".into());
        }
        match equipment {
            Some(word) if fields::needs_nothing(word) || self.equipment.is_some() => {}
            Some(word) => {
                ask(About::Equipment, format!("what is needed? The library says “{}”", yaml::words(word)))
            }
            None => ask(About::Equipment, "what is needed? The library does not say".into()),
        }
        if self.steps.is_empty() {
            ask(About::Steps, "it has no steps".into());
        } else if self.kept.contains_key("instructions") {
            ask(
                About::Steps,
                "parts of its instructions are empty or no text, and were left out of the steps".into(),
            );
        }
        if self.demands.is_empty() {
            ask(About::NoDemand, "no words show what it asks of the body: nobody is held back yet".into());
        }
        for proposed in doubtful {
            ask(
                About::DoubtfulDemand,
                format!("does it demand `{}`? {}", proposed.demand, proposed.evidence()),
            );
        }
        if let Some((step, words)) = &self.changes_sides {
            ask(About::Sides, format!("one side at a time? Step {step} says “{}”", yaml::words(words)));
        }
    }
}

impl Proposed {
    /// The words that show it, for a reviewer.
    pub(crate) fn evidence(&self) -> String {
        let place = if self.step == 0 { "name".to_owned() } else { format!("step {}", self.step) };
        let confidence = match self.confidence {
            Confidence::High => "high",
            Confidence::Medium => "medium",
            Confidence::Low => "low",
        };
        format!("{place}: “{}”, confidence {confidence}", yaml::words(&self.words))
    }
}

/// The document.
impl fmt::Display for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An id can look like a number, or be `null`.
        writeln!(f, "kind: exercise\nid: {}", yaml::text(&self.id))?;
        if let Some(name) = &self.name {
            writeln!(f, "name: {}", yaml::text(name))?;
        }
        if let Some(technique) = self.technique {
            writeln!(f, "technique: {technique}")?;
        }
        if let Some(difficulty) = self.difficulty {
            writeln!(f, "difficulty: {}", fields::difficulty_word(difficulty))?;
        }
        writeln!(f, "targets: [{}]", self.targets.join(", "))?;
        writeln!(f, "{}", if self.demands.is_empty() { "demands: []" } else { "demands:" })?;
        for proposed in &self.demands {
            writeln!(f, "  - {}  # {}", proposed.demand, proposed.evidence())?;
        }
        if let Some((step, words)) = &self.changes_sides {
            writeln!(f, "laterality: unilateral  # step {step}: “{}”", yaml::words(words))?;
        }
        writeln!(f, "equipment: [{}]", self.equipment.unwrap_or_default())?;
        writeln!(f, "{}", if self.steps.is_empty() { "steps: []" } else { "steps:" })?;
        for step in &self.steps {
            writeln!(f, "  - {}", yaml::text(step))?;
        }
        if !self.follows.is_empty() {
            writeln!(
                f,
                "# Drafts in the knowledge pack's own words: say each for this exercise.\ncontraindications:"
            )?;
        }
        for follows in &self.follows {
            let level = match follows.level {
                Level::Avoid => "avoid",
                Level::Caution => "caution",
            };
            let say = folded(&follows.because).replace('\n', "\n      ");
            writeln!(f, "  - condition: {}\n    level: {level}\n    say: {say}", follows.condition)?;
        }
        writeln!(f, "sources: [{NAME}]\nreview: {{ status: draft }}")?;
        writeln!(f, "import:\n  from: {NAME}\n  position: {}", self.position)?;
        writeln!(f, "{}", if self.kept.is_empty() { "  fields: {}" } else { "  fields:" })?;
        for (key, value) in &self.kept {
            writeln!(f, "    {}: {}", yaml::flow(&Value::from(key.as_str())), yaml::flow(value))?;
        }
        Ok(())
    }
}
