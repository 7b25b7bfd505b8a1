//! SARIF 2.1.0: what GitHub code scanning and other viewers of analysis results read.

use std::{cmp::Reverse, collections::HashMap};

use nocere_lint::{
    RuleInfo,
    finding::{Confidence, Finding, Safety, Severity, Site},
    position::Range,
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{
    Run, capitalised,
    place::{File, Repository, fingerprints, first_line},
    sentence, shortened,
};

/// What code scanning takes at most from a run; a file with more is refused.
const RESULTS: usize = 25_000;
/// What code scanning shows at most.
const SHOWN: usize = 5_000;
/// The most characters of a rule's short texts.
const DESCRIPTION: usize = 1024;
/// The most related places of a result that code scanning keeps.
const RELATED: usize = 99;

/// The most bytes of the lines around a place.
const CONTEXT: usize = 1000;

/// The name under which a viewer knows the top of the repository.
const TOP: &str = "SRCROOT";

/// What a path keeps in a URI; a colon would make a scheme of what stands before it.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~');

pub(super) fn render(run: &Run) -> String {
    let fingerprints = fingerprints(&run.findings);
    let rules: HashMap<&str, usize> =
        run.rules.iter().enumerate().map(|(at, rule)| (rule.name.as_str(), at)).collect();
    let mut repository = Repository::here();
    let mut results: Vec<(&Finding, &String)> = run.findings.iter().zip(&fingerprints).collect();
    if results.len() > RESULTS {
        results.sort_by_key(|(finding, _)| Reverse(finding.severity));
        results.truncate(RESULTS);
    }
    let results: Vec<Value> = results
        .into_iter()
        .map(|(finding, fingerprint)| result(finding, fingerprint, &rules, &mut repository))
        .collect();
    let mut invocation = json!({ "executionSuccessful": true });
    if let Some(limits) = limits(run.findings.len()) {
        let notification = json!({ "level": "warning", "message": { "text": limits } });
        invocation["toolExecutionNotifications"] = json!([notification]);
    }
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "nocere",
                "fullName": "nocere, the linter for exercise content",
                // Readers want an address. The project has none yet, and `.invalid` says so, as in its schemas.
                "informationUri": "https://nocere.invalid/",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": run.rules.iter().map(descriptor).collect::<Vec<_>>(),
            }},
            "invocations": [invocation],
            "originalUriBaseIds": { TOP: { "description": { "text": "The top folder of the repository." } } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

/// What is said when a limit of code scanning is hit.
fn limits(findings: usize) -> Option<String> {
    match findings {
        _ if findings > RESULTS => Some(format!(
            "There are {findings} findings. Code scanning takes {RESULTS} in one file, so this file holds the worst {RESULTS}, and code scanning shows the worst {SHOWN}. The JSON report holds all."
        )),
        _ if findings > SHOWN => Some(format!(
            "There are {findings} findings. This file holds all of them, and code scanning shows the worst {SHOWN}."
        )),
        _ => None,
    }
}

/// A rule, with the whole of its documentation.
fn descriptor(rule: &RuleInfo) -> Value {
    let problem = match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "recommendation",
    };
    json!({
        "id": rule.name,
        "name": in_one_word(&rule.name),
        "shortDescription": { "text": described(&rule.summary) },
        "fullDescription": { "text": described(&why(rule)) },
        "help": { "text": rule.docs.trim(), "markdown": rule.docs.trim() },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "tags": [rule.family], "problem.severity": problem },
    })
}

/// `missing-source` as `MissingSource`: viewers expect names of that form beside ids.
fn in_one_word(name: &str) -> String {
    name.split('-').map(capitalised).collect()
}

/// The summary of a rule, and why it matters.
fn why(rule: &RuleInfo) -> String {
    let after = rule.docs.split_once("## Why it matters").map_or("", |(_, after)| after);
    let why = after.split("\n## ").next().unwrap_or_default();
    let words: Vec<&str> = rule.summary.split_whitespace().chain(why.split_whitespace()).collect();
    words.join(" ")
}

