//! A line for each finding.

use std::fmt::Write;

use super::{Run, mendable, rest, summary};
use crate::terminal::safe;

pub(super) fn render(run: &Run, most: usize) -> String {
    let mut text = String::new();
    for finding in run.findings.iter().take(most) {
        let place = finding.site.source.place(finding.site.span().start);
        let severity = format!("{:?}", finding.severity).to_lowercase();
        let path = safe(&finding.site.source.path);
        let message = finding.message.replace('\n', " ");
        let _ = writeln!(
            text,
            "{path}:{}:{}: {severity}[{}] {}",
            place.line,
            place.column,
            finding.rule,
            safe(&message)
        );
    }
    text += &rest(run, most).unwrap_or_default();
    text += &summary(run);
    text + "\n" + &mendable(run).unwrap_or_default()
}
