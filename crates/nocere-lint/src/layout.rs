//! Edits that follow the layout of a file: items of a list in another order, a key at the end of a mapping. Comments go
//! with what they stand beside, and every other byte stays.

use crate::{catalog::Entry, document::NodeId, finding::Edit, position::Span};

impl Entry {
    /// Puts the items of a list into another order, given as their old places. `None` where the layout does not tell
    /// what belongs to which item.
    pub(crate) fn permute(&self, pointer: &str, order: &[usize]) -> Option<Edit> {
        let (_, list) = self.document.find(pointer)?;
        let items: Vec<NodeId> = self.document.items(list).collect();
        let flow = self.document.source.slice(self.document.span(list)).starts_with('[');
        let pieces = if flow { self.flow_pieces(&items)? } else { self.block_pieces(&items)? };
        let text = &self.document.source.text;
        // What does not move at either end is not touched.
        let first = order.iter().enumerate().position(|(at, old)| at != *old)?;
        let last = order.iter().enumerate().rposition(|(at, old)| at != *old)?;
        let mut moved = String::new();
        for at in first..=last {
            moved += &text[pieces.get(*order.get(at)?)?.range()];
            if at < last {
                moved += &text[pieces[at].end as usize..pieces[at + 1].start as usize];
            }
        }
        Some(Edit { span: Span { start: pieces[first].start, end: pieces[last].end }, text: moved })
    }

    /// The items of `[a, b]`, without what stands between them.
    fn flow_pieces(&self, items: &[NodeId]) -> Option<Vec<Span>> {
        let pieces: Vec<Span> = items.iter().map(|item| self.document.span(*item)).collect();
        let (first, last) = (pieces.first()?, pieces.last()?);
        // In a list over several lines, a comment could belong to either side.
        let comment = |span: &Span| first.start <= span.start && span.start < last.end;
        (!self.document.comments.iter().any(comment)).then_some(pieces)
    }

    /// The items of a list with an item a line: each with the comments above it and behind it, without the last line
    /// break.
    fn block_pieces(&self, items: &[NodeId]) -> Option<Vec<Span>> {
        let text = &self.document.source.text;
        let mut pieces: Vec<Span> = Vec::new();
        for item in items {
            let span = self.document.span(*item);
            let line = line_start(text, span.start as usize);
            let lead = text.get(line..span.start as usize)?;
            let dash = lead.find('-')?;
            // A list inside of something else on its line.
            lead[..dash].trim().is_empty().then_some(())?;
            let floor = pieces.last().map(|piece| piece.end as usize);
            let start = comments_above(text, line, dash, floor);
            let written = text.get(span.range())?.trim_end();
            let end = line_end(text, span.start as usize + written.len().saturating_sub(1));
            // Two items on one line cannot be taken apart.
            floor.is_none_or(|floor| floor <= start).then_some(())?;
            pieces.push(Span::new(start, end));
        }
        // Comments that are indented deeper than the dash go with the item above them.
        let starts: Vec<usize> = pieces.iter().skip(1).map(|piece| piece.start as usize).collect();
        for (piece, next) in pieces.iter_mut().zip(starts) {
            let between = text.get(piece.end as usize..next)?;
            let kept = between.trim_end();
            *piece = Span::new(piece.start as usize, piece.end as usize + kept.len());
        }
        Some(pieces)
    }