fn described(text: &str) -> String {
    match text.char_indices().nth(DESCRIPTION - 1) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn result(
    finding: &Finding,
    fingerprint: &str,
    rules: &HashMap<&str, usize>,
    repository: &mut Repository,
) -> Value {
    let file = repository.file(&finding.site.source.path);
    let mut text = links_broken(&sentence(&shortened(&finding.message)));
    for (label, part) in [("Why", &finding.why), ("What to do", &finding.help)] {
        if let Some(part) = part {
            text += &format!("\n\n{label}: {}", links_broken(&sentence(&shortened(part))));
        }
    }
    let mut related = Vec::new();
    for (at, other) in finding.related.iter().take(RELATED).enumerate() {
        let file = repository.file(&other.site.source.path);
        let range = first_line(&other.site);
        let said = shortened(&other.message);
        let mut place = match &file {
            // No viewer can open it: it is part of the program.
            File::Pack(path) => json!({ "logicalLocations": [{
                "fullyQualifiedName": format!("{path}:{}", range.start.line),
                "kind": "resource",
            }]}),
            file => location(file, &other.site),
        };
        place["id"] = json!(at);
        place["message"] = json!({ "text": sentence(&links_broken(&said)) });
        related.push(place);
        text += &match file {
            File::Pack(path) => {
                format!("\n\nSee {path}:{}: {}", range.start.line, sentence(&links_broken(&said)))
            }
            _ => format!("\n\nSee [{}]({at}).", link_text(&said)),
        };
    }
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": text },
        "locations": [location(&file, &finding.site)],
        "partialFingerprints": { "primaryLocationLineHash": fingerprint },
        "rank": match finding.confidence {
            Confidence::High => 90,
            Confidence::Medium => 60,
            Confidence::Low => 30,
        },
        "properties": { "confidence": finding.confidence, "data": finding.data },
    });
    if let Some(index) = rules.get(finding.rule.as_ref()) {
        result["ruleIndex"] = json!(index);
    }
    if !related.is_empty() {
        result["relatedLocations"] = json!(related);
    }
    if !finding.fixes.is_empty() {
        result["fixes"] = fixes(finding, &file);
    }
    result
}

fn fixes(finding: &Finding, file: &File) -> Value {
    let source = &finding.site.source;
    let fixes = finding.fixes.iter().map(|fix| {
        let replacements: Vec<Value> = fix
            .edits
            .iter()
            .map(|edit| {
                let deleted = region(source.range(edit.span));
                json!({ "deletedRegion": deleted, "insertedContent": { "text": edit.text } })
            })
            .collect();
        let read = match fix.safety {
            Safety::Safe => "",
            Safety::Unsafe => " Read the result before you keep it.",
        };
        json!({
            "description": { "text": format!("{}{read}", sentence(&fix.title)) },
            "artifactChanges": [{ "artifactLocation": artifact(file), "replacements": replacements }],
        })
    });
    Value::Array(fixes.collect())
}

/// A place on one line, with the words that stand there and the lines around them, unless those are very long.
fn location(file: &File, site: &Site) -> Value {
    let range = first_line(site);
    let mut place = json!({ "artifactLocation": artifact(file), "region": region(range) });
    if let Some((around, lines)) = surroundings(site, range) {
        let (start, end) = (range.start.offset as usize, range.end.offset as usize);
        place["region"]["snippet"] = json!({ "text": site.source.text.get(start..end).unwrap_or_default() });
        place["contextRegion"] =
            json!({ "startLine": around.start, "endLine": around.end, "snippet": { "text": lines } });
    }
    json!({ "physicalLocation": place })
}

/// The lines from the one before a place to the one after it: their numbers, and their text.
fn surroundings(site: &Site, range: Range) -> Option<(std::ops::Range<u32>, &str)> {
    let text = site.source.text.as_str();
    let at = range.start.offset as usize;
    let before = text.get(..at)?.rmatch_indices('\n').nth(1).map_or(0, |(newline, _)| newline + 1);
    let after = text.get(at..)?.match_indices('\n').nth(1).map_or(text.len(), |(newline, _)| at + newline);
    let lines = text.get(before..after).filter(|lines| lines.len() <= CONTEXT && !lines.is_empty())?;
    let first = range.start.line.saturating_sub(1).max(1);
    let breaks = u32::try_from(lines.matches('\n').count()).ok()?;
    Some((first..first + breaks, lines))
}

fn artifact(file: &File) -> Value {
    let encoded = |path: &str| utf8_percent_encode(path, PATH).to_string();
    match file {
        File::Inside(path) | File::Pack(path) => json!({ "uri": encoded(path), "uriBaseId": TOP }),
        // A drive of Windows stands without a slash.
        File::Outside(path) => json!({ "uri": format!("file:///{}", encoded(path.trim_start_matches('/'))) }),
    }
}

fn region(range: Range) -> Value {
    json!({
        "startLine": range.start.line,
        "startColumn": range.start.column,
        "endLine": range.end.line,
        "endColumn": range.end.column,
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// Text from files in which nothing can be taken for a link to a place.
fn links_broken(text: &str) -> String {
    match text.contains("](") {
        true => link_text(text),
        false => text.to_owned(),
    }
}

/// Text as the words of a link.
fn link_text(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}
