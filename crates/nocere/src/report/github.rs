//! Annotations of GitHub Actions: commands in the log that put findings on the lines of a change, and the whole list
//! for the summary of the step.

use std::{fmt::Write as _, fs, io::Write as _, path::Path};

use nocere_lint::finding::{Finding, Severity};

use super::{
    Run, counted, markdown,
    place::{Repository, first_line},
    sentence, shortened, summary, worst_first,
};
use crate::{place::plain, terminal::safe};

/// The annotations of one type that GitHub shows for a step; it drops the others without a word.
const SHOWN: usize = 10;

/// The bytes that the summary of a step may have.
const SUMMARY: usize = 1 << 20;

pub(super) fn render(run: &Run) -> String {
    let mut repository = Repository::here();
    let findings = worst_first(&run.findings);
    let kinds: Vec<&[&Finding]> = findings.chunk_by(|a, b| a.severity == b.severity).collect();
    let capped = kinds.iter().any(|kind| kind.len() > SHOWN);
    let mut text = String::new();
    let mut hidden: Vec<&Finding> = Vec::new();
    for kind in kinds {
        // The closing notice is a notice too, and must be shown.
        let most = if capped && kind[0].severity == Severity::Note { SHOWN - 1 } else { SHOWN };
        let (shown, rest) = kind.split_at(most.min(kind.len()));
        text.extend(shown.iter().map(|finding| annotation(finding, &mut repository)));
        hidden.extend(rest);
    }
    if !hidden.is_empty() {
        let message = format!(
            "{} more: {}. GitHub shows {SHOWN} of each kind; the summary of this step lists all.",
            hidden.len(),
            counted(hidden.into_iter())
        );
        let _ = writeln!(text, "::notice title=nocere::{}", data(&message));
    }
    text + &safe(&summary(run)) + "\n"
}

fn annotation(finding: &Finding, repository: &mut Repository) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let file = repository.file(&finding.site.source.path);
    let range = first_line(&finding.site);
    let mut message = sentence(&shortened(&finding.message));
    for (label, part) in [("Why", &finding.why), ("What to do", &finding.help)] {
        if let Some(part) = part {
            let _ = write!(message, "\n{label}: {}", sentence(&shortened(part)));
        }
    }
    format!(
        "::{command} file={},line={},endLine={},col={},endColumn={},title={}::{}\n",
        property(file.path()),
        range.start.line,
        range.end.line,
        range.start.column,
        // GitHub counts the last column in.
        range.end.column.saturating_sub(1).max(range.start.column),
        property(&finding.rule),
        data(&message),
    )
}

/// Text as the message of a command: nothing in it can end the command or begin another.
fn data(text: &str) -> String {
    safe(&text.replace("\r\n", "\n")).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text as a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Appends the whole list to the summary of the step, where GitHub says where that is. Says what went wrong: a summary
/// that could not be written decides nothing.
pub(super) fn step_summary(run: &Run) {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else { return };
    if let Err(error) = append(Path::new(&path), run) {
        eprintln!("nocere: the summary of the step could not be written: {}", safe(&plain(&error)));
    }
}

fn append(path: &Path, run: &Run) -> std::io::Result<()> {
    let mut file = fs::OpenOptions::new().append(true).create(true).open(path)?;
    let before = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
    let room = SUMMARY.saturating_sub(before);
    let text = markdown::render(run, usize::MAX, room);
    // Over the limit GitHub shows nothing at all, and would lose what others have written.
    if text.len() <= room { file.write_all(text.as_bytes()) } else { Ok(()) }
}
