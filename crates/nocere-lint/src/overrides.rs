//! Which setting of a rule counts for a file: what the last matching override says, or else the whole folder's.

use std::collections::BTreeMap;

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};

use crate::config::{Config, Setting};

/// The overrides of a configuration, ready to be asked.
#[derive(Debug, Default)]
pub(crate) struct Overrides {
    patterns: GlobSet,
    /// The override that each pattern belongs to.
    owners: Vec<usize>,
    rules: Vec<BTreeMap<String, Setting>>,
}

/// A pattern that cannot be used: the override, the pattern's number in it, what is wrong.
pub(crate) type Unusable = (usize, usize, String);

impl Overrides {
    pub(crate) fn new(config: &Config) -> Result<Self, Unusable> {
        let mut patterns = GlobSetBuilder::new();
        let mut overrides = Self::default();
        for (at, one) in config.overrides.iter().enumerate() {
            for (number, path) in one.paths.iter().enumerate() {
                patterns.add(pattern(path).map_err(|why| (at, number, why))?);
                overrides.owners.push(at);
            }
            overrides.rules.push(one.rules.clone());
        }
        overrides.patterns = patterns.build().map_err(|error| (0, 0, error.to_string()))?;
        Ok(overrides)
    }

    /// What the last override that matches a file and names a rule says of it, and which one that is.
    pub(crate) fn setting(&self, rule: &str, path: &str) -> Option<(usize, Setting)> {
        if self.rules.is_empty() {
            return None;
        }
        let matching = self.patterns.matches(path).into_iter().map(|pattern| self.owners[pattern]);
        matching.filter_map(|at| Some((at, *self.rules[at].get(rule)?))).max_by_key(|(at, _)| *at)
    }

    /// Whether an override lets a rule report something somewhere.
    pub(crate) fn turn_on(&self, rule: &str) -> bool {
        self.rules.iter().any(|rules| rules.get(rule).is_some_and(|setting| *setting != Setting::Off))
    }
}

/// A pattern as `nocere.toml` writes it: relative to it, with forward slashes; `*` stays within a folder.
fn pattern(text: &str) -> Result<Glob, String> {
    let outside = text.starts_with('/') || text.split('/').any(|part| part == "..");
    match text {
        "" => Err("it is empty".into()),
        _ if outside || text.contains('\\') => {
            Err("it must lie inside of this folder, and be written with `/`".into())
        }
        _ if text.ends_with('/') => Err(format!("a folder matches no file; write `{text}**`")),
        _ => GlobBuilder::new(text).literal_separator(true).build().map_err(|error| error.kind().to_string()),
    }
}
