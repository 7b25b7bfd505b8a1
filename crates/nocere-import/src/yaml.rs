//! The few forms of YAML that an imported document is written in.

use serde_json::Value;

/// Words that YAML reads as something other than text.
const KEYWORDS: &[&str] = &["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

/// A text as a scalar on one line: plain where that is surely read back the same, and in double quotes otherwise.
pub(crate) fn text(text: &str) -> String {
    let tame = |c: char| c.is_ascii_alphanumeric() || " ,.'()/-;%".contains(c);
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && !text.ends_with(' ')
        && text.chars().all(tame)
        && !KEYWORDS.contains(&text.to_ascii_lowercase().as_str());
    if plain { text.to_owned() } else { quoted(text) }
}

/// A text in double quotes, with everything that does not print as an escape.
fn quoted(text: &str) -> String {
    let json = Value::from(text).to_string();
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
            || is_direction(c)
    };
    json.chars()
        .map(|c| match hidden(c) {
            true => format!("\\u{:04x}", u32::from(c)),
            false => c.to_string(),
        })
        .collect()
}

/// Marks that turn the direction of writing, and characters of no width.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
}

/// A value in flow form, on one line: JSON, which YAML reads the same.
pub(crate) fn flow(value: &Value) -> String {
    match value {
        Value::String(string) => quoted(string),
        Value::Array(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) if entries.is_empty() => "{}".into(),
        Value::Object(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(key, value)| format!("{}: {}", quoted(key), flow(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        other => other.to_string(),
    }
}

/// Foreign words on one line, for a comment or a sentence: no line break and nothing that does not print.
pub(crate) fn words(text: &str) -> String {
    let printing: String = text
        .chars()
        .map(|c| if c.is_control() || is_direction(c) || c == '\u{feff}' { ' ' } else { c })
        .collect();
    printing.split_whitespace().collect::<Vec<_>>().join(" ")
}
