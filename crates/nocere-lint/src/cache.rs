//! What a run found as bytes that can be kept, and the key by which they are found again.
//!
//! The key is made of all that a run depends on: the program, the settings, the day, the baseline and every byte of
//! every file. So what was kept under it is what the run would find; nothing ever has to be thrown away because
//! something has changed. Whoever can write where it is kept decides what is found there.

use std::{collections::BTreeMap, sync::Arc};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    Input, Outcome, RuleInfo, Session,
    catalog::Catalog,
    finding::{Finding, Site},
    fingerprint::hex,
    position::SourceText,
    rule_infos,
};

/// What a report on a run needs to know.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Linted {
    /// How many files were linted.
    pub files: usize,
    /// The findings, by path, place and rule.
    pub findings: Vec<Finding>,
    /// How many findings a suppression took away.
    pub suppressed: usize,
    /// How many findings the baseline knows.
    pub baselined: usize,
    /// The rules that the files were linted with.
    pub rules: Vec<RuleInfo>,
}

/// What is kept: findings name their files, and each file's text is there once.
#[derive(Serialize, Deserialize)]
struct Kept<L> {
    texts: BTreeMap<String, String>,
    linted: L,
}

impl Linted {
    /// What a report on a run needs to know, and the documents.
    #[must_use]
    pub fn of(outcome: Outcome) -> (Self, Catalog) {
        let linted = Self {
            files: outcome.files,
            suppressed: outcome.suppressed.len(),
            baselined: outcome.baselined.len(),
            rules: rule_infos(&outcome.catalog),
            findings: outcome.findings,
        };
        (linted, outcome.catalog)
    }

    /// The bytes to keep; `None` if they could not be made, which no finding is known to cause.
    #[must_use]
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let sources = self.findings.iter().flat_map(sites).map(|site| &site.source);
        let texts = sources.map(|source| (source.path.clone(), source.text.clone())).collect();
        let json = serde_json::to_string(&Kept { texts, linted: self }).ok()?;
        Some(format!("{}\n{json}\n", hex(&Sha256::digest(&json))).into_bytes())
    }

    /// What was kept; `None` when these are not the bytes that were.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (sum, json) = std::str::from_utf8(bytes).ok()?.strip_suffix('\n')?.split_once('\n')?;
        if hex(&Sha256::digest(json)) != sum {
            return None;
        }
        let Kept { texts, mut linted }: Kept<Self> = serde_json::from_str(json).ok()?;
        let source = |(path, text): (String, String)| (path.clone(), SourceText::new(path, text));
        let sources: BTreeMap<String, Arc<SourceText>> = texts.into_iter().map(source).collect();
        for finding in &mut linted.findings {
            let related = finding.related.iter_mut().map(|related| &mut related.site);
            for site in related.chain([&mut finding.site]) {
                site.source = Arc::clone(sources.get(&site.source.path)?);
            }
        }
        Some(linted)
    }
}

fn sites(finding: &Finding) -> impl Iterator<Item = &Site> {
    finding.related.iter().map(|related| &related.site).chain([&finding.site])
}

impl Session {
    /// The key of a run over these files: SHA-256 of all that it depends on, in hexadecimal digits.
    #[must_use]
    pub fn key(&self, inputs: &[Input]) -> String {
        let files: Vec<String> = inputs.par_iter().map(digest_of).collect();
        let program = concat!(env!("CARGO_PKG_VERSION"), " ", env!("NOCERE_SOURCES"));
        digest(&[program.as_bytes(), self.depends_on().as_bytes(), files.concat().as_bytes()])
    }
}

fn digest_of(input: &Input) -> String {
    match &input.content {
        Ok(bytes) => digest(&[input.path.as_bytes(), b"read", bytes]),
        Err(reason) => digest(&[input.path.as_bytes(), b"not read", reason.as_bytes()]),
    }
}

/// SHA-256 of parts, in hexadecimal digits. Each has its length before it, so that no other parts are the same bytes.
fn digest(parts: &[&[u8]]) -> String {
    let mut sum = Sha256::new();
    for part in parts {
        sum.update((part.len() as u64).to_le_bytes());
        sum.update(part);
    }
    hex(&sum.finalize())
}

