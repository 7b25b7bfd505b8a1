//! English inflection, by explicit rules and a table of irregular words.
//!
//! Forms are generated from the word in a pattern, never guessed from the word in a text, so a pattern
//! finds exactly the words that this module lists.

/// Irregular verbs: base, then the forms that the regular rules do not give.
const VERBS: &[(&str, &[&str])] = &[
    ("be", &["is", "are", "am", "was", "were", "been", "being"]),
    ("have", &["has", "had", "having"]),
    ("do", &["does", "did", "done", "doing"]),
    ("go", &["goes", "went", "gone", "going"]),
    ("lie", &["lies", "lying", "lay", "lain"]),
    ("lay", &["laid"]),
    ("sit", &["sat"]),
    ("stand", &["stood"]),
    ("bend", &["bent"]),
    ("kneel", &["knelt"]),
    ("lean", &["leant"]),
    ("rise", &["rose", "risen"]),
    ("raise", &[]),
    ("hold", &["held"]),
    ("keep", &["kept"]),
    ("bring", &["brought"]),
    ("take", &["took", "taken"]),
    ("put", &["put"]),
    ("set", &["set"]),
    ("let", &["let"]),
    ("hurt", &["hurt"]),
    ("cut", &["cut"]),
    ("hit", &["hit"]),
    ("spread", &["spread"]),
    ("split", &["split"]),
    ("beat", &["beaten"]),
    ("get", &["got", "gotten"]),
    ("give", &["gave", "given"]),
    ("make", &["made"]),
    ("feel", &["felt"]),
    ("find", &["found"]),
    ("fall", &["fell", "fallen"]),
    ("come", &["came"]),
    ("become", &["became"]),
    ("leave", &["left"]),
    ("lose", &["lost"]),
    ("say", &["said"]),
    ("tell", &["told"]),
    ("think", &["thought"]),
    ("know", &["knew", "known"]),
    ("show", &["shown"]),
    ("see", &["saw", "seen"]),
    ("mean", &["meant"]),
    ("break", &["broke", "broken"]),
    ("speak", &["spoke", "spoken"]),
    ("wake", &["woke", "woken"]),
    ("tear", &["tore", "torn"]),
    ("wear", &["wore", "worn"]),
    ("swing", &["swung"]),
    ("hang", &["hung"]),
    ("slide", &["slid"]),
    ("grind", &["ground"]),
    ("wind", &["wound"]),
    ("throw", &["threw", "thrown"]),
    ("grow", &["grew", "grown"]),
    ("draw", &["drew", "drawn"]),
    ("drive", &["drove", "driven"]),
    ("write", &["wrote", "written"]),
    ("begin", &["began", "begun"]),
    ("run", &["ran"]),
    ("build", &["built"]),
    ("rebuild", &["rebuilt"]),
    ("shrink", &["shrank", "shrunk"]),
    ("sleep", &["slept"]),
    ("reset", &["reset"]),
    ("rid", &["rid"]),
    ("undo", &["undoes", "undid", "undone"]),
    ("forget", &["forgot", "forgotten"]),
    ("seek", &["sought"]),
    ("fight", &["fought"]),
    ("buy", &["bought"]),
    ("choose", &["chose", "chosen"]),
    ("bear", &["bore", "borne"]),
    ("eat", &["ate", "eaten"]),
    ("melt", &[]),
    ("cost", &["cost"]),
    ("shed", &["shed"]),
    ("quit", &["quit"]),
    ("overcome", &["overcame"]),
    ("offset", &["offset"]),
    ("squat", &[]),
    ("step", &[]),
    ("read", &[]),
    ("panic", &["panicked", "panicking"]),
];

/// Irregular plurals.
const NOUNS: &[(&str, &[&str])] = &[
    ("vertebra", &["vertebrae"]),
    ("foot", &["feet"]),
    ("tooth", &["teeth"]),
    ("knife", &["knives"]),
    ("life", &["lives"]),
    ("half", &["halves"]),
    ("calf", &["calves"]),
    ("leaf", &["leaves"]),
    ("man", &["men"]),
    ("woman", &["women"]),
    ("child", &["children"]),
    ("person", &["people"]),
    ("diagnosis", &["diagnoses"]),
    ("prosthesis", &["prostheses"]),
    ("stenosis", &["stenoses"]),
    ("bursa", &["bursae"]),
    ("hernia", &["herniae"]),
    ("phenomenon", &["phenomena"]),
    ("ganglion", &["ganglia"]),
    ("gluteus", &["glutei"]),
];

/// Verbs of two or more syllables that double the last consonant all the same.
const DOUBLING: &[&str] =
    &["prefer", "refer", "permit", "admit", "commit", "occur", "begin", "forget", "reset", "unplug"];

