//! A suppression takes no finding away.
//!
//! ## Why it matters
//!
//! It was written for a fault that is gone, for a rule that is misspelt, or for another line. Left alone, it will one
//! day hide a new fault that nobody has looked at.
//!
//! ## Examples
//!
//! ```yaml bad
//! kind: equipment
//! id: step
//! # nocere: allow placeholder-text -- the maker really calls it that
//! name: A step
//! ```
//!
//! ```yaml good
//! kind: equipment
//! id: step
//! # nocere: allow placeholder-text -- the maker really calls it that
//! name: The TODO step
//! ```
//!
//! ## What to do
//!
//! Delete the comment, or move it to the line of the finding or the line above. A misspelt rule is named in the help.

use crate::{
    catalog::{Catalog, Entry},
    finding::{Finding, Safety, Severity, did_you_mean},
    rule::{Check, Definition, rule_infos},
    suppression::Suppression,
};

pub(crate) const RULE: Definition =
    Definition { severity: Severity::Warning, check: Check::Suppression(check) };

fn check(catalog: &Catalog, entry: &Entry, suppression: &Suppression, counts: bool) -> Option<Finding> {
    if suppression.used > 0 || !counts {
        return None;
    }
    let names: Vec<String> = rule_infos(catalog).into_iter().map(|rule| rule.name).collect();
    let known = names.contains(&suppression.rule);
    let help = match did_you_mean(&suppression.rule, names.iter().map(String::as_str)) {
        Some(meant) if !known => format!("there is no rule `{}`; did you mean `{meant}`?", suppression.rule),
        _ if !known => format!("there is no rule `{}`; `nocere rules` lists them", suppression.rule),
        _ => "delete the comment, or move it to the line of the finding or the line above".into(),
    };
    let finding = Finding::new(
        entry.at_span(suppression.rule_span),
        format!("`{}` is allowed here, and reports nothing on line {}", suppression.rule, suppression.line),
    )
    .why("Left alone, it will one day hide a fault that nobody has looked at.")
    .help(help);
    Some(if known {
        finding.fix("delete the comment", Safety::Safe, entry.delete_comment(suppression.span))
    } else {
        finding
    })
}
