//! Documents as prose: Markdown, HTML and plain text become blocks of plain text, each with a map back to the
//! bytes that it was read from.
//!
//! A block is what a reader takes in at one go: a paragraph, a heading, a list item, a table cell, the text of an
//! image. Markup, code and addresses are left out; a line break within a block is a space.

mod article;
mod block;
mod html;
mod markdown;
mod plain;

pub(crate) use article::Article;
pub use block::Block;

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// CommonMark with tables, footnotes and a front matter, which is left out.
    Markdown,
    /// HTML, as tolerant as a browser.
    Html,
    /// Paragraphs parted by empty lines.
    Plain,
}

impl Format {
    /// The format that a file name's ending stands for.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        let (_, end) = path.rsplit_once('.')?;
        Some(match end.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Self::Markdown,
            "html" | "htm" | "xhtml" => Self::Html,
            "txt" | "text" => Self::Plain,
            _ => return None,
        })
    }
}

/// What to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reading {
    /// Read block quotes too; they usually hold the words of others.
    pub block_quotes: bool,
}

/// The blocks of a document, in order.
#[must_use]
pub fn blocks(source: &str, format: Format, reading: Reading) -> Vec<Block> {
    match format {
        Format::Markdown => markdown::blocks(source, reading),
        Format::Html => html::blocks(source, 0..source.len(), reading),
        Format::Plain => plain::blocks(source),
    }
}

#[cfg(test)]
mod tests;
