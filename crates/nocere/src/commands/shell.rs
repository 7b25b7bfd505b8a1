//! Completion scripts and manual pages.

use std::{fs, path::Path};

use clap::CommandFactory;

use super::output;
use crate::{Exit, arguments::Arguments, project::Problem, terminal};

pub(crate) fn completions(shell: clap_complete::Shell) -> Result<Exit, Problem> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "nocere", &mut script);
    terminal::print(&String::from_utf8_lossy(&script)).map_err(output)?;
    Ok(Exit::Clean)
}

pub(crate) fn man(out: &Path) -> Result<Exit, Problem> {
    let problem = |error| Problem::Path(out.to_owned(), error);
    fs::create_dir_all(out).map_err(problem)?;
    clap_mangen::generate_to(Arguments::command(), out).map_err(problem)?;
    Ok(Exit::Clean)
}
