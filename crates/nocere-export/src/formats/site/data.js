// What this page was made from, and the ways to find things in it. Nothing here works out what is safe:
// that was done before the bundle was written.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const bundle = read("bundle");
const provenance = read("provenance"); // how it was made: for the people who check it

const byId = (list) => new Map(list.map((item) => [item.id, item]));
const exercises = byId(bundle.exercises);
const routines = byId(bundle.routines);
const screenings = byId(bundle.screenings);
const conditions = byId(bundle.conditions);
const demands = byId(bundle.demands);
const targets = byId(bundle.targets);
const sources = byId(bundle.sources);

// What a catalog says of an exercise for one condition, if anything.
function contraindication(exercise, condition) {
  return exercise?.contraindications.find((entry) => entry.condition === condition);
}

// What the bundle's table shows to a person with these conditions: `null` where the table does not say.
function audience(table, has) {
  let at = table.audiences[0];
  for (const condition of has) {
    if (!at || !Object.hasOwn(table.conditions, condition)) return null;
    const number = table.conditions[condition];
    if (number !== null) at = table.audiences[at.next[number]];
  }
  return at || null;
}

// The places of a routine for such a person, in order: each with what the routine as written has there, what is shown
// there (nothing when it is left out), and the conditions of the person that hold the written one back.
function places(routine, found, has) {
  const table = routine.adaptations;
  const at = new Map(
    found.shown.steps.map((number) => table.steps[number]).map((step) => [`${step.block} ${step.index}`, step]),
  );
  return routine.blocks.flatMap((block, blockAt) =>
    block.steps.map((written, index) => {
      const shown = at.get(`${blockAt} ${index}`);
      const original = exercises.get(written.exercise.id);
      const exercise = shown && exercises.get(shown.exercise);
      const replaced = Boolean(shown && shown.replaces);
      return {
        block: blockAt,
        written,
        original,
        exercise,
        replaced,
        optional: written.optional,
        // An exercise that steps in has its own dose, and the note of the place does not hold for it.
        dosage: replaced ? exercise.dosage : written.dosage || exercise?.dosage,
        note: replaced ? null : written.note,
        because: shown && !replaced ? [] : has.filter((id) => contraindication(original, id)?.level === "avoid"),
        cautions: shown
          ? has.flatMap((id) => {
              const say = table.cautions[shown.exercise]?.[id];
              return say ? [{ condition: id, say }] : [];
            })
          : [],
      };
    }),
  );
}

function conditionName(id) {
  return conditions.get(id)?.name || id;
}
