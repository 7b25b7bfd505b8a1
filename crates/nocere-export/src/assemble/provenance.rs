//! What a bundle was made from.

use nocere_lint::{
    Outcome,
    catalog::{Entry, Layer},
    finding::Severity,
};
use nocere_model::bundle::{DocumentHash, FindingCounts, PackHash, Provenance};
use sha2::{Digest, Sha256};

pub(super) fn provenance(outcome: &Outcome) -> Provenance {
    let entries = outcome.catalog.entries();
    let of = |layer: &Layer| hashes(entries.iter().filter(|entry| entry.layer == *layer));
    let packs = outcome.packs.iter().map(|pack| {
        let documents = of(&Layer::Pack(pack.id.clone()));
        let line = |one: &DocumentHash| format!("{} {} {}\n", one.sha256, one.kind, one.id);
        let list: String = documents.iter().map(line).collect();
        PackHash { id: pack.id.clone(), version: pack.version.clone(), sha256: sha256(&list) }
    });
    let mut packs: Vec<PackHash> = packs.collect();
    packs.sort_by(|a, b| a.id.cmp(&b.id));
    Provenance {
        nocere: env!("CARGO_PKG_VERSION").into(),
        packs,
        documents: of(&Layer::Own),
        findings: FindingCounts {
            error: outcome.count(Severity::Error),
            warning: outcome.count(Severity::Warning),
            note: outcome.count(Severity::Note),
        },
    }
}

/// What each document's file was, by kind and id. Paths are left out: a bundle does not depend on where files lie.
fn hashes<'e>(entries: impl Iterator<Item = &'e Entry>) -> Vec<DocumentHash> {
    let one = |entry: &Entry| {
        let sha256 = sha256(&entry.document.source.text);
        Some(DocumentHash { kind: entry.kind?, id: entry.id.clone()?, sha256 })
    };
    let mut hashes: Vec<DocumentHash> = entries.filter_map(one).collect();
    let key = |hash: &DocumentHash| (hash.kind.name(), hash.id.clone(), hash.sha256.clone());
    hashes.sort_by_cached_key(key);
    hashes
}

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
