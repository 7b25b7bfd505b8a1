//! Which version a change asks for.

use crate::{Bump, Verdict};

/// The lowest version after `base` that says how large a change is. Before 1.0.0 nothing is promised yet: there a
/// major change asks for the next minor version, and everything smaller for the next patch.
#[must_use]
pub fn required(base: &str, change: Bump) -> String {
    let Some([major, minor, patch]) = parts(base) else { return base.to_owned() };
    let next = match (change, major) {
        (Bump::None, _) => [major, minor, patch],
        (Bump::Major, 0) | (Bump::Minor, 1..) => [major, minor.saturating_add(1), 0],
        (Bump::Patch, _) | (Bump::Minor, 0) => [major, minor, patch.saturating_add(1)],
        (Bump::Major, 1..) => [major.saturating_add(1), 0, 0],
    };
    next.map(|part| part.to_string()).join(".")
}

pub(crate) fn verdict(change: Bump, base: &str, declared: &str) -> Verdict {
    let required = required(base, change);
    let enough = matches!((parts(declared), parts(&required)), (Some(is), Some(must)) if is >= must);
    let enough = enough || declared == required;
    Verdict { change, required, declared: declared.to_owned(), enough }
}

fn parts(version: &str) -> Option<[u64; 3]> {
    let mut parts = version.split('.').map(|part| part.parse::<u64>().ok());
    let three = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(three)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_size_asks_for_its_part_of_the_version() {
        for (base, change, wanted) in [
            ("1.2.3", Bump::None, "1.2.3"),
            ("1.2.3", Bump::Patch, "1.2.4"),
            ("1.2.3", Bump::Minor, "1.3.0"),
            ("1.2.3", Bump::Major, "2.0.0"),
            ("0.2.3", Bump::None, "0.2.3"),
            ("0.2.3", Bump::Patch, "0.2.4"),
            ("0.2.3", Bump::Minor, "0.2.4"),
            ("0.2.3", Bump::Major, "0.3.0"),
        ] {
            assert_eq!(required(base, change), wanted, "{base} {change:?}");
        }
        assert!(verdict(Bump::Minor, "1.9.9", "1.10.0").enough, "versions are numbers, not texts");
        assert!(verdict(Bump::Minor, "1.9.9", "2.0.0").enough, "more is enough");
        assert!(!verdict(Bump::Major, "1.9.9", "1.10.0").enough);
        assert!(!verdict(Bump::None, "1.2.3", "1.2.2").enough, "a version never goes back");
    }
}