    /// Adds a key with a plain word to the end of a mapping that is there, in its own layout.
    pub(crate) fn append_field(&self, pointer: &str, key: &str, word: &str) -> Option<Edit> {
        let (_, mapping) = self.document.find(pointer)?;
        let text = &self.document.source.text;
        let (first, _) = self.document.entries(mapping).next()?;
        let (_, last) = self.document.entries(mapping).last()?;
        let end = self.document.span(last).end as usize;
        let insert = |at: usize, text: String| Some(Edit { span: Span::new(at, at), text });
        if self.document.source.slice(self.document.span(mapping)).starts_with('{') {
            return match self.document.source.path.to_ascii_lowercase().ends_with("json") {
                true => insert(end, format!(", \"{key}\": \"{word}\"")),
                false => insert(end, format!(", {key}: {word}")),
            };
        }
        let start = self.document.span(first).start as usize;
        let indent = text.get(line_start(text, start)..start)?;
        // Only a key on a line of its own tells how far the mapping is indented.
        indent.trim().is_empty().then_some(())?;
        let written = text.get(..end)?.trim_end().len();
        insert(line_end(text, written.saturating_sub(1)), format!("\n{indent}{key}: {word}"))
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The end of a line, before its line break.
fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
    at + line.trim_end_matches('\r').len()
}

/// The start of the comment lines straight above a line that are indented like its dash; never above `floor`.
fn comments_above(text: &str, line: usize, indent: usize, floor: Option<usize>) -> usize {
    let mut start = line;
    while start > 0 {
        let above = line_start(text, start - 1);
        let written = &text[above..start];
        let comment =
            written.trim_start().starts_with('#') && written.len() - written.trim_start().len() == indent;
        if !comment || floor.is_some_and(|floor| above < floor) {
            break;
        }
        start = above;
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalog::Layer, document::Document, position::SourceText};

    fn edited(path: &str, text: &str, edit: impl Fn(&Entry) -> Option<Edit>) -> Option<String> {
        let entry = Entry::read(SourceText::new(path, text), Layer::Own);
        let edit = edit(&entry)?;
        let mut after = text.to_owned();
        after.replace_range(edit.span.range(), &edit.text);
        let read = Document::read(SourceText::new(path, after.as_str()));
        assert!(read.faults.is_empty(), "{:?} in {after}", read.faults);
        Some(after)
    }

    fn permuted(path: &str, text: &str, order: &[usize]) -> Option<String> {
        edited(path, text, |entry| entry.permute("/list", order))
    }

    #[test]
    fn comments_travel_with_their_item() {
        let text = "list:\n  # about a\n  - a  # behind a\n\n  - use: b\n    # inside b\n    note: >-\n      Two\n      lines.\n    # deeper than the dash\n  # about c\n  - c\n# the end\nnext: 1\n";
        let after = permuted("a.yaml", text, &[2, 0, 1]).unwrap();
        assert_eq!(
            after,
            "list:\n  # about c\n  - c\n\n  # about a\n  - a  # behind a\n  - use: b\n    # inside b\n    note: >-\n      Two\n      lines.\n    # deeper than the dash\n# the end\nnext: 1\n"
        );
    }

    #[test]
    fn items_at_the_ends_are_not_touched() {
        let entry = Entry::read(SourceText::new("a.yaml", "list: [a, b, c, d]\n"), Layer::Own);
        let edit = entry.permute("/list", &[0, 2, 1, 3]).unwrap();
        assert_eq!((entry.document.source.slice(edit.span), edit.text.as_str()), ("b, c", "c, b"));
        assert_eq!(entry.permute("/list", &[0, 1, 2, 3]), None);
    }

    #[test]
    fn every_layout_of_a_list_is_kept() {
        for (path, text, after) in [
            (
                "a.json",
                "{\"list\": [\n  \"a\",\n  {\"use\": \"b\"}\n]}",
                "{\"list\": [\n  {\"use\": \"b\"},\n  \"a\"\n]}",
            ),
            ("a.yaml", "list:\n- a\n- b", "list:\n- b\n- a"),
            (
                "a.yaml",
                "list:\r\n  - a\r\n  - b # x\r\nend: 1\r\n",
                "list:\r\n  - b # x\r\n  - a\r\nend: 1\r\n",
            ),
            ("a.yaml", "list: [ a,\n  {use: b} ]\n", "list: [ {use: b},\n  a ]\n"),
        ] {
            assert_eq!(permuted(path, text, &[1, 0]).as_deref(), Some(after));
        }
        assert_eq!(permuted("a.yaml", "list: [a, # which?\n  b]\n", &[1, 0]), None);
        assert_eq!(permuted("a.yaml", "list: 7\n", &[1, 0]), None);
    }

    #[test]
    fn a_field_goes_to_the_end_of_its_mapping() {
        for (path, text, after) in [
            ("a.yaml", "dosage: { reps: 3 }\n", "dosage: { reps: 3, sides: each }\n"),
            ("a.json", "{\"dosage\": {\"reps\": 3}}", "{\"dosage\": {\"reps\": 3, \"sides\": \"each\"}}"),
            (
                "a.yaml",
                "dosage:\n  reps: 3  # few\nend: 1\n",
                "dosage:\n  reps: 3  # few\n  sides: each\nend: 1\n",
            ),
            ("a.yaml", "dosage:\n  reps: 3", "dosage:\n  reps: 3\n  sides: each"),
        ] {
            let found = edited(path, text, |entry| entry.append_field("/dosage", "sides", "each"));
            assert_eq!(found.as_deref(), Some(after));
        }
    }
}
