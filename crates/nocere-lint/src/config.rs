//! `nocere.toml`: what a folder is, which packs it uses, and how strictly it is linted.

use std::{collections::BTreeMap, ops::Range};

use nocere_model::{Id, Profile, Source};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::de::{DeTable, DeValue};

use crate::{
    catalog::Catalog, finding::Severity, limits::Limits, overrides::Overrides, rule::rule_infos,
    spelling::did_you_mean,
};

/// Where a setting stands in a `nocere.toml`, in bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Located {
    /// Its key.
    pub key: Range<usize>,
    /// Its value.
    pub value: Range<usize>,
}

/// Finds a setting by the keys that lead to it; items of a list go by their number.
#[must_use]
pub fn locate(text: &str, way: &[&str]) -> Option<Located> {
    let table = DeTable::parse(text).ok()?;
    let mut found = Located { key: table.span(), value: table.span() };
    let mut value = DeValue::Table(table.into_inner());
    for step in way {
        let (key, next) = match value {
            DeValue::Table(table) => table.into_iter().find(|(key, _)| key.get_ref() == step)?,
            DeValue::Array(array) => {
                let item = array.into_iter().nth(step.parse().ok()?)?;
                found = Located { key: item.span(), value: item.span() };
                value = item.into_inner();
                continue;
            }
            _ => return None,
        };
        found = Located { key: key.span(), value: next.span() };
        value = next.into_inner();
    }
    Some(found)
}

/// The content of `nocere.toml`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Config {
    /// This folder is a catalog: content that is linted and exported.
    #[serde(default)]
    pub catalog: Option<CatalogInfo>,
    /// This folder is a knowledge pack: definitions that catalogs use.
    #[serde(default)]
    pub pack: Option<PackInfo>,
    /// This folder holds several catalogs or packs.
    #[serde(default)]
    pub workspace: Option<Workspace>,
    /// The jurisdiction whose advertising rules decide how severe a claim is.
    #[serde(default)]
    pub profile: Option<Profile>,
    /// How prose is read: Markdown, HTML and plain text.
    #[serde(default)]
    pub prose: ProseConfig,
    /// Severity of single rules: `off`, `note`, `warning` or `error`, by name.
    #[serde(default)]
    pub rules: BTreeMap<String, Setting>,
    /// Severities that count in some files only; of several that match a file, the last one counts.
    #[serde(default)]
    pub overrides: Vec<Override>,
    /// What some rules let a catalog choose.
    #[serde(default)]
    pub options: Options,
    /// What a file may cost at most.
    #[serde(default)]
    pub limits: Limits,
}

/// Severities that count in some files only.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Override {
    /// The files, as patterns relative to this file: `legacy/**`, `exercises/*.yaml`.
    pub paths: Vec<String>,
    /// Severity of single rules there, by name. An export takes the stricter of this and what counts elsewhere.
    pub rules: BTreeMap<String, Setting>,
}

/// What some rules let a catalog choose.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Options {
    /// Of `duration-mismatch`.
    #[serde(default)]
    pub duration_mismatch: DurationMismatch,
    /// Of `placeholder-text`.
    #[serde(default)]
    pub placeholder_text: PlaceholderText,
}

/// Options of `duration-mismatch`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DurationMismatch {
    /// How far a stated length may be off, in percent.
    #[schemars(range(max = 100))]
    pub tolerance: u8,
}

impl Default for DurationMismatch {
    fn default() -> Self {
        Self { tolerance: 25 }
    }
}

/// Options of `placeholder-text`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PlaceholderText {
    /// More words that only stand in for others. Those in capitals count only in capitals.
    pub words: Vec<String>,
}

/// How prose is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ProseConfig {
    /// Whether block quotes are linted too; they usually hold the words of others.
    #[serde(default)]
    pub block_quotes: bool,
}

/// What a catalog is.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CatalogInfo {
    /// Its id, in kebab-case.
    pub id: String,
    /// Its name as people read it.
    pub name: String,
    /// Its version, `MAJOR.MINOR.PATCH`.
    pub version: String,
    /// The language of its texts, as a BCP 47 tag.
    #[serde(default = "english")]
    pub language: String,
    /// The packs that it uses.
    #[serde(default = "core_pack")]
    pub packs: Vec<String>,
}

/// What a knowledge pack is.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PackInfo {
    /// Its id, in kebab-case.
    pub id: String,
    /// Its name as people read it.
    pub name: String,
    /// Its version, `MAJOR.MINOR.PATCH`.
    pub version: String,
    /// The language of its texts, as a BCP 47 tag.
    #[serde(default = "english")]
    pub language: String,
}

/// Several catalogs in one repository.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Workspace {
    /// Their folders, relative to this file.
    pub catalogs: Vec<String>,
}

/// The severity of a rule in a catalog.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    /// The rule is not run.
    Off,
    /// Its findings are notes.
    Note,
    /// Its findings are warnings.
    Warning,
    /// Its findings are errors.
    Error,
}

