//! Sentences: their tokens and their clauses.

use std::ops::Range;

use super::words::{Signature, UNKNOWN, Vocabulary, WordId, WordSet, next_word};

/// One word of a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) word: WordId,
    /// The clause it belongs to; numbers grow from left to right.
    pub(super) clause: u16,
    pub(super) marks: Marks,
}

/// What stands before a token, and what it looks like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Marks(u8);

impl Marks {
    /// A comma before it.
    pub(super) const COMMA: Self = Self(1);
    /// A stronger pause before it: semicolon, colon, dash, bracket, dots.
    pub(super) const BREAK: Self = Self(2);
    /// Digits only.
    pub(super) const NUMBER: Self = Self(4);
    /// A year or a decade: 1998, 1970s.
    pub(super) const YEAR: Self = Self(8);
    /// Between quotation marks.
    pub(super) const QUOTED: Self = Self(16);
    /// A year or a decade before 2000.
    pub(super) const PAST_YEAR: Self = Self(64);
    /// Ends in -ly.
    pub(super) const ADVERB: Self = Self(32);

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
    pub(super) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// A sentence of a text, taken apart.
#[derive(Debug, Default)]
pub(super) struct Sentence {
    pub(super) tokens: Vec<Token>,
    /// Of its known words.
    pub(super) signature: Signature,
    pub(super) question: bool,
}

/// The function words that part clauses.
#[derive(Debug)]
pub(super) struct Grammar {
    /// Words that begin a clause wherever they stand.
    openers: WordSet,
    /// Words that begin a clause after a comma.
    openers_after_comma: WordSet,
    /// Words after which the first comma of a sentence closes a clause.
    leaders: WordSet,
    and: WordSet,
    /// Begins a clause before a subject: "so you never".
    so: WordSet,
    /// Words that belong to the clause that the next word opens: "even if".
    focus: WordSet,
    subjects: WordSet,
    /// Words that begin a command after "and".
    prohibitions: WordSet,
    lead_ins: WordSet,
    negators: WordSet,
    /// Words after which "not" adds instead of denying: "not only".
    adders: WordSet,
    /// "it's" is "it is", but "spine's" is "spine".
    with_is: WordSet,
}

impl Grammar {
    pub(super) fn new(vocabulary: &mut Vocabulary) -> Self {
        let mut set = |words: &str| {
            let mut set = WordSet::default();
            words.split_whitespace().for_each(|word| set.insert(vocabulary.intern(word)));
            set
        };
        Self {
            openers: set(
                "but because although though unless whereas while whilst if when whenever until however \
                          which whether",
            ),
            openers_after_comma: set(
                "i you we they he she it this that these those there as so since then after \
                                      before once who where not never no avoid do rather instead yet nor",
            ),
            leaders: set(
                "if when whenever while although though because since as after before once unless until \
                          by with without in during unlike instead rather at on from through to for despite \
                          whether thanks",
            ),
            and: set("and or"),
            so: set("so"),
            focus: set("even only just especially particularly"),
            subjects: set("i you we they he she it this these there"),
            prohibitions: set("do never avoid not"),
            lead_ins: set(
                "and then now next please first second third finally simply just also or to you should \
                           must can need want will always again instead lastly so",
            ),
            negators: set("not never no neither nor hardly rarely"),
            adders: set("only just merely simply"),
            with_is: set("it that there he she what who here where how"),
        }
    }

    /// Is this word one that may stand before a command without being its subject?
    fn leads_in(&self, token: &Token) -> bool {
        self.lead_ins.contains(token.word) || token.marks.has(Marks::ADVERB) || token.marks.has(Marks::NUMBER)
    }
}

impl Sentence {
    /// The clause of a token; one past the last token has a clause of its own.
    pub(super) fn clause(&self, at: usize) -> u16 {
        self.tokens.get(at).map_or(u16::MAX, |token| token.clause)
    }

    /// Does this token deny what follows it?
    pub(super) fn denies(&self, grammar: &Grammar, at: usize) -> bool {
        let is_in =
            |at: usize, set: &WordSet| self.tokens.get(at).is_some_and(|token| set.contains(token.word));
        is_in(at, &grammar.negators) && !is_in(at + 1, &grammar.adders)
    }

    /// Does a command begin at this token: nothing but words such as "then" or "slowly" before it?
    pub(super) fn begins_command(&self, grammar: &Grammar, at: usize) -> bool {
        let mut at = at;
        loop {
            let Some(before) = at.checked_sub(1) else { return true };
            let (token, here) = (&self.tokens[before], &self.tokens[at.min(self.tokens.len() - 1)]);
            if token.clause != here.clause || grammar.and.contains(token.word) {
                return true;
            }
            if here.marks.has(Marks::COMMA) && !grammar.leads_in(token) {
                return true;
            }
            if !grammar.leads_in(token) {
                return false;
            }
            at = before;
        }
    }

