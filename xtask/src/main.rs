//! Generators and drift checks for the project's own developers: `cargo xtask --help`.

mod measure;
mod measure_claims;
mod measure_demands;
mod measure_formats;
mod measure_patterns;
mod measure_speed;
mod schemas;
mod synthetic;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Generators and drift checks for nocere's own developers")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Write everything that is generated and committed, or check that it is current
    Gen {
        /// Write nothing; fail when a committed file differs from what would be written
        #[arg(long)]
        check: bool,
    },
    /// Make a synthetic catalog for measurements
    Synthesize(synthetic::Options),
    /// Measure the rules against labelled texts, and the formats
    #[command(subcommand)]
    Measure(Measure),
}

#[derive(Subcommand)]
enum Measure {
    /// Precision and recall of the claim rules
    Claims(measure_claims::Options),
    /// Precision and recall of the demand cues
    Demands(measure_demands::Options),
    /// Size and time of each format of a bundle
    Formats(measure_formats::Options),
    /// A whole lint of a folder, beside the floors on the same files
    Speed(measure_speed::Options),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().task {
        Task::Gen { check } => schemas::generate(check),
        Task::Synthesize(options) => synthetic::run(&options),
        Task::Measure(Measure::Claims(options)) => measure_claims::run(&options),
        Task::Measure(Measure::Demands(options)) => measure_demands::run(&options),
        Task::Measure(Measure::Formats(options)) => measure_formats::run(&options),
        Task::Measure(Measure::Speed(options)) => measure_speed::run(&options),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
