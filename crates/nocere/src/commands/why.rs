//! `nocere why`: the chain from an exercise's demand to a condition's row to its source, as a person would explain it.

use std::fmt::Write;

use nocere_lint::{
    catalog::{Catalog, Doc},
    derivation::{Restriction, broader, restrictions},
    finding::Site,
};
use nocere_model::{Condition, Exercise, Kind, Level};

use super::{catalog, output, unknown};
use crate::{Exit, arguments::Why, project::Problem, terminal};

pub(crate) fn run(why: &Why) -> Result<Exit, Problem> {
    let (_, outcome) = catalog(&why.catalog)?;
    let catalog = &outcome.catalog;
    let exercise = catalog.entry(Kind::Exercise, &why.subject).and_then(|entry| entry.doc::<Exercise>());
    let condition = |id: &str| {
        let found = catalog.entry(Kind::Condition, id).and_then(|entry| entry.doc::<Condition>());
        found.ok_or_else(|| unknown("condition", id, &catalog.ids(Kind::Condition)))
    };
    let text = match (exercise, &why.condition) {
        (Some(exercise), Some(id)) => chain(catalog, exercise, condition(id)?),
        (Some(exercise), None) => row(catalog, exercise),
        (None, None) if catalog.entry(Kind::Condition, &why.subject).is_some() => {
            column(catalog, condition(&why.subject)?)
        }
        (None, _) => {
            let known: Vec<&str> =
                [Kind::Exercise, Kind::Condition].iter().flat_map(|kind| catalog.ids(*kind)).collect();
            return Err(unknown("exercise or condition", &why.subject, &known));
        }
    };
    terminal::print(&terminal::safe(&text)).map_err(output)?;
    Ok(Exit::Clean)
}

/// One exercise, one condition: the whole chain.
fn chain(catalog: &Catalog, exercise: Doc<'_, Exercise>, condition: Doc<'_, Condition>) -> String {
    let restriction =
        restrictions(catalog, exercise.value()).into_iter().find(|known| known.condition.id == condition.id);
    let Some(restriction) = restriction else {
        return format!(
            "{} may do {}: nothing that the exercise demands is limited by `{}`.\n\nIt demands {}.\n",
            people(condition.value()),
            exercise.name,
            condition.id,
            exercise.demands.iter().map(|demand| format!("`{demand}`")).collect::<Vec<_>>().join(", "),
        );
    };
    let verdict = match restriction.level {
        Level::Avoid => "are not shown",
        Level::Caution => "are shown, with care,",
    };
    let mut text = format!("{} {verdict} {}.\n", people(condition.value()), exercise.name);
    rows(&mut text, catalog, exercise, &restriction);
    match restriction.written {
        Some((index, written)) => {
            let level = word(written.level);
            let place = place(&exercise.entry.at(&format!("/contraindications/{index}/say")));
            let _ = write!(
                text,
                "\nThe exercise itself says {level}, in these words ({place}):\n  {}\n",
                written.say.as_str().trim()
            );
            for source in &written.sources {
                let _ = writeln!(text, "  source: {}", cite(catalog, source));
            }
        }
        None => text += "\nThe exercise itself does not say so: `nocere lint` reports that.\n",
    }
    text
}

fn rows(text: &mut String, catalog: &Catalog, exercise: Doc<'_, Exercise>, restriction: &Restriction<'_>) {
    let condition = restriction.condition;
    let Some(derived) = &restriction.derived else {
        *text += "\nNothing that it demands is limited: the exercise says so on its own authority.\n";
        return;
    };
    for row in &derived.rows {
        let demand = &exercise.demands[row.demand];
        let limit = row.limit.demand.as_str();
        let wider =
            broader(catalog, demand).into_iter().map(|id| id.as_str()).take_while(|id| *id != limit).skip(1);
        let wider = wider.chain((demand.as_str() != limit).then_some(limit));
        let named =
            wider.fold(format!("`{demand}`"), |named, id| format!("{named}, which is a case of `{id}`"));
        let demanded = place(&exercise.entry.at(&format!("/demands/{}", row.demand)));
        let limit = place(&condition.entry.at(&format!("/limits/{}/demand", row.limit_index)));
        let _ = write!(
            text,
            "\n- The exercise demands {named} ({demanded}).\n- `{}` says {} for `{}`, grade {:?} ({limit}):\n  {}\n",
            condition.id,
            word(row.limit.level),
            row.limit.demand,
            row.limit.grade,
            row.limit.because.as_str().trim(),
        );
        if let Some(until) = &row.limit.until {
            let _ = writeln!(text, "  {}", until.as_str().trim());
        }
        for source in &row.limit.sources {
            let _ = writeln!(text, "  source: {}", cite(catalog, source));
        }
    }
}

/// One exercise: everybody who is held back.
fn row(catalog: &Catalog, exercise: Doc<'_, Exercise>) -> String {
    let mut text = format!("{} ({})\n", exercise.name, exercise.id);
    let all = restrictions(catalog, exercise.value());
    for restriction in &all {
        let _ = writeln!(
            text,
            "  {:<8} {:<32} {}",
            word(restriction.level),
            restriction.condition.id,
            because(restriction)
        );
    }
    if all.is_empty() {
        text += "  nobody is held back\n";
    }
    text
}

/// One condition: every exercise that it holds back.
fn column(catalog: &Catalog, condition: Doc<'_, Condition>) -> String {
    let mut text = format!("{} ({})\n", condition.name, condition.id);
    let mut shown = 0;
    for exercise in catalog.all::<Exercise>() {
        let found = restrictions(catalog, exercise.value())
            .into_iter()
            .find(|known| known.condition.id == condition.id);
        if let Some(restriction) = found {
            shown += 1;
            let _ = writeln!(
                text,
                "  {:<8} {:<32} {}",
                word(restriction.level),
                exercise.id,
                because(&restriction)
            );
        }
    }
    if shown == 0 {
        text += "  no exercise is held back\n";
    }
    if let Some(reason) = &condition.no_limits_because {
        let _ = writeln!(text, "  {}", reason.as_str().trim());
    }
    text
}

/// The shortest reason: the demands and the best grade.
fn because(restriction: &Restriction<'_>) -> String {
    match &restriction.derived {
        Some(derived) => {
            let mut demands: Vec<String> =
                derived.rows.iter().map(|row| row.limit.demand.to_string()).collect();
            demands.dedup();
            format!("{} (grade {:?})", demands.join(", "), derived.grade())
        }
        None => "on the exercise's own authority".into(),
    }
}

fn cite(catalog: &Catalog, id: &nocere_model::Id<nocere_model::Source>) -> String {
    match catalog.get(id) {
        Some(source) => {
            let locator = source.locator.as_ref().map_or(String::new(), |locator| format!(", {locator}"));
            format!("{}{locator} (`{id}`)", source.title)
        }
        None => format!("`{id}`"),
    }
}

fn people(condition: &Condition) -> String {
    format!("People who answer yes to “{}” ({})", condition.ask.as_str().trim(), condition.name)
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Avoid => "avoid",
        Level::Caution => "caution",
    }
}

fn place(site: &Site) -> String {
    format!("{}:{}", site.source.path, site.source.place(site.span().start).line)
}
