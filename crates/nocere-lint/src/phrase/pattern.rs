//! The phrase language: from the words in a data file to a tree. `docs/phrase-rules.md` describes it.

use std::ops::Range;

/// How many words a gap passes when it does not say.
const GAP: u8 = 6;
/// The same, for a gap that may leave its clause.
const WIDE_GAP: u8 = 12;
const LONGEST_GAP: u8 = 30;
const DEEPEST: usize = 12;
const LONGEST_PATTERN: usize = 4_000;

/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// This word, exactly.
    Word(String),
    /// This word in any of its inflected forms.
    Forms(String),
    /// This noun, singular or plural.
    Noun(String),
    /// A member of a lexicon.
    Class(String, Range<usize>),
    /// `<number>`, `<year>`, `<past-year>`, `<word>`.
    Kind(Kind),
    Sequence(Vec<Node>),
    /// One of these.
    Either(Vec<Node>),
    /// This or nothing.
    Maybe(Box<Node>),
    /// Up to so many words; `wide` ones may leave the clause.
    Gap {
        most: u8,
        wide: bool,
    },
    /// `^`: the sentence begins here.
    SentenceStart,
    /// `>`: a command begins here.
    CommandStart,
    /// `$`: the sentence ends here.
    SentenceEnd,
    /// `,`: a comma, dash or other pause stands here.
    Pause,
    /// `!x`: no x stands here.
    Not(Box<Node>),
}

/// Words known by their looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Year,
    PastYear,
    Any,
}

/// What is wrong with a pattern, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
}

impl Fault {
    pub(super) fn new(range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { range, message: message.into(), help: help.into() }
    }
}

/// Reads a pattern.
pub(super) fn parse(source: &str) -> Result<Node, Fault> {
    if source.len() > LONGEST_PATTERN {
        return Err(Fault::new(
            0..source.len(),
            "this pattern is too long",
            "split it into several patterns",
        ));
    }
    let mut parser = Parser { source, at: 0, depth: 0 };
    let node = parser.alternatives(None)?;
    check_gaps(&node, source)?;
    Ok(node)
}

/// Reads a plain phrase of a lexicon, with the given reading of its inflected word.
pub(super) fn parse_phrase(source: &str, inflect: Inflect) -> Result<Node, Fault> {
    let mut parser = Parser { source, at: 0, depth: 0 };
    parser.skip_space();
    let node = parser.phrase(inflect, true)?;
    parser.skip_space();
    match parser.peek() {
        Some(c) if parser.at < source.len() => Err(Fault::new(
            parser.at..parser.at + c.len_utf8(),
            format!("`{c}` is not part of a word"),
            "write only words here; use the `patterns:` list for members with brackets or gaps",
        )),
        _ => Ok(node),
    }
}

/// Which word of a phrase is inflected, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inflect {
    /// None.
    No,
    /// The first, as a verb or as a noun.
    First,
    /// The last, as a noun.
    LastNoun,
}

