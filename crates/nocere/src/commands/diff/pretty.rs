//! The diff for people at a terminal.

use nocere_diff::Diff;
use similar::{ChangeTag, TextDiff};
use textwrap::WordSplitter;

use super::{
    outline::{Line, Style, Weight, outline},
    sides::Sides,
};
use crate::terminal::{safe, width};

/// How many lines of a part are shown.
const MOST: usize = 12;

pub(super) fn render(sides: &Sides, diffs: &[Diff], style: Style, color: bool) -> String {
    let paint = Paint(color);
    let mut text = fill(&format!("From {} to {}.", sides.base, sides.head), "", "", paint, None);
    for diff in diffs {
        let outline = outline(diff, style);
        text += &format!("\n{}\n", paint.bold(&safe(&outline.title)));
        for line in &outline.verdict {
            text += &shown(line, "  ", paint);
        }
        for part in &outline.parts {
            text += &format!("\n{}\n", paint.bold(part.title));
            let most = if style.all { usize::MAX } else { MOST };
            for line in part.lines.iter().take(most) {
                text += &shown(line, "- ", paint);
            }
            if let Some(more) = part.lines.len().checked_sub(most).filter(|more| *more > 0) {
                text += &format!("  and {more} more; `--all` shows them\n");
            }
        }
        if outline.following > 0 {
            let what = if outline.following == 1 { "change follows" } else { "changes follow" };
            text += &format!("\n{} {what} from these; `--all` shows them.\n", outline.following);
        }
    }
    text
}

fn shown(line: &Line, bullet: &str, paint: Paint) -> String {
    let mut text = fill(&line.text, bullet, "  ", paint, Some(line.weight));
    for below in &line.below {
        text += &fill(below, "    ", "      ", paint, None);
    }
    if let Some((old, new)) = &line.words {
        text += &fill(&words(old, new, paint), "    ", "    ", paint, None);
    }
    text
}

fn fill(text: &str, first: &str, rest: &str, paint: Paint, weight: Option<Weight>) -> String {
    // An id that is broken at one of its hyphens can be neither copied nor searched for.
    let options = textwrap::Options::new(width())
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    let text = textwrap::fill(&safe(text), options);
    match weight {
        Some(Weight::Bad) => paint.red(&text) + "\n",
        Some(Weight::Good) => paint.green(&text) + "\n",
        _ => text + "\n",
    }
}

/// Two texts, word by word.
fn words(old: &str, new: &str, paint: Paint) -> String {
    let (old, new) = (safe(old), safe(new));
    let diff = TextDiff::from_words(old.as_ref(), new.as_ref());
    let mut text = String::new();
    for change in diff.iter_all_changes() {
        match change.tag() {
            ChangeTag::Equal => text += change.value(),
            _ if change.value().trim().is_empty() => text += change.value(),
            ChangeTag::Delete => text += &paint.marked(change.value(), "[-", "-]"),
            ChangeTag::Insert => text += &paint.marked(change.value(), "{+", "+}"),
        }
    }
    text
}

#[derive(Clone, Copy)]
struct Paint(bool);

impl Paint {
    fn with(self, code: &str, text: &str) -> String {
        if self.0 { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
    fn bold(self, text: &str) -> String {
        self.with("1", text)
    }
    fn red(self, text: &str) -> String {
        self.with("31", text)
    }
    fn green(self, text: &str) -> String {
        self.with("32", text)
    }
    /// Marks stand beside the words with and without colour: the wrapping would cut a colour in two.
    fn marked(self, text: &str, open: &str, close: &str) -> String {
        let end = text.trim_end().len();
        format!("{open}{}{close}{}", &text[..end], &text[end..])
    }
}
