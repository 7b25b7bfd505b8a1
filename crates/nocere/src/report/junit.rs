//! The report as JUnit XML, which most build servers show: a suite for each file, a failed test for each error and
//! warning. Notes are tests that pass and say something.

use std::io;

use nocere_lint::finding::{Finding, Severity};
use quick_xml::{Writer, events::BytesText};

use super::{
    Run,
    place::{Repository, first_line},
    sentence, summary,
};
use crate::terminal::safe;

pub(super) fn render(run: &Run) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing to memory cannot fail.
    let _ = document(run, &mut writer);
    let body = String::from_utf8_lossy(&writer.into_inner()).into_owned();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{body}\n")
}

fn document(run: &Run, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let mut repository = Repository::here();
    let files: Vec<&[Finding]> =
        run.findings.chunk_by(|a, b| a.site.source.path == b.site.source.path).collect();
    // A report without a test looks like a run that never was.
    let clean = usize::from(files.is_empty());
    let tests = (run.findings.len() + clean).to_string();
    let failures = failures(&run.findings);
    let all = writer.create_element("testsuites").with_attributes([
        ("name", "nocere"),
        ("tests", tests.as_str()),
        ("failures", failures.as_str()),
        ("errors", "0"),
    ]);
    all.write_inner_content(|writer| {
        if clean > 0 {
            let summary = summary(run);
            suite(writer, "nocere", "1", "0", |writer| {
                let test = writer.create_element("testcase");
                let test = test.with_attributes([("classname", "nocere"), ("name", summary.as_str())]);
                test.write_empty().map(drop)
            })?;
        }
        for findings in &files {
            let file = repository.file(&findings[0].site.source.path);
            let path = text(file.path());
            let (tests, failures) = (findings.len().to_string(), self::failures(findings));
            suite(writer, &path, &tests, &failures, |writer| {
                findings.iter().try_for_each(|finding| test(writer, &path, finding))
            })?;
        }
        Ok(())
    })?;
    Ok(())
}

fn suite(
    writer: &mut Writer<Vec<u8>>,
    name: &str,
    tests: &str,
    failures: &str,
    inner: impl FnOnce(&mut Writer<Vec<u8>>) -> io::Result<()>,
) -> io::Result<()> {
    let suite = writer.create_element("testsuite").with_attributes([
        ("name", name),
        ("tests", tests),
        ("failures", failures),
        ("errors", "0"),
        ("skipped", "0"),
    ]);
    suite.write_inner_content(inner).map(drop)
}

fn test(writer: &mut Writer<Vec<u8>>, path: &str, finding: &Finding) -> io::Result<()> {
    let place = first_line(&finding.site).start;
    let name = format!("{} at line {}, column {}", finding.rule, place.line, place.column);
    let line = place.line.to_string();
    let message = text(&sentence(&finding.message));
    let said = said(finding, path, place.line);
    let test = writer.create_element("testcase").with_attributes([
        ("classname", path),
        ("name", name.as_str()),
        ("file", path),
        ("line", line.as_str()),
    ]);
    test.write_inner_content(|writer| {
        let outcome = match finding.severity {
            Severity::Note => writer.create_element("system-out"),
            severity => writer
                .create_element("failure")
                .with_attribute(("type", if severity == Severity::Error { "error" } else { "warning" }))
                .with_attribute(("message", message.as_str())),
        };
        outcome.write_text_content(BytesText::new(&said)).map(drop)
    })
    .map(drop)
}

/// The whole finding in words.
fn said(finding: &Finding, path: &str, line: u32) -> String {
    let mut said = format!("{path}:{line}: {}", sentence(&finding.message));
    for (label, part) in [("Why", &finding.why), ("What to do", &finding.help)] {
        if let Some(part) = part {
            said += &format!("\n{label}: {}", sentence(part));
        }
    }
    text(&said)
}

fn failures(findings: &[Finding]) -> String {
    findings.iter().filter(|finding| finding.severity > Severity::Note).count().to_string()
}

/// Text without the characters that XML cannot hold.
fn text(text: &str) -> String {
    safe(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