struct Parser<'a> {
    source: &'a str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.source[self.at..].chars().next()
    }

    fn skip_space(&mut self) {
        while let Some(c) = self.peek().filter(|c| c.is_whitespace()) {
            self.at += c.len_utf8();
        }
    }

    fn eat(&mut self, text: &str) -> bool {
        let found = self.source[self.at..].starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    fn here(&self) -> Range<usize> {
        self.at..self.at + self.peek().map_or(0, char::len_utf8)
    }

    /// Sequences parted by `|`, up to the closing bracket or the end.
    fn alternatives(&mut self, close: Option<char>) -> Result<Node, Fault> {
        let opened = self.at.saturating_sub(1);
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Fault::new(
                opened..self.at,
                "brackets are nested too deeply",
                "use a lexicon instead",
            ));
        }
        let mut all = Vec::new();
        loop {
            all.push(self.sequence()?);
            let bar = self.here();
            if self.eat("|") {
                if close.is_none() {
                    let help = "put the alternatives in brackets: `(a|b)`, or write two patterns";
                    return Err(Fault::new(bar, "`|` stands outside brackets", help));
                }
                continue;
            }
            match (self.peek(), close) {
                (None, None) => break,
                (None, Some(close)) => {
                    return Err(Fault::new(
                        opened..opened + 1,
                        "this bracket is not closed",
                        format!("add the missing `{close}`"),
                    ));
                }
                (Some(c), Some(close)) if c == close => {
                    self.at += c.len_utf8();
                    break;
                }
                (Some(c), _) => {
                    return Err(Fault::new(
                        self.here(),
                        format!("`{c}` closes nothing"),
                        "remove it, or open the bracket before it",
                    ));
                }
            }
        }
        self.depth -= 1;
        let empty = |node: &Node| matches!(node, Node::Sequence(items) if items.is_empty());
        if all.iter().all(empty) {
            return Err(Fault::new(opened..self.at, "no words stand here", "write the words to find"));
        }
        let has_empty = all.iter().any(empty);
        all.retain(|node| !empty(node));
        let node = if all.len() == 1 { all.swap_remove(0) } else { Node::Either(all) };
        Ok(if has_empty { Node::Maybe(Box::new(node)) } else { node })
    }

    fn sequence(&mut self) -> Result<Node, Fault> {
        let mut items = Vec::new();
        loop {
            self.skip_space();
            match self.peek() {
                None | Some('|' | ')' | ']' | '}') => break,
                Some(_) => match self.item()? {
                    Node::Sequence(more) => items.extend(more),
                    item => items.push(item),
                },
            }
        }
        Ok(if items.len() == 1 { items.swap_remove(0) } else { Node::Sequence(items) })
    }

    fn item(&mut self) -> Result<Node, Fault> {
        let start = self.at;
        if self.eat("...") || self.eat("…") {
            return self.gap(start, GAP, false);
        }
        if self.eat(",...") || self.eat(",…") {
            return self.gap(start, WIDE_GAP, true);
        }
        if self.eat("^") {
            return Ok(Node::SentenceStart);
        }
        if self.eat(">") {
            return Ok(Node::CommandStart);
        }
        if self.eat("$") {
            return Ok(Node::SentenceEnd);
        }
        if self.eat(",") {
            return Ok(Node::Pause);
        }
        if self.eat("(") {
            return self.alternatives(Some(')'));
        }
        if self.eat("[") {
            return Ok(match self.alternatives(Some(']'))? {
                maybe @ Node::Maybe(_) => maybe,
                node => Node::Maybe(Box::new(node)),
            });
        }
        if self.eat("{") {
            return self.forms(start);
        }
        if self.eat("<") {
            return self.class(start);
        }
        if self.eat("!") {
            return self.not(start);
        }
        self.phrase(Inflect::No, false)
    }

    fn not(&mut self, start: usize) -> Result<Node, Fault> {
        let help = "write what must not follow straight after it: `guarantee !(that|to)`";
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Fault::new(start..self.at, "`!` is nested too deeply", help));
        }
        let node = match self.peek() {
            None | Some(' ' | '|' | ')' | ']') => {
                return Err(Fault::new(start..self.at, "`!` stands before nothing", help));
            }
            Some(_) => match self.item()? {
                Node::Sequence(items) if items.is_empty() => {
                    return Err(Fault::new(start..self.at, "`!` stands before nothing", help));
                }
                node => node,
            },
        };
        self.depth -= 1;
        Ok(Node::Not(Box::new(node)))
    }

    fn gap(&mut self, start: usize, default: u8, wide: bool) -> Result<Node, Fault> {
        let digits = self.source[self.at..].bytes().take_while(u8::is_ascii_digit).count();
        let number = &self.source[self.at..self.at + digits];
        self.at += digits;
        let most = if digits == 0 { Some(default) } else { number.parse().ok() };
        match most {
            Some(most) if (1..=LONGEST_GAP).contains(&most) => Ok(Node::Gap { most, wide }),
            _ => Err(Fault::new(
                start..self.at,
                format!("a gap of {number} words"),
                format!("a gap passes 1 to {LONGEST_GAP} words: `...4`"),
            )),
        }
    }

    fn class(&mut self, start: usize) -> Result<Node, Fault> {
        let rest = &self.source[self.at..];
        let length =
            rest.bytes().take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-').count();
        let name = rest[..length].to_owned();
        self.at += length;
        if length == 0 || !self.eat(">") {
            return Err(Fault::new(
                start..self.at,
                "this is not the name of a word class",
                "write a lexicon's id in kebab-case: `<condition>`",
            ));
        }
        Ok(match name.as_str() {
            "number" => Node::Kind(Kind::Number),
            "year" => Node::Kind(Kind::Year),
            "past-year" => Node::Kind(Kind::PastYear),
            "word" => Node::Kind(Kind::Any),
            _ => Node::Class(name, start..self.at),
        })
    }

    /// `{cure|get rid of}`.
    fn forms(&mut self, start: usize) -> Result<Node, Fault> {
        let mut all = Vec::new();
        loop {
            self.skip_space();
            all.push(self.phrase(Inflect::First, true)?);
            self.skip_space();
            if self.eat("|") {
                continue;
            }
            if self.eat("}") {
                break;
            }
            return Err(match self.peek() {
                None => Fault::new(start..start + 1, "this bracket is not closed", "add the missing `}`"),
                Some(c) => Fault::new(
                    self.here(),
                    format!("`{c}` cannot stand inside `{{ }}`"),
                    "braces hold plain words, parted by `|`; all forms of the first word are found",
                ),
            });
        }
        Ok(if all.len() == 1 { all.swap_remove(0) } else { Node::Either(all) })
    }

    /// A word that is read as it is written; nearly all are.
    fn plain_word(&mut self) -> Option<String> {
        let rest = &self.source.as_bytes()[self.at..];
        let length = rest.iter().take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit()).count();
        let ends = rest.get(length).is_none_or(|b| matches!(b, b' ' | b'|' | b')' | b']' | b'}'));
        let word = &self.source[self.at..self.at + length];
        if length == 0 || !ends || word == "cannot" {
            return None;
        }
        self.at += length;
        Some(word.to_owned())
    }

    /// Plain words: one, or all up to anything that is not part of a word.
    fn phrase(&mut self, inflect: Inflect, all: bool) -> Result<Node, Fault> {
        if !all && let Some(word) = self.plain_word() {
            return Ok(Node::Word(word));
        }
        let mut groups: Vec<Vec<String>> = Vec::new();
        loop {
            let rest = &self.source[self.at..];
            let is_part = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '/');
            let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            if length == 0 {
                break;
            }
            let start = self.at;
            self.at += length;
            let parts = split_word(&rest[..length]);
            if parts.is_empty() {
                return Err(Fault::new(start..self.at, "no word stands here", "write a word"));
            }
            groups.push(parts);
            if !all {
                break;
            }
            self.skip_space();
        }
        if groups.is_empty() {
            let c = self.peek();
            return Err(match c {
                Some(c) => Fault::new(
                    self.here(),
                    format!("`{c}` has no meaning here"),
                    "use words, `{any form}`, `(either|or)`, `[maybe]`, `<lexicon>`, `...`, `,`, `^`, `>`, `$`, `!`",
                ),
                None => Fault::new(self.at..self.at, "no words stand here", "write the words to find"),
            });
        }
        let (inflected_group, noun) = match inflect {
            Inflect::No => (usize::MAX, false),
            Inflect::First => (0, false),
            Inflect::LastNoun => (groups.len() - 1, true),
        };
        let mut items = Vec::new();
        for (index, group) in groups.into_iter().enumerate() {
            let last = group.len() - 1;
            for (part, word) in group.into_iter().enumerate() {
                items.push(match (index == inflected_group && part == last, noun) {
                    (true, true) => Node::Noun(word),
                    (true, false) => Node::Forms(word),
                    (false, _) => Node::Word(word),
                });
            }
        }
        Ok(if items.len() == 1 { items.swap_remove(0) } else { Node::Sequence(items) })
    }
}

