//! The command line.

use std::path::PathBuf;

use clap::{
    Args, Parser, Subcommand, ValueEnum,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
};

use crate::{
    report::{Format, Output},
    terminal::Color,
};

/// The linter and bundler for exercise content: first, do no harm.
#[derive(Parser, Debug)]
#[command(name = "nocere", version, max_term_width = 100, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(crate) color: Color,

    /// Print nothing but errors; the exit code tells the rest
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Check content: who is shown what, in which order, with which words
    Lint(Lint),
    /// Show a routine as people with certain conditions are shown it
    Adapt(Adapt),
    /// Write a bundle for front ends, or say what blocks it
    Export(Export),
    /// Prove that a bundle is whole, unchanged and safe, without its catalog
    Verify(Verify),
    /// Say what a change means for people: who is newly shown what, and what protects them less
    Diff(Diff),
    /// Say why a person is held back from an exercise, step by step
    Why(Why),
    /// Show every exercise against every condition
    Matrix(Matrix),
    /// Make a new catalog that lints clean
    Init {
        /// The folder; it may hold other files, and nothing is written over
        #[arg(default_value = ".", value_name = "DIR")]
        folder: PathBuf,
    },
    /// Start a document; the linter then names its gaps
    New(New),
    /// Turn a foreign exercise library into a catalog in draft
    Import(Import),
    /// Accept the findings of today, so that only new ones are reported
    Baseline(Baseline),
    /// List every suppression with its reason, its end and its age
    Suppressions(Suppressions),
    /// Show the settings that count for a file, and where they come from
    Config(Config),
    /// List every rule, or those of a family
    Rules {
        /// How to print the list
        #[arg(long, value_enum, default_value_t = Listing::Text)]
        format: Listing,
    },
    /// Explain a rule: what it checks, why it matters, examples, what to do
    Explain {
        /// The rule's name, as findings show it
        rule: String,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write the JSON Schemas, for editors
    Schemas {
        /// The folder to write them into
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Write the manual pages
    Man {
        /// The folder to write them into
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Lint {
    /// Catalogs, folders or files; the catalogs of this folder when none is named
    pub(crate) paths: Vec<PathBuf>,

    /// Lint standard input as if it were this file
    #[arg(long, value_name = "NAME", conflicts_with = "paths")]
    pub(crate) stdin_filename: Option<PathBuf>,

    /// Report only what the change since this git revision is responsible for. Everything is linted, now and as it was
    /// where the work parted from the revision; uncommitted and new files count as changed
    #[arg(long, value_name = "REVISION")]
    pub(crate) since: Option<String>,

    /// Report also what the baseline (nocere-baseline.json) knows
    #[arg(long)]
    pub(crate) no_baseline: bool,

    /// How to report on standard output [default: pretty]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,

    /// Also report in another format: `sarif=nocere.sarif` writes a file, `github=-` goes to standard output
    ///
    /// May be given several times; at most one report goes to standard output. A file is written whole or not at all,
    /// and its folder must be there. The exit code is the same for every format.
    #[arg(long, value_name = "FORMAT=PATH")]
    pub(crate) output: Vec<Output>,

    /// The least severity that makes the exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "SEVERITY")]
    pub(crate) fail_on: FailOn,

    /// Mend what can be mended without a person reading it: misspelt keys, values and references
    #[arg(long)]
    pub(crate) fix: bool,

    /// Also apply fixes whose result a person must read, such as contraindications in the pack's own words
    #[arg(long)]
    pub(crate) unsafe_fixes: bool,

    /// Show what the fixes would change, and write nothing
    #[arg(long)]
    pub(crate) diff: bool,

    /// Keep what was found in this folder, and look there first: a run over files that are the same to the last byte,
    /// with the same settings on the same day, is not done again
    #[arg(long, value_name = "FOLDER")]
    pub(crate) cache: Option<PathBuf>,

    /// Show at most so many findings; all are counted (0 shows all; machine formats always hold all)
    #[arg(long, default_value_t = 200, value_name = "N")]
    pub(crate) max_findings: usize,
}

/// Without an option it shows how the baseline stands. An export never looks at it.
#[derive(Args, Debug)]
pub(crate) struct Baseline {
    /// Write the first baseline: nocere-baseline.json, beside nocere.toml
    #[arg(long, conflicts_with = "prune")]
    pub(crate) create: bool,

    /// Take out the entries whose finding is gone; nothing is ever added
    #[arg(long)]
    pub(crate) prune: bool,

    /// Catalogs or packs; those of this folder when none is named
    pub(crate) paths: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct Suppressions {
    /// Catalogs, folders or files; the catalogs of this folder when none is named
    pub(crate) paths: Vec<PathBuf>,

    /// How to print the list
    #[arg(long, value_enum, default_value_t = Listing::Text)]
    pub(crate) format: Listing,
}

#[derive(Args, Debug)]
pub(crate) struct Config {
    /// A file or a catalog
    #[arg(default_value = ".")]
    pub(crate) path: PathBuf,

    /// Say where each setting comes from
    #[arg(long)]
    pub(crate) show_origin: bool,

    /// How to print the settings
    #[arg(long, value_enum, default_value_t = Listing::Text)]
    pub(crate) format: Listing,
}

#[derive(Args, Debug)]
pub(crate) struct Adapt {
    /// The routine, by its id
    pub(crate) routine: String,

    /// A condition that the person has; may be given several times
    #[arg(long = "condition", value_name = "ID")]
    pub(crate) conditions: Vec<String>,

    /// How to print it
    #[arg(long, value_enum, default_value_t = Listing::Text)]
    pub(crate) format: Listing,

    /// The catalog
    #[arg(long, default_value = ".", value_name = "PATH")]
    pub(crate) catalog: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Export {
    /// The folder to write the bundle into
    #[arg(long, value_name = "DIR", required_unless_present = "check", conflicts_with = "check")]
    pub(crate) out: Option<PathBuf>,

    /// The formats to write, several with commas; `json` is always written
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', default_value = "json")]
    #[arg(value_parser = bundle_formats(), conflicts_with = "check")]
    pub(crate) format: Vec<&'static nocere_export::Format>,

    /// Sign the bundle with this secret key of minisign; a password is asked for, or taken from the variable
    /// NOCERE_SIGN_PASSWORD
    #[arg(long, value_name = "KEYFILE", conflicts_with = "check")]
    pub(crate) sign: Option<PathBuf>,

    /// Write nothing; tell whether the bundle in this folder, with all its formats, is current
    #[arg(long, value_name = "DIR")]
    pub(crate) check: Option<PathBuf>,

    /// The catalog
    #[arg(default_value = ".")]
    pub(crate) catalog: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Verify {
    /// The folder with the bundle
    pub(crate) folder: PathBuf,

    /// The public key of minisign that it must be signed with: its line of letters, or the file with it
    #[arg(long, value_name = "KEY")]
    pub(crate) public_key: Option<String>,

    /// The least version of the catalog that is accepted, so that nobody hands you an old one
    #[arg(long, value_name = "VERSION")]
    pub(crate) expect_version_at_least: Option<String>,

    /// A folder with the bundle that this one is to replace; it must be of the same catalog, and older
    #[arg(long, value_name = "OLDDIR")]
    pub(crate) newer_than: Option<PathBuf>,
}

/// The formats of bundles by their names, with what each is, for help and completions.
fn bundle_formats() -> impl TypedValueParser<Value = &'static nocere_export::Format> {
    let formats = nocere_export::Format::ALL;
    let names = formats.iter().map(|format| PossibleValue::new(format.name).help(format.about));
    PossibleValuesParser::new(names).try_map(|name| nocere_export::Format::named(&name).ok_or("unknown"))
}

#[derive(Args, Debug)]
pub(crate) struct Diff {
    /// What to compare with: a revision of git, a folder with catalogs, or a bundle (its file or folder)
    pub(crate) base: String,

    /// What to compare, named the same way; the files as they are when left out
    pub(crate) head: Option<String>,

    /// Where the catalogs lie; revisions are looked up in this folder's repository
    #[arg(long, default_value = ".", value_name = "PATH")]
    pub(crate) catalog: PathBuf,

    /// Compare with the revision BASE itself, rather than with the commit at which the work parted from it
    #[arg(long)]
    pub(crate) exact: bool,

    /// How to print it
    #[arg(long, value_enum, default_value_t = DiffFormat::Pretty)]
    pub(crate) format: DiffFormat,

    /// Exit with 1 when a catalog declares a version that is too low for the change
    #[arg(long)]
    pub(crate) require_version: bool,

    /// Exit with 1 when the change is such
    #[arg(long, value_enum, default_value_t = DiffFailOn::Never, value_name = "CHANGE")]
    pub(crate) fail_on: DiffFailOn,

    /// Show changed texts word by word
    #[arg(long)]
    pub(crate) wording: bool,

    /// Leave nothing out, also not what only follows from other changes
    #[arg(long)]
    pub(crate) all: bool,
}

/// How a diff is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people at a terminal
    Pretty,
    /// For a comment on a pull request: the verdict first, details folded away
    Markdown,
    /// For programs: a list with one object for each catalog, described by schemas/diff.schema.json
    Json,
}

/// The change that fails a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum DiffFailOn {
    /// Somebody is newly shown what was held back from them, or something could not be read
    Exposure,
    /// A major change
    Major,
    /// Any change
    Any,
    /// Nothing
    Never,
}

#[derive(Args, Debug)]
pub(crate) struct Why {
    /// An exercise or a condition, by its id
    pub(crate) subject: String,

    /// The condition, when the subject is an exercise
    pub(crate) condition: Option<String>,

    /// The catalog
    #[arg(long, default_value = ".", value_name = "PATH")]
    pub(crate) catalog: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Matrix {
    /// The catalog
    #[arg(default_value = ".")]
    pub(crate) catalog: PathBuf,

    /// How to write it
    #[arg(long, value_enum, default_value_t = Table::Text)]
    pub(crate) format: Table,
}

#[derive(Args, Debug)]
pub(crate) struct New {
    /// What to start
    #[arg(value_enum)]
    pub(crate) kind: NewKind,

    /// Its id: lower-case words joined by hyphens, like `knee-hug`
    pub(crate) id: String,

    /// The catalog
    #[arg(long, default_value = ".", value_name = "PATH")]
    pub(crate) catalog: PathBuf,
}

/// What can be started.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum NewKind {
    /// One thing that a person does
    Exercise,
    /// Exercises in an order
    Routine,
    /// A diagnosis, state or phase of life that limits demands
    Condition,
}

#[derive(Args, Debug)]
pub(crate) struct Import {
    /// The library
    #[arg(value_enum)]
    pub(crate) library: Library,

    /// Its file
    pub(crate) file: PathBuf,

    /// The folder of the new catalog; it must be new or empty
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
}

/// A foreign library.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Library {
    /// free-exercise-db: one JSON file with a list of exercises
    FreeExerciseDb,
}

/// How a table is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Table {
    /// For people at a terminal
    Text,
    /// A Markdown table
    Markdown,
    /// Comma-separated values
    Csv,
    /// For programs
    Json,
}

/// How a list is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Listing {
    /// For people
    Text,
    /// For programs
    Json,
}

/// The least severity that fails a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum FailOn {
    /// Errors
    Error,
    /// Warnings and errors
    Warning,
    /// Any finding
    Note,
    /// Nothing
    Never,
}
