//! The `nocere` command: arguments, files, reports. What content means is decided in `nocere-lint`.

mod arguments;
mod cache;
mod commands;
mod folder;
mod git;
mod place;
mod project;
mod report;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

/// Exit codes, the same for every format.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Exit {
    /// Clean.
    Clean = 0,
    /// Findings at or above the level that fails.
    Findings = 1,
    /// The tool could not do its job.
    Failed = 2,
    /// Nothing to lint.
    Nothing = 3,
}

fn main() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    match commands::run(&arguments) {
        Ok(exit) => ExitCode::from(exit as u8),
        Err(problem) => {
            problem.show(&arguments);
            ExitCode::from(problem.exit() as u8)
        }
    }
}
