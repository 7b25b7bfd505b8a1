//! Runs programs over the tokens of one sentence.
//!
//! A bounded backtracker: no state is visited twice, so the work is at most program length × words.

use super::pattern::Kind;
use super::program::{Class, Op, Program};
use super::sentence::{Grammar, Marks, Sentence};
use super::words::WordSet;

/// The tables that programs refer to.
#[derive(Clone, Copy)]
pub(super) struct Tables<'a> {
    pub(super) sets: &'a [WordSet],
    pub(super) classes: &'a [Class],
    pub(super) negations: &'a [Program],
    pub(super) grammar: &'a Grammar,
}

/// A match: its tokens, and what its classes matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Class number, first token, token after the last.
    pub(super) captures: Vec<(u32, usize, usize)>,
}

/// The longest member of a class, in words.
const LONGEST_MEMBER: usize = 31;
/// The longest match, in words.
const REACH: usize = 100;
/// Where a class matches has not been looked up yet.
const NOT_YET: u32 = u32::MAX;
const NO_CAPTURE: u32 = u32::MAX;

/// Working memory, kept from sentence to sentence.
#[derive(Default)]
pub(super) struct Memory {
    /// Per class and token: bit k says that a member of k + 1 words begins there.
    members: Vec<u32>,
    visited: Vec<Vec<u64>>,
    captures: Vec<(u32, usize, usize, u32)>,
    stack: Vec<(u32, u32, u32)>,
}

/// A sentence and the memory to match in it.
pub(super) struct Machine<'a> {
    tables: Tables<'a>,
    sentence: &'a Sentence,
    memory: &'a mut Memory,
}

impl<'a> Machine<'a> {
    pub(super) fn new(tables: Tables<'a>, sentence: &'a Sentence, memory: &'a mut Memory) -> Self {
        memory.members.clear();
        memory.members.resize(tables.classes.len() * sentence.tokens.len(), NOT_YET);
        Self { tables, sentence, memory }
    }

    /// The first match at or after a token.
    pub(super) fn find(&mut self, program: &Program, from: usize) -> Option<Found> {
        // Most programs begin with a word that the sentence does not have.
        let signature = self.sentence.signature;
        if program.first.as_ref().is_some_and(|first| !first.signature().may_share(signature)) {
            return None;
        }
        (from..self.sentence.tokens.len()).find_map(|start| self.match_at(program, start))
    }

    /// The match that begins at this token.
    pub(super) fn match_at(&mut self, program: &Program, start: usize) -> Option<Found> {
        if !self.can_begin(program, start) {
            return None;
        }
        self.memory.captures.clear();
        let (end, mut capture) = self.run(program, start, None)?;
        if end == start {
            return None;
        }
        let mut captures = Vec::new();
        while let Some((class, from, to, next)) = self.memory.captures.get(capture as usize) {
            captures.push((*class, *from, *to));
            capture = *next;
        }
        captures.reverse();
        Some(Found { start, end, captures })
    }

    fn can_begin(&self, program: &Program, at: usize) -> bool {
        let token = self.sentence.tokens.get(at);
        program.first.as_ref().is_none_or(|first| token.is_some_and(|token| first.contains(token.word)))
    }

    /// Lengths of the members of a class that begin at this token, as bits.
    fn members(&mut self, class: u32, at: usize) -> u32 {
        let tables = self.tables;
        let program = &tables.classes[class as usize].program;
        if !self.can_begin(program, at) || at >= self.sentence.tokens.len() {
            return 0;
        }
        let place = class as usize * self.sentence.tokens.len() + at;
        if self.memory.members[place] == NOT_YET {
            let mut lengths = 0;
            self.run(program, at, Some(&mut lengths));
            self.memory.members[place] = lengths;
        }
        self.memory.members[place]
    }

