//! What stands in each place once some exercises are forbidden.

use super::plan::{Breach, Cell, Plan};

/// An adapted routine, in the numbers of its plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Choice {
    /// What stands in each place.
    pub(crate) cells: Vec<Cell>,
    /// Where it breaks an ordering rule that the routine keeps as it is written.
    pub(crate) breaches: Vec<Breach>,
}

impl Choice {
    /// The exercises that are shown, each with its place.
    pub(crate) fn shown(&self) -> impl Iterator<Item = (usize, usize)> {
        self.cells.iter().enumerate().filter_map(|(place, cell)| match cell {
            Cell::Shown(number) => Some((place, *number)),
            _ => None,
        })
    }

    /// Whether nothing is left of a routine that had something.
    pub(crate) fn nothing_left(&self) -> bool {
        !self.cells.is_empty() && self.cells.iter().all(|cell| *cell == Cell::Gone)
    }

    /// Whether it is not a routine any more.
    pub(crate) fn fails(&self) -> bool {
        self.nothing_left() || !self.breaches.is_empty()
    }
}

impl Plan<'_> {
    /// Adapts the routine to what is forbidden.
    ///
    /// Place by place, in order, a forbidden exercise makes room for its first alternative, then regression, that is
    /// allowed, is not shown elsewhere, and breaks no ordering rule anew; places that are still to be decided count
    /// as if they were filled. Where there is none, the place is left out. Only where leaving it out would break a
    /// rule, an alternative that is shown elsewhere may step in: repeated without need, it would be done more often
    /// than its dose says. In the end a substitute that breaks a rule goes again.
    pub(crate) fn choose(&self, forbidden: impl Fn(usize) -> bool) -> Choice {
        let mut cells: Vec<Cell> = self.written().collect();
        let mut breaches: Vec<Breach> = Vec::new();
        let open = |at: &usize| self.slots[*at].own.is_some_and(&forbidden);
        for at in (0..cells.len()).filter(open) {
            let allowed = self.slots[at].candidates.iter().copied().filter(|number| !forbidden(*number));
            let (repeated, fresh): (Vec<Cell>, Vec<Cell>) =
                allowed.map(Cell::Shown).partition(|candidate| cells.contains(candidate));
            let tries = fresh.into_iter().chain([Cell::Gone]).chain(repeated);
            let mut last = None;
            for cell in tries {
                cells[at] = cell;
                let now = self.breaches(&cells);
                let fits = now.iter().all(|breach| breaches.contains(breach));
                if fits || cell == Cell::Gone {
                    last = Some((cell, now));
                }
                if fits {
                    break;
                }
            }
            if let Some((cell, now)) = last {
                cells[at] = cell;
                breaches = now;
            }
        }
        while let Some(breach) =
            breaches.iter().find(|breach| self.steps_in(breach.place, cells[breach.place]))
        {
            cells[breach.place] = Cell::Gone;
            breaches = self.breaches(&cells);
        }
        Choice { cells, breaches }
    }
}
