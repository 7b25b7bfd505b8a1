//! Markdown with a YAML front matter: the front matter is the document, the body its `description`.

use super::{Data, Document, Fault, NodeId, Style, Text, yaml};
use crate::position::Span;

/// Reads a Markdown document whose text starts at an offset (after a byte order mark).
pub(super) fn read(document: &mut Document, start: usize) -> Option<NodeId> {
    let source = document.source.clone();
    let text = &source.text;
    let Some((front, body)) = split(text, start) else {
        document.fail(Fault {
            span: document.first_line(Span::new(start, text.len())),
            message: "this Markdown file has no front matter, or one that is not closed".into(),
            help:
                "start the file with a line `---`, then `kind:` and the other keys, then another line `---`"
                    .into(),
            related: None,
        });
        return None;
    };
    let root = yaml::read(document, front)?;
    let trimmed = text[body.clone()].trim();
    if trimmed.is_empty() || !matches!(document.node(root).data, Data::Mapping(_)) {
        return Some(root);
    }
    let at = body.start + text[body].find(trimmed).unwrap_or_default();
    let key =
        document.push(Span::new(at, at), Data::Scalar(Text::Decoded("description".into()), Style::Plain));
    let value = document.push(Span::new(at, at + trimmed.len()), Data::Scalar(Text::AsWritten, Style::Body));
    if let Some((first, _)) = document.entry(root, "description") {
        let span = document.span(first);
        document.faults.push(Fault {
            span,
            message: "`description` stands in the front matter, and the file has a body too".into(),
            help: "keep one of the two: the body is the description".into(),
            related: None,
        });
    } else if let Data::Mapping(entries) = &mut document.nodes[root.0 as usize].data {
        entries.push((key, value));
    }
    Some(root)
}

/// The ranges of the front matter and the body; `None` when there is no closed front matter.
pub(super) fn split(text: &str, start: usize) -> Option<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    let mut lines = text[start..].split_inclusive('\n').scan(start, |at, line| {
        let from = *at;
        *at += line.len();
        Some((from, *at, line.trim_end()))
    });
    let (_, front, _) = lines.next().filter(|(_, _, line)| *line == "---")?;
    let (end, body, _) = lines.find(|(_, _, line)| *line == "---" || *line == "...")?;
    Some((front..end, body..text.len()))
}
