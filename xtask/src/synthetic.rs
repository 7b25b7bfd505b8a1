//! Synthetic catalogs for measurements: the real catalog many times over, each copy with ids, references and words of
//! its own, a few more conditions, and a known share of defects. The same options make the same bytes.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use clap::Args;
use nocere_lint::{Input, Session, config::Config, derivation::restrictions};
use nocere_model::Exercise;

/// How a synthetic catalog is made.
#[derive(Args, Clone)]
pub(crate) struct Options {
    /// How many exercises
    #[arg(long, default_value_t = 1000)]
    exercises: usize,
    /// How many exercises in a thousand get a defect, one each
    #[arg(long, default_value_t = 20)]
    defects: u64,
    /// The seed of everything that varies
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The folder to write into, which must not exist
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// Conditions beyond those of the pack, each with the demand that it limits.
const CONDITIONS: [(&str, &str); 5] = [
    ("autumn-study-group", "overhead-arms"),
    ("winter-study-group", "balance-demand"),
    ("spring-study-group", "side-lying"),
    ("summer-study-group", "weight-on-wrists"),
    ("harvest-study-group", "kneeling"),
];

/// What can be wrong with an exercise, by the rule that finds it.
const DEFECTS: [&str; 4] = ["missing-contraindication", "claim-cure", "unknown-reference", "invalid-schema"];

/// A catalog in memory.
struct Synthetic {
    /// Path and text of each file.
    files: Vec<(String, String)>,
    /// How many findings each rule must make.
    expected: BTreeMap<&'static str, usize>,
}

/// Makes a catalog and writes it.
pub(crate) fn run(options: &Options) -> Result<(), String> {
    let made = make(options.exercises, options.defects, options.seed)?;
    let problem = |path: &Path, error: std::io::Error| format!("`{}`: {error}", path.display());
    fs::create_dir(&options.out).map_err(|error| problem(&options.out, error))?;
    let mut bytes = 0;
    for (path, text) in &made.files {
        let path = options.out.join(path);
        let folder = path.parent().unwrap_or(&options.out);
        fs::create_dir_all(folder).map_err(|error| problem(folder, error))?;
        fs::write(&path, text).map_err(|error| problem(&path, error))?;
        bytes += text.len();
    }
    println!("{} files, {bytes} bytes, findings expected: {:?}", made.files.len(), made.expected);
    Ok(())
}

/// A real document of the stock.
struct Stock {
    id: String,
    text: String,
    /// The condition of a contraindication that must be there, where the exercise has one.
    required: Option<String>,
    /// The further conditions that hold people back from it.
    limited_by: Vec<&'static str>,
}

fn make(exercises: usize, defects: u64, seed: u64) -> Result<Synthetic, String> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../catalog/low-back"));
    let stock = stock(folder)?;
    let routines = texts(&folder.join("routines"))?;
    let mut random = Random(seed);
    let mut made = Synthetic { files: Vec::new(), expected: BTreeMap::new() };
    made.files.push(("nocere.toml".into(), CATALOG.into()));
    for (name, text) in texts(&folder.join("sources"))? {
        made.files.push((format!("sources/{name}.yaml"), text));
    }
    for (id, demand) in CONDITIONS {
        made.files.push((format!("conditions/{id}.yaml"), condition(id, demand)));
    }
    let names: Vec<&str> = stock.iter().map(|stock| stock.id.as_str()).collect();
    let copies = exercises.div_ceil(stock.len());
    for copy in 0..copies {
        // The last copy is whole too, so that every reference leads somewhere.
        for one in &stock {
            let mut text = rename(&one.text, &names, copy);
            let words = random.sentences();
            text = describe(&text, &words);
            for id in &one.limited_by {
                text = contraindicate(&text, id);
            }
            if random.below(1000) < defects {
                let defect = DEFECTS[random.below(DEFECTS.len() as u64) as usize];
                if let Some(broken) = break_it(&text, one, defect) {
                    text = broken;
                    *made.expected.entry(defect).or_default() += 1;
                }
            }
            made.files.push((format!("exercises/{:03}/{}-{copy}.yaml", copy / 20, one.id), text));
        }
        for (id, text) in &routines {
            let text = rename(text, &names, copy);
            made.files.push((format!("routines/{:03}/{id}-{copy}.yaml", copy / 200), text));
        }
    }
    Ok(made)
}

