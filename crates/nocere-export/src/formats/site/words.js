// Numbers and vocabularies in plain words.

const TECHNIQUES = {
  stretch: ["Stretch", "lengthens a muscle and holds it there"],
  release: ["Release", "pressure by hand, ball or roller"],
  mobility: ["Mobility", "moves a joint through its comfortable range"],
  activation: ["Activation", "wakes a muscle group up at low load"],
  strengthening: ["Strengthening", "trains strength or endurance"],
  positioning: ["Resting position", "takes load off"],
  assessment: ["Self-check", "looks or tests, and decides what comes next"],
};
const DIFFICULTIES = { beginner: "Beginner", intermediate: "Intermediate", advanced: "Advanced" };
const LEVELS = { avoid: "Avoid", caution: "With care" };
const GRADES = { A: "a guideline or a trial", B: "a consensus or a review", C: "convention, or a low-grade source" };
const SOURCE_KINDS = {
  guideline: "Guideline",
  "systematic-review": "Systematic review",
  trial: "Trial",
  study: "Study",
  consensus: "Consensus",
  "health-service": "Health service",
  regulation: "Regulation",
  reference: "Reference",
  "web-page": "Web page",
};
const READINGS = { whole: "Read whole", excerpt: "Read in part", "second-hand": "Known second-hand" };
const URGENCIES = {
  emergency: "Now: emergency department or ambulance",
  urgent: "Today or tomorrow",
  "before-starting": "Before starting any routine",
};
const STRENGTHS = { possible: "Possible", likely: "Likely", established: "Well established" };

const techniqueName = (id) => TECHNIQUES[id]?.[0] || id;
const plural = (count, one, many = one + "s") => `${count} ${count === 1 ? one : many}`;

function range({ min, max }) {
  return min === max ? `${min}` : `${min} to ${max}`;
}

// "20 to 30 seconds", "1 minute", "90 seconds", "3 to 5 minutes".
function time({ min, max }) {
  const minutes = min % 60 === 0 && max % 60 === 0;
  const unit = minutes ? { min: min / 60, max: max / 60 } : { min, max };
  return `${range(unit)} ${minutes ? "minute" : "second"}${unit.max === 1 ? "" : "s"}`;
}

function times(amount) {
  if (amount.min === amount.max && amount.max <= 2) return ["once", "twice"][amount.max - 1];
  return `${range(amount)} times`;
}

function often({ times: count, per }) {
  return `${times(count)} a ${per}`;
}

// How long a routine or an exercise takes: whole minutes, never too short.
function lasts({ min, max }) {
  if (max < 120) return `about ${max < 60 ? "a minute" : "1 to 2 minutes"}`;
  const minutes = { min: Math.max(1, Math.floor(min / 60)), max: Math.ceil(max / 60) };
  return `${range(minutes)} minutes`;
}

const SIDES = {
  each: "All of it on one side, then all of it on the other",
  alternating: "Change sides with each repetition; the number counts both sides together",
  one: "One side only",
};

function dosePairs(dosage) {
  if (!dosage) return [];
  return [
    ["Hold", dosage.hold && `${time(dosage.hold)}${dosage.reps ? " each time" : ""}`],
    ["Go on for", dosage.time && time(dosage.time)],
    ["Repeat", dosage.reps && `${range(dosage.reps)} ${dosage.reps.max === 1 ? "time" : "times"}`],
    ["Rounds", dosage.sets && dosage.sets.max > 1 && range(dosage.sets)],
    ["Rest", dosage.rest && `${time(dosage.rest)} between rounds`],
    ["Sides", dosage.sides && SIDES[dosage.sides]],
    ["How often", dosage.sessions && often(dosage.sessions)],
  ];
}

// The dose as one line: "Hold 20 to 30 seconds, 2 times, on each side".
function doseLine(dosage) {
  if (!dosage) return "In your own time";
  const parts = [
    dosage.hold && `hold ${time(dosage.hold)}`,
    dosage.time && time(dosage.time),
    dosage.reps &&
      (dosage.hold || dosage.time
        ? times(dosage.reps)
        : `${range(dosage.reps)} ${dosage.reps.max === 1 ? "repetition" : "repetitions"}`),
    dosage.sets && dosage.sets.max > 1 && `${range(dosage.sets)} rounds`,
    { each: "on each side", alternating: "changing sides", one: "on one side" }[dosage.sides],
  ].filter(Boolean);
  const line = parts.join(", ");
  return line ? line[0].toUpperCase() + line.slice(1) : "In your own time";
}
