//! How large each format of a bundle is, and how long it takes, also for a bundle many times the size.

use std::{fs, path::PathBuf, time::Instant};

use clap::Args;
use nocere_export::{Export, Format};
use nocere_model::{
    Bundle,
    bundle::{Exercise, Provenance, Routine},
};
use serde::{Serialize, de::DeserializeOwned};

#[derive(Args)]
pub(crate) struct Options {
    /// A `bundle.json`
    bundle: PathBuf,
    /// How many copies of its exercises and routines to measure
    #[arg(long, default_value_t = 1)]
    copies: usize,
}

pub(crate) fn run(options: &Options) -> Result<(), String> {
    let text = fs::read(&options.bundle).map_err(|error| format!("{}: {error}", options.bundle.display()))?;
    let bundle: Bundle = serde_json::from_slice(&text).map_err(|error| error.to_string())?;
    let bundle = multiplied(bundle, options.copies)?;
    println!("{} exercises, {} routines", bundle.exercises.len(), bundle.routines.len());
    let export = Export { bundle, provenance: Provenance::default() };
    for format in Format::ALL {
        let start = Instant::now();
        let files = format.files(&export).map_err(|error| error.to_string())?;
        let (bytes, time) = (files.iter().map(|file| file.bytes.len()).sum::<usize>(), start.elapsed());
        println!("{:8} {:>12} bytes  {:>8.1} ms", format.name, bytes, time.as_secs_f64() * 1000.0);
    }
    Ok(())
}

/// The bundle with its exercises and routines copied, each copy under ids of its own and among its own.
fn multiplied(mut bundle: Bundle, copies: usize) -> Result<Bundle, String> {
    let exercises = bundle.exercises.iter().map(|exercise| exercise.id.as_str());
    let ids: Vec<String> = exercises
        .chain(bundle.routines.iter().map(|routine| routine.id.as_str()))
        .map(str::to_owned)
        .collect();
    let (first_exercises, first_routines) = (bundle.exercises.clone(), bundle.routines.clone());
    for number in 1..copies {
        bundle.exercises.extend(renamed::<Exercise>(&first_exercises, &ids, number)?);
        bundle.routines.extend(renamed::<Routine>(&first_routines, &ids, number)?);
    }
    bundle.exercises.sort_by(|one, other| one.id.cmp(&other.id));
    bundle.routines.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(bundle)
}

fn renamed<T: Serialize + DeserializeOwned>(
    list: &[T],
    ids: &[String],
    number: usize,
) -> Result<Vec<T>, String> {
    let mut text = serde_json::to_string(list).map_err(|error| error.to_string())?;
    for id in ids {
        text = text.replace(&format!("\"{id}\""), &format!("\"{id}-{number}\""));
    }
    serde_json::from_str(&text).map_err(|error| error.to_string())
}
