//! How long a whole lint of a folder takes, beside the floors on the same files in the same run: reading every byte, and
//! parsing every file with the parser that the linter uses. Times are ratios to compare, not promises: they move from
//! machine to machine.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use clap::Args;
use granit_parser::Parser;
use nocere_lint::{document::Document, position::SourceText};
use rayon::prelude::*;

#[derive(Args)]
pub(crate) struct Options {
    /// A catalog, such as `cargo xtask synthesize` makes
    folder: PathBuf,
    /// The command to measure
    #[arg(long, default_value = "target/release/nocere")]
    binary: PathBuf,
    /// How often each is run, in turn; medians are shown
    #[arg(long, default_value_t = 5)]
    rounds: usize,
}

type Work<'w> = Box<dyn Fn() -> Result<(), String> + 'w>;

pub(crate) fn run(options: &Options) -> Result<(), String> {
    let mut files = Vec::new();
    find(&options.folder, &mut files)?;
    let bytes: u64 = files.iter().filter_map(|path| fs::metadata(path).ok()).map(|found| found.len()).sum();
    let each = |work: fn(&Path, String)| -> Work<'_> {
        let files = &files;
        Box::new(move || {
            files.par_iter().try_for_each(|path| {
                let text =
                    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
                work(path, text);
                Ok(())
            })
        })
    };
    let kept = tempfile::tempdir().map_err(|error| error.to_string())?;
    let kept = kept.path().to_string_lossy();
    let whole = |arguments: Vec<&str>| -> Work<'_> {
        let arguments: Vec<String> = arguments.into_iter().map(str::to_owned).collect();
        Box::new(move || {
            let mut command = Command::new(&options.binary);
            command.args(&arguments).stdout(Stdio::null()).stderr(Stdio::null());
            if arguments[0] == "lint" {
                command.arg(&options.folder);
            }
            let status =
                command.status().map_err(|error| format!("{}: {error}", options.binary.display()))?;
            // Findings are expected.
            if matches!(status.code(), Some(0 | 1)) { Ok(()) } else { Err(format!("it ended with {status}")) }
        })
    };
    let stages: [(&str, Work<'_>); 7] = [
        ("read every byte", each(|_, text| drop(std::hint::black_box(text)))),
        (
            "parse (the parser's events)",
            each(|_, text| {
                std::hint::black_box(Parser::new_from_str(&text).take_while(Result::is_ok).count());
            }),
        ),
        (
            "parse into documents with spans",
            each(|path, text| {
                let source = SourceText::new(path.to_string_lossy(), text);
                drop(std::hint::black_box(Document::read(source)));
            }),
        ),
        ("nocere --version", whole(vec!["--version"])),
        ("nocere lint, concise", whole(vec!["lint", "--format", "concise"])),
        ("nocere lint, json", whole(vec!["lint", "--format", "json"])),
        // The first round, which is not counted, keeps the run.
        ("nocere lint, concise, kept", whole(vec!["lint", "--format", "concise", "--cache", &kept])),
    ];
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); stages.len()];
    for round in 0..=options.rounds {
        for ((_, work), times) in stages.iter().zip(&mut times) {
            let start = Instant::now();
            work()?;
            // The first round fills the caches.
            if round > 0 {
                times.push(start.elapsed());
            }
        }
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort_unstable();
        times.get(times.len() / 2).copied().unwrap_or_default().as_secs_f64()
    };
    let medians: Vec<f64> = times.iter_mut().map(median).collect();
    let count = files.len().max(1) as f64;
    println!(
        "{} files, {:.1} MB, {} threads, {} rounds",
        files.len(),
        bytes as f64 / 1e6,
        rayon::current_num_threads(),
        options.rounds
    );
    println!("| stage | median | a file | of parsing |\n| --- | ---: | ---: | ---: |");
    for ((name, _), time) in stages.iter().zip(&medians) {
        println!(
            "| {name} | {:.3} s | {:.1} us | {:.2} |",
            time,
            time / count * 1e6,
            time / medians[1].max(1e-9)
        );
    }
    Ok(())
}

/// Every YAML file below a folder.
fn find(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), String> {
    let problem = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(problem)? {
        let entry = entry.map_err(problem)?;
        let path = entry.path();
        if entry.file_type().map_err(problem)?.is_dir() {
            find(&path, found)?;
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            found.push(path);
        }
    }
    Ok(())
}
