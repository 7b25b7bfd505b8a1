// The list of exercises, with search and filters.

const searchable = new Map();

function wordsOf(exercise) {
  if (!searchable.has(exercise)) {
    const words = [
      exercise.name,
      exercise["also-known-as"],
      exercise.summary,
      techniqueName(exercise.technique),
      exercise.targets.map((target) => target.name),
      exercise.equipment.map((item) => item.name),
    ];
    searchable.set(exercise, words.flat().join("\n").toLowerCase());
  }
  return searchable.get(exercise);
}

// A target counts for the regions that it is part of.
function within(id, region) {
  const seen = new Set();
  for (let at = id; at && !seen.has(at); at = targets.get(at)?.["part-of"]) {
    if (at === region) return true;
    seen.add(at);
  }
  return false;
}

function matches(exercise, filters) {
  const { words, technique, target, equipment, difficulty } = filters;
  return (
    (!words ||
      words
        .toLowerCase()
        .split(/\s+/)
        .every((word) => wordsOf(exercise).includes(word))) &&
    (!technique || exercise.technique === technique) &&
    (!difficulty || exercise.difficulty === difficulty) &&
    (!target || exercise.targets.some((entry) => within(entry.id, target))) &&
    (!equipment ||
      (equipment === "none"
        ? !exercise.equipment.length
        : exercise.equipment.some((item) => item.id === equipment.slice(1))))
  );
}

function exercisesView() {
  const filters = session.filters;
  const count = h("p", { class: "count", role: "status" });
  const grid = h("ul", { class: "cards" });
  const more = h("div", {});
  const left = h("div", {});

  function show() {
    const found = bundle.exercises.filter((exercise) => matches(exercise, filters));
    const barred = (exercise) =>
      filters.condition && contraindication(exercise, filters.condition)?.level === "avoid";
    const kept = found.filter((exercise) => !barred(exercise));
    count.textContent = `${plural(kept.length, "exercise")}${found.length > kept.length ? `, and ${found.length - kept.length} left out` : ""}`;
    more.replaceChildren(paged(grid, kept, (exercise) => exerciseCard(exercise, filters.condition)));
    left.replaceChildren(...(found.length > kept.length ? [leftOut(found.filter(barred), filters.condition)] : []));
  }

  const choose = (name, label, options) =>
    h(
      "label",
      { class: "field" },
      h("span", {}, label),
      h(
        "select",
        {
          autocomplete: "off",
          change: ({ target }) => {
            filters[name] = target.value;
            show();
          },
        },
        h("option", { value: "" }, "Any"),
        options.map(([value, words]) => h("option", { value, selected: filters[name] === value }, words)),
      ),
    );
  const used = (list) => [...new Set(bundle.exercises.flatMap(list))];
  const named = (list) => list.map((item) => [item.id, item.name]);
  const search = h("input", {
    type: "search",
    autocomplete: "off",
    input: ({ target }) => {
      filters.words = target.value.trim();
      show();
    },
  });
  search.value = filters.words || "";
  const form = h(
    "form",
    { class: "filters screen-only", role: "search", submit: (event) => event.preventDefault() },
    h("label", { class: "field wide" }, h("span", {}, "Search"), search),
    choose(
      "technique",
      "Technique",
      used((exercise) => exercise.technique)
        .sort()
        .map((id) => [id, techniqueName(id)]),
    ),
    choose("target", "Part of the body", named(bundle.targets)),
    choose("difficulty", "Difficulty", Object.entries(DIFFICULTIES)),
    choose("equipment", "Equipment", [
      ["none", "Nothing needed"],
      ...bundle.equipment.map((item) => [`=${item.id}`, item.name]),
    ]),
    choose("condition", "For people with", named(bundle.conditions)),
  );
  show();
  return { title: "Exercises", content: [heading(null, "Exercises"), form, count, grid, more, left] };
}

function exerciseCard(exercise, condition) {
  const care = condition && contraindication(exercise, condition);
  return h(
    "li",
    { class: "card", "data-exercise": exercise.id },
    h("p", { class: "kind" }, icon(exercise.technique), techniqueName(exercise.technique)),
    h("h2", {}, linkTo("exercise", exercise, "cover")),
    text("p", exercise.summary),
    h(
      "p",
      { class: "tags" },
      exercise.difficulty && badge(DIFFICULTIES[exercise.difficulty]),
      exercise.equipment.slice(0, 2).map((item) => badge(said(item.name))),
      care && level(care.level),
    ),
  );
}

function leftOut(list, condition) {
  const names = h("ul", { class: "plain-list" });
  const more = paged(names, list, (exercise) => {
    const { say } = contraindication(exercise, condition);
    return h("li", {}, linkTo("exercise", exercise), say && [": ", said(say)]);
  });
  return h("section", {}, h("h2", {}, "Left out for people with ", said(conditionName(condition))), names, more);
}
