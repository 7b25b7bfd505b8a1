//! What must hold for any bytes. The fuzz targets call these, and the tests replay the corpus through them.

use nocere_lint::{
    Input, Session,
    config::{Config, PackInfo},
    finding::{Finding, Fix, Safety, Site},
    fix,
    position::SourceText,
    prose::{Format, Reading, blocks},
};
use nocere_model::{Count, Date, Duration, Frequency};

/// The kinds of file, by the first byte of the input.
const ENDINGS: [&str; 6] = ["yaml", "yaml", "json", "md", "txt", "html"];

/// A part of the built-in pack, with something of every kind: the whole of it would take most of the time of each run.
const PACK: [(&str, &str); 16] = [
    ("core:1", include_str!("../../catalog/core/claims/claim-acute-use.yaml")),
    ("core:2", include_str!("../../catalog/core/conditions/sciatica.yaml")),
    ("core:3", include_str!("../../catalog/core/cues/prone-position.yaml")),
    ("core:4", include_str!("../../catalog/core/cues/standing-on-one-leg.yaml")),
    ("core:5", include_str!("../../catalog/core/demands/lumbar-flexion-loaded.yaml")),
    ("core:6", include_str!("../../catalog/core/demands/lumbar-flexion.yaml")),
    ("core:7", include_str!("../../catalog/core/demands/prone.yaml")),
    ("core:8", include_str!("../../catalog/core/demands/standing.yaml")),
    ("core:9", include_str!("../../catalog/core/dosage/static-stretch.yaml")),
    ("core:a", include_str!("../../catalog/core/equipment/mat.yaml")),
    ("core:b", include_str!("../../catalog/core/lexicon/accident.yaml")),
    ("core:c", include_str!("../../catalog/core/ordering/easier-before-harder.yaml")),
    ("core:d", include_str!("../../catalog/core/ordering/activation-straight-after-release.yaml")),
    ("core:e", include_str!("../../catalog/core/red-flags/cauda-equina.yaml")),
    ("core:f", include_str!("../../catalog/core/screenings/low-back-self-care.yaml")),
    ("core:g", include_str!("../../catalog/core/targets/calves.yaml")),
];

fn session() -> Session {
    let config = Config::read("[catalog]\nid = \"a\"\nname = \"A\"\nversion = \"0.1.0\"\n");
    let pack =
        PackInfo { id: "core".into(), name: "Core".into(), version: "0.1.0".into(), language: "en".into() };
    Session::new(config.unwrap_or_default())
        .with_core(pack, PACK.map(Input::from).into())
        .on("2026-11-21".parse().unwrap_or_else(|_| unreachable!()))
}

fn input(bytes: &[u8]) -> Option<Input> {
    let (first, content) = bytes.split_first()?;
    let ending = ENDINGS[usize::from(*first) % ENDINGS.len()];
    Some(Input { path: format!("file.{ending}"), content: Ok(content.to_vec()) })
}

fn inside(site: &Site, finding: &Finding) {
    assert!(!site.spans.is_empty(), "{}", finding.message);
    for span in &site.spans {
        let here = site.source.text.get(span.range());
        assert!(here.is_some(), "{span:?} in {}: {}", site.source.path, finding.message);
    }
}

/// A file gets findings whose every span lies in its file, on characters.
pub(crate) fn lint(bytes: &[u8]) {
    let Some(input) = input(bytes) else { return };
    for finding in session().lint(vec![input]).findings {
        inside(&finding.site, &finding);
        finding.related.iter().for_each(|other| inside(&other.site, &finding));
        assert!(!finding.message.is_empty() && !finding.rule.is_empty());
    }
}

