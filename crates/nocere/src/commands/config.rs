//! `nocere config`: the settings that count for a file, and where each comes from.

use nocere_lint::{
    config::{Setting, locate},
    rule_infos,
};
use serde_json::json;

use super::output;
use crate::{
    Exit,
    arguments::{self, Listing},
    project::{self, Problem, Project, shown},
    terminal::{self, safe},
};

/// A setting: its name, its value, and the line that says so; none when it is the usual one.
struct Line {
    name: String,
    value: String,
    line: Option<usize>,
}

pub(crate) fn run(asked: &arguments::Config) -> Result<Exit, Problem> {
    let projects = project::find(std::slice::from_ref(&asked.path))?;
    let mut text = String::new();
    let mut all = Vec::new();
    for project in &projects {
        let lines = settings(project, &shown(&asked.path))?;
        let file = project.root.as_ref().map(|_| shown(&project.config_path()));
        let origin = |line: &Line| match (&file, line.line) {
            (Some(file), Some(line)) => format!("{file}:{line}"),
            _ => "default".into(),
        };
        if projects.len() > 1 {
            text += &format!("# {}\n", file.as_deref().unwrap_or("files in no catalog"));
        }
        let widest = |part: fn(&Line) -> usize| lines.iter().map(part).max().unwrap_or_default();
        let (names, values) = (widest(|line| line.name.len()), widest(|line| line.value.len()));
        for line in &lines {
            let Line { name, value, .. } = line;
            match asked.show_origin {
                true => text += &format!("{name:names$}  {value:values$}  {}\n", origin(line)),
                false => text += &format!("{name:names$}  {value}\n"),
            }
        }
        let object = |line: &Line| json!({ "name": line.name, "value": line.value, "origin": origin(line) });
        all.push(json!({ "file": file, "settings": lines.iter().map(object).collect::<Vec<_>>() }));
    }
    if asked.format == Listing::Json {
        text = format!("{:#}\n", json!(all));
    }
    terminal::print(&safe(&text)).map_err(output)?;
    Ok(Exit::Clean)
}

fn settings(project: &Project, path: &str) -> Result<Vec<Line>, Problem> {
    let (config, text) = (&project.config, &project.config_text);
    let at = |way: &[&str]| {
        let found = locate(text, way)?;
        Some(text[..found.key.start.min(text.len())].matches('\n').count() + 1)
    };
    let line = |way: &[&str], value: String| Line { name: way.join("."), value, line: at(way) };
    let profile: Option<String> =
        config.profile.and_then(|profile| Some(serde_json::to_value(profile).ok()?.as_str()?.to_owned()));
    let options = &config.options;
    let mut lines = vec![
        line(&["profile"], profile.unwrap_or("none".into())),
        line(&["catalog", "packs"], list(config.packs())),
        line(&["prose", "block-quotes"], config.prose.block_quotes.to_string()),
        line(&["options", "duration-mismatch", "tolerance"], options.duration_mismatch.tolerance.to_string()),
        line(&["options", "placeholder-text", "words"], list(&options.placeholder_text.words)),
        line(&["limits", "file-mib"], config.limits.file_mib.to_string()),
        line(&["limits", "values"], config.limits.values.to_string()),
        line(&["limits", "depth"], config.limits.depth.to_string()),
    ];
    let session = project.session();
    let catalog = session.load(project.read(|_| ()));
    project.check_names(&catalog)?;
    for rule in rule_infos(&catalog) {
        let usual = format!("{:?}", rule.severity).to_lowercase();
        let (value, line) = match session.setting(&rule.name, path) {
            Some((way, setting)) => {
                let way: Vec<&str> = way.iter().map(String::as_str).collect();
                (setting.severity().map_or("off".into(), |_| word(setting)), at(&way))
            }
            None => (usual, None),
        };
        lines.push(Line { name: format!("rules.{}", rule.name), value, line });
    }
    Ok(lines)
}

fn list(words: &[String]) -> String {
    if words.is_empty() { "none".into() } else { words.join(", ") }
}

fn word(setting: Setting) -> String {
    format!("{setting:?}").to_lowercase()
}
