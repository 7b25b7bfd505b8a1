//! Safe fixes on the real catalog, made worse in one place at a time, and on routines that a generator made: they
//! converge, are at rest afterwards, still read, take no comment away, and leave every other finding as it was.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{collections::BTreeSet, fs, sync::OnceLock};

use common::{Folder, Random, files, nocere_at, workspace};
use nocere_lint::{
    Input, Session,
    config::Config,
    document::Document,
    finding::{Finding, Safety},
    fix::apply,
    position::SourceText,
};

const CATALOG: &str = "catalog/low-back";

/// The files of the real catalog: path and text.
fn catalog() -> &'static [(String, String)] {
    static CATALOG_FILES: OnceLock<Vec<(String, String)>> = OnceLock::new();
    CATALOG_FILES.get_or_init(|| {
        let root = workspace().join(CATALOG);
        let documents =
            files(&root).into_iter().filter(|path| path.extension().is_some_and(|end| end == "yaml"));
        documents
            .map(|path| {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                (name, fs::read_to_string(&path).unwrap())
            })
            .collect()
    })
}

fn original(file: &str) -> &'static str {
    &catalog().iter().find(|(path, _)| path == file).unwrap_or_else(|| panic!("no {file}")).1
}

/// The findings on the real catalog with this text in place of one of its files, or beside them.
fn lint(file: &str, text: &str) -> Vec<Finding> {
    // Working out who is shown which routine takes long, and matters only where a routine is mended.
    let wanted =
        |path: &str| path != file && (file.starts_with("routines/") || !path.starts_with("routines/"));
    let others = catalog().iter().filter(|(path, _)| wanted(path));
    let mut inputs: Vec<Input> =
        others.map(|(path, text)| Input::from((path.as_str(), text.as_str()))).collect();
    inputs.push(Input::from((file, text)));
    let config = fs::read_to_string(workspace().join(CATALOG).join("nocere.toml")).unwrap();
    Session::new(Config::read(&config).unwrap()).lint(inputs).findings
}

/// What a finding says, without its place.
fn said(findings: &[Finding]) -> BTreeSet<String> {
    findings.iter().map(|finding| format!("{}: {}", finding.rule, finding.message)).collect()
}

/// The text after safe fixes, and the findings that stay. Everything that must hold of any fix is checked here.
fn mended(file: &str, broken: &str) -> (String, Vec<Finding>) {
    let before = lint(file, broken);
    let (mut text, mut findings) = (broken.to_owned(), before.clone());
    for round in 0.. {
        let fixes = findings
            .iter()
            .filter(|finding| finding.site.source.path == file)
            .filter_map(|finding| finding.fixes.iter().find(|fix| fix.safety == Safety::Safe));
        let source = SourceText::new(file, text.as_str());
        match apply(&source, fixes) {
            Some(next) => text = next,
            None => break,
        }
        assert!(round < 10, "{file} does not come to rest:\n{text}");
        findings = lint(file, &text);
    }
    let faults = Document::read(SourceText::new(file, text.as_str())).faults;
    assert!(faults.is_empty(), "{file}: {faults:?}\n{text}");
    let new: Vec<String> = said(&findings).difference(&said(&before)).cloned().collect();
    assert!(new.is_empty(), "{file}: a fix brought {new:#?}\n{text}");
    (text, findings)
}

/// The lines of a text, sorted: what an order cannot change.
fn lines(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

/// The items of a routine's text: the range of lines of each, by block.
fn items(text: &str) -> Vec<Vec<(usize, usize)>> {
    let lines: Vec<&str> = text.lines().collect();
    let mut blocks: Vec<Vec<(usize, usize)>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.starts_with("    exercises:") {
            blocks.push(Vec::new());
        } else if line.starts_with("      - ") {
            blocks.last_mut().unwrap().push((at, at + 1));
        } else if line.starts_with("        ")
            && let Some(item) = blocks.last_mut().and_then(|block| block.last_mut())
        {
            item.1 = at + 1;
        }
    }
    blocks
}