    /// Runs a program from a token. With `lengths`, tries every way and collects the lengths of all matches;
    /// else gives the end of the first match and its last capture.
    fn run(
        &mut self,
        program: &Program,
        start: usize,
        mut lengths: Option<&mut u32>,
    ) -> Option<(usize, u32)> {
        let width = (self.sentence.tokens.len() - start).min(REACH) + 1;
        let mut visited = self.memory.visited.pop().unwrap_or_default();
        visited.clear();
        visited.resize((program.ops.len() * width).div_ceil(64), 0);
        let floor = self.memory.stack.len();
        self.memory.stack.push((0, start as u32, NO_CAPTURE));
        let mut found = None;
        while self.memory.stack.len() > floor {
            let Some((pc, at, capture)) = self.memory.stack.pop() else { break };
            let at = at as usize;
            if at - start >= width {
                continue;
            }
            let state = pc as usize * width + (at - start);
            if visited[state / 64] & (1 << (state % 64)) != 0 {
                continue;
            }
            visited[state / 64] |= 1 << (state % 64);
            if let Op::Match = program.ops[pc as usize] {
                match &mut lengths {
                    Some(lengths) => {
                        if (1..=LONGEST_MEMBER).contains(&(at - start)) {
                            **lengths |= 1 << (at - start - 1);
                        }
                        continue;
                    }
                    None => {
                        found = Some((at, capture));
                        break;
                    }
                }
            }
            self.step(program, pc, at, start, capture);
        }
        self.memory.stack.truncate(floor);
        self.memory.visited.push(visited);
        found
    }

    /// One step: pushes the states that follow.
    fn step(&mut self, program: &Program, pc: u32, at: usize, start: usize, capture: u32) {
        let sentence = self.sentence;
        let token = sentence.tokens.get(at);
        let joined = at == start || (at > 0 && sentence.clause(at) == sentence.clause(at - 1));
        let tables = self.tables;
        let goes_on = match &program.ops[pc as usize] {
            Op::Word { set, free } => {
                let fits =
                    (*free || joined) && token.is_some_and(|t| tables.sets[*set as usize].contains(t.word));
                fits.then_some(at + 1)
            }
            Op::Kind { kind, free } => {
                let fits = (*free || joined)
                    && token.is_some_and(|t| match kind {
                        Kind::Number => t.marks.has(Marks::NUMBER),
                        Kind::Year => t.marks.has(Marks::YEAR),
                        Kind::PastYear => t.marks.has(Marks::PAST_YEAR),
                        Kind::Any => true,
                    });
                fits.then_some(at + 1)
            }
            Op::Class { class, free } => {
                if *free || joined {
                    let lengths = self.members(*class, at);
                    for length in (1..=LONGEST_MEMBER).filter(|length| lengths & (1 << (length - 1)) != 0) {
                        self.memory.captures.push((*class, at, at + length, capture));
                        let capture = self.memory.captures.len() as u32 - 1;
                        self.memory.stack.push((pc + 1, (at + length) as u32, capture));
                    }
                }
                None
            }
            Op::Step { wide } => {
                let passes = token.is_some() && (*wide || joined) && !sentence.denies(tables.grammar, at);
                passes.then_some(at + 1)
            }
            Op::Split(first, second) => {
                self.memory.stack.push((*second, at as u32, capture));
                self.memory.stack.push((*first, at as u32, capture));
                None
            }
            Op::Jump(to) => {
                self.memory.stack.push((*to, at as u32, capture));
                None
            }
            Op::SentenceStart => (at == 0).then_some(at),
            Op::CommandStart => sentence.begins_command(tables.grammar, at).then_some(at),
            Op::SentenceEnd => token.is_none().then_some(at),
            Op::Pause => {
                token.is_some_and(|t| t.marks.has(Marks::COMMA) || t.marks.has(Marks::BREAK)).then_some(at)
            }
            Op::Not(negation) => {
                let program = &tables.negations[*negation as usize];
                let stands = at < sentence.tokens.len()
                    && self.can_begin(program, at)
                    && self.run(program, at, None).is_some();
                (!stands).then_some(at)
            }
            Op::Match => None,
        };
        if let Some(next) = goes_on {
            self.memory.stack.push((pc + 1, next as u32, capture));
        }
    }
}
