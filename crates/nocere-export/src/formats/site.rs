//! `site`: the bundle as one HTML page to browse, to answer the questions in, and to follow a routine with. It holds
//! everything that it needs and asks no network for anything, so it also works when it is opened as a file.
//!
//! Texts of the catalog reach the page in two ways: as JSON that cannot end its element, and escaped in the few lines
//! that are shown without JavaScript. Those never hold an exercise: nobody has answered the screening there.

use std::fmt::Write;

use base64::{Engine, prelude::BASE64_STANDARD};
use nocere_model::{Bundle, Prose};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Export, Format, Named, json};

pub(super) const FORMAT: Format = Format {
    name: "site",
    about: "one HTML page for people: routines after the screening, a player, a matrix",
    files,
};

const PAGE: &str = include_str!("site/index.html");
const STYLE: &str = include_str!("site/style.css");
/// The parts of the script, in the order in which they run.
const SCRIPT: [&str; 16] = [
    include_str!("site/dom.js"),
    include_str!("site/data.js"),
    include_str!("site/words.js"),
    include_str!("site/icons.js"),
    include_str!("site/session.js"),
    include_str!("site/parts.js"),
    include_str!("site/check.js"),
    include_str!("site/exercises.js"),
    include_str!("site/exercise.js"),
    include_str!("site/home.js"),
    include_str!("site/routine.js"),
    include_str!("site/moments.js"),
    include_str!("site/player.js"),
    include_str!("site/matrix.js"),
    include_str!("site/review.js"),
    include_str!("site/main.js"),
];

fn files(export: &Export) -> Result<Vec<Named>, String> {
    let Export { bundle, provenance } = export;
    // One function around all parts, so that nothing of them is left lying about in the page.
    let script = format!("(() => {{\n\"use strict\";\n{}}})();\n", SCRIPT.concat());
    let page = fill(PAGE, |name| {
        Ok(match name {
            "policy" => policy(&script),
            "title" => escaped(&bundle.catalog.name),
            "notice" => escaped(&bundle.review.notice),
            "flags" => red_flags(bundle),
            "style" => STYLE.to_owned(),
            "bundle" => inert(bundle)?,
            "provenance" => inert(provenance)?,
            "script" => script.clone(),
            _ => return Err(format!("the page has no `{name}`")),
        })
    })?;
    Ok(vec![("index.html", page.into_bytes())])
}

/// Puts values in the places of a template; what is put in is not looked at again.
fn fill(template: &str, value: impl Fn(&str) -> Result<String, String>) -> Result<String, String> {
    let mut parts = template.split("{{");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once("}}").ok_or("a place in the page does not end")?;
        filled += &value(name)?;
        filled += rest;
    }
    Ok(filled)
}

/// Only this script and this style count, and nothing may be loaded, sent or put into the page as markup.
fn policy(script: &str) -> String {
    let hash = |text: &str| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)));
    format!(
        "default-src 'none'; script-src {}; style-src {}; img-src data:; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'",
        hash(script),
        hash(STYLE)
    )
}

/// JSON that is nothing but JSON, also to a reader of HTML or of JavaScript. These characters stand in its texts only.
fn inert(value: &impl Serialize) -> Result<String, String> {
    let json = String::from_utf8(json::canonical(value)?).map_err(|error| error.to_string())?;
    let mut inert = String::with_capacity(json.len() + json.len() / 64);
    for character in json.trim_end().chars() {
        match character {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(inert, "\\u{:04x}", u32::from(character));
            }
            _ if turns_text(character) => {}
            _ => inert.push(character),
        }
    }
    Ok(inert)
}

/// Whether a character changes the direction of what stands after it, which may be a text of the page. A browser does
/// not end every such change with the element that it stands in.
fn turns_text(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Text as HTML.
fn escaped(text: &Prose) -> String {
    let mut html = String::with_capacity(text.as_str().len());
    for character in text.as_str().chars() {
        match character {
            '&' => html += "&amp;",
            '<' => html += "&lt;",
            '>' => html += "&gt;",
            '"' => html += "&quot;",
            '\'' => html += "&#39;",
            _ if turns_text(character) => {}
            _ if character.is_control() => html.push(' '),
            _ => html.push(character),
        }
    }
    html
}

/// What a reader without JavaScript is told: the signs that need a clinician, and where to turn.
fn red_flags(bundle: &Bundle) -> String {
    let flags = bundle.screenings.iter().flat_map(|screening| &screening.red_flags);
    let item = |flag: &nocere_model::RedFlag| {
        format!("<li dir=\"auto\">{} <strong>{}</strong></li>\n", escaped(&flag.ask), escaped(&flag.say))
    };
    format!("<ul>\n{}</ul>", flags.map(item).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_cannot_end_its_element() {
        let hostile = "</script><!-- <script> ]]> & \u{2028}\u{2029} \"";
        let inert = inert(&hostile).unwrap();
        assert!(!inert.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{inert}");
        assert_eq!(serde_json::from_str::<String>(&inert).unwrap(), hostile);
    }

    #[test]
    fn no_text_turns_the_text_after_it() {
        assert_eq!(inert(&"a\u{202e}b\u{2066}c").unwrap(), "\"abc\"");
        assert_eq!(escaped(&Prose("a\u{202e}<b>\0".into())), "a&lt;b&gt; ");
    }

    #[test]
    fn what_is_put_into_the_page_is_not_looked_at_again() {
        let value = |name: &str| Ok(if name == "a" { "{{b}}".into() } else { format!("<{name}>") });
        assert_eq!(fill("x{{a}}y{{b}}z", value).unwrap(), "x{{b}}y<b>z");
    }

    #[test]
    fn the_parts_of_the_page_cannot_end_their_elements() {
        assert!(!STYLE.contains("</"));
        assert!(SCRIPT.iter().all(|part| !part.contains("</script") && !part.contains("<!--")));
    }
}