#[test]
fn an_exercise_out_of_place_is_put_back_with_everything_that_belongs_to_it() {
    let mut mended_routines = 0;
    for (file, text) in catalog().iter().filter(|(path, _)| path.starts_with("routines/")) {
        for block in items(text).iter().filter(|block| block.len() > 1) {
            let lines_of: Vec<&str> = text.lines().collect();
            let (first, last) = (block[0], block[block.len() - 1]);
            // The first exercise of the block becomes its last, with a comment of its own.
            let mut moved: Vec<String> = lines_of[..first.0].iter().map(|line| (*line).to_owned()).collect();
            moved.extend(lines_of[first.1..last.1].iter().map(|line| (*line).to_owned()));
            moved.push("      # mine".into());
            moved.extend(lines_of[first.0..first.1].iter().map(|line| (*line).to_owned()));
            moved.extend(lines_of[last.1..].iter().map(|line| (*line).to_owned()));
            let broken = moved.join("\n") + "\n";
            let (after, findings) = mended(file, &broken);
            assert_eq!(lines(&after), lines(&broken), "{file}");
            if after == broken {
                continue;
            }
            mended_routines += 1;
            assert!(!findings.iter().any(|finding| finding.rule == "order-violation"), "{file}: {after}");
            let own = lines_of[first.0];
            assert!(after.contains(&format!("      # mine\n{own}\n")), "the comment stays behind: {after}");
        }
    }
    assert!(mended_routines >= 3, "{mended_routines}");
}

/// Swaps two letters of a word.
fn misspelt(word: &str) -> Option<String> {
    let bytes = word.as_bytes();
    let at = (1..bytes.len().saturating_sub(2)).find(|at| {
        bytes[*at] != bytes[at + 1] && bytes[*at].is_ascii_lowercase() && bytes[at + 1].is_ascii_lowercase()
    })?;
    let mut letters = bytes.to_vec();
    letters.swap(at, at + 1);
    String::from_utf8(letters).ok()
}

#[test]
fn misspelt_keys_and_ids_become_what_they_were_byte_for_byte() {
    let (mut tried, mut back) = (0, 0);
    for (number, (file, text)) in
        catalog().iter().enumerate().filter(|(_, (path, _))| !path.starts_with("sources/"))
    {
        let list = text.lines().enumerate().filter(|(_, line)| {
            let word = line.trim_start().trim_start_matches("- ").trim_start_matches("condition: ");
            let plain = |c: char| c.is_ascii_lowercase() || c == '-';
            // A key at the top, or an id alone on its line.
            match line.split_once(':') {
                Some((key, _)) if line.starts_with(plain) => key.len() > 5 && key.chars().all(plain),
                _ => word.len() > 5 && line.starts_with("  ") && word.chars().all(plain),
            }
        });
        let places: Vec<(usize, &str)> = list.collect();
        // Some places of each file, others in the next one.
        for (at, line) in places.iter().skip(number % 5).step_by(17) {
            let start = line.len() - line.trim_start_matches([' ', '-']).len();
            let end =
                line[start..].find(':').filter(|_| start == 0).map_or(line.len(), |colon| start + colon);
            let start = line[..end].rfind(' ').map_or(start, |space| space + 1);
            let Some(wrong) = misspelt(&line[start..end]) else { continue };
            let mut changed: Vec<String> = text.lines().map(str::to_owned).collect();
            changed[*at].replace_range(start..end, &wrong);
            let broken = changed.join("\n") + "\n";
            let (after, _) = mended(file, &broken);
            tried += 1;
            assert!(after == *text || after == broken, "{file}: `{wrong}` became something else:\n{after}");
            back += usize::from(after == *text);
        }
    }
    assert!(tried > 30 && back * 10 > tried * 8, "{back} of {tried}");
}

