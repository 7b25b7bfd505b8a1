//! From a pattern's tree to a small program that the machine runs over a sentence.

use std::collections::HashMap;

use super::morphology;
use super::pattern::{Fault, Kind, Node};
use super::words::{Vocabulary, WordSet};

/// One step of a program.
#[derive(Debug, Clone)]
pub(super) enum Op {
    /// A word of this set; `free` ones may begin a new clause.
    Word {
        set: u32,
        free: bool,
    },
    /// A word of this look.
    Kind {
        kind: Kind,
        free: bool,
    },
    /// A member of this class.
    Class {
        class: u32,
        free: bool,
    },
    /// Any word, as part of a gap.
    Step {
        wide: bool,
    },
    /// Go on at the first place; if that fails, at the second.
    Split(u32, u32),
    Jump(u32),
    SentenceStart,
    CommandStart,
    SentenceEnd,
    Pause,
    /// Fails when this program matches here.
    Not(u32),
    Match,
}

/// A compiled pattern.
#[derive(Debug, Default)]
pub(super) struct Program {
    pub(super) ops: Vec<Op>,
    /// The words that it can begin with; `None` when it can begin with any.
    pub(super) first: Option<WordSet>,
}

/// Words that can begin a piece, and whether the piece can be empty.
struct First {
    words: WordSet,
    any: bool,
    empty: bool,
}

/// What is known of a class once it is compiled.
#[derive(Debug)]
pub(super) struct Class {
    pub(super) name: String,
    pub(super) program: Program,
    anchor: Option<Anchor>,
}

/// Words of which at least one stands in every match, and how common they are.
#[derive(Debug, Clone, Default)]
pub(super) struct Anchor {
    pub(super) words: WordSet,
    cost: u32,
}

/// Words too common to look for.
const COMMON: &str = "a about all also am an and any are as at be been being but by can could did do does done for from \
    had has have he her his how i if in into is it its may me might more most must my no nor not of off on \
    one or our out over she should so some such than that the their them then there these they \
    this those through to too under until up very was we were what when where which while who whom why will with \
    would you your yours yourself us s t";

/// Words of the field that stand in many clean sentences.
const FREQUENT: &str = "just like only once other own back body pain help helps muscle muscles exercise exercises health time use used make makes \
    feel get gets good best day work hip knee spine leg legs foot feet arm arms hands hand stretch treatment patient \
    patients people keep hold position start take find strength strong weight support part life stress start well \
    care need step neck joint joints spinal side effect effects natural naturally down right left chest floor \
    treatment treatments relief results effective studies research evidence clients healing reduce improve problem \
    problems condition conditions symptoms session sessions movement feeling better doctor doctors medical clinical \
    benefits therapy safe energy function level levels balance chronic often new";

/// Turns trees into programs; collects words, sets and classes on the way.
#[derive(Debug, Default)]
pub(super) struct Compiler {
    pub(super) vocabulary: Vocabulary,
    pub(super) sets: Vec<WordSet>,
    known_sets: HashMap<WordSet, u32>,
    /// The inflected forms of words met so far.
    known_forms: HashMap<String, WordSet>,
    known_nouns: HashMap<String, WordSet>,
    pub(super) classes: Vec<Class>,
    class_ids: HashMap<String, u32>,
    /// Programs that `!` refers to.
    pub(super) negations: Vec<Program>,
    common: WordSet,
    frequent: WordSet,
}

impl Compiler {
    pub(super) fn new() -> Self {
        let mut compiler = Self::default();
        for word in COMMON.split_whitespace() {
            let id = compiler.vocabulary.intern(word);
            compiler.common.insert(id);
        }
        for word in FREQUENT.split_whitespace() {
            let id = compiler.vocabulary.intern(word);
            compiler.frequent.insert(id);
        }
        compiler
    }

    /// Adds a class whose members are these; the classes it uses must be there already.
    pub(super) fn add_class(&mut self, name: &str, members: Node) -> Result<(), Fault> {
        let program = self.program(&members)?;
        let anchor = self.anchor(&members);
        self.class_ids.insert(name.to_owned(), self.classes.len() as u32);
        self.classes.push(Class { name: name.to_owned(), program, anchor });
        Ok(())
    }