/// A source by its path alone: its text is kept beside, once.
pub(crate) mod by_path {
    use std::{borrow::Cow, sync::Arc};

    use serde::{Deserialize, Deserializer, Serializer};

    use crate::position::SourceText;

    pub(crate) fn serialize<S: Serializer>(source: &Arc<SourceText>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&source.path)
    }

    pub(crate) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Arc<SourceText>, D::Error> {
        Ok(SourceText::new(Cow::<str>::deserialize(from)?, ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{baseline::Baseline, config::Config};

    const EXERCISE: &str = "kind: exercise
id: heel-raise
name: Heel raise
technique: strengthening
demands: [standng]
steps: [Stand tall. TODO, This heals your spine.]
sources: [bjsmb]
";

    fn session(more: &str) -> Session {
        let text = format!("[catalog]\nid = \"a\"\nname = \"A\"\nversion = \"0.1.0\"\n{more}");
        Session::new(Config::read(&text).unwrap())
    }

    fn linted() -> Linted {
        let inputs = vec![
            Input::from(("a.yaml", EXERCISE)),
            Input::from(("again.yaml", EXERCISE)),
            Input { path: "b.yaml".into(), content: Ok(b"kind: \xff".into()) },
            Input { path: "c.yaml".into(), content: Err("it is gone".into()) },
        ];
        Linted::of(session("").lint(inputs)).0
    }

    #[test]
    fn what_was_kept_is_what_was_found() {
        let linted = linted();
        assert!(linted.findings.len() > 5 && linted.findings.iter().any(|found| !found.related.is_empty()));
        let kept = Linted::from_bytes(&linted.to_bytes().unwrap()).unwrap();
        assert_eq!(format!("{:#?}", kept.findings), format!("{:#?}", linted.findings));
        assert_eq!(format!("{:?}", kept.rules), format!("{:?}", linted.rules));
        assert_eq!(kept.to_bytes(), linted.to_bytes());
    }

    #[test]
    fn bytes_that_were_damaged_are_not_what_was_kept() {
        let bytes = linted().to_bytes().unwrap();
        for at in [0, 10, 64, 65, 100, bytes.len() / 2, bytes.len() - 1] {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert!(Linted::from_bytes(&damaged).is_none(), "byte {at}");
            assert!(Linted::from_bytes(&bytes[..at]).is_none(), "{at} bytes");
        }
    }

    #[test]
    fn the_key_is_another_when_anything_is() {
        let input = |path: &str, content: Result<&str, &str>| Input {
            path: path.into(),
            content: content.map(|text| text.as_bytes().to_vec()).map_err(str::to_owned),
        };
        let one = || vec![input("a.yaml", Ok("x")), input("b.yaml", Ok("y"))];
        let findings = session("").lint(vec![Input::from(("a.yaml", EXERCISE))]).findings;
        let read = |path, text| Some(Baseline::read(path, text).unwrap());
        let empty = "{\"version\":1,\"findings\":[]}";
        let keys = [
            session("").key(&one()),
            session("").key(&[]),
            session("").key(&one()[..1]),
            session("").key(&[input("a.yaml", Ok("x")), input("b.yaml", Ok("z"))]),
            session("").key(&[input("a.yaml", Ok("x")), input("c.yaml", Ok("y"))]),
            session("").key(&[input("a.yaml", Ok("x")), input("b.yaml", Err("y"))]),
            session("[rules]\nplaceholder-text = \"off\"\n").key(&one()),
            session("").in_folder("there").key(&one()),
            session("").strict().key(&one()),
            session("").on("2026-01-01".parse().unwrap()).key(&one()),
            session("").on("2026-01-02".parse().unwrap()).key(&one()),
            session("").with_baseline(Some(Baseline::of(&findings))).key(&one()),
            session("").with_baseline(Some(Baseline::of(&findings[1..]))).key(&one()),
            session("").with_baseline(read("b.json", empty)).key(&one()),
            session("").with_baseline(read("b.json", &format!("{empty}\n"))).key(&one()),
            session("").with_baseline(read("c.json", empty)).key(&one()),
        ];
        let different: std::collections::BTreeSet<_> = keys.iter().collect();
        assert_eq!(different.len(), keys.len());
        assert_eq!(session("").key(&one()), keys[0], "and the same when nothing is");
    }
}
