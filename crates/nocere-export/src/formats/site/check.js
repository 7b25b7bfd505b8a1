// The questions that come before any exercise: red flags one at a time, and the first yes ends it; then conditions.

function checkView(screening, title, after) {
  const frame = h("div", { class: "check" });
  const flags = screening["red-flags"];

  function show(focus, ...content) {
    frame.replaceChildren(...content.flat().filter(Boolean));
    if (focus) frame.querySelector("h1").focus();
  }

  function intro(focus) {
    show(
      focus,
      heading(title, said(screening.name)),
      text("p", screening.intro, "lead"),
      h(
        "p",
        {},
        `${plural(flags.length, "question")} look for signs that need a clinician. Then there is one list of ${plural(screening.conditions.length, "condition")}.`,
      ),
      forgets(),
      h(
        "p",
        { class: "actions" },
        button("Begin", () => (flags.length ? flag(0) : list()), "button primary"),
      ),
    );
  }

  function flag(at) {
    const { ask, because } = flags[at];
    const yes = () => {
      forget();
      session.stopped = { flag: flags[at], screening };
      go("stop");
    };
    const no = () => (at + 1 < flags.length ? flag(at + 1) : list());
    show(
      true,
      progress(at + 1, flags.length),
      heading(`Question ${at + 1} of ${flags.length}`, said(ask)),
      h(
        "p",
        { class: "actions big" },
        button("No", no, "button choice"),
        button("Yes, or I am not sure", yes, "button choice"),
      ),
      h("p", { class: "quiet" }, "Why we ask: ", said(because)),
      h(
        "p",
        {},
        button("Back", () => (at ? flag(at - 1) : intro(true)), "button plain"),
      ),
    );
  }

  function list() {
    const box = (id, label) =>
      h(
        "label",
        { class: "tick" },
        h("input", { type: "checkbox", name: id, autocomplete: "off" }),
        h("span", {}, label),
      );
    const all = screening.conditions.map((entry) =>
      box(entry.id, [text("span", entry.ask), h("span", { class: "quiet" }, said(entry.name))]),
    );
    const none = box("", "None of these applies to me");
    const problem = h("p", { class: "problem", role: "alert" });
    const ticked = () => all.map((label) => label.querySelector("input")).filter((input) => input.checked);
    const no = none.querySelector("input");
    const form = h(
      "form",
      {
        novalidate: true,
        change: ({ target }) => {
          if (target === no && no.checked) ticked().forEach((input) => (input.checked = false));
          else if (target !== no && target.checked) no.checked = false;
        },
        submit: (event) => {
          event.preventDefault();
          if (!ticked().length && !no.checked) {
            problem.textContent = "Tick everything that applies to you, or “None of these applies to me”.";
            no.focus();
            return;
          }
          session.answers.set(
            screening.id,
            ticked().map((input) => input.name),
          );
          after();
        },
      },
      h(
        "fieldset",
        {},
        h("legend", {}, "Tick each one that you would answer with yes. If you are not sure, tick it."),
        h("div", { class: "ticks" }, all),
        none,
      ),
      problem,
      h(
        "p",
        { class: "actions" },
        h("button", { type: "submit", class: "button primary" }, "Show what suits me"),
        flags.length > 0 && button("Back", () => flag(flags.length - 1), "button plain"),
      ),
    );
    show(true, heading("Last page", "Which of these apply to you?"), form, forgets());
  }

  intro(false);
  return { title: screening.name, content: frame };
}

function progress(at, of) {
  return h(
    "div",
    { class: "progress", "aria-hidden": "true" },
    Array.from({ length: of }, (_, number) => h("i", { class: number < at ? "done" : "" })),
  );
}

// After a yes to a red flag. Until the person takes the answer back, no page shows an exercise.
function stopView() {
  const { flag, screening } = session.stopped;
  return {
    title: "Stop here",
    content: h(
      "div",
      { class: `stop ${flag.urgency}` },
      heading(URGENCIES[flag.urgency], "Stop here: this needs a clinician first"),
      text("p", flag.say, "lead"),
      h("p", {}, said(flag.because)),
      h("p", {}, "You said yes to: ", said(flag.ask)),
      h("p", {}, "No exercise is shown while this answer stands."),
      h(
        "p",
        { class: "actions screen-only" },
        button("That was the wrong answer: start again", () => {
          forget();
          go("check", screening.id);
        }),
      ),
      sourcesOf(flag.sources),
    ),
  };
}

// In front of the steps of an exercise, for a person who has answered nothing yet.
function gate(here) {
  const asked = bundle.screenings.filter((screening) => screening["red-flags"].length);
  const flags = [...byId(asked.flatMap((screening) => screening["red-flags"])).values()];
  const open = (change) => () => {
    change();
    render(true);
  };
  const review = button(
    "I am only checking the content",
    open(() => (session.reviewing = true)),
    "button plain",
  );
  if (!flags.length) {
    return h(
      "section",
      { class: "gate" },
      h("h2", {}, "The steps are not shown"),
      h(
        "p",
        {},
        "This catalog has no questions about signs that need a clinician, so the steps cannot be shown to somebody who wants to do the exercise.",
      ),
      h("p", { class: "actions screen-only" }, review),
    );
  }
  return h(
    "section",
    { class: "gate" },
    h("h2", {}, "Before the steps: does any of these apply to you?"),
    h(
      "ul",
      { class: "flags" },
      flags.map((flag) => h("li", {}, text("span", flag.ask))),
    ),
    h(
      "p",
      { class: "actions screen-only" },
      button(
        "None of these applies to me",
        open(() => (session.noFlags = true)),
        "button primary",
      ),
      button("One applies, or I am not sure", () => {
        session.after = here;
        go("check", asked[0].id);
      }),
      review,
    ),
    forgets(),
  );
}
