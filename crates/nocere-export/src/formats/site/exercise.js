// One exercise: who must leave it out comes before how it is done.

function exerciseView(id) {
  const exercise = exercises.get(id);
  if (!exercise) return missing();
  const has = known();
  const mine = exercise.contraindications.filter((entry) => has.includes(entry.condition));
  const barred = !session.reviewing && mine.some((entry) => entry.level === "avoid");
  const body = !mayRead()
    ? [who(exercise, has), gate(location.hash)]
    : [who(exercise, has), barred ? instead(exercise) : how(exercise), beyond(exercise)];
  return {
    title: exercise.name,
    content: h(
      "article",
      { class: "exercise" },
      heading(
        [icon(exercise.technique), techniqueName(exercise.technique)],
        said(exercise.name),
        exercise["also-known-as"].length > 0 &&
          h("p", { class: "quiet" }, "Also known as: ", series(exercise["also-known-as"].map(said), "or")),
      ),
      text("p", exercise.summary, "lead"),
      h(
        "p",
        { class: "tags" },
        exercise.difficulty && badge(DIFFICULTIES[exercise.difficulty]),
        badge(exercise.laterality === "unilateral" ? "One side at a time" : "Both sides together"),
        exercise.seconds && badge(`Takes ${lasts(exercise.seconds)}`),
        exercise.targets.map((target) => badge(said(target.name))),
        reviewBadge(exercise.review),
      ),
      body,
    ),
  };
}

function who(exercise, has) {
  const rank = (entry) => (has.includes(entry.condition) ? 0 : 2) + (entry.level === "avoid" ? 0 : 1);
  const entries = [...exercise.contraindications].sort((a, b) => rank(a) - rank(b));
  const list = (which) => entries.filter((entry) => entry.level === which).map((entry) => said(entry.name));
  if (!entries.length)
    return section(
      "Who must take care",
      h("p", {}, "The catalog names no condition for this exercise. That is no promise that it suits everyone."),
    );
  return section(
    "Who must take care",
    list("avoid").length > 0 && h("p", { class: "who" }, level("avoid"), " ", series(list("avoid"))),
    list("caution").length > 0 && h("p", { class: "who" }, level("caution"), " ", series(list("caution"))),
    h(
      "details",
      { open: entries.some((entry) => has.includes(entry.condition)) },
      h("summary", {}, "What to mind, and why"),
      h(
        "ul",
        { class: "warnings" },
        entries.map((entry) => warning(entry, has.includes(entry.condition))),
      ),
    ),
  );
}

function instead(exercise) {
  return section(
    "Not with your answers",
    h(
      "p",
      {},
      "You gave an answer for which this exercise is to be avoided, so its steps are not shown. Ask your clinician before you do it.",
    ),
    exercise.alternatives.length > 0 &&
      h("p", {}, "Related exercises: ", series(exercise.alternatives.map((other) => linkTo("exercise", other)))),
  );
}

function how(exercise) {
  const { feel } = exercise;
  return [
    section(
      "How to do it",
      h(
        "div",
        { class: "columns" },
        h(
          "div",
          {},
          h(
            "ol",
            { class: "steps" },
            exercise.steps.map((step) => text("li", step)),
          ),
          text("p", exercise.description),
        ),
        h(
          "div",
          { class: "side" },
          h(
            "div",
            { class: "panel" },
            h("h3", {}, "How much"),
            facts(dosePairs(exercise.dosage)) || h("p", {}, "The catalog states no dose."),
          ),
          exercise.equipment.length > 0 &&
            h(
              "div",
              { class: "panel" },
              h("h3", {}, "You need"),
              h(
                "ul",
                { class: "plain-list" },
                exercise.equipment.map((item) =>
                  h(
                    "li",
                    {},
                    said(item.name),
                    item.substitute && h("span", { class: "quiet" }, " or: ", said(item.substitute)),
                  ),
                ),
              ),
            ),
        ),
      ),
    ),
    feel &&
      h(
        "div",
        { class: "columns even" },
        feel.expect.length > 0 &&
          h("section", { class: "panel" }, h("h3", {}, "You should feel"), bullets(feel.expect)),
        stopBox("Stop if you feel", feel.stop),
      ),
    exercise.outcomes.length > 0 && section("What the check tells you", exercise.outcomes.map(outcome)),
  ];
}

function outcome(entry) {
  const names = (ids) => series(ids.map((id) => linkTo("exercise", exercises.get(id) || { id, name: id })));
  return h(
    "div",
    { class: "panel" },
    text("h3", entry.when),
    text("p", entry.then),
    entry.choose.length > 0 && h("p", {}, "Choose: ", names(entry.choose)),
    entry["leave-out"].length > 0 && h("p", {}, "Leave out: ", names(entry["leave-out"])),
  );
}

function beyond(exercise) {
  const others = (list) => series(list.map((other) => linkTo("exercise", other)));
  return [
    section(
      "Near it",
      facts([
        ["Instead", others(exercise.alternatives)],
        ["Easier", others(exercise.regressions)],
        ["Harder", others(exercise.progressions)],
      ]),
    ),
    section("What may come of it", claimsOf(exercise.claims)),
    section(
      "Behind it",
      facts([
        [
          "Asks of the body",
          exercise.demands.length
            ? series(exercise.demands.map((demand) => said(demand.name)))
            : exercise["no-demands-because"] && said(exercise["no-demands-because"]),
        ],
        ["Sources differ", exercise.position && said(exercise.position.because)],
      ]),
      sourcesOf(exercise.sources),
    ),
  ];
}
