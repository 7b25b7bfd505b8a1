//! Finds the rules and the built-in pack, so that each is named once: by its file.

use std::{
    env, fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("rules.rs"), rules(&here.join("src/rules"))?)?;
    fs::write(out.join("core.rs"), pack(&here.join("../../catalog/core"))?)?;
    println!("cargo::rustc-env=NOCERE_SOURCES={:016x}", sources(&here)?);
    Ok(())
}

/// What the findings are made from, as one number: two builds of one version differ in it when their code or pack does.
fn sources(here: &Path) -> Result<u64, Box<dyn std::error::Error>> {
    let mut hasher = DefaultHasher::new();
    // In a published crate the last two are not there; there the version says it.
    for folder in ["src", "../nocere-model/src", "../../catalog/core"] {
        let mut folders = vec![here.join(folder)];
        while let Some(next) = folders.pop() {
            for path in sorted(&next)? {
                match path.is_dir() {
                    true => folders.push(path),
                    false => (path.strip_prefix(here)?, fs::read(&path)?).hash(&mut hasher),
                }
            }
        }
    }
    let lock = here.join("../../Cargo.lock");
    println!("cargo::rerun-if-changed={}", lock.display());
    fs::read(lock).ok().hash(&mut hasher);
    Ok(hasher.finish())
}

/// The registry: every `rules/FAMILY/NAME.rs`, its docs being the comment (`//!`) that it starts with.
fn rules(folder: &Path) -> Result<String, Box<dyn std::error::Error>> {
    let mut code = String::from("pub(crate) static RULES: &[Rule] = &[\n");
    for family in sorted(folder)?.into_iter().filter(|path| path.is_dir()) {
        for file in sorted(&family)? {
            let name = stem(&file);
            if name == "mod" {
                continue;
            }
            let text = fs::read_to_string(&file)?;
            let docs = text.lines().take_while(|line| line.starts_with("//!"));
            let docs: Vec<&str> =
                docs.map(|line| line[3..].strip_prefix(' ').unwrap_or(&line[3..])).collect();
            let family = stem(&family);
            code += &format!(
                "Rule {{ name: {:?}, family: Family::{}, docs: {:?}, definition: &crate::rules::{family}::{name}::RULE }},\n",
                name.replace('_', "-"),
                capitalised(&family),
                docs.join("\n"),
            );
        }
    }
    Ok(code + "];\n")
}

/// The files of the built-in pack: path in the pack, and text.
fn pack(folder: &Path) -> Result<String, Box<dyn std::error::Error>> {
    let mut code = String::from(
        "/// The files of the built-in pack `core`: path and text.\npub(crate) static CORE: &[(&str, &str)] = &[\n",
    );
    let mut folders = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(next) = folders.pop() {
        for path in sorted(&next)? {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "yaml" || end == "toml") {
                files.push(path);
            }
        }
    }
    files.sort();
    for file in files {
        let name = file.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
        code += &format!("({name:?}, include_str!({:?})),\n", file.canonicalize()?);
    }
    Ok(code + "];\n")
}

/// The paths in a folder, sorted; cargo is told to look again when it changes.
fn sorted(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut paths: Vec<PathBuf> = match fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?,
        Err(_) => Vec::new(),
    };
    paths.sort();
    for path in paths.iter().filter(|path| path.is_file()) {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    Ok(paths)
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}