    /// Reads the sentence that stands in this range of the text.
    pub(super) fn read(
        &mut self,
        text: &str,
        range: Range<usize>,
        vocabulary: &Vocabulary,
        grammar: &Grammar,
    ) {
        self.tokens.clear();
        let mut reader = Reader { text, vocabulary, grammar, tokens: &mut self.tokens, open_quote: None };
        let end = reader.read(range);
        self.signature = Signature::default();
        for token in self.tokens.iter().filter(|token| token.word != UNKNOWN) {
            self.signature.add(token.word);
        }
        self.question = text
            .get(end..)
            .is_some_and(|tail| tail.trim_start_matches(['"', '”', ')', '’']).starts_with('?'))
            || text
                .get(..end)
                .is_some_and(|head| head.trim_end_matches(['"', '”', ')', '’', ' ']).ends_with('?'));
        part_clauses(&mut self.tokens, grammar);
    }
}

struct Reader<'a> {
    text: &'a str,
    vocabulary: &'a Vocabulary,
    grammar: &'a Grammar,
    tokens: &'a mut Vec<Token>,
    open_quote: Option<usize>,
}

impl Reader<'_> {
    /// Fills the tokens; says where the sentence really ends.
    fn read(&mut self, range: Range<usize>) -> usize {
        let bytes = &self.text.as_bytes()[..range.end];
        let mut at = range.start;
        while let Some(word) = next_word(bytes, at) {
            let marks = self.marks_between(at, word.start);
            let end = self.push_word(bytes, word.start, word.end, word.hash, marks);
            at = end;
        }
        self.marks_between(at, range.end);
        range.end
    }

    /// The marks for the characters between two words. Closes and opens quotations on the way.
    fn marks_between(&mut self, from: usize, to: usize) -> Marks {
        let mut marks = Marks::default();
        let between = self.text.get(from..to).unwrap_or("");
        for (offset, c) in between.char_indices() {
            match c {
                ',' => marks.add(Marks::COMMA),
                ';' | ':' | '—' | '–' | '(' | ')' | '[' | ']' | '…' | '!' | '?' | '|' | '•' => {
                    marks.add(Marks::BREAK)
                }
                '.' if between[offset..].starts_with("..") => marks.add(Marks::BREAK),
                '-' if between[..offset].ends_with([' ', '-']) => marks.add(Marks::BREAK),
                '\n' if between[offset..].trim_start().starts_with(['-', '*', '+']) => {
                    marks.add(Marks::BREAK)
                }
                '“' => self.open_quote = Some(self.tokens.len()),
                '”' => self.close_quote(),
                '"' if self.open_quote.is_some() => self.close_quote(),
                '"' => self.open_quote = Some(self.tokens.len()),
                _ => {}
            }
        }
        marks
    }

    fn close_quote(&mut self) {
        if let Some(open) = self.open_quote.take() {
            for token in self.tokens.iter_mut().skip(open) {
                token.marks.add(Marks::QUOTED);
            }
        }
    }

    /// Adds the word, and the second word that an apostrophe hides in it. Gives its end.
    fn push_word(&mut self, bytes: &[u8], start: usize, end: usize, hash: u64, marks: Marks) -> usize {
        let apostrophe = match &bytes[end..] {
            [b'\'', ..] => 1,
            [0xE2, 0x80, 0x99, ..] => 3,
            _ => 0,
        };
        let tail = if apostrophe > 0 { next_word(bytes, end + apostrophe) } else { None };
        let tail = tail.filter(|tail| tail.start == end + apostrophe);
        let word = self.vocabulary.by_hash(hash);
        let Some(tail) = tail else {
            let raw = &bytes[start..end];
            if raw.eq_ignore_ascii_case(b"cannot") {
                self.push(start, start + 3, self.vocabulary.get("can"), marks);
                self.push(start + 3, end, self.vocabulary.get("not"), Marks::default());
            } else {
                self.push(start, end, word, marks);
            }
            return end;
        };
        let (head, suffix) = (&bytes[start..end], &bytes[tail.start..tail.end]);
        let expanded = match suffix {
            b"t" | b"T" if head.last().is_some_and(|b| b.eq_ignore_ascii_case(&b'n')) => {
                let base = match &head.to_ascii_lowercase()[..] {
                    b"won" => self.vocabulary.get("will"),
                    b"can" => self.vocabulary.get("can"),
                    b"shan" => self.vocabulary.get("shall"),
                    other => std::str::from_utf8(&other[..other.len() - 1])
                        .map_or(UNKNOWN, |w| self.vocabulary.get(w)),
                };
                self.push(start, end, base, marks);
                Some("not")
            }
            _ => {
                self.push(start, end, word, marks);
                match &suffix.to_ascii_lowercase()[..] {
                    b"ll" => Some("will"),
                    b"re" => Some("are"),
                    b"ve" => Some("have"),
                    b"d" => Some("would"),
                    b"m" => Some("am"),
                    b"s" if self.grammar.with_is.contains(word) => Some("is"),
                    b"s" => None,
                    _ => {
                        self.push(tail.start, tail.end, self.vocabulary.by_hash(tail.hash), Marks::default());
                        None
                    }
                }
            }
        };
        if let Some(expanded) = expanded {
            self.push(tail.start, tail.end, self.vocabulary.get(expanded), Marks::default());
        }
        tail.end
    }

    fn push(&mut self, start: usize, end: usize, word: WordId, mut marks: Marks) {
        let raw = &self.text.as_bytes()[start..end];
        if raw.iter().all(u8::is_ascii_digit) {
            marks.add(Marks::NUMBER);
        }
        let digits = raw.strip_suffix(b"s").unwrap_or(raw);
        if matches!(digits, [b'1', b'0'..=b'9', _, _] | [b'2', b'0', _, _])
            && digits.iter().all(u8::is_ascii_digit)
        {
            marks.add(Marks::YEAR);
            if digits.starts_with(b"1") {
                marks.add(Marks::PAST_YEAR);
            }
        }
        if raw.len() > 4 && raw.ends_with(b"ly") {
            marks.add(Marks::ADVERB);
        }
        self.tokens.push(Token { start, end, word, clause: 0, marks });
    }
}

