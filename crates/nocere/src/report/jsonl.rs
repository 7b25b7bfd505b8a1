//! The report for programs that read line by line.

use nocere_lint::report::Report;

use super::Run;

pub(super) fn render(run: &Run) -> String {
    Report::new(&run.findings, run.files).lines()
}