#[test]
fn the_sides_are_written_only_as_a_person_would() {
    let (mut tried, mut written) = (0, 0);
    for (file, text) in catalog().iter().filter(|(path, _)| path.starts_with("exercises/")) {
        for flag in [", sides: each", ", sides: alternating"] {
            if !text.contains(flag) || !text.contains("laterality: unilateral") {
                continue;
            }
            tried += 1;
            let (after, findings) = mended(file, &text.replace(flag, ""));
            let told = findings.iter().any(|finding| finding.rule == "one-sided");
            assert!(told || after.contains(&flag[2..]), "{file}: {after}");
            written += usize::from(!told);
        }
    }
    assert!(tried > 15 && written > 0, "{written} of {tried}");
}

#[test]
fn generated_routines_come_to_rest_with_every_comment_at_its_exercise() {
    const RULES: [&str; 6] = [
        "easier-before-harder",
        "hips-before-low-back",
        "low-back-muscles-last",
        "release-before-stretch",
        "stretch-before-activation",
        "activation-before-strengthening",
    ];
    let exercises: Vec<&str> = catalog()
        .iter()
        .filter_map(|(path, _)| path.strip_prefix("exercises/")?.strip_suffix(".yaml"))
        .collect();
    let mut random = Random(0x5eed_0dd5);
    let mut changed = 0;
    for _ in 0..25 {
        let mut text =
            String::from("kind: routine\nid: made\nname: Made\nscreening: low-back-self-care\nfollows:\n");
        for rule in RULES.iter().filter(|_| random.below(2) == 0).collect::<Vec<_>>() {
            text += &format!("  - {rule}\n");
        }
        text += "blocks:\n";
        let mut number = 0;
        for block in 0..1 + random.below(2) {
            text += &format!("  - title: Part {block}\n    exercises:\n");
            for _ in 0..1 + random.below(5) {
                number += 1;
                let id = exercises[random.below(exercises.len())];
                text += &match random.below(3) {
                    0 => format!("      # above {number}\n      - {id}  # behind {number}\n"),
                    1 => format!("      - use: {id}  # behind {number}\n        note: Slowly.\n"),
                    _ => format!("      - {{ use: {id}, note: Slowly. }}  # behind {number}\n"),
                };
            }
        }
        let (after, _) = mended("routines/made.yaml", &text);
        assert_eq!(lines(&after), lines(&text));
        for line in text.lines().filter(|line| line.contains("# above")) {
            let behind = line.trim_start().replace("above", "behind");
            let next = after.lines().skip_while(|other| *other != line).nth(1).unwrap();
            assert!(next.ends_with(&behind), "{line} stands above {next}:\n{after}");
        }
        changed += usize::from(after != text);
    }
    assert!(changed >= 3, "{changed}");
}

#[test]
fn the_command_mends_files_and_shows_before_it_does() {
    let folder = Folder::new();
    let put = |path: &str, text: &str| folder.write(path, text);
    put("nocere.toml", &fs::read_to_string(workspace().join(CATALOG).join("nocere.toml")).unwrap());
    catalog().iter().for_each(|(path, text)| put(path, text));
    let file = "exercises/clamshell.yaml";
    let good = original(file);
    let broken = good.replace("difficulty:", "dificulty:").replace("[side-lying]", "[side-lyng]");
    put(file, &broken);
    let ran = nocere_at(&folder, ["lint", "--diff"]);
    assert!(ran.stdout.contains("-dificulty: ") && ran.stdout.contains("+difficulty: "), "{}", ran.stdout);
    assert_eq!(fs::read_to_string(folder.path().join(file)).unwrap(), broken);
    let ran = nocere_at(&folder, ["lint", "--fix"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stdout);
    let after = fs::read_to_string(folder.path().join(file)).unwrap();
    assert!(after == good, "{after}");
    let again = nocere_at(&folder, ["lint", "--fix"]);
    assert_eq!((again.code, fs::read_to_string(folder.path().join(file)).unwrap()), (Some(0), after));
}