impl Setting {
    /// The severity, unless the rule is off.
    #[must_use]
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

fn english() -> String {
    "en".into()
}

fn core_pack() -> Vec<String> {
    vec!["core".into()]
}

/// What is wrong with a `nocere.toml`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConfigError {
    /// Where, in bytes.
    pub span: Option<Range<usize>>,
    /// What.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Config {
    /// Reads the text of a `nocere.toml`.
    ///
    /// # Errors
    /// When it is not TOML, has unknown keys, names unknown rules, or states no version that can be read.
    pub fn read(text: &str) -> Result<Self, ConfigError> {
        let config: Self = toml::from_str(text).map_err(|error| ConfigError {
            span: error.span(),
            message: error.message().to_owned(),
            help: "see docs/configuration.md for every key".into(),
        })?;
        config.check(text).map_or(Ok(config), Err)
    }

    /// The JSON Schema (2020-12) of `nocere.toml`.
    #[must_use]
    pub fn schema() -> serde_json::Value {
        let settings = schemars::generate::SchemaSettings::draft2020_12();
        let mut schema = settings.into_generator().into_root_schema_for::<Self>().to_value();
        if let Some(object) = schema.as_object_mut() {
            object.insert("$id".into(), "https://nocere.invalid/schemas/nocere-toml.schema.json".into());
            object.insert("title".into(), "nocere.toml".into());
        }
        schema
    }

    fn check(&self, text: &str) -> Option<ConfigError> {
        let error = |word: &str, message: String, help: String| {
            let at = text.find(word);
            Some(ConfigError { span: at.map(|at| at..at + word.len()), message, help })
        };
        if let Err((at, number, why)) = Overrides::new(self) {
            let (at, number) = (at.to_string(), number.to_string());
            let span = locate(text, &["overrides", &at, "paths", &number]).map(|found| found.value);
            let message = format!("this pattern cannot be used: {why}");
            return Some(ConfigError { span, message, help: "write it like `legacy/**`".into() });
        }
        if self.options.duration_mismatch.tolerance > 100 {
            let span = locate(text, &["options", "duration-mismatch", "tolerance"]).map(|found| found.value);
            let message = "a tolerance is a percentage, from 0 to 100".into();
            return Some(ConfigError { span, message, help: "25 is usual".into() });
        }
        let catalog = self.catalog.as_ref().map(|info| (&info.id, &info.version));
        let pack = self.pack.as_ref().map(|info| (&info.id, &info.version));
        for (id, version) in catalog.into_iter().chain(pack) {
            if let Err(problem) = Id::<Source>::new(id.as_str()) {
                return error(id, format!("`{id}` is not an id"), problem.to_string());
            }
            if version.split('.').count() != 3 || version.split('.').any(|part| part.parse::<u32>().is_err())
            {
                return error(
                    version,
                    format!("`{version}` is not a version"),
                    "write it like `1.4.0`".into(),
                );
            }
        }
        if usize::from(self.catalog.is_some())
            + usize::from(self.pack.is_some())
            + usize::from(self.workspace.is_some())
            > 1
        {
            return error(
                "[",
                "a folder is a catalog, a pack or a workspace, and not two of them".into(),
                "keep one table".into(),
            );
        }
        None
    }

    /// The id of the catalog or pack that this folder is.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        let catalog = self.catalog.as_ref().map(|catalog| catalog.id.as_str());
        catalog.or(self.pack.as_ref().map(|pack| pack.id.as_str()))
    }

    /// The first rule named here that a catalog does not know. Claim rules are documents, so the names are known only
    /// when the catalog has been read.
    #[must_use]
    pub fn misnamed(&self, text: &str, catalog: &Catalog) -> Option<ConfigError> {
        if self.rules.is_empty() && self.overrides.is_empty() {
            return None;
        }
        let known: Vec<String> = rule_infos(catalog).into_iter().map(|rule| rule.name).collect();
        let unknown = |name: &&String| !known.contains(name);
        let whole = self.rules.keys().find(unknown).map(|name| (name, vec!["rules".to_owned()]));
        let (name, mut way) = whole.or_else(|| {
            let mut overrides = self.overrides.iter().enumerate();
            overrides.find_map(|(at, one)| {
                let way = vec!["overrides".into(), at.to_string(), "rules".into()];
                Some((one.rules.keys().find(unknown)?, way))
            })
        })?;
        way.push(name.clone());
        let way: Vec<&str> = way.iter().map(String::as_str).collect();
        let help = match did_you_mean(name, known.iter().map(String::as_str)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`nocere rules` lists them".into(),
        };
        let span = locate(text, &way).map(|found| found.key);
        Some(ConfigError { span, message: format!("there is no rule `{name}`"), help })
    }

    /// The packs that documents of this folder may refer to.
    #[must_use]
    pub fn packs(&self) -> &[String] {
        self.catalog.as_ref().map(|catalog| catalog.packs.as_slice()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_named_where_they_stand() {
        let good =
            "[catalog]\nid = \"a\"\nname = \"A\"\nversion = \"0.1.0\"\n[rules]\nmissing-dosage = \"off\"\n";
        assert_eq!(Config::read(good).unwrap().packs(), ["core"]);
        for (text, word) in [
            (good.replace("0.1.0", "one"), "1.4.0"),
            (good.replace("\"a\"", "\"A b\""), "lower-case"),
            (good.replace("name", "nmae"), "configuration.md"),
            (format!("{good}[workspace]\ncatalogs = []\n"), "keep one"),
            ("[catalog".into(), "configuration.md"),
        ] {
            let error = Config::read(&text).unwrap_err();
            assert!(error.help.contains(word), "{text}: {error:?}");
            assert!(error.span.is_some(), "{text}");
        }
    }
}