/// Prose in each of its formats: whatever part of a block is looked for, its places are in the file, in order, on
/// characters.
pub(crate) fn prose(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for format in [Format::Markdown, Format::Html, Format::Plain] {
        for block in blocks(text, format, Reading { block_quotes: true }) {
            let ends: Vec<usize> =
                block.text.char_indices().map(|(at, _)| at).chain([block.text.len()]).collect();
            // Beginnings, endings and single characters; of a long text about a hundred of each.
            let step = 1 + ends.len() / 100;
            let beginnings = ends.iter().map(|end| 0..*end).step_by(step);
            let endings = ends.iter().map(|start| *start..block.text.len()).step_by(step);
            let single = ends.windows(2).map(|pair| pair[0]..pair[1]).step_by(step);
            for range in beginnings.chain(endings).chain(single) {
                let mut last = 0;
                for place in block.source_ranges(range.clone()) {
                    let good =
                        place.start >= last && text.get(place.clone()).is_some_and(|text| !text.is_empty());
                    assert!(good, "{format:?}: {place:?} for {range:?} of {:?}", block.text);
                    last = place.end;
                }
            }
        }
    }
}

/// Applying every fix again and again comes to an end, and what was no fault of syntax before is none afterwards.
pub(crate) fn fixes(bytes: &[u8]) {
    let Some(mut input) = input(bytes) else { return };
    let session = session();
    let own = |findings: &[Finding]| -> Vec<Fix> {
        let here = findings.iter().filter(|finding| finding.site.source.path.starts_with("file."));
        let fixes = here.filter_map(|finding| finding.fixes.first());
        fixes.filter(|fix| fix.safety == Safety::Safe).cloned().collect()
    };
    for _ in 0..12 {
        let Ok(Ok(text)) = input.content.clone().map(String::from_utf8) else { return };
        let findings = session.lint(vec![input.clone()]).findings;
        let source = SourceText::new(input.path.as_str(), text.as_str());
        match fix::apply(&source, &own(&findings)) {
            Some(fixed) => input.content = Ok(fixed.into_bytes()),
            None => return,
        }
    }
    panic!("the fixes never come to an end");
}

/// Durations, counts, frequencies and dates: what is read is written so that it reads the same.
pub(crate) fn grammars(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(value) = text.parse::<Duration>() {
        assert_eq!(value.to_string().parse::<Duration>().ok(), Some(value));
    }
    if let Ok(value) = text.parse::<Count>() {
        assert_eq!(value.to_string().parse::<Count>().ok(), Some(value));
    }
    if let Ok(value) = text.parse::<Frequency>() {
        assert_eq!(value.to_string().parse::<Frequency>().ok(), Some(value));
    }
    if let Ok(value) = text.parse::<Date>() {
        assert_eq!(value.to_string().parse::<Date>().ok(), Some(value));
    }
    // A suppression, whatever it says, is read as one.
    let comment: String = text.chars().filter(|c| !c.is_control()).collect();
    lint(format!("\0kind: target\nid: a # nocere: {comment}\nname: A\n").as_bytes());
}

/// Any text as a pattern of a claim rule: it compiles or says why not, and finds its words on characters.
pub(crate) fn patterns(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (pattern, prose) = text.split_once('\n').unwrap_or((text, "It cures pain, guaranteed."));
    let quoted = |text: &str| {
        let kept: String = text.chars().filter(|c| !c.is_control() && *c != '\u{feff}').collect();
        format!("'{}'", kept.replace('\'', "''"))
    };
    let rule = format!(
        "kind: claim-rule\nid: claim-own\nmessage: \"`{{match}}` is said\"\nwhy: Why.\ninstead: Else.\nseverity: warning\npatterns: [{}]\nexamples: {{ flag: [a], ok: [b] }}\n",
        quoted(pattern)
    );
    let target = format!("kind: target\nid: a\ndefinition: A.\nname: {}\n", quoted(prose));
    let inputs = [("rule.yaml", rule.as_str()), ("target.yaml", target.as_str())].map(Input::from);
    for finding in session().lint(inputs.to_vec()).findings {
        inside(&finding.site, &finding);
    }
}
