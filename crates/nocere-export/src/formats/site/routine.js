// A routine: what it is, the questions in front of it, and what is left of it for the person who answered.

function routineView(id, part) {
  const routine = routines.get(id);
  if (!routine) return missing();
  const screening = routine.screening && screenings.get(routine.screening.id);
  if (part === "check" && screening)
    return checkView(screening, said(routine.name), () => go("routine", id, "yours"));
  if (part) {
    const has = screening && session.answers.get(screening.id);
    if (!has) return { redirect: screening ? link("routine", id, "check") : link("routine", id) };
    const found = audience(routine.adaptations, has);
    if (part === "player" && found?.shown.outcome === "routine")
      return playerView(routine, places(routine, found, has));
    return yoursView(routine, found, has);
  }
  return aboutView(routine, screening);
}

function aboutView(routine, screening) {
  const needs = byId(
    routine.blocks
      .flatMap((block) => block.steps)
      .flatMap((step) => exercises.get(step.exercise.id)?.equipment || []),
  );
  const answered = screening && session.answers.has(screening.id);
  return {
    title: routine.name,
    content: h(
      "article",
      { class: "routine-page" },
      heading("Routine", said(routine.name)),
      text("p", routine.summary, "lead"),
      h(
        "div",
        { class: "columns" },
        h(
          "div",
          {},
          text("p", routine.description),
          screening
            ? h(
                "p",
                { class: "actions screen-only" },
                h(
                  "a",
                  { class: "button primary", href: link("routine", routine.id, answered ? "yours" : "check") },
                  answered ? "Show it for my answers" : "Answer the questions first",
                ),
              )
            : h("p", { class: "panel" }, "This routine has no questions in front of it, so it is not shown here."),
          screening &&
            !answered &&
            h("p", { class: "quiet" }, "What the routine consists of depends on your answers."),
        ),
        h(
          "div",
          { class: "side" },
          h(
            "div",
            { class: "panel" },
            facts([
              ["Takes", duration(routine)],
              ["How often", routine.sessions && often(routine.sessions)],
              ["Parts", series(routine.blocks.map((block) => said(block.title)))],
              ["You may need", needs.size ? series([...needs.values()].map((item) => said(item.name))) : "Nothing"],
              ["Review", reviewBadge(routine.review)],
            ]),
          ),
        ),
      ),
      stopBox("When to stop", routine.stop, "h2"),
      section(
        "Why this order",
        routine.rules.length > 0 &&
          h(
            "ul",
            { class: "rules" },
            routine.rules.map((rule) =>
              h(
                "li",
                {},
                h("strong", {}, said(rule.say)),
                rule.because && [" ", said(rule.because)],
                " ",
                grade(rule.grade),
                sourcesOf(rule.sources),
              ),
            ),
          ),
      ),
      section("What may come of it", claimsOf(routine.claims)),
      sourcesOf(routine.sources),
    ),
  };
}

function yoursView(routine, found, has) {
  const names = has.map((id) => said(conditionName(id)));
  const answers = h(
    "p",
    {},
    has.length ? ["For your answers: ", series(names), ". "] : "For people without any of the conditions. ",
    h("a", { class: "screen-only", href: link("routine", routine.id, "check") }, "Change the answers"),
  );
  const shows = found?.shown.outcome === "routine";
  const content = shows ? adapted(routine, found, has) : noRoutine(routine, found);
  return {
    title: routine.name,
    content: h("article", { class: "yours" }, heading("Your routine", said(routine.name)), answers, content),
  };
}

function noRoutine(routine, found) {
  return h(
    "section",
    { class: "gate", "data-outcome": found ? "no-routine" : "not-weighed" },
    h("h2", {}, "No routine for these answers"),
    !found && h("p", {}, "This combination of answers was not worked out for this routine, so nothing is shown."),
    text("p", routine.adaptations["no-routine"], "lead"),
  );
}

function adapted(routine, found, has) {
  const all = places(routine, found, has);
  const { seconds, "duration-differs": differs } = found.shown;
  const stated = !differs && routine["stated-duration"];
  const count = (test) => all.filter(test).length;
  const [replaced, leftOut] = [count((place) => place.replaced), count((place) => !place.exercise)];
  return [
    h(
      "p",
      { class: "tags" },
      (stated || seconds) && badge(lasts(stated || seconds)),
      badge(
        plural(
          count((place) => place.exercise),
          "exercise",
        ),
      ),
      replaced > 0 && badge(`${replaced} replaced`, "mine"),
      leftOut > 0 && badge(`${leftOut} left out`, "mine"),
    ),
    h(
      "p",
      { class: "actions screen-only" },
      h("a", { class: "button primary", href: link("routine", routine.id, "player") }, icon("play"), "Start"),
      button("Print", () => print()),
    ),
    stopBox("When to stop", routine.stop, "h2"),
    routine.blocks.map((block, at) =>
      h(
        "section",
        { class: "block" },
        text("h2", block.title),
        text("p", block.note, "quiet"),
        h("ol", { class: "places" }, all.filter((place) => place.block === at).map(placeItem)),
      ),
    ),
  ];
}

function placeItem(place) {
  const because = (verb) => [
    verb,
    place.because.length > 0 && [" because of ", series(place.because.map((id) => said(conditionName(id))))],
    ".",
  ];
  const reasons = place.because.map((id) => contraindication(place.original, id)?.say).filter(Boolean);
  if (!place.exercise) {
    return h(
      "li",
      { class: "place left-out", "data-left-out": place.original.id },
      h("h3", {}, said(place.original.name)),
      h("p", { class: "change" }, mark("avoid"), because("Left out")),
      reasons.map((say) => text("p", say, "quiet")),
    );
  }
  return h(
    "li",
    {
      class: "place",
      "data-exercise": place.exercise.id,
      "data-replaces": place.replaced ? place.original.id : null,
    },
    h("h3", {}, linkTo("exercise", place.exercise), place.optional && badge("Optional")),
    h("p", { class: "dose" }, doseLine(place.dosage)),
    place.replaced && h("p", { class: "change" }, because(["Instead of ", said(place.original.name)])),
    place.replaced && reasons.map((say) => text("p", say, "quiet")),
    text("p", place.note, "note"),
    place.cautions.map((caution) =>
      h(
        "p",
        { class: "mind", "data-caution": caution.condition },
        mark("caution"),
        h("span", {}, h("strong", {}, said(conditionName(caution.condition)), ": "), said(caution.say)),
      ),
    ),
    h(
      "details",
      { class: "how" },
      h("summary", {}, "How to do it", h("span", { class: "unseen" }, `: ${place.exercise.name}`)),
      h(
        "ol",
        { class: "steps" },
        place.exercise.steps.map((step) => text("li", step)),
      ),
      place.exercise.feel && stopBox("Stop if you feel", place.exercise.feel.stop),
    ),
  );
}
