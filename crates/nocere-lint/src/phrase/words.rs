//! Words: where they are in a text, and the number each known word has.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The number of a known word; numbers are dense.
pub(super) type WordId = u32;

/// The number of every word that no pattern knows.
pub(super) const UNKNOWN: WordId = WordId::MAX;

/// A run of letters and digits in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RawWord {
    pub(super) start: usize,
    pub(super) end: usize,
    /// A hash of the lower-cased bytes.
    pub(super) hash: u64,
}

/// Lower-cases ASCII letters; 0 for bytes that are not part of a word. Bytes of letters outside ASCII keep
/// their value; the lead bytes of Latin-1 symbols, general punctuation and CJK symbols are not letters.
const FOLD: [u8; 256] = {
    let mut table = [0u8; 256];
    let mut byte = 0usize;
    while byte < 256 {
        let b = byte as u8;
        table[byte] = match b {
            b'A'..=b'Z' => b + 32,
            b'a'..=b'z' | b'0'..=b'9' => b,
            0xC2 | 0xE2 | 0xE3 | 0xEF => 0,
            0x80..=0xFF => b,
            _ => 0,
        };
        byte += 1;
    }
    table
};

fn starts_word(byte: u8) -> bool {
    FOLD[byte as usize] != 0 && !(0x80..0xC0).contains(&byte)
}

/// The next word at or after `at`. This is the one loop that runs over every byte of a clean text.
#[inline]
pub(super) fn next_word(text: &[u8], at: usize) -> Option<RawWord> {
    let rest = text.get(at..)?;
    let skipped = rest.iter().position(|byte| starts_word(*byte))?;
    let mut hash = 0u64;
    let mut length = 0;
    for byte in &rest[skipped..] {
        let folded = FOLD[*byte as usize];
        if folded == 0 {
            break;
        }
        hash = mix(hash, folded);
        length += 1;
    }
    let start = at + skipped;
    Some(RawWord { start, end: start + length, hash })
}

#[inline]
fn mix(hash: u64, byte: u8) -> u64 {
    (hash.rotate_left(5) ^ u64::from(byte)).wrapping_mul(0x517c_c1b7_2722_0a95)
}

fn hash_of(word: &str) -> u64 {
    word.bytes().map(|byte| byte.to_ascii_lowercase()).fold(0, mix)
}

/// A hasher for keys that are hashes already.
#[derive(Debug, Default, Clone)]
pub(super) struct Passed(u64);

impl Hasher for Passed {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

/// Every word that some pattern knows.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    ids: HashMap<u64, WordId, BuildHasherDefault<Passed>>,
}

impl Vocabulary {
    /// The number of this word, new if need be.
    pub(super) fn intern(&mut self, word: &str) -> WordId {
        let next = self.ids.len() as WordId;
        *self.ids.entry(hash_of(word)).or_insert(next)
    }

    /// The number of the word with this hash.
    pub(super) fn by_hash(&self, hash: u64) -> WordId {
        self.ids.get(&hash).copied().unwrap_or(UNKNOWN)
    }

    /// The number of this word.
    pub(super) fn get(&self, word: &str) -> WordId {
        self.by_hash(hash_of(word))
    }

    /// The hash of every word in the set.
    pub(super) fn hashes<'a>(&'a self, set: &'a WordSet) -> impl Iterator<Item = u64> + 'a {
        self.ids.iter().filter(|(_, id)| set.contains(**id)).map(|(hash, _)| *hash)
    }
}

/// A few bits about the words of a set or of a sentence: two that share no bit share no word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Signature(u64);

impl Signature {
    #[inline]
    pub(super) fn add(&mut self, word: WordId) {
        self.0 |= 1 << (word.wrapping_mul(0x9e37_79b1) >> 26);
    }

    #[inline]
    pub(super) fn may_share(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A set of known words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct WordSet {
    bits: Vec<u64>,
    signature: Signature,
}

impl WordSet {
    pub(super) fn insert(&mut self, word: WordId) {
        self.signature.add(word);
        let at = word as usize / 64;
        if self.bits.len() <= at {
            self.bits.resize(at + 1, 0);
        }
        self.bits[at] |= 1 << (word % 64);
    }

    #[inline]
    pub(super) fn contains(&self, word: WordId) -> bool {
        self.bits.get(word as usize / 64).is_some_and(|bits| bits & (1 << (word % 64)) != 0)
    }

    pub(super) fn extend(&mut self, other: &Self) {
        if self.bits.len() < other.bits.len() {
            self.bits.resize(other.bits.len(), 0);
        }
        for (mine, theirs) in self.bits.iter_mut().zip(&other.bits) {
            *mine |= theirs;
        }
        self.signature.0 |= other.signature.0;
    }

    #[inline]
    pub(super) fn signature(&self) -> Signature {
        self.signature
    }

    pub(super) fn intersects(&self, other: &Self) -> bool {
        self.bits.iter().zip(&other.bits).any(|(a, b)| a & b != 0)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = WordId> + '_ {
        self.bits.iter().enumerate().flat_map(|(at, bits)| {
            let mut rest = *bits;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros())?;
                rest &= rest - 1;
                Some((at * 64) as WordId + bit)
            })
        })
    }
}

/// A filter that says "surely not" for nearly every word of a clean text.
#[derive(Debug)]
pub(super) struct Sieve {
    bits: Vec<u64>,
}

impl Sieve {
    const BITS: u32 = 16;

    pub(super) fn new(hashes: impl Iterator<Item = u64>) -> Self {
        let mut bits = vec![0; 1 << (Self::BITS - 6)];
        for hash in hashes {
            let at = Self::place(hash);
            bits[at / 64] |= 1 << (at % 64);
        }
        Self { bits }
    }

    fn place(hash: u64) -> usize {
        (hash >> (64 - Self::BITS)) as usize
    }

    #[inline]
    pub(super) fn may_hold(&self, hash: u64) -> bool {
        let at = Self::place(hash);
        self.bits[at / 64] & (1 << (at % 64)) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(word) = next_word(text.as_bytes(), at) {
            found.push(&text[word.start..word.end]);
            at = word.end;
        }
        found
    }

    #[test]
    fn punctuation_of_any_kind_parts_words() {
        assert_eq!(words("heal—and “prevent”…\u{a0}pain!"), ["heal", "and", "prevent", "pain"]);
        assert_eq!(words("naïve 90/90"), ["naïve", "90", "90"]);
        assert_eq!(words(" —… "), Vec::<&str>::new());
    }

    #[test]
    fn case_does_not_matter() {
        let mut vocabulary = Vocabulary::default();
        let id = vocabulary.intern("Cure");
        assert_eq!(vocabulary.get("cURE"), id);
        assert_eq!(vocabulary.get("curé"), UNKNOWN);
    }

    #[test]
    fn sets() {
        let mut set = WordSet::default();
        set.insert(3);
        set.insert(200);
        assert!(set.contains(200) && !set.contains(4) && !set.contains(UNKNOWN));
        assert_eq!(set.iter().collect::<Vec<_>>(), [3, 200]);
    }
}
