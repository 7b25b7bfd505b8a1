// A routine as a row of moments to live through: get ready, hold, let go, repeat, rest.
//
// Of a range, the player counts the shorter end: longer is for the person to choose.

const LET_GO = 3; // seconds between two holds

function momentsOf(places) {
  const shown = places.filter((place) => place.exercise);
  const moments = shown.flatMap((place, at) =>
    [{ kind: "ready", place }, ...doseMoments(place.dosage)].map((moment) => ({
      ...moment,
      place,
      number: at + 1,
      of: shown.length,
    })),
  );
  return [...moments, { kind: "done", of: shown.length }];
}

function doseMoments(dosage = {}) {
  const rounds = dosage.sets?.min || 1;
  const sides =
    dosage.sides === "each"
      ? ["First side", "Other side"]
      : [dosage.sides === "alternating" ? "Change sides each time" : null];
  const moments = [];
  sides.forEach((side, sideAt) => {
    for (let round = 1; round <= rounds; round++) {
      if (round > 1)
        moments.push(dosage.rest ? { kind: "rest", seconds: dosage.rest.min } : { kind: "let-go", seconds: LET_GO });
      else if (sideAt) moments.push({ kind: "change" });
      const where = [side, rounds > 1 && `round ${round} of ${rounds}`];
      moments.push(...work(dosage, where));
    }
  });
  return moments;
}

function work(dosage, where) {
  const note = (...more) => [...where, ...more].filter(Boolean).join(", ");
  const length = dosage.hold || dosage.time;
  if (!length) return [{ kind: "repeat", reps: dosage.reps, note: note() }];
  const kind = dosage.hold ? "hold" : "go";
  const reps = dosage.reps?.min || 1;
  return Array.from({ length: reps }, (_, at) => [
    at > 0 && { kind: "let-go", seconds: LET_GO },
    { kind, seconds: length.min, range: length, note: note(reps > 1 && `${at + 1} of ${reps}`) },
  ])
    .flat()
    .filter(Boolean);
}

// What a moment is called on the screen and for a screen reader.
function momentWords({ kind, seconds, range: length, reps }) {
  return {
    ready: "Get ready",
    hold: `Hold for ${length ? time(length) : seconds}`,
    go: `Go on for ${length ? time(length) : seconds}`,
    "let-go": "Let go",
    rest: `Rest for ${time({ min: seconds, max: seconds })}`,
    change: "Change to the other side",
    repeat: reps
      ? `${range(reps)} ${reps.max === 1 ? "repetition" : "repetitions"}, in your own time`
      : "In your own time",
    done: "That was the routine",
  }[kind];
}
