// The first page, and the routines.

function routineCard(routine) {
  const steps = routine.blocks.flatMap((block) => block.steps);
  return h(
    "li",
    { class: "card routine" },
    h("p", { class: "kind" }, icon("clock"), duration(routine)),
    h("h2", {}, linkTo("routine", routine, "cover")),
    text("p", routine.summary),
    h(
      "p",
      { class: "tags" },
      badge(plural(steps.length, "exercise")),
      badge(plural(routine.blocks.length, "part")),
      routine.sessions && badge(often(routine.sessions)),
    ),
  );
}

function duration(routine) {
  const seconds = routine["stated-duration"] || routine.seconds;
  return seconds ? lasts(seconds) : "In your own time";
}

function routineList() {
  const list = h("ul", { class: "cards wide" });
  const more = paged(list, bundle.routines, routineCard);
  return [list, more];
}

function homeView() {
  const { catalog } = bundle;
  return {
    title: "",
    content: [
      h(
        "div",
        { class: "hero" },
        h("h1", { tabindex: "-1" }, said(catalog.name)),
        h("p", { class: "lead" }, "Routines that first ask who you are, leave out what is not for you, and say why."),
        h(
          "p",
          { class: "actions" },
          bundle.routines.length > 0 && h("a", { class: "button primary", href: link("routines") }, "Find a routine"),
          h("a", { class: "button", href: link("exercises") }, "Browse the exercises"),
        ),
        h(
          "ol",
          { class: "three" },
          h(
            "li",
            {},
            h("strong", {}, "Answer"),
            " a few questions. Signs that need a clinician come first and end it there.",
          ),
          h(
            "li",
            {},
            h("strong", {}, "See"),
            " the routine as it is for you: what was replaced or left out, and because of what.",
          ),
          h("li", {}, h("strong", {}, "Follow"), " it step by step, with a timer, at your own pace."),
        ),
      ),
      section("Routines", routineList()),
    ],
  };
}

function routinesView() {
  return { title: "Routines", content: [heading(null, "Routines"), routineList()] };
}

function missing() {
  return {
    title: "Not found",
    content: [
      heading(null, "This page is not in the catalog"),
      h("p", {}, h("a", { href: link() }, "Go to the first page")),
    ],
  };
}
