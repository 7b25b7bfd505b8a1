//! The rules: one file each, in the folder of its family. See `docs/adding-a-rule.md`.

pub(crate) mod claims;
pub(crate) mod dosage;
pub(crate) mod hygiene;
pub(crate) mod order;
pub(crate) mod provenance;
pub(crate) mod safety;

use nocere_model::{Id, Source};

use crate::{catalog::Catalog, finding::Finding};

/// Adds the sources behind a statement to the evidence of a finding.
pub(crate) fn cite(catalog: &Catalog, mut finding: Finding, sources: &[Id<Source>]) -> Finding {
    for id in sources {
        if let Some(source) = catalog.get(id) {
            let grade = source.grade.map_or("no grade".into(), |grade| format!("grade {grade:?}"));
            finding = finding.related(source.entry.at("/title"), format!("`{id}` says so ({grade})"));
        }
    }
    finding
}
