//! A diff as people read it, whatever it is then printed as: a verdict, and parts with lines.

use std::collections::{BTreeMap, BTreeSet};

use nocere_diff::{Bump, Change, Diff, Group, Section};
use nocere_model::Kind;
use serde_json::Value;

/// What is shown.
#[derive(Clone, Copy)]
pub(crate) struct Style {
    /// Also what only follows from other changes, and every line of long parts.
    pub(crate) all: bool,
    /// Texts word by word.
    pub(crate) wording: bool,
}

/// A diff as people read it.
pub(crate) struct Outline {
    pub(crate) title: String,
    /// What a reviewer must know first.
    pub(crate) verdict: Vec<Line>,
    pub(crate) parts: Vec<Part>,
    /// How many changes only follow from others, and are not shown.
    pub(crate) following: usize,
}

/// A part with a title.
pub(crate) struct Part {
    pub(crate) title: &'static str,
    /// Whether a reviewer must see it at once.
    pub(crate) first: bool,
    pub(crate) lines: Vec<Line>,
}

/// A line, and the lines that belong to it.
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) below: Vec<String>,
    pub(crate) weight: Weight,
    /// A text before and after.
    pub(crate) words: Option<(String, String)>,
}

/// How much a line matters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Bad,
    Plain,
    Good,
}

impl Line {
    fn new(text: impl Into<String>, weight: Weight) -> Self {
        Self { text: text.into(), below: Vec::new(), weight, words: None }
    }
}

pub(crate) fn outline(diff: &Diff, style: Style) -> Outline {
    let title = match diff.base.id == diff.head.id {
        true => format!("{} {} to {}", diff.head.id, diff.base.version, diff.head.version),
        false => format!("{} {} to {} {}", diff.base.id, diff.base.version, diff.head.id, diff.head.version),
    };
    let mut parts = Vec::new();
    let mut groups = |title, first, weight, groups: &[Group]| {
        let lines: Vec<Line> = groups
            .iter()
            .map(|group| Line { below: group.effects_say.clone(), ..Line::new(&group.say, weight) })
            .collect();
        parts.extend((!lines.is_empty()).then_some(Part { title, first, lines }));
    };
    groups("Newly shown what was held back", true, Weight::Bad, &diff.exposures);
    groups("No longer shown", true, Weight::Plain, &diff.withdrawals);
    groups("Newly in routines", false, Weight::Plain, &diff.additions);
    groups("No longer in routines", false, Weight::Plain, &diff.removals);
    let mut following = 0;
    for section in Section::ALL {
        let changes: Vec<&Change> = diff.section(*section).collect();
        let (shown, hidden): (Vec<&Change>, Vec<&Change>) =
            changes.into_iter().partition(|change| style.all || change.bump > Bump::None);
        following += hidden.len();
        let lines = merged(&shown, style);
        if !lines.is_empty() {
            let first =
                *section == Section::Protections || lines.iter().any(|line| line.weight == Weight::Bad);
            parts.push(Part { title: named(*section), first, lines });
        }
    }
    Outline { title, verdict: verdict(diff), parts, following }
}

fn named(section: Section) -> &'static str {
    match section {
        Section::Protections => "What protects people",
        Section::Documents => "New and gone",
        Section::Doses => "Doses",
        Section::Order => "Order",
        Section::Claims => "Claims",
        Section::Demands => "Demands",
        Section::Wording => "Wording",
        Section::Other => "Other",
    }
}

/// Documents with the same change on one line.
fn merged(changes: &[&Change], style: Style) -> Vec<Line> {
    type Key<'a> = (Option<Kind>, &'a str, Bump, &'a str);
    let mut order: Vec<Key<'_>> = Vec::new();
    let mut by: BTreeMap<Key<'_>, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        // Word by word, each text is its own.
        let alone = style.wording && change.section == Section::Wording;
        let key =
            (change.kind, change.say.as_str(), change.bump, if alone { change.id.as_str() } else { "" });
        let list = by.entry(key).or_default();
        if list.is_empty() {
            order.push(key);
        }
        list.push(change);
    }
    let mut lines = Vec::new();
    for key in order {
        let list = by.remove(&key).unwrap_or_default();
        let ids: Vec<&str> =
            list.iter().map(|change| change.id.as_str()).filter(|id| !id.is_empty()).collect();
        let weight = if key.2 == Bump::Major { Weight::Bad } else { Weight::Plain };
        let subject = if ids.is_empty() { String::new() } else { format!("{}: ", names(&ids, style.all)) };
        let also: usize = list.iter().map(|change| change.also).sum();
        let also = match also {
            0 => String::new(),
            1 => " (and where it is repeated)".into(),
            more => format!(" (and in the {more} places that repeat it)"),
        };
        let mut line = Line::new(format!("{subject}{}{also}", key.1), weight);
        if style.wording
            && let [change] = list.as_slice()
            && change.section == Section::Wording
        {
            line.words = Some((text(change.before.as_ref()), text(change.after.as_ref())));
        }
        lines.push(line);
    }
    lines
}