/// Numbers the clauses.
fn part_clauses(tokens: &mut [Token], grammar: &Grammar) {
    let mut clause = 0u16;
    let mut led = tokens.first().is_some_and(|token| grammar.leaders.contains(token.word));
    for at in 1..tokens.len() {
        let (word, marks, previous) = (tokens[at].word, tokens[at].marks, tokens[at - 1].word);
        let comma = marks.has(Marks::COMMA);
        let next_is_subject = tokens.get(at + 1).is_some_and(|next| grammar.subjects.contains(next.word));
        let closes_led = comma && led;
        let begins = marks.has(Marks::BREAK)
            || grammar.openers.contains(word)
            || closes_led
            || (comma && grammar.openers_after_comma.contains(word))
            || ((grammar.and.contains(word) || grammar.so.contains(word)) && next_is_subject)
            || (grammar.and.contains(previous) && grammar.prohibitions.contains(word));
        if begins {
            clause = clause.saturating_add(1);
            led = !closes_led && grammar.openers.contains(word);
            // "even when": the clause begins with the word before.
            if grammar.openers.contains(word) && grammar.focus.contains(previous) && at > 1 {
                tokens[at - 1].clause = clause;
            }
        }
        tokens[at].clause = clause;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Sentence, Vec<String>) {
        let mut vocabulary = Vocabulary::default();
        for word in ["do", "can", "will", "not", "are", "is", "have", "would", "am"] {
            vocabulary.intern(word);
        }
        let grammar = Grammar::new(&mut vocabulary);
        let mut sentence = Sentence::default();
        sentence.read(text, 0..text.len(), &vocabulary, &grammar);
        let parts = sentence.tokens.chunk_by(|a, b| a.clause == b.clause);
        let clauses = parts.map(|part| text[part[0].start..part[part.len() - 1].end].to_owned()).collect();
        (sentence, clauses)
    }

    #[test]
    fn clauses() {
        assert_eq!(read("If you have sciatica, do not bend").1, ["If you have sciatica", "do not bend"]);
        assert_eq!(read("It heals, but it never cures").1, ["It heals", "but it never cures"]);
        assert_eq!(read("Eases pain, stiffness, and stress").1, ["Eases pain, stiffness, and stress"]);
        assert_eq!(read("Lean back and do not arch").1, ["Lean back and", "do not arch"]);
        assert_eq!(read("Treating—and preventing—pain").1, ["Treating", "and preventing", "pain"]);
    }

    #[test]
    fn contractions_become_two_words() {
        let (sentence, _) = read("You can’t and won't; cannot; it's John's");
        let mut vocabulary = Vocabulary::default();
        for word in ["do", "can", "will", "not", "are", "is"] {
            vocabulary.intern(word);
        }
        let words: Vec<_> = sentence.tokens.iter().map(|t| t.word).collect();
        let (can, will, not) = (vocabulary.get("can"), vocabulary.get("will"), vocabulary.get("not"));
        assert_eq!(words[1..3], [can, not]);
        assert_eq!(words[4..8], [will, not, can, not]);
        assert_eq!(words.len(), 11);
    }

    #[test]
    fn questions_and_quotations() {
        assert!(read("Will this “cure” me?").0.question);
        let (sentence, _) = read("Beware of “miracle cures” here");
        let quoted: Vec<_> = sentence.tokens.iter().map(|t| t.marks.has(Marks::QUOTED)).collect();
        assert_eq!(quoted, [false, false, true, true, false]);
    }
}
