//! `nocere diff`: what a change of the content means for people.

mod markdown;
mod outline;
mod pretty;
mod sides;

use nocere_diff::{Bump, Diff, compare};

use super::output;
use crate::{
    Exit,
    arguments::{Arguments, Diff as Options, DiffFailOn, DiffFormat},
    project::Problem,
    terminal,
};

pub(crate) fn run(options: &Options, arguments: &Arguments) -> Result<Exit, Problem> {
    let sides = sides::load(options)?;
    let diffs: Vec<Diff> = sides.catalogs.iter().map(|(base, head)| compare(base, head)).collect();
    let style = outline::Style { all: options.all, wording: options.wording };
    let text = match options.format {
        DiffFormat::Pretty => pretty::render(&sides, &diffs, style, arguments.color.on()),
        DiffFormat::Markdown => markdown::render(&sides, &diffs, style),
        DiffFormat::Json => {
            let json = serde_json::to_string_pretty(&diffs);
            json.map_err(|error| Problem::Other(error.to_string(), String::new()))? + "\n"
        }
    };
    if !arguments.quiet || options.format != DiffFormat::Pretty {
        terminal::print(&text).map_err(output)?;
    }
    for diff in diffs.iter().filter(|diff| options.require_version && !diff.verdict.enough) {
        let name = terminal::safe(&diff.head.id);
        let verdict = &diff.verdict;
        eprintln!(
            "nocere: {name} declares version {}, and this change asks for {}",
            verdict.declared, verdict.required
        );
        eprintln!("  help: raise `version` in its nocere.toml to {} or more", verdict.required);
    }
    let version = options.require_version && diffs.iter().any(|diff| !diff.verdict.enough);
    let unknown = diffs.iter().any(|diff| !diff.not_compared.is_empty());
    let fails = match options.fail_on {
        DiffFailOn::Never => false,
        // What could not be read may be anything.
        DiffFailOn::Exposure => unknown || diffs.iter().any(|diff| !diff.exposures.is_empty()),
        DiffFailOn::Major => diffs.iter().any(|diff| diff.verdict.change == Bump::Major),
        DiffFailOn::Any => diffs.iter().any(|diff| !diff.is_empty()),
    };
    Ok(if version || fails { Exit::Findings } else { Exit::Clean })
}