const CATALOG: &str = "[catalog]\nid = \"synthetic\"\nname = \"Synthetic\"\nversion = \"0.1.0\"\nlanguage = \"en\"\npacks = [\"core\"]\n";

fn condition(id: &str, demand: &str) -> String {
    let name = id.replace('-', " ");
    format!(
        "kind: condition\nid: {id}\nname: The {name}\nask: Are you in the {name}?\nlimits:\n  - demand: {demand}\n    level: caution\n    because: Made up for measurements.\n    grade: C\n    sources: [hips-instead-of-back]\nsources: [hips-instead-of-back]\n"
    )
}

/// The YAML files of a folder by name, in order.
fn texts(folder: &Path) -> Result<Vec<(String, String)>, String> {
    let problem = |error: std::io::Error| format!("`{}`: {error}", folder.display());
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).map_err(problem)? {
        let path = entry.map_err(problem)?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        texts.push((name, fs::read_to_string(&path).map_err(problem)?));
    }
    texts.sort();
    Ok(texts)
}

/// The real exercises, with what the linter says of them.
fn stock(folder: &Path) -> Result<Vec<Stock>, String> {
    let exercises = texts(&folder.join("exercises"))?;
    let inputs = exercises.iter().map(|(name, text)| Input::from((name.as_str(), text.as_str()))).collect();
    let extra = CONDITIONS.map(|(id, demand)| (format!("{id}.yaml"), condition(id, demand)));
    let inputs: Vec<Input> = extra
        .iter()
        .map(|(path, text)| Input::from((path.as_str(), text.as_str())))
        .chain::<Vec<Input>>(inputs)
        .collect();
    let config = Config::read(CATALOG).map_err(|error| error.message)?;
    let catalog = Session::new(config).load(inputs);
    let mut all = Vec::new();
    for (id, text) in exercises {
        let unread = || format!("the exercise `{id}` cannot be read");
        let doc =
            catalog.all::<Exercise>().into_iter().find(|doc| doc.id.as_str() == id).ok_or_else(unread)?;
        let restrictions = restrictions(&catalog, doc.value());
        let limited_by = CONDITIONS
            .iter()
            .map(|(id, _)| *id)
            .filter(|id| restrictions.iter().any(|one| one.condition.id.as_str() == *id));
        let required = restrictions.iter().find(|one| one.written.is_some() && one.derived.is_some());
        all.push(Stock {
            required: required.map(|one| one.condition.id.to_string()),
            limited_by: limited_by.collect(),
            id,
            text,
        });
    }
    Ok(all)
}

/// The document with an id of its own, and every exercise that it refers to in the same copy.
fn rename(text: &str, names: &[&str], copy: usize) -> String {
    // Keys that hold ids of exercises, and items of lists that may be one.
    let lists =
        ["alternatives:", "progressions:", "regressions:", "choose:", "leave-out:", "- use:", "- { use:"];
    let holds_ids = |line: &str| {
        let line = line.trim_start();
        lists.iter().any(|list| line.starts_with(list))
            || line.strip_prefix("- ").is_some_and(|item| names.contains(&item))
    };
    let own = |word: &str| names.contains(&word).then(|| format!("{word}-{copy}"));
    let mut renamed = String::with_capacity(text.len() + 64);
    for line in text.lines() {
        if let Some(id) = line.strip_prefix("id: ") {
            renamed += &format!("id: {id}-{copy}");
        } else if line.starts_with("name: ") && !line.ends_with('"') {
            renamed += &format!("{line} {copy}");
        } else if holds_ids(line) {
            let mut rest = line;
            while let Some(start) = rest.find(|c: char| c.is_ascii_lowercase()) {
                renamed += &rest[..start];
                let end = rest[start..].find(|c: char| !c.is_ascii_lowercase() && c != '-');
                let end = end.map_or(rest.len(), |end| start + end);
                let word = &rest[start..end];
                renamed += own(word).as_deref().unwrap_or(word);
                rest = &rest[end..];
            }
            renamed += rest;
        } else {
            renamed += line;
        }
        renamed.push('\n');
    }
    renamed
}

/// The exercise with a description, where it has none.
fn describe(text: &str, words: &str) -> String {
    match text.contains("\ndescription:") || words.is_empty() {
        true => text.to_owned(),
        false => text.replacen("\nsteps:\n", &format!("\ndescription: >-\n  {words}\nsteps:\n"), 1),
    }
}

