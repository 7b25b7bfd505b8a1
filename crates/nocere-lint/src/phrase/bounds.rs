//! Where a sentence begins and ends.

use std::ops::Range;

/// The longest sentence that is read as one, in bytes. Bounds the work on text without full stops.
const LONGEST: usize = 2_000;

/// Words after which a full stop does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "dr", "mr", "mrs", "ms", "prof", "st", "vs", "etc", "approx", "fig", "eg", "ie", "al", "ca", "cf",
    "incl", "dept",
];

/// The sentence that holds the byte at `at`; it does not begin before `floor`.
pub(super) fn bounds(text: &str, floor: usize, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let lowest = floor.max(at.saturating_sub(LONGEST));
    let may_end = |byte: &u8| matches!(byte, b'.' | b'!' | b'?' | b'\n');
    let mut start = at;
    while start > lowest && !(may_end(&bytes[start - 1]) && ends_sentence(bytes, start - 1)) {
        start -= 1;
    }
    let highest = bytes.len().min(at + LONGEST);
    let mut end = at;
    while end < highest && !(may_end(&bytes[end]) && ends_sentence(bytes, end)) {
        end += 1;
    }
    // The closing mark belongs to the sentence; a cut through a character does not.
    if end < bytes.len() && end < highest {
        end += 1;
        let closing = text.get(end..).unwrap_or("");
        end += closing.len() - closing.trim_start_matches(['"', '”', '’', ')']).len();
    }
    let start = (start..=at).find(|i| text.is_char_boundary(*i)).unwrap_or(at);
    let end = (at..=end).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(at);
    start..end
}

/// Does a sentence end with this byte?
fn ends_sentence(bytes: &[u8], at: usize) -> bool {
    let after = &bytes[at + 1..];
    match bytes[at] {
        b'\n' => {
            let next = after.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
            next.is_some_and(|next| match after[next] {
                b'\n' => true,
                b'-' | b'*' | b'+' => after.get(next + 1) == Some(&b' '),
                b'0'..=b'9' => {
                    matches!(after[next..].iter().find(|b| !b.is_ascii_digit()), Some(b'.' | b')'))
                }
                _ => false,
            })
        }
        mark @ (b'.' | b'!' | b'?') => {
            let closes = after
                .iter()
                .take_while(|byte| matches!(byte, b'"' | b'\'' | b')' | b']' | b'*' | b'_'))
                .count();
            let mut rest = &after[closes..];
            while let [0xE2, 0x80, 0x9D | 0x99, more @ ..] = rest {
                rest = more;
            }
            match rest.first() {
                None => true,
                Some(byte) if byte.is_ascii_whitespace() => {
                    mark != b'.' || !is_abbreviation(&bytes[..at], rest)
                }
                Some(_) => false,
            }
        }
        _ => false,
    }
}

/// Is the full stop after `before` part of an abbreviation or of dots that lead on?
fn is_abbreviation(before: &[u8], after: &[u8]) -> bool {
    if before.ends_with(b"..") {
        let next = after.iter().find(|byte| !byte.is_ascii_whitespace());
        return next.is_some_and(u8::is_ascii_lowercase);
    }
    let letters = before.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let word = &before[before.len() - letters..];
    let dotted = before[..before.len() - letters].ends_with(b".");
    (letters == 1 && (dotted || word != b"I") && word[0].is_ascii_alphabetic())
        || ABBREVIATIONS.iter().any(|known| word.eq_ignore_ascii_case(known.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_readers_stop() {
        let text = "See Dr. Lee first. It costs approx. 3.5 euros! Then “rest.” Done";
        let mut found = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let range = bounds(text, at, at);
            found.push(text[range.clone()].trim());
            at = range.end.max(at + 1);
        }
        assert_eq!(found[..2], ["See Dr. Lee first.", "It costs approx. 3.5 euros!"]);
        assert!(found[2].starts_with("Then “rest."), "{found:?}");
    }

    #[test]
    fn lists_and_paragraphs_end_sentences() {
        let text = "Warm up\n- Cat cow\n\nThen rest";
        assert_eq!(text[bounds(text, 0, 10)].trim(), "- Cat cow");
        assert_eq!(text[bounds(text, 0, 2)].trim(), "Warm up");
    }
}
