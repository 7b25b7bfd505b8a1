// Who must avoid what, at a glance: a table for screen readers, a picture for everyone else.

function legend() {
  return h(
    "ul",
    { class: "legend" },
    h("li", {}, level("avoid"), " not until a clinician has cleared it"),
    h("li", {}, level("caution"), " may be done, with the stated care"),
    h("li", {}, mark("none"), " the catalog states nothing"),
  );
}

function matrixView() {
  const spoken = new Set(
    bundle.exercises.flatMap((exercise) => exercise.contraindications.map((entry) => entry.condition)),
  );
  const columns = bundle.conditions.filter((condition) => spoken.has(condition.id));
  const body = h("tbody", {});
  const more = paged(
    body,
    bundle.exercises,
    (exercise) => {
      const levels = new Map(exercise.contraindications.map((entry) => [entry.condition, entry]));
      return h(
        "tr",
        {},
        h("th", { scope: "row" }, linkTo("exercise", exercise)),
        columns.map((condition) => cell(levels.get(condition.id), exercise, condition)),
      );
    },
    60,
  );
  const table = h(
    "table",
    { class: "matrix" },
    h("caption", { class: "unseen" }, "Exercises in rows, conditions in columns"),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("td", {}),
        columns.map((condition) =>
          h("th", { scope: "col" }, h("span", { class: "slant" }, linkTo("condition", condition))),
        ),
      ),
    ),
    body,
  );
  return {
    title: "Matrix",
    content: [
      heading(null, "Who must take care with what"),
      h("p", { class: "lead" }, "Every exercise against every condition. Each name leads to the reasons."),
      legend(),
      h(
        "div",
        { class: "scroll", tabindex: "0", role: "region", "aria-label": "Matrix of exercises and conditions" },
        table,
      ),
      more,
    ],
  };
}

function cell(entry, exercise, condition) {
  const which = entry ? entry.level : "none";
  const hint =
    entry &&
    `${exercise.name}, ${condition.name}: ${LEVELS[which]}${entry.grade ? `, grade ${entry.grade}` : ""}. ${entry.say || ""}`;
  return h("td", { class: which, title: hint }, mark(which), entry && h("span", { class: "unseen" }, LEVELS[which]));
}

// One condition: what it limits, on whose word, and which exercises that touches.
function conditionView(id) {
  const condition = conditions.get(id);
  if (!condition) return missing();
  const touched = (which) => bundle.exercises.filter((exercise) => contraindication(exercise, id)?.level === which);
  const names = (which) => {
    const list = h("ul", { class: "plain-list columns-list" });
    const found = touched(which);
    return found.length
      ? [
          h("h3", {}, level(which), ` ${plural(found.length, "exercise")}`),
          list,
          paged(list, found, (exercise) => h("li", {}, linkTo("exercise", exercise)), 200),
        ]
      : null;
  };
  const codes = condition.codes["icd-10-cm"];
  return {
    title: condition.name,
    content: h(
      "article",
      {},
      heading("Condition", said(condition.name)),
      text("p", condition.ask, "lead"),
      codes.length > 0 && h("p", { class: "quiet" }, "ICD-10-CM: ", said(codes.join(", "))),
      section(
        "Exercises",
        names("avoid"),
        names("caution"),
        !touched("avoid").length &&
          !touched("caution").length &&
          h("p", {}, "No exercise of this catalog is touched."),
      ),
      section(
        "What it limits",
        condition.limits.length > 0
          ? h(
              "ul",
              { class: "warnings" },
              condition.limits.map((limit) =>
                h(
                  "li",
                  { class: `warning ${limit.level}` },
                  h(
                    "h3",
                    {},
                    level(limit.level),
                    " ",
                    said(demands.get(limit.demand)?.name || limit.demand),
                    " ",
                    grade(limit.grade),
                  ),
                  text("p", limit.because),
                  text("p", limit.until, "quiet"),
                  sourcesOf(limit.sources),
                ),
              ),
            )
          : text("p", condition["no-limits-because"]),
      ),
      sourcesOf(condition.sources),
    ),
  };
}
