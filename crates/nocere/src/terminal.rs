//! The terminal: colour, a watching person, and text that cannot take control of it.

use std::{
    borrow::Cow,
    io::{self, IsTerminal, Write},
};

use clap::ValueEnum;

/// When to use colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// Whether standard output gets colour.
    pub(crate) fn on(self) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => {
                std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty()) && io::stdout().is_terminal()
            }
        }
    }
}

/// The width of reports: that of the terminal within reason, and a fixed one elsewhere.
pub(crate) fn width() -> usize {
    match std::env::var("COLUMNS").ok().and_then(|columns| columns.parse::<usize>().ok()) {
        Some(columns) if io::stdout().is_terminal() => columns.clamp(60, 120),
        _ => 100,
    }
}

/// Text from files may hold escape sequences, bells and direction overrides. They are replaced by visible marks of the
/// same length in bytes, so that columns stay right.
pub(crate) fn safe(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_control) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_control(c) { visible(c) } else { c }).collect())
}

fn is_control(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn visible(c: char) -> char {
    match c.len_utf8() {
        1 => '?',
        2 => '¿',
        _ => '\u{fffd}',
    }
}

/// Prints to standard output. A reader that has gone away (`nocere lint | head`) is no error.
pub(crate) fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn control_characters_come_out_visible_and_as_long() {
        let hostile = "a\u{1b}[31m\u{7}b\u{9b}c\u{202e}d\u{feff}\r";
        let shown = safe(hostile);
        assert_eq!(shown.len(), hostile.len());
        assert_eq!(shown, "a?[31m?b¿c\u{fffd}d\u{fffd}?");
        assert_eq!(safe("plain é\tü\n"), "plain é\tü\n");
    }
}
