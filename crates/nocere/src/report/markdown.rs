//! The report as Markdown, for a comment on a change or the summary of a job: a table that is read at a glance, and
//! the reasons behind it, folded away.

use std::collections::BTreeSet;

use nocere_lint::finding::{Finding, Severity};

use super::{
    Run,
    place::{Repository, first_line},
    sentence, shortened, summary, worst_first,
};
use crate::terminal::safe;

/// The bytes that a comment may have on the common forges, with room for what others put around it.
pub(super) const COMMENT: usize = 60_000;

/// At most so many findings, in at most so many bytes; the worst come first.
pub(super) fn render(run: &Run, most: usize, bytes: usize) -> String {
    let mut text = format!("### nocere\n\n{}.\n", inline(&summary(run)));
    if run.findings.is_empty() {
        return text;
    }
    let mut repository = Repository::here();
    let findings = worst_first(&run.findings);
    text += "\n| | where | what |\n| --- | --- | --- |\n";
    // What closes the report must fit too.
    let room = bytes.saturating_sub(500);
    let mut shown = 0;
    for finding in findings.iter().take(most) {
        let row = row(finding, &mut repository);
        if text.len() + row.len() > room {
            break;
        }
        text += &row;
        shown += 1;
    }
    if shown < findings.len() {
        text += &format!("\n{} more findings are not shown here.\n", findings.len() - shown);
    }
    let room = room.saturating_sub(text.len());
    text + &reasons(&findings[..shown], room)
}

fn row(finding: &Finding, repository: &mut Repository) -> String {
    let severity = match finding.severity {
        Severity::Error => "**error**",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let file = repository.file(&finding.site.source.path);
    let line = first_line(&finding.site).start.line;
    let place = code(&format!("{}:{line}", file.path()));
    let what = inline(&sentence(&shortened(&finding.message)));
    format!("| {severity} | {place} | {} {what} |\n", code(&finding.rule))
}

/// Why each rule's findings harm and what to do, as far as there is room: reasons that are the same are said once.
fn reasons(findings: &[&Finding], room: usize) -> String {
    let mut seen = BTreeSet::new();
    let mut text = String::new();
    for finding in findings {
        let parts = [("Why", &finding.why), ("What to do", &finding.help)];
        let said: String = parts
            .iter()
            .filter_map(|(label, part)| {
                Some(format!(" {label}: {}", inline(&sentence(&shortened(part.as_deref()?)))))
            })
            .collect();
        let line = format!("- {}{said}\n", code(&finding.rule));
        if said.is_empty() || !seen.insert(line.clone()) {
            continue;
        }
        if text.len() + line.len() > room {
            break;
        }
        text += &line;
    }
    match text.is_empty() {
        true => text,
        false => format!("\n<details><summary>Why, and what to do</summary>\n\n{text}\n</details>\n"),
    }
}

/// Text in a line of Markdown: what it holds is shown and never obeyed. Pairs of backticks stay code, as in messages.
fn inline(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let last = parts.len() - 1;
    let piece = |(at, part): (usize, &&str)| match at % 2 {
        1 if at < last => code(part),
        // A backtick without a partner.
        1 => format!("&#96;{}", plain(part)),
        _ => plain(part),
    };
    parts.iter().enumerate().map(piece).collect()
}

/// Text as code.
fn code(text: &str) -> String {
    format!("<code>{}</code>", escaped(text))
}

/// Text in which `@name` calls nobody and `#1` links nowhere.
fn plain(text: &str) -> String {
    escaped(text).replace("&#64;", "&#64;<!-- -->").replace("&#35;", "&#35;<!-- -->")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in safe(text).chars() {
        match c {
            '\n' | '\t' => out.push(' '),
            '&' | '<' | '>' | '"' | '*' | '_' | '[' | ']' | '\\' | '`' | '|' | '~' | '#' | '@' | '$'
            | '!' => {
                out += &format!("&#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_holds_is_shown_and_not_obeyed() {
        assert_eq!(inline("there is no target `a|b`"), "there is no target <code>a&#124;b</code>");
        assert_eq!(
            inline("<script>\n**x** @all #1"),
            "&#60;script&#62; &#42;&#42;x&#42;&#42; &#64;<!-- -->all &#35;<!-- -->1"
        );
        assert_eq!(inline("a ` b"), "a &#96; b");
        assert_eq!(inline("[x](http://y)"), "&#91;x&#93;(http://y)");
    }
}