/// The words that a written word is read as: "re-align" is two words, "don't" is "do not".
fn split_word(written: &str) -> Vec<String> {
    let lower = written.to_lowercase().replace('’', "'");
    let mut words = Vec::new();
    for part in lower.split(['-', '/']).filter(|part| !part.is_empty()) {
        let (head, tail) = part.split_once('\'').unwrap_or((part, ""));
        match (head, tail) {
            ("won", "t") => words.extend(["will", "not"].map(str::to_owned)),
            ("can", "t") | ("cannot", "") => words.extend(["can", "not"].map(str::to_owned)),
            (head, "t") => {
                words.push(head.strip_suffix('n').unwrap_or(head).to_owned());
                words.push("not".to_owned());
            }
            (head, tail) => {
                words.push(head.to_owned());
                let more = match tail {
                    "ll" => Some("will"),
                    "re" => Some("are"),
                    "ve" => Some("have"),
                    "d" => Some("would"),
                    "m" => Some("am"),
                    _ => None,
                };
                words.extend(more.map(str::to_owned));
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Gaps stand between words.
fn check_gaps(node: &Node, source: &str) -> Result<(), Fault> {
    let is_gap = |node: &Node| matches!(node, Node::Gap { .. });
    let at_edge = match node {
        Node::Sequence(items) => items.first().is_some_and(is_gap) || items.last().is_some_and(is_gap),
        node => is_gap(node),
    };
    if at_edge {
        return Err(Fault::new(
            0..source.len(),
            "a gap stands at the edge",
            "put words on both sides of a gap",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(source: &str) -> (String, &str) {
        let fault = parse(source).unwrap_err();
        (fault.message, &source[fault.range])
    }

    #[test]
    fn faults_point_at_the_place() {
        assert_eq!(fault("{cure} ... <Condition>"), ("this is not the name of a word class".into(), "<"));
        assert_eq!(fault("(a|b"), ("this bracket is not closed".into(), "("));
        assert_eq!(fault("{a [b]}"), ("`[` cannot stand inside `{ }`".into(), "["));
        assert_eq!(fault("a b)"), ("`)` closes nothing".into(), ")"));
        assert_eq!(fault("a ...99 b"), ("a gap of 99 words".into(), "...99"));
        assert_eq!(fault("cure & heal"), ("`&` has no meaning here".into(), "&"));
        assert_eq!(fault("cure ..."), ("a gap stands at the edge".into(), "cure ..."));
        assert_eq!(fault("cure !"), ("`!` stands before nothing".into(), "!"));
        assert_eq!(fault("").0, "no words stand here");
        assert_eq!(fault("cure | heal"), ("`|` stands outside brackets".into(), "|"));
        assert_eq!(fault("a ()"), ("no words stand here".into(), "()"));
    }

    #[test]
    fn trees() {
        let word = |w: &str| Node::Word(w.into());
        assert_eq!(
            parse("no [side] effects").unwrap(),
            Node::Sequence(vec![word("no"), Node::Maybe(Box::new(word("side"))), word("effects"),])
        );
        assert_eq!(
            parse("{re-align}").unwrap(),
            Node::Sequence(vec![word("re"), Node::Forms("align".into())])
        );
        assert_eq!(parse("can’t").unwrap(), Node::Sequence(vec![word("can"), word("not")]));
        assert_eq!(
            parse("a ...3 b").unwrap(),
            Node::Sequence(vec![word("a"), Node::Gap { most: 3, wide: false }, word("b"),])
        );
        assert_eq!(parse("(a|b|)").unwrap(), Node::Maybe(Box::new(Node::Either(vec![word("a"), word("b")]))));
    }

    #[test]
    fn no_input_panics() {
        let pieces = [
            "a", " ", "{", "}", "(", ")", "[", "]", "|", "...", ",", "<x>", "<", ">", "!", "^", "$", "é",
            "'", "9",
        ];
        let mut state = 7u64;
        for _ in 0..20_000 {
            let mut source = String::new();
            for _ in 0..(state >> 33) % 12 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                source += pieces[(state >> 33) as usize % pieces.len()];
            }
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            if let Err(fault) = parse(&source) {
                assert!(source.get(fault.range.clone()).is_some(), "{source:?} {fault:?}");
            }
        }
    }
}
