//! Everything but the routines.

use nocere_model::{
    Bundle, Prose,
    bundle::{Exercise, Screening},
};
use rusqlite::{Result, types::Value};

use super::{Rows, code, json, maybe, number, seconds, text};

pub(super) fn fill(rows: &mut Rows<'_>, bundle: &Bundle) -> Result<()> {
    let catalog = &bundle.catalog;
    rows.add(
        "bundle",
        &[
            text(&catalog.id),
            text(catalog.name.as_str()),
            text(&catalog.version),
            text(&catalog.language),
            code(&bundle.review.status),
            text(bundle.review.notice.as_str()),
            bundle.units.seconds_per_repetition.into(),
        ],
    )?;
    vocabularies(rows, bundle)?;
    bundle.exercises.iter().try_for_each(|exercise| self::exercise(rows, exercise))?;
    for exercise in &bundle.exercises {
        let id = exercise.id.as_str();
        for (relation, others) in [
            ("alternative", &exercise.alternatives),
            ("progression", &exercise.progressions),
            ("regression", &exercise.regressions),
        ] {
            for (at, other) in others.iter().enumerate() {
                rows.add(
                    "exercise_relation",
                    &[text(id), text(relation), number(at), text(other.id.as_str())],
                )?;
            }
        }
    }
    bundle.screenings.iter().try_for_each(|screening| self::screening(rows, screening))
}

fn vocabularies(rows: &Rows<'_>, bundle: &Bundle) -> Result<()> {
    for one in &bundle.conditions {
        let id = one.id.as_str();
        rows.add("condition", &[text(id), text(one.name.as_str()), text(one.ask.as_str()), json(one)])?;
        let mut codes: Vec<&str> = one.codes.icd_10_cm.iter().map(|code| code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.iter().try_for_each(|code| rows.add("condition_code", &[text(id), text(code)]))?;
    }
    for one in &bundle.demands {
        let broader = maybe(one.broader.as_ref().map(|id| id.as_str()));
        let definition = text(one.definition.as_str());
        rows.add(
            "demand",
            &[text(one.id.as_str()), text(one.name.as_str()), code(&one.group), broader, definition],
        )?;
    }
    for one in &bundle.targets {
        let part_of = maybe(one.part_of.as_ref().map(|id| id.as_str()));
        let definition = text(one.definition.as_str());
        rows.add("target", &[text(one.id.as_str()), text(one.name.as_str()), part_of, definition])?;
    }
    for one in &bundle.equipment {
        let substitute = maybe(one.substitute.as_ref().map(Prose::as_str));
        rows.add("equipment", &[text(one.id.as_str()), text(one.name.as_str()), substitute])?;
    }
    for one in &bundle.sources {
        rows.add(
            "source",
            &[
                text(one.id.as_str()),
                text(&one.title),
                code(&one.source_kind),
                code(&one.grade),
                maybe(one.by.as_deref()),
                one.year.map_or(Value::Null, Value::from),
                maybe(one.locator.as_deref()),
                json(one),
            ],
        )?;
    }
    Ok(())
}

fn exercise(rows: &mut Rows<'_>, exercise: &Exercise) -> Result<()> {
    let id = exercise.id.as_str();
    let [shortest, longest] = seconds(exercise.seconds);
    let dose = rows.dose(exercise.dosage.as_ref())?;
    rows.add(
        "exercise",
        &[
            text(id),
            text(exercise.name.as_str()),
            code(&exercise.technique),
            code(&exercise.difficulty),
            code(&exercise.laterality),
            maybe(exercise.summary.as_ref().map(Prose::as_str)),
            maybe(exercise.description.as_ref().map(Prose::as_str)),
            dose,
            shortest,
            longest,
            code(&exercise.review.status),
            json(exercise),
        ],
    )?;
    let nothing = Vec::new();
    let (expect, stop) =
        exercise.feel.as_ref().map_or((&nothing, &nothing), |feel| (&feel.expect, &feel.stop));
    let lists = [
        ("also-known-as", &exercise.also_known_as),
        ("step", &exercise.steps),
        ("expect", expect),
        ("stop", stop),
    ];
    for (kind, texts) in lists {
        for (at, one) in texts.iter().enumerate() {
            rows.add("exercise_text", &[text(id), text(kind), number(at), text(one.as_str())])?;
        }
    }
    let targets = exercise.targets.iter().map(|target| ("exercise_target", target.id.as_str()));
    let demands = exercise.demands.iter().map(|demand| ("exercise_demand", demand.id.as_str()));
    let things = exercise.equipment.iter().map(|thing| ("exercise_equipment", thing.id.as_str()));
    for (table, other) in targets.chain(demands).chain(things) {
        rows.add(table, &[text(id), text(other)])?;
    }
    for one in &exercise.contraindications {
        rows.add(
            "contraindication",
            &[
                text(id),
                text(one.condition.as_str()),
                code(&one.level),
                code(&one.grade),
                text(one.say.as_str()),
                json(one),
            ],
        )?;
    }
    let targets = exercise.targets.iter().map(|target| &target.name);
    let words = exercise.also_known_as.iter().chain(&exercise.summary).chain(targets).chain(&exercise.steps);
    let words: Vec<&str> = words.map(Prose::as_str).collect();
    rows.index("exercise", id, exercise.name.as_str(), &words.join("\n"))
}

fn screening(rows: &Rows<'_>, screening: &Screening) -> Result<()> {
    let id = screening.id.as_str();
    let (name, intro) = (screening.name.as_str(), screening.intro.as_str());
    rows.add("screening", &[text(id), text(name), text(intro), json(screening)])?;
    for (at, flag) in screening.red_flags.iter().enumerate() {
        rows.add(
            "red_flag",
            &[
                text(id),
                number(at),
                text(flag.id.as_str()),
                text(flag.name.as_str()),
                text(flag.ask.as_str()),
                code(&flag.urgency),
                text(flag.say.as_str()),
            ],
        )?;
    }
    for (at, condition) in screening.conditions.iter().enumerate() {
        rows.add("screening_condition", &[text(id), number(at), text(condition.id.as_str())])?;
    }
    Ok(())
}
