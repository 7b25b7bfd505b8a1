//! From a catalog to a bundle, and from a bundle to each format: `cargo bench --package nocere-export`.

use std::{fs, path::Path};

use divan::{Bencher, black_box};
use nocere_export::{Export, Format, bundle};
use nocere_lint::{Input, Outcome, Session, config::Config};
use nocere_model::bundle::Provenance;

fn main() {
    divan::main();
}

/// The real catalog, linted.
fn linted() -> Option<(Config, Outcome)> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalog/low-back"));
    let config = Config::read(&fs::read_to_string(folder.join("nocere.toml")).ok()?).ok()?;
    let mut inputs = Vec::new();
    for part in fs::read_dir(folder).ok()?.flatten().filter(|part| part.path().is_dir()) {
        for file in fs::read_dir(part.path()).ok()?.flatten() {
            let path = file.path();
            inputs.push(Input::from((path.to_string_lossy().as_ref(), &*fs::read_to_string(&path).ok()?)));
        }
    }
    let outcome = Session::new(config.clone()).lint(inputs);
    Some((config, outcome))
}

#[divan::bench]
fn a_bundle(bencher: Bencher) {
    let Some((config, outcome)) = linted() else { return };
    let Some(info) = &config.catalog else { return };
    bencher.bench(|| bundle(black_box(&outcome), info).ok());
}

#[divan::bench(args = Format::ALL.iter().map(|format| format.name))]
fn b_format(bencher: Bencher, name: &str) {
    let Some((config, outcome)) = linted() else { return };
    let Some(bundle) = config.catalog.as_ref().and_then(|info| bundle(&outcome, info).ok()) else { return };
    let export = Export { bundle, provenance: Provenance::default() };
    let Some(format) = Format::ALL.iter().find(|format| format.name == name) else { return };
    bencher.bench(|| format.files(black_box(&export)).map(|files| files.len()).ok());
}
