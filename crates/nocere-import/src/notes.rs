//! What an import leaves for people to decide.

use std::{collections::BTreeMap, fmt};

use nocere_model::Confidence;

use crate::free_exercise_db::Draft;

/// The file of the notes in the catalog's folder.
pub(crate) const FILE: &str = "IMPORT.md";

/// What a question is about, in the order in which a person should take them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum About {
    /// No demand was found.
    NoDemand,
    /// A demand is shown by doubtful words, and was not declared.
    DoubtfulDemand,
    /// There are no steps, or not all of them could be kept.
    Steps,
    /// The words change sides.
    Sides,
    /// The category is no technique of ours.
    Technique,
    /// What is needed is not said, or not in words that we have.
    Equipment,
    /// A muscle is no target of ours.
    Target,
    /// The level is no difficulty of ours.
    Difficulty,
    /// There is no name.
    Name,
}

impl About {
    /// What the person is asked to do.
    #[must_use]
    pub fn task(self) -> &'static str {
        match self {
            Self::NoDemand => "no demand was found in the text: list what the body does, or say why nothing",
            Self::DoubtfulDemand => "doubtful words: declare the demand, or leave it out",
            Self::Steps => "steps are missing or were left out",
            Self::Sides => "the text changes sides: check `laterality: unilateral`",
            Self::Technique => "the technique is missing or only stands in",
            Self::Equipment => "the library does not say what is needed",
            Self::Target => "a muscle has no target",
            Self::Difficulty => "the difficulty is missing",
            Self::Name => "the name is missing",
        }
    }
}

/// Something that a person must decide.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) about: About,
    pub(crate) text: String,
}

/// An import in numbers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Exercises.
    pub exercises: usize,
    /// Demands declared on sure words.
    pub sure: usize,
    /// Demands declared on words that are probably meant so.
    pub probable: usize,
    /// Contraindications that follow from the declared demands.
    pub contraindications: usize,
    /// Exercises with at least one of them.
    pub held_back: usize,
    /// Exercises with an open question of a sort.
    pub open: BTreeMap<About, usize>,
}

#[derive(Default)]
pub(crate) struct Notes {
    pub(crate) tally: Tally,
    exercises: Vec<(String, Option<String>, Vec<Question>)>,
}

impl Notes {
    pub(crate) fn add(&mut self, draft: &Draft) {
        let tally = &mut self.tally;
        tally.exercises += 1;
        for proposed in &draft.demands {
            match proposed.confidence {
                Confidence::High => tally.sure += 1,
                _ => tally.probable += 1,
            }
        }
        tally.contraindications += draft.follows.len();
        tally.held_back += usize::from(!draft.follows.is_empty());
        let mut abouts: Vec<About> = draft.questions.iter().map(|question| question.about).collect();
        abouts.dedup();
        for about in abouts {
            *tally.open.entry(about).or_default() += 1;
        }
        self.exercises.push((draft.id.clone(), draft.name.clone(), draft.questions.clone()));
    }
}

/// The file for people, in Markdown.
impl fmt::Display for Notes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tally = &self.tally;
        writeln!(
            f,
            "# What a person has to decide\n\n\
             These {} exercises are drafts, made by a program. No clinician has read them, and none of them may be shown to \
             anybody yet.\n\n\
             - Each demand was proposed from the words that stand behind it in a comment: {} on sure words, {} on words that \
             are probably meant so. Check each, and look for what the words leave out.\n\
             - Each of the {} contraindications follows from the declared demands, in the knowledge pack's own words. Say it \
             for the exercise, or correct the demand.\n\
             - The library holds no dose, no signs that mean stop, no easier form and no evidence. Write them, or take the \
             exercise out.\n\
             - What the library says and this catalog has no field for stands under `import`. No bundle holds it.\n\n\
             `nocere lint` tells what is still missing. The questions below are those that only a person can answer.\n\n\
             | exercises | what to do |\n| ---: | --- |",
            tally.exercises, tally.sure, tally.probable, tally.contraindications
        )?;
        for (about, count) in &tally.open {
            writeln!(f, "| {count} | {} |", about.task())?;
        }
        for (id, name, questions) in &self.exercises {
            if questions.is_empty() {
                continue;
            }
            let name = name.as_deref().map(|name| format!(" ({})", plain(name))).unwrap_or_default();
            writeln!(f, "\n`{id}`{name}\n")?;
            for question in questions {
                writeln!(f, "- {}", plain_but_code(&question.text))?;
            }
        }
        Ok(())
    }
}

/// Foreign words in Markdown, as words and nothing else.
fn plain(text: &str) -> String {
    crate::yaml::words(text)
        .chars()
        .flat_map(|c| if "\\`*_{}[]<>#|!~&".contains(c) { vec!['\\', c] } else { vec![c] })
        .collect()
}

/// A sentence of ours, with foreign words inside of “quotes”.
fn plain_but_code(text: &str) -> String {
    match text.split_once('“') {
        Some((ours, theirs)) => format!("{ours}“{}", plain(theirs)),
        None => text.to_owned(),
    }
}
