// For the clinician who signs off: what is a draft, on what it rests, and what the linter said.

function reviewView() {
  const everything = [
    ...bundle.routines.map((item) => ["routine", item]),
    ...bundle.exercises.map((item) => ["exercise", item]),
  ];
  const rows = h("tbody", {});
  const state = { drafts: false };
  const more = h("div", {});
  const show = () =>
    more.replaceChildren(
      paged(
        rows,
        everything.filter(([, item]) => !state.drafts || item.review.status === "draft"),
        ([kind, item]) => reviewRow(kind, item),
        100,
      ),
    );
  show();
  const { review } = bundle;
  return {
    title: "Review",
    content: [
      heading("For reviewers", "What stands behind the content"),
      text("p", review.notice, "lead"),
      h(
        "ul",
        { class: "tiles" },
        tile(review.drafts, "drafts"),
        tile(review.reviewed, "reviewed"),
        tile(bundle.sources.length, "sources"),
        tile(provenance.findings.warning, "warnings of the linter"),
        tile(provenance.findings.note, "notes of the linter"),
      ),
      section(
        "Reading the steps",
        h(
          "p",
          {},
          session.reviewing
            ? "You are reading as a reviewer: steps are shown without the questions, and your answers hide nothing on an exercise’s page."
            : "People are asked about warning signs before they see the steps of an exercise. To check the content you can switch that off until the page is closed.",
        ),
        h(
          "p",
          { class: "screen-only" },
          button(session.reviewing ? "Ask again as for everyone" : "Show the steps without the questions", () => {
            session.reviewing = !session.reviewing;
            render(true);
          }),
        ),
      ),
      section("Grades", gradeTable()),
      section(
        "Status",
        h(
          "label",
          { class: "tick inline screen-only" },
          h("input", {
            type: "checkbox",
            autocomplete: "off",
            change: ({ target }) => {
              state.drafts = target.checked;
              show();
            },
          }),
          h("span", {}, "Only drafts"),
        ),
        wide(
          "Status of exercises and routines",
          ["Name", "Kind", "Status", "By", "On", "Until", "Avoid", "With care", "Lowest grade", "Sources"],
          rows,
        ),
        more,
      ),
      section("Where sources differ", differing()),
      section("Findings that were allowed", allowed(provenance.suppressions)),
      section("Sources", sourceTable()),
      section(
        "Made from",
        facts([
          ["Catalog", [said(bundle.catalog.name), ` ${bundle.catalog.version}`]],
          ["Linter", `nocere ${provenance.nocere}`],
          ["Packs", series(provenance.packs.map((pack) => [said(pack.id), ` ${pack.version}`]))],
        ]),
      ),
    ],
  };
}

function differing() {
  const list = h("div", {});
  const stances = { recommends: " recommends it", "advises-against": " advises against it" };
  const found = bundle.exercises.filter((exercise) => exercise.position);
  const more = paged(
    list,
    found,
    (exercise) =>
      h(
        "div",
        { class: "panel" },
        h("h3", {}, linkTo("exercise", exercise)),
        h(
          "ul",
          {},
          exercise.stances.map((stance) =>
            h(
              "li",
              {},
              said(sources.get(stance.source)?.title || stance.source),
              stances[stance.stance],
              stance["people-with"] && [" for people with ", said(conditionName(stance["people-with"]))],
            ),
          ),
        ),
        text("p", exercise.position.because),
      ),
    20,
  );
  return found.length ? [list, more] : null;
}

function tile(count, words) {
  return h("li", {}, h("strong", {}, count), " ", words);
}

// A table that scrolls by itself on a narrow screen.
function wide(label, columns, body) {
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": label },
    h(
      "table",
      { class: "ledger" },
      h("caption", { class: "unseen" }, label),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          columns.map((name) => h("th", { scope: "col" }, name)),
        ),
      ),
      body,
    ),
  );
}

function reviewRow(kind, item) {
  const { review } = item;
  const levels = item.contraindications || [];
  const grades = levels
    .map((entry) => entry.grade)
    .filter(Boolean)
    .sort();
  const count = (which) => (kind === "exercise" ? levels.filter((entry) => entry.level === which).length : "");
  const values = [
    kind === "exercise" ? techniqueName(item.technique) : "Routine",
    reviewBadge({ status: review.status }),
    review.by && said(review.by),
    review.on,
    review.until,
    count("avoid"),
    count("caution"),
    grades.at(-1),
    item.sources.length,
  ];
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, linkTo(kind, item)),
    values.map((value) => h("td", {}, value)),
  );
}

function gradeTable() {
  const all = bundle.exercises.flatMap((exercise) => exercise.contraindications);
  const line = (which, words) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, words),
      ["avoid", "caution"].map((name) =>
        h("td", {}, all.filter((entry) => entry.level === name && (entry.grade || "") === which).length),
      ),
    );
  return wide(
    "Grades of contraindications",
    ["Contraindications resting on", "Avoid", "With care"],
    h(
      "tbody",
      {},
      Object.entries(GRADES).map(([which, words]) => line(which, `Grade ${which}: ${words}`)),
      line("", "No grade"),
    ),
  );
}

function allowed(list) {
  if (!list.length) return h("p", {}, "None.");
  return wide(
    "Findings that were allowed",
    ["Document", "Rule", "Findings", "Why", "Until"],
    h(
      "tbody",
      {},
      list.map((entry) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, `${entry.kind} `, said(entry.id)),
          h("td", {}, said(entry.rule)),
          h("td", {}, entry.findings),
          h("td", {}, said(entry.reason)),
          h("td", {}, entry.until),
        ),
      ),
    ),
  );
}

function sourceTable() {
  const body = h("tbody", {});
  const more = paged(
    body,
    bundle.sources,
    (source) =>
      h(
        "tr",
        {},
        h("th", { scope: "row" }, said(source.title)),
        [
          source.by && said(source.by),
          source.year,
          SOURCE_KINDS[source["source-kind"]],
          source.grade,
          READINGS[source.reading],
          source.locator && said(source.locator),
          source.says && said(source.says),
        ].map((value) => h("td", {}, value)),
      ),
    100,
  );
  return [wide("Sources", ["Title", "By", "Year", "Kind", "Grade", "Reading", "Where", "What it says"], body), more];
}
