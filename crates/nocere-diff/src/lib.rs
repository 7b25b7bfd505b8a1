//! Two bundles, or two catalogs as they stand, and what the change from one to the other means for people.
//!
//! [`compare`] looks at who is shown what first, then at what protects people, then at amounts, order, claims and
//! demands, and last at words. Nothing that differs is left out: what no part speaks of is listed as another change.

mod cause;
mod claims;
mod contraindications;
mod demands;
mod diff;
mod doses;
mod exposure;
mod identity;
mod order;
mod remainder;
mod screenings;
mod shown;
mod side;
mod version;
mod words;

pub use cause::Cause;
pub use diff::{Bump, Catalog, Change, Diff, Effect, Group, Held, Section, VERSION, Verdict};
pub use side::{Side, Unread};
pub use version::required;

use side::Pair;

/// What the change from one side to the other means.
#[must_use]
pub fn compare(base: &Side, head: &Side) -> Diff {
    let (old, new, left_out) = side::readable(base, head);
    let pair = Pair::new(&old, &new);
    let (exposures, additions) = exposure::groups(&pair, exposure::Direction::Shown);
    let (withdrawals, removals) = exposure::groups(&pair, exposure::Direction::Withdrawn);
    let mut changes = Vec::new();
    changes.extend(contraindications::changes(&pair));
    changes.extend(screenings::changes(&pair));
    changes.extend(doses::changes(&pair));
    changes.extend(order::changes(&pair));
    changes.extend(claims::changes(&pair));
    changes.extend(demands::changes(&pair));
    changes.extend(identity::changes(&pair, left_out.is_empty()));
    let remainder = remainder::changes(&pair, &exposures, &withdrawals, &changes);
    changes.extend(remainder);
    let order =
        |change: &Change| (change.section, std::cmp::Reverse(change.bump), change.kind, change.id.clone());
    changes.sort_by_key(order);
    let exposed = if exposures.is_empty() { Bump::None } else { Bump::Major };
    let moved = !withdrawals.is_empty() || !additions.is_empty() || !removals.is_empty();
    let moved = if moved { Bump::Minor } else { Bump::None };
    let unknown = if left_out.is_empty() { Bump::None } else { Bump::Major };
    let bump = changes.iter().map(|change| change.bump).fold(exposed.max(moved).max(unknown), Bump::max);
    Diff {
        version: VERSION,
        base: Catalog::of(base),
        head: Catalog::of(head),
        verdict: version::verdict(bump, &old.catalog.version, &new.catalog.version),
        exposures,
        withdrawals,
        additions,
        removals,
        changes,
        not_compared: left_out,
    }
}
