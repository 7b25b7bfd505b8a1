//! `nocere matrix`: every exercise against every condition.

use std::fmt::Write;

use nocere_lint::{catalog::Catalog, derivation::restrictions};
use nocere_model::{Exercise, Kind, Level};
use serde_json::json;

use super::{catalog, output};
use crate::{
    Exit,
    arguments::{Matrix, Table},
    project::Problem,
    terminal,
};

pub(crate) fn run(matrix: &Matrix) -> Result<Exit, Problem> {
    let (_, outcome) = catalog(&matrix.catalog)?;
    let table = table(&outcome.catalog);
    let text = match matrix.format {
        Table::Text => text(&table),
        Table::Markdown => markdown(&table),
        Table::Csv => csv(&table),
        Table::Json => format!("{:#}\n", json(&table)),
    };
    terminal::print(&text).map_err(output)?;
    Ok(Exit::Clean)
}

/// Conditions, and for each exercise the level under each of them.
struct Cells<'c> {
    conditions: Vec<&'c str>,
    rows: Vec<(&'c str, Vec<Option<Level>>)>,
}

fn table(catalog: &Catalog) -> Cells<'_> {
    let conditions = catalog.ids(Kind::Condition);
    let rows = catalog.all::<Exercise>().into_iter().map(|exercise| {
        let held = restrictions(catalog, exercise.value());
        let level = |condition: &&str| {
            held.iter().find(|known| known.condition.id.as_str() == *condition).map(|known| known.level)
        };
        (exercise.value().id.as_str(), conditions.iter().map(level).collect())
    });
    Cells { rows: rows.collect(), conditions }
}

fn word(level: Option<Level>) -> &'static str {
    match level {
        Some(Level::Avoid) => "avoid",
        Some(Level::Caution) => "caution",
        None => "",
    }
}

/// Conditions as numbered columns: names do not fit a terminal.
fn text(table: &Cells<'_>) -> String {
    let width = table.rows.iter().map(|(exercise, _)| exercise.len()).max().unwrap_or_default();
    let mut out = String::new();
    for (number, condition) in table.conditions.iter().enumerate() {
        let _ = writeln!(out, "{:>3}  {condition}", number + 1);
    }
    let _ = write!(out, "\n{:width$}", "");
    for number in 1..=table.conditions.len() {
        let _ = write!(out, " {number:>2}");
    }
    out.push('\n');
    for (exercise, levels) in &table.rows {
        let _ = write!(out, "{exercise:width$}");
        for level in levels {
            let mark = match level {
                Some(Level::Avoid) => "X",
                Some(Level::Caution) => "c",
                None => "·",
            };
            let _ = write!(out, "  {mark}");
        }
        out.push('\n');
    }
    out + "\nX avoid, c caution. `nocere why EXERCISE CONDITION` says why.\n"
}

fn markdown(table: &Cells<'_>) -> String {
    let mut out = format!("| exercise | {} |\n", table.conditions.join(" | "));
    out += &format!("| --- |{}\n", " --- |".repeat(table.conditions.len()));
    for (exercise, levels) in &table.rows {
        let cells: Vec<&str> = levels.iter().map(|level| word(*level)).collect();
        let _ = writeln!(out, "| {exercise} | {} |", cells.join(" | "));
    }
    out
}

/// Ids hold no comma and no quotation mark, so no cell needs quoting.
fn csv(table: &Cells<'_>) -> String {
    let mut out = format!("exercise,{}\n", table.conditions.join(","));
    for (exercise, levels) in &table.rows {
        let cells: Vec<&str> = levels.iter().map(|level| word(*level)).collect();
        let _ = writeln!(out, "{exercise},{}", cells.join(","));
    }
    out
}

fn json(table: &Cells<'_>) -> serde_json::Value {
    let rows = table.rows.iter().map(|(exercise, levels)| {
        let held = table.conditions.iter().zip(levels).filter(|(_, level)| level.is_some());
        let held: serde_json::Map<_, _> =
            held.map(|(condition, level)| ((*condition).to_owned(), json!(word(*level)))).collect();
        ((*exercise).to_owned(), json!(held))
    });
    json!({ "conditions": table.conditions, "exercises": rows.collect::<serde_json::Map<_, _>>() })
}
