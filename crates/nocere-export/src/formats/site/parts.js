// Parts that several pages share.

function heading(eyebrow, title, ...rest) {
  return h(
    "div",
    { class: "heading" },
    eyebrow && h("p", { class: "eyebrow" }, eyebrow),
    h("h1", { tabindex: "-1" }, title),
    rest,
  );
}

function badge(words, kind) {
  return h("span", { class: `badge ${kind || ""}` }, words);
}

function level(which) {
  return h("span", { class: `level ${which}` }, mark(which), LEVELS[which]);
}

function grade(which) {
  return which && h("abbr", { class: "grade", title: `Grade ${which}: ${GRADES[which]}` }, `Grade ${which}`);
}

function reviewBadge(review) {
  if (review.status !== "reviewed") return badge("Draft", "draft");
  return badge(["Reviewed", review.by && [" by ", said(review.by)], review.on && ` on ${review.on}`], "reviewed");
}

function sourceLine(id) {
  const source = sources.get(id);
  if (!source) return h("li", {}, said(id));
  const kind = [
    SOURCE_KINDS[source["source-kind"]],
    source.grade && `grade ${source.grade}`,
    READINGS[source.reading],
  ];
  return h(
    "li",
    {},
    text("cite", source.title),
    " ",
    h(
      "span",
      { class: "quiet" },
      source.by && [said(source.by), ". "],
      source.year && `${source.year}. `,
      source.locator && [said(source.locator), ". "],
      kind.filter(Boolean).join(", "),
      ".",
    ),
  );
}

function sourcesOf(ids, title = "Sources") {
  const cited = [...new Set(ids)];
  return cited.length
    ? h(
        "details",
        { class: "sources" },
        h("summary", {}, `${title} (${cited.length})`),
        h("ul", {}, cited.map(sourceLine)),
      )
    : null;
}

function claimsOf(claims) {
  return claims.length
    ? h(
        "ul",
        { class: "claims" },
        claims.map((claim) =>
          h("li", {}, badge(STRENGTHS[claim.strength]), " ", said(claim.say), sourcesOf(claim.evidence, "Evidence")),
        ),
      )
    : null;
}

// Who must leave an exercise out or take care, in the words for that person, with the reasons behind it.
function warning(entry, mine) {
  const cited = [...entry.sources, ...entry.because.flatMap((reason) => reason.sources)];
  return h(
    "li",
    { class: `warning ${entry.level}`, "data-condition": entry.condition },
    h(
      "h3",
      {},
      level(entry.level),
      " ",
      linkTo("condition", { id: entry.condition, name: entry.name }),
      mine && badge("Your answer", "mine"),
    ),
    text("p", entry.say),
    h(
      "details",
      {},
      h(
        "summary",
        {},
        "Why",
        h("span", { class: "unseen" }, ` ${entry.name}`),
        entry.grade && ` (grade ${entry.grade})`,
      ),
      entry.because.map((reason) =>
        h(
          "p",
          {},
          said(reason.demand.name),
          ": ",
          said(reason.reason),
          reason.until && [" ", said(reason.until)],
          " ",
          grade(reason.grade),
        ),
      ),
      !entry.because.length &&
        h("p", {}, "Written for this exercise; it does not follow from what the exercise asks of the body."),
      cited.length ? h("ul", { class: "cited" }, [...new Set(cited)].map(sourceLine)) : null,
    ),
  );
}

function stopBox(title, signs, tag = "h3") {
  return signs.length
    ? h("aside", { class: "stop-box", "aria-label": title }, h(tag, {}, title), bullets(signs))
    : null;
}

function forgets() {
  return h(
    "p",
    { class: "quiet" },
    "Your answers stay in this page. They are not stored and not sent, and closing or reloading the page forgets them.",
  );
}