    /// Compiles a tree.
    pub(super) fn program(&mut self, node: &Node) -> Result<Program, Fault> {
        let mut ops = Vec::new();
        self.emit(node, true, &mut ops)?;
        ops.push(Op::Match);
        let first = self.first(node);
        Ok(Program { ops, first: (!first.any && !first.empty).then_some(first.words) })
    }

    fn set_id(&mut self, set: WordSet) -> u32 {
        if let Some(id) = self.known_sets.get(&set) {
            return *id;
        }
        let id = self.sets.len() as u32;
        self.sets.push(set.clone());
        self.known_sets.insert(set, id);
        id
    }

    /// The words that a one-word node stands for.
    fn word_set(&mut self, node: &Node) -> Option<WordSet> {
        let (word, forms_of): (&str, fn(&str) -> Vec<String>) = match node {
            Node::Word(word) => {
                let mut set = WordSet::default();
                set.insert(self.vocabulary.intern(word));
                return Some(set);
            }
            Node::Forms(word) => (word, morphology::all_forms),
            Node::Noun(word) => (word, morphology::noun_forms),
            _ => return None,
        };
        let known =
            if matches!(node, Node::Forms(_)) { &mut self.known_forms } else { &mut self.known_nouns };
        if let Some(set) = known.get(word) {
            return Some(set.clone());
        }
        let mut set = WordSet::default();
        forms_of(word).iter().for_each(|form| set.insert(self.vocabulary.intern(form)));
        known.insert(word.to_owned(), set.clone());
        Some(set)
    }

    fn class_id(&self, name: &str, node: &Node) -> Result<u32, Fault> {
        let range = if let Node::Class(_, range) = node { range.clone() } else { 0..0 };
        self.class_ids.get(name).copied().ok_or_else(|| {
            let near = self.class_ids.keys().min_by_key(|known| strsim::levenshtein(known, name));
            let hint = near.map_or(String::new(), |near| format!("did you mean `<{near}>`? "));
            Fault::new(
                range,
                format!("no lexicon is named `{name}`"),
                format!("{hint}Add a lexicon file with this id"),
            )
        })
    }

    /// Writes the steps for a node. `free`: its first word may begin a new clause.
    fn emit(&mut self, node: &Node, free: bool, ops: &mut Vec<Op>) -> Result<(), Fault> {
        match node {
            Node::Word(_) | Node::Forms(_) | Node::Noun(_) => {
                if let Some(words) = self.word_set(node) {
                    let set = self.set_id(words);
                    ops.push(Op::Word { set, free });
                }
            }
            Node::Class(name, _) => ops.push(Op::Class { class: self.class_id(name, node)?, free }),
            Node::Kind(kind) => ops.push(Op::Kind { kind: *kind, free }),
            Node::Sequence(items) => {
                let mut free = free;
                for item in items {
                    self.emit(item, free, ops)?;
                    free = match item {
                        Node::Pause | Node::Gap { wide: true, .. } => true,
                        Node::Maybe(inner) => free || **inner == Node::Pause,
                        Node::SentenceStart | Node::CommandStart | Node::Not(_) => free,
                        _ => false,
                    };
                }
            }
            Node::Either(all) => self.emit_either(all, free, ops)?,
            Node::Maybe(inner) => {
                let split = ops.len();
                ops.push(Op::Match);
                self.emit(inner, free, ops)?;
                ops[split] = Op::Split(split as u32 + 1, ops.len() as u32);
            }
            Node::Gap { most, wide } => {
                let end = ops.len() as u32 + 2 * u32::from(*most);
                for _ in 0..*most {
                    ops.push(Op::Split(end, ops.len() as u32 + 1));
                    ops.push(Op::Step { wide: *wide });
                }
            }
            Node::SentenceStart => ops.push(Op::SentenceStart),
            Node::CommandStart => ops.push(Op::CommandStart),
            Node::SentenceEnd => ops.push(Op::SentenceEnd),
            Node::Pause => ops.push(Op::Pause),
            Node::Not(inner) => {
                let program = self.program(inner)?;
                ops.push(Op::Not(self.negations.len() as u32));
                self.negations.push(program);
            }
        }
        Ok(())
    }