/// Ids, by number where they are many.
fn names(ids: &[&str], all: bool) -> String {
    const MOST: usize = 6;
    let code = |ids: &[&str]| ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
    match ids.len() {
        few if all || few <= MOST => code(ids),
        many => format!("{} and {} more", code(&ids[..MOST]), many - MOST),
    }
}

fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Array(list)) => list.iter().map(|one| text(Some(one))).collect::<Vec<_>>().join("\n"),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    }
}

fn verdict(diff: &Diff) -> Vec<Line> {
    let mut lines = Vec::new();
    if diff.is_empty() {
        lines.push(Line::new("Nothing that people are shown has changed.", Weight::Good));
    } else if diff.exposures.is_empty() {
        lines.push(Line::new("Nobody is newly shown what was held back from them.", Weight::Good));
    } else {
        let (people, exercises) = scope(&diff.exposures);
        lines.push(Line::new(
            format!("People with {people} are newly shown {exercises}, held back from them before."),
            Weight::Bad,
        ));
    }
    if !diff.withdrawals.is_empty() {
        let (people, exercises) = scope(&diff.withdrawals);
        lines
            .push(Line::new(format!("People with {people} are no longer shown {exercises}."), Weight::Plain));
    }
    let weaker = diff.section(Section::Protections).filter(|change| change.bump == Bump::Major).count();
    if weaker > 0 {
        lines.push(Line::new(
            format!("{} gone.", count(weaker, "protection is weaker or", "protections are weaker or")),
            Weight::Bad,
        ));
    }
    let gone: Vec<&str> = diff
        .section(Section::Documents)
        .filter(|change| change.bump == Bump::Major)
        .map(|change| change.id.as_str())
        .collect();
    if !gone.is_empty() {
        let verb = if gone.len() == 1 { "is" } else { "are" };
        lines.push(Line::new(format!("{} {verb} gone.", names(&gone, false)), Weight::Bad));
    }
    for (which, side) in [("Before", &diff.base), ("After", &diff.head)] {
        if side.errors > 0 {
            let weight = if which == "After" { Weight::Bad } else { Weight::Plain };
            lines.push(Line::new(
                format!(
                    "{which} the change there {}, and the catalog cannot be exported; `nocere lint` shows them.",
                    if side.errors == 1 { "is 1 error".into() } else { format!("are {} errors", side.errors) }
                ),
                weight,
            ));
        }
    }
    if !diff.not_compared.is_empty() {
        let mut line = Line::new(
            format!(
                "{} not compared, because they, or what they rest on, cannot be read; nothing is known of them:",
                count(diff.not_compared.len(), "document is", "documents are")
            ),
            Weight::Bad,
        );
        line.below = diff
            .not_compared
            .iter()
            .map(|one| {
                let name = match (one.kind, &one.id) {
                    (Some(kind), Some(id)) => format!("{kind} `{id}`"),
                    _ => String::new(),
                };
                let because = one.because_of.as_ref().map(|of| format!("rests on {of}"));
                let path = (!one.path.is_empty()).then(|| one.path.clone());
                let parts = [Some(name).filter(|name| !name.is_empty()), because, path];
                parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
            })
            .collect();
        lines.push(line);
    }
    let verdict = &diff.verdict;
    let change = match verdict.change {
        Bump::None => "This asks for no new version",
        Bump::Patch => "This is a patch",
        Bump::Minor => "This is a minor change",
        Bump::Major => "This is a major change",
    };
    lines.push(match (verdict.enough, verdict.change) {
        (true, Bump::None) => Line::new(format!("{change}."), Weight::Plain),
        (true, _) => Line::new(format!("{change}; version {} says so.", verdict.declared), Weight::Plain),
        (false, _) => Line::new(
            format!(
                "{change}: the next version is {}, and the catalog still declares {}.",
                verdict.required, verdict.declared
            ),
            Weight::Bad,
        ),
    });
    lines
}

/// With which conditions, and which exercises.
fn scope(groups: &[Group]) -> (String, String) {
    let effects = || groups.iter().flat_map(|group| &group.effects);
    // Who has one of these conditions; sets of several only where no single one is enough.
    let alone = effects().any(|effect| effect.people_with.len() == 1);
    let sets = effects().map(|effect| &effect.people_with).filter(|set| !alone || set.len() == 1);
    let people: BTreeSet<&str> = sets.flatten().map(|id| id.as_str()).collect();
    let exercises: BTreeSet<&str> = effects().map(|effect| effect.exercise.as_str()).collect();
    let named = |ids: &BTreeSet<&str>, what: &str| match ids.len() {
        few if few <= 3 => ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", "),
        many => format!("{many} {what}"),
    };
    (named(&people, "conditions"), named(&exercises, "exercises"))
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
