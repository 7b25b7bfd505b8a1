//! The diff as a comment on a pull request: the verdict and what it rests on first, the rest folded away.

use nocere_diff::Diff;
use similar::{ChangeTag, TextDiff};

use super::{
    outline::{Line, Part, Style, Weight, outline},
    sides::Sides,
};
use crate::terminal::safe;

/// What a comment on GitHub can hold, in characters, less what the notice needs.
const MOST: usize = 65_536 - 400;
/// How many lines of a part that must be seen at once are not folded away.
const FIRST: usize = 8;

pub(super) fn render(sides: &Sides, diffs: &[Diff], style: Style) -> String {
    let mut page = Page { text: String::from("<!-- nocere diff -->\n"), used: 0, left_out: 0 };
    for diff in diffs {
        let outline = outline(diff, style);
        page.add(&format!("### What this means for people: {}\n\n", escape(&outline.title)));
        for line in &outline.verdict {
            let mark = if line.weight == Weight::Bad { "**" } else { "" };
            page.add(&format!("- {mark}{}{mark}\n", escape(&line.text)));
            for below in &line.below {
                page.add(&format!("  - {}\n", escape(below)));
            }
        }
        for part in outline.parts.iter().filter(|part| part.first) {
            page.add(&format!("\n**{}**\n\n", part.title));
            let (now, later) = part.lines.split_at(part.lines.len().min(FIRST));
            now.iter().for_each(|line| page.line(line));
            page.folded("more", &[], later);
        }
        let rest: Vec<&Part> = outline.parts.iter().filter(|part| !part.first).collect();
        let count: usize = rest.iter().map(|part| part.lines.len()).sum();
        if count > 0 {
            let titles = rest.iter().map(|part| part.title.to_lowercase()).collect::<Vec<_>>().join(", ");
            page.folded(&titles, &rest, &[]);
        }
        page.add("\n");
    }
    page.add(&format!(
        "<sub>From {} to {}, by `nocere diff`.</sub>\n",
        escape(&sides.base),
        escape(&sides.head)
    ));
    page.end()
}

/// A comment that knows how long it may be.
struct Page {
    text: String,
    used: usize,
    left_out: usize,
}

impl Page {
    fn add(&mut self, text: &str) -> bool {
        // GitHub counts characters; a tag that is opened is always closed.
        let fits = self.used + text.chars().count() <= MOST;
        if fits {
            self.used += text.chars().count();
            self.text += text;
        } else {
            self.left_out += 1;
        }
        fits
    }

    fn line(&mut self, line: &Line) {
        let mark = if line.weight == Weight::Bad { "**" } else { "" };
        let mut text = format!("- {mark}{}{mark}\n", escape(&line.text));
        for below in &line.below {
            text += &format!("  - {}\n", escape(below));
        }
        if let Some((old, new)) = &line.words {
            text += &format!("  - {}\n", words(old, new));
        }
        self.add(&text);
    }

    fn folded(&mut self, title: &str, parts: &[&Part], lines: &[Line]) {
        let count = lines.len() + parts.iter().map(|part| part.lines.len()).sum::<usize>();
        if count == 0 {
            return;
        }
        const END: &str = "\n</details>\n";
        if !self.add(&format!(
            "\n<details><summary>{count} {}: {title}</summary>\n",
            if count == 1 { "change" } else { "changes" }
        )) {
            return;
        }
        if !lines.is_empty() {
            self.add("\n");
        }
        lines.iter().for_each(|line| self.line(line));
        for part in parts {
            self.add(&format!("\n**{}**\n\n", part.title));
            part.lines.iter().for_each(|line| self.line(line));
        }
        self.text += END;
        self.used += END.len();
    }

    fn end(mut self) -> String {
        if self.left_out > 0 {
            self.text += &format!(
                "\n**{} parts of this comment are left out, because a comment can hold 65,536 characters; `nocere diff` \
                 shows them all.**\n",
                self.left_out
            );
        }
        self.text
    }
}

fn words(old: &str, new: &str) -> String {
    let diff = TextDiff::from_words(old, new);
    let mut text = String::new();
    for change in diff.iter_all_changes() {
        let value = change.value();
        let end = value.trim_end().len();
        let (word, space) = (escape(&value[..end]), value[end..].replace('\n', " "));
        match change.tag() {
            _ if word.is_empty() => {}
            ChangeTag::Equal => text += &word,
            ChangeTag::Delete => text += &format!("<del>{word}</del>"),
            ChangeTag::Insert => text += &format!("<ins>{word}</ins>"),
        }
        text += &space;
    }
    text
}

/// Text from files in Markdown: nothing in it is markup, a mention or a link, and ids in backticks stay code.
fn escape(text: &str) -> String {
    // A bare address would become a link.
    let text = safe(text).replace(['\n', '\t'], " ").replace("://", ": //").replace("www.", "www .");
    let parts: Vec<&str> = text.split('`').collect();
    let is_code = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_./ :#@~^".contains(c))
    };
    let balanced = parts.len() % 2 == 1 && parts.iter().skip(1).step_by(2).all(|part| is_code(part));
    if !balanced {
        return plain(&text);
    }
    let part = |(at, part): (usize, &&str)| if at % 2 == 1 { format!("`{part}`") } else { plain(part) };
    parts.iter().enumerate().map(part).collect()
}

fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '@' => out += "&#64;",
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}