    /// Alternatives: the longer ones first, then all single words as one set.
    fn emit_either(&mut self, all: &[Node], free: bool, ops: &mut Vec<Op>) -> Result<(), Fault> {
        let mut words = WordSet::default();
        let mut has_words = false;
        let mut jumps = Vec::new();
        let longer: Vec<&Node> = all
            .iter()
            .filter(|node| match self.word_set(node) {
                Some(set) => {
                    words.extend(&set);
                    has_words = true;
                    false
                }
                None => true,
            })
            .collect();
        for (index, node) in longer.iter().enumerate() {
            if index + 1 == longer.len() && !has_words {
                self.emit(node, free, ops)?;
                break;
            }
            let split = ops.len();
            ops.push(Op::Match);
            self.emit(node, free, ops)?;
            jumps.push(ops.len());
            ops.push(Op::Match);
            ops[split] = Op::Split(split as u32 + 1, ops.len() as u32);
        }
        if has_words {
            let set = self.set_id(words);
            ops.push(Op::Word { set, free });
        }
        for jump in jumps {
            ops[jump] = Op::Jump(ops.len() as u32);
        }
        Ok(())
    }

    fn first(&mut self, node: &Node) -> First {
        let mut first = First { words: WordSet::default(), any: false, empty: false };
        match node {
            Node::Word(_) | Node::Forms(_) | Node::Noun(_) => {
                first.words = self.word_set(node).unwrap_or_default()
            }
            Node::Class(name, _) => {
                match self.class_ids.get(name).map(|id| &self.classes[*id as usize].program.first) {
                    Some(Some(words)) => first.words = words.clone(),
                    _ => first.any = true,
                }
            }
            Node::Kind(_) => first.any = true,
            Node::Sequence(items) => {
                first.empty = true;
                for item in items {
                    let next = self.first(item);
                    first.words.extend(&next.words);
                    first.any |= next.any;
                    if !next.empty {
                        first.empty = false;
                        break;
                    }
                }
            }
            Node::Either(all) => {
                for item in all {
                    let next = self.first(item);
                    first.words.extend(&next.words);
                    first.any |= next.any;
                    first.empty |= next.empty;
                }
            }
            Node::Maybe(inner) => {
                first = self.first(inner);
                first.empty = true;
            }
            Node::Gap { .. } => (first.any, first.empty) = (true, true),
            Node::SentenceStart | Node::CommandStart | Node::SentenceEnd | Node::Pause | Node::Not(_) => {
                first.empty = true;
            }
        }
        first
    }

    /// The rarest words of which one must stand in every match; `None` when a match needs no particular word.
    fn anchor(&mut self, node: &Node) -> Option<Anchor> {
        match node {
            Node::Word(_) | Node::Forms(_) | Node::Noun(_) => {
                let words = self.word_set(node)?;
                let cost = words.iter().map(|word| self.cost(word)).sum();
                Some(Anchor { words, cost })
            }
            Node::Class(name, _) => self.classes[*self.class_ids.get(name)? as usize].anchor.clone(),
            Node::Sequence(items) => {
                items.iter().filter_map(|item| self.anchor(item)).min_by_key(|anchor| anchor.cost)
            }
            Node::Either(all) => {
                let mut union = Anchor::default();
                for item in all {
                    union.words.extend(&self.anchor(item)?.words);
                }
                union.cost = union.words.iter().map(|word| self.cost(word)).sum();
                Some(union)
            }
            _ => None,
        }
    }

    /// The sets of words of which each has one in every match; the rarest first.
    pub(super) fn mandatory(&mut self, node: &Node) -> Vec<Anchor> {
        let mut all: Vec<Anchor> = match node {
            Node::Sequence(items) => items.iter().filter_map(|item| self.anchor(item)).collect(),
            node => self.anchor(node).into_iter().collect(),
        };
        all.sort_by_key(|anchor| anchor.cost);
        all
    }

    fn cost(&self, word: u32) -> u32 {
        if self.common.contains(word) {
            100_000
        } else if self.frequent.contains(word) {
            100
        } else {
            1
        }
    }

    /// Does this anchor hold words that stand in nearly every sentence?
    pub(super) fn is_too_common(&self, anchor: &Anchor) -> bool {
        anchor.words.intersects(&self.common)
    }
}
