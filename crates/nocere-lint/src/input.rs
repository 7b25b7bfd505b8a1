//! The files of a run.

use crate::{
    catalog::{Entry, Layer},
    document::Fault,
    limits::{self, Limits},
    position::{SourceText, Span},
    prose::{Article, Reading},
};

/// A file to lint.
#[derive(Clone, Debug)]
pub struct Input {
    /// The path as people should see it: relative, with forward slashes.
    pub path: String,
    /// Its bytes, or why they could not be read.
    pub content: Result<Vec<u8>, String>,
}

/// A file, read.
pub(crate) enum Read {
    Document(Box<Entry>),
    Article(Article),
}

impl Input {
    /// Reads a file: a document of a catalog, or an article. A file that cannot be read is a document with a fault.
    pub(crate) fn read(self, reading: Reading, limits: Limits) -> Read {
        let (path, text) = match self.text(&Layer::Own, limits) {
            Ok(read) => read,
            Err(unreadable) => return Read::Document(unreadable),
        };
        let article = Article::is_one(&path, &text);
        let source = SourceText::new(path, text);
        match article {
            Some(format) => Read::Article(Article::read(source, format, reading)),
            None => Read::Document(Box::new(Entry::read_within(source, Layer::Own, limits))),
        }
    }

    /// Reads a file as a document of a catalog or a pack.
    pub(crate) fn document(self, layer: Layer, limits: Limits) -> Entry {
        match self.text(&layer, limits) {
            Ok((path, text)) => Entry::read_within(SourceText::new(path, text), layer, limits),
            Err(unreadable) => *unreadable,
        }
    }

    /// The path and the text, or a document that says why there is none.
    fn text(self, layer: &Layer, limits: Limits) -> Result<(String, String), Box<Entry>> {
        let unreadable = |source, span, message: String, help: &str| {
            let fault = Fault { span, message, help: help.into(), related: None };
            Box::new(Entry::unreadable(source, fault, layer.clone()))
        };
        let bytes = match self.content {
            Ok(bytes) => bytes,
            Err(reason) => {
                let message = format!("this file could not be read: {reason}");
                return Err(unreadable(
                    SourceText::new(self.path, ""),
                    Span::default(),
                    message,
                    "nothing in it was checked; make it readable, or take it out of the catalog",
                ));
            }
        };
        if bytes.len() > limits.bytes() {
            let message = format!("this file is {}", limits.too_large());
            let help = limits::help(Limits::FILE_MIB);
            return Err(unreadable(SourceText::new(self.path, ""), Span::default(), message, &help));
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok((self.path, text)),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let line = error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
                let message =
                    format!("this file is not UTF-8 text: line {line} holds bytes that are no character");
                // Up to there the text is as it was, so the place is right.
                let text = String::from_utf8_lossy(error.as_bytes());
                Err(unreadable(
                    SourceText::new(self.path, text),
                    Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8()),
                    message,
                    "nothing in it was checked; save it again with the encoding UTF-8",
                ))
            }
        }
    }
}

/// A text in memory as an input, for tests and other surfaces.
impl From<(&str, &str)> for Input {
    fn from((path, text): (&str, &str)) -> Self {
        Self { path: path.into(), content: Ok(text.as_bytes().to_vec()) }
    }
}
