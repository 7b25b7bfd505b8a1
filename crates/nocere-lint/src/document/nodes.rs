//! The nodes of a document in few pieces of memory: a catalog keeps those of every file.

use crate::position::Span;

/// The index of a node in its document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NodeId(u32);

/// What a node is.
pub(super) enum Data<'n> {
    Scalar(Text<'n>, Style),
    Sequence(&'n [NodeId]),
    /// Keys with their values.
    Mapping(&'n [[NodeId; 2]]),
}

/// Decoded text: most scalars stand in the file as they are, and are not copied.
pub(super) enum Text<'n> {
    AsWritten,
    Decoded(&'n str),
}

/// How a scalar is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Style {
    Plain,
    Single,
    Double,
    /// `|` or `>`.
    Block,
    /// A JSON number, `true`, `false` or `null`.
    Literal,
    /// The body of a Markdown file: the text as it stands.
    Body,
}

/// The nodes of a document.
#[derive(Debug, Default)]
pub(super) struct Nodes {
    nodes: Vec<Node>,
    /// The items of the sequences, and the keys and values of the mappings, each in one piece.
    children: Vec<NodeId>,
    /// The decoded texts, end to end.
    texts: String,
}

#[derive(Debug)]
struct Node {
    span: Span,
    form: Form,
}

#[derive(Debug)]
enum Form {
    AsWritten(Style),
    Decoded(Style, Part),
    Sequence(Part),
    Mapping(Part),
}

/// A part of the children or of the texts.
#[derive(Clone, Copy, Debug)]
struct Part {
    start: u32,
    end: u32,
}

impl Part {
    fn new(start: usize, end: usize) -> Self {
        // A file is smaller than what `u32` can hold, and each of these is smaller than its file.
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: number(start), end: number(end) }
    }

    fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Nodes {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn span(&self, id: NodeId) -> Span {
        self.node(id).span
    }

    pub(super) fn data(&self, id: NodeId) -> Data<'_> {
        let children = |part: Part| self.children.get(part.range()).unwrap_or_default();
        match self.node(id).form {
            Form::AsWritten(style) => Data::Scalar(Text::AsWritten, style),
            Form::Decoded(style, part) => {
                Data::Scalar(Text::Decoded(self.texts.get(part.range()).unwrap_or_default()), style)
            }
            Form::Sequence(part) => Data::Sequence(children(part)),
            Form::Mapping(part) => Data::Mapping(children(part).as_chunks().0),
        }
    }

    /// Every node, in the order in which they end.
    pub(super) fn ids(&self) -> impl Iterator<Item = NodeId> {
        (0..Part::new(0, self.nodes.len()).end).map(NodeId)
    }

    pub(super) fn scalar(&mut self, span: Span, text: &Text<'_>, style: Style) -> NodeId {
        let form = match text {
            Text::AsWritten => Form::AsWritten(style),
            Text::Decoded(text) => {
                let start = self.texts.len();
                self.texts.push_str(text);
                Form::Decoded(style, Part::new(start, self.texts.len()))
            }
        };
        self.push(span, form)
    }

    pub(super) fn sequence(&mut self, span: Span, items: &[NodeId]) -> NodeId {
        let part = self.family(items);
        self.push(span, Form::Sequence(part))
    }

    pub(super) fn mapping(&mut self, span: Span, entries: &[[NodeId; 2]]) -> NodeId {
        let part = self.family(entries.as_flattened());
        self.push(span, Form::Mapping(part))
    }

    /// Adds a key and its value to a mapping.
    pub(super) fn add_entry(&mut self, mapping: NodeId, entry: [NodeId; 2]) {
        let Data::Mapping(entries) = self.data(mapping) else { return };
        let entries = [entries, &[entry]].concat();
        let part = self.family(entries.as_flattened());
        self.nodes[mapping.0 as usize].form = Form::Mapping(part);
    }

    /// Gives back the memory that was taken in advance.
    pub(super) fn finish(&mut self) {
        self.nodes.shrink_to_fit();
        self.children.shrink_to_fit();
        self.texts.shrink_to_fit();
    }

    fn family(&mut self, children: &[NodeId]) -> Part {
        let start = self.children.len();
        self.children.extend_from_slice(children);
        Part::new(start, self.children.len())
    }

    fn push(&mut self, span: Span, form: Form) -> NodeId {
        self.nodes.push(Node { span, form });
        NodeId(Part::new(0, self.nodes.len() - 1).end)
    }

    fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }
}
