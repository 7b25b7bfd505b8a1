//! `nocere rules` and `nocere explain`.

use std::fmt::Write;

use nocere_lint::{RuleInfo, Session, rule_infos};
use serde_json::json;

use super::output;
use crate::{Exit, arguments::Listing, project::Problem, terminal};

pub(crate) fn list(format: Listing) -> Result<Exit, Problem> {
    let rules = known();
    let text = match format {
        Listing::Json => {
            let rules: Vec<_> = rules
                .iter()
                .map(|rule| json!({ "name": rule.name, "family": rule.family, "severity": rule.severity, "summary": rule.summary }))
                .collect();
            format!("{:#}\n", json!(rules))
        }
        Listing::Text => {
            let mut text = String::new();
            let width = rules.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
            let mut family = None;
            for rule in &rules {
                if family != Some(rule.family) {
                    let _ = writeln!(
                        text,
                        "{}{}",
                        if family.is_some() { "\n" } else { "" },
                        heading(&format!("{:?}", rule.family))
                    );
                    family = Some(rule.family);
                }
                let severity = format!("{:?}", rule.severity).to_lowercase();
                let _ = writeln!(text, "  {:width$}  {severity:7}  {}", rule.name, rule.summary);
            }
            text + "\n`nocere explain RULE` says why a rule matters and what to do.\n"
        }
    };
    terminal::print(&text).map_err(output)?;
    Ok(Exit::Clean)
}

pub(crate) fn explain(name: &str) -> Result<Exit, Problem> {
    let rules = known();
    let Some(rule) = rules.iter().find(|rule| rule.name == name) else {
        let meant = nocere_lint::spelling::did_you_mean(name, rules.iter().map(|rule| rule.name.as_str()));
        let help =
            meant.map_or("`nocere rules` lists them".into(), |meant| format!("did you mean `{meant}`?"));
        return Err(Problem::Other(format!("there is no rule `{name}`"), help));
    };
    let severity = format!("{:?}", rule.severity).to_lowercase();
    let text =
        format!("# {name}\n\n{:?} rule, {severity} by default.\n\n{}\n", rule.family, rule.docs.trim());
    terminal::print(&text).map_err(output)?;
    Ok(Exit::Clean)
}

/// Every rule, those of the core pack included.
fn known() -> Vec<RuleInfo> {
    rule_infos(&Session::core_pack())
}

fn heading(family: &str) -> String {
    match family {
        "Safety" => "Safety: who is shown what",
        "Order" => "Order: what comes before what",
        "Claims" => "Claims: what is promised",
        "Dosage" => "Dosage: how much, how long, how often",
        "Provenance" => "Provenance: who says so",
        _ => "Hygiene: whether the files can be read and agree",
    }
    .to_owned()
}