/// The word and all its inflected forms, as a verb or as a noun.
pub(super) fn all_forms(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned(), with_s(word), with_ed(word), with_ing(word)];
    for table in [VERBS, NOUNS] {
        forms.extend(irregular(table, word));
    }
    if irregular(VERBS, word).any(|form| form == word) || word == "be" {
        forms.retain(|form| form != &with_ed(word));
    }
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// The noun and its plural.
pub(super) fn noun_forms(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    let before = forms.len();
    forms.extend(irregular(NOUNS, word));
    if forms.len() == before {
        forms.push(with_s(word));
    }
    forms
}

fn irregular(table: &'static [(&str, &[&str])], word: &str) -> impl Iterator<Item = String> {
    let found = table.iter().find(|(base, _)| *base == word);
    found.map_or(&[][..], |(_, forms)| forms).iter().map(|form| (*form).to_owned())
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// The word without its last `n` bytes; the callers have seen that these are ASCII.
fn trimmed(word: &str, n: usize) -> &str {
    word.get(..word.len().saturating_sub(n)).unwrap_or(word)
}

fn ends_consonant_y(word: &str) -> bool {
    matches!(word.as_bytes(), [.., before, b'y'] if !is_vowel(*before))
}

fn doubles_last(word: &str) -> bool {
    let closed = matches!(word.as_bytes(), [.., a, b, c]
        if !is_vowel(*a) && is_vowel(*b) && !is_vowel(*c) && !matches!(*c, b'w' | b'x' | b'y'));
    let syllables = word.bytes().filter(|byte| is_vowel(*byte) || *byte == b'y').count();
    // "qu" counts as a consonant, as in "quit" and "squat".
    let after_qu = word.len() >= 4
        && word.get(word.len() - 4..).is_some_and(|end| {
            let end = end.as_bytes();
            end[0] == b'q' && end[1] == b'u' && is_vowel(end[2]) && !is_vowel(end[3])
        });
    (closed && (syllables == 1 || DOUBLING.contains(&word))) || after_qu
}

fn with_s(word: &str) -> String {
    if ends_consonant_y(word) {
        return format!("{}ies", trimmed(word, 1));
    }
    let hissing = ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end));
    if hissing { format!("{word}es") } else { format!("{word}s") }
}

fn with_ed(word: &str) -> String {
    if word.ends_with('e') {
        format!("{word}d")
    } else if ends_consonant_y(word) {
        format!("{}ied", trimmed(word, 1))
    } else {
        doubled(word) + "ed"
    }
}

fn with_ing(word: &str) -> String {
    if word.ends_with("ie") {
        format!("{}ying", trimmed(word, 2))
    } else if word.ends_with('e') && !["ee", "oe", "ye"].iter().any(|end| word.ends_with(end)) {
        format!("{}ing", trimmed(word, 1))
    } else {
        doubled(word) + "ing"
    }
}

fn doubled(word: &str) -> String {
    let mut stem = word.to_owned();
    if doubles_last(word)
        && let Some(last) = word.chars().last()
    {
        stem.push(last);
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn has(word: &str, forms: &[&str]) {
        let all = all_forms(word);
        for form in forms {
            assert!(all.iter().any(|f| f == form), "{word}: {form} not in {all:?}");
        }
    }

    #[test]
    fn regular_verbs() {
        has("cure", &["cure", "cures", "cured", "curing"]);
        has("relieve", &["relieves", "relieving"]);
        has("flush", &["flushes", "flushed"]);
        has("rely", &["relies", "relied", "relying"]);
        has("squat", &["squatting", "squatted"]);
        has("step", &["stepping"]);
        has("reset", &["resetting"]);
        has("heal", &["healing", "healed"]);
        has("decompress", &["decompresses"]);
        has("relax", &["relaxing"]);
        has("press", &["pressed"]);
        has("open", &["opening", "opened"]);
        has("permit", &["permitting"]);
    }

    #[test]
    fn irregular_words() {
        has("lie", &["lies", "lying", "lay", "lain"]);
        has("kneel", &["knelt", "kneeling"]);
        has("foot", &["feet"]);
        has("vertebra", &["vertebrae"]);
        has("be", &["is", "were"]);
        assert!(!all_forms("put").contains(&"putted".to_owned()));
    }

    #[test]
    fn plural_nouns() {
        assert_eq!(noun_forms("vertebra"), ["vertebra", "vertebrae"]);
        assert_eq!(noun_forms("injury"), ["injury", "injuries"]);
        assert_eq!(noun_forms("disc"), ["disc", "discs"]);
    }

    #[test]
    fn odd_words_do_no_harm() {
        for word in ["", "y", "é", "naïve", "ié", "q", "xy", "ée"] {
            let _ = (all_forms(word), noun_forms(word));
        }
    }
}
