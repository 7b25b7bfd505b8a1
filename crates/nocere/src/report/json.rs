//! The report for programs.

use nocere_lint::report::Report;

use super::Run;

pub(super) fn render(run: &Run) -> String {
    let report = Report::new(&run.findings, run.files);
    match serde_json::to_string_pretty(&report) {
        Ok(text) => text + "\n",
        // A report holds only strings and numbers, which always serialise.
        Err(error) => format!("{{\"version\":1,\"error\":\"{error}\"}}\n"),
    }
}
