//! `nocere lint --fix`: applies fixes until there are none, or shows what they would change.

use std::{collections::BTreeMap, fs, path::Path};

use nocere_lint::{
    Input,
    finding::{Finding, Fix, Safety},
    fix::apply,
};
use similar::TextDiff;

use super::output;
use crate::{
    arguments::Lint,
    project::{Problem, Project},
    report::Staged,
    terminal::{self, safe},
};

/// Fixes make room for other fixes; a catalog that is not at rest after so many rounds is left as it then is.
const ROUNDS: usize = 10;

/// Applies the fixes of a project, and says how many files they changed.
pub(super) fn run(project: &Project, lint: &Lint) -> Result<usize, Problem> {
    let before = project.read(|_| ());
    let mut after = before.clone();
    let session = project.session();
    for _ in 0..ROUNDS {
        let findings = session.lint(after.clone()).findings;
        let wanted = findings.iter().filter(|finding| project.shows(&finding.site.source.path));
        if !step(&mut after, wanted, lint.unsafe_fixes) {
            break;
        }
    }
    let mut changed = 0;
    for (before, after) in before.iter().zip(&after).filter(|(before, after)| before.content != after.content)
    {
        let (Ok(old), Ok(new)) = (&before.content, &after.content) else { continue };
        if lint.diff {
            show(&before.path, old, new)?;
        } else {
            write(Path::new(&before.path), old, new)?;
            changed += 1;
        }
    }
    Ok(changed)
}

/// One round: one fix for each finding, file by file. Whether anything changed.
fn step<'f>(inputs: &mut [Input], findings: impl Iterator<Item = &'f Finding>, unsafe_too: bool) -> bool {
    let mut fixes: BTreeMap<&str, Vec<(&Finding, &Fix)>> = BTreeMap::new();
    for finding in findings {
        let fix = finding.fixes.iter().find(|fix| unsafe_too || fix.safety == Safety::Safe);
        if let Some(fix) = fix {
            fixes.entry(&finding.site.source.path).or_default().push((finding, fix));
        }
    }
    let mut changed = false;
    for input in inputs {
        let Some(fixes) = fixes.get(input.path.as_str()) else { continue };
        let source = &fixes[0].0.site.source;
        if let Some(text) = apply(source, fixes.iter().map(|(_, fix)| *fix)) {
            input.content = Ok(text.into_bytes());
            changed = true;
        }
    }
    changed
}

fn show(path: &str, old: &[u8], new: &[u8]) -> Result<(), Problem> {
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let diff = TextDiff::from_lines(old.as_ref(), new.as_ref());
    let text = diff.unified_diff().context_radius(2).header(path, path).to_string();
    terminal::print(&safe(&text)).map_err(output)
}

/// Writes a file whole or not at all, and not when somebody has changed it meanwhile.
fn write(path: &Path, old: &[u8], new: &[u8]) -> Result<(), Problem> {
    let problem = |error| Problem::Path(path.to_owned(), error);
    if fs::read(path).map_err(problem)? != old {
        let message =
            format!("`{}` was changed while it was being linted, and was left alone", path.display());
        return Err(Problem::Other(message, "run the command again".into()));
    }
    Staged::new(path, new)?.put_in_place()
}