/// The exercise with one more contraindication.
fn contraindicate(text: &str, condition: &str) -> String {
    let row = format!(
        "  - condition: {condition}\n    level: caution\n    say: Ask the person who leads the group first.\n"
    );
    match text.contains("\ncontraindications:\n") {
        true => text.replacen("\ncontraindications:\n", &format!("\ncontraindications:\n{row}"), 1),
        false => text.replacen("\nsources:", &format!("\ncontraindications:\n{row}sources:"), 1),
    }
}

/// The exercise with one defect, where it has a place for it.
fn break_it(text: &str, stock: &Stock, defect: &str) -> Option<String> {
    let replaced = |from: &str, to: &str| text.contains(from).then(|| text.replacen(from, to, 1));
    match defect {
        "claim-cure" if text.contains("\ndescription: >-") => {
            replaced("\nsteps:\n", "\n  This drill cures back pain.\nsteps:\n")
        }
        "claim-cure" => replaced("\nsteps:\n", "\ndescription: This drill cures back pain.\nsteps:\n"),
        "unknown-reference" => replaced("\nalternatives: [", "\nalternatives: [nowhere-to-be-found, "),
        "invalid-schema" => replaced("\nlaterality: ", "\nlateralitee: "),
        _ => {
            let start = text.find(&format!("  - condition: {}\n", stock.required.as_ref()?))?;
            // The row ends where the next row or the next key begins.
            let mut lines = text[start..].match_indices('\n').map(|(at, _)| start + at + 1);
            let end = lines.find(|at| !text[*at..].starts_with("    "))?;
            Some(format!("{}{}", &text[..start], &text[end..]))
        }
    }
}

/// Numbers that look random and are the same everywhere (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end.max(1)
    }

    fn pick(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len() as u64) as usize]
    }

    /// None to four sentences that no rule minds.
    fn sentences(&mut self) -> String {
        let count = self.below(5);
        let mut all = Vec::new();
        for _ in 0..count {
            let who =
                self.pick(&["Beginners", "Many people", "Office workers", "Gardeners", "Dancers", "Nurses"]);
            let does = self.pick(&["prefer", "choose", "remember", "practise", "record", "discuss"]);
            let what = self.pick(&[
                "a slow tempo",
                "the short form",
                "the morning",
                "a quiet room",
                "fewer rounds",
                "soft music",
            ]);
            let when = self.pick(&[
                "on busy days",
                "in the first week",
                "after travelling",
                "in winter",
                "with a friend",
                "at work",
            ]);
            let why = self.pick(&[
                "and that is fine",
                "because it fits the day",
                "which keeps the habit alive",
                "and write it in a diary",
                "so the plan stays simple",
                "as the notes of the programme suggest",
            ]);
            all.push(format!("{who} {does} {what} {when}, {why}."));
        }
        all.join("\n  ")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn findings(made: &Synthetic) -> BTreeMap<String, usize> {
        let inputs = made.files.iter().filter(|(path, _)| path.ends_with(".yaml"));
        let inputs = inputs.map(|(path, text)| Input::from((path.as_str(), text.as_str()))).collect();
        let outcome = Session::new(Config::read(CATALOG).unwrap()).lint(inputs);
        let mut counts = BTreeMap::new();
        for finding in outcome.findings {
            *counts.entry(finding.rule.to_string()).or_default() += 1;
        }
        counts
    }

    #[test]
    fn a_synthetic_catalog_has_the_defects_that_were_put_in_and_no_other() {
        let made = make(150, 200, 7).unwrap();
        let expected: BTreeMap<String, usize> =
            made.expected.iter().map(|(rule, count)| ((*rule).to_owned(), *count)).collect();
        assert_eq!(expected.len(), DEFECTS.len(), "{expected:?}");
        assert_eq!(findings(&made), expected);
        assert_eq!(findings(&make(48, 0, 1).unwrap()), BTreeMap::new());
    }

    #[test]
    fn the_same_options_make_the_same_catalog() {
        assert_eq!(make(60, 50, 3).unwrap().files, make(60, 50, 3).unwrap().files);
        assert_ne!(make(60, 50, 3).unwrap().files, make(60, 50, 4).unwrap().files);
    }
}
