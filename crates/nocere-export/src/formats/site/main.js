// The frame of every page, and which page an address means.

const ROUTES = {
  "": homeView,
  routines: routinesView,
  routine: routineView,
  exercises: exercisesView,
  exercise: exerciseView,
  matrix: matrixView,
  condition: conditionView,
  review: reviewView,
  check: (id) =>
    screenings.has(id) ? checkView(screenings.get(id), said(bundle.catalog.name), answered) : missing(),
  stop: () => (session.stopped ? stopView() : { redirect: link() }),
};
// What people look at who check the content. After a yes to a red flag everything else is closed.
const OPEN = ["matrix", "condition", "review"];

let leave = null;

function answered() {
  const to = session.after || link("exercises");
  session.after = null;
  location.hash = to;
}

function here() {
  try {
    return location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  } catch {
    return ["?"];
  }
}

function render(focus) {
  const [page, ...rest] = here();
  leave?.();
  leave = null;
  const view =
    session.stopped && !OPEN.includes(page) ? stopView : Object.hasOwn(ROUTES, page) ? ROUTES[page] : missing;
  const { title, content, redirect, leave: leaving } = view(...rest);
  if (redirect) return location.replace(redirect);
  leave = leaving;
  const main = document.getElementById("main");
  main.replaceChildren(...[content].flat(Infinity).filter(Boolean));
  document.title = [title, bundle.catalog.name].filter(Boolean).join(" · ");
  for (const entry of document.querySelectorAll("nav a")) {
    const current = entry.getAttribute("href") === link(page) || entry.getAttribute("href") === link(page + "s");
    if (current) entry.setAttribute("aria-current", "page");
    else entry.removeAttribute("aria-current");
  }
  if (focus) {
    main.querySelector("h1")?.focus();
    scrollTo(0, 0);
  }
}

function themeButton() {
  const root = document.documentElement;
  const dark = () =>
    root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const paint = () => {
    toggle.replaceChildren(icon(dark() ? "sun" : "moon"));
    toggle.setAttribute("aria-label", dark() ? "Light colours" : "Dark colours");
  };
  const toggle = h("button", {
    type: "button",
    class: "theme",
    click: () => {
      root.dataset.theme = dark() ? "light" : "dark";
      paint();
    },
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  paint();
  return toggle;
}

function frame() {
  const entries = [
    ["routines", "Routines"],
    ["exercises", "Exercises"],
    ["matrix", "Matrix"],
    ["review", "Review"],
  ];
  document.getElementById("top").append(
    h(
      "a",
      { class: "brand", href: link() },
      svg(
        "svg",
        { viewBox: "0 0 32 32", "aria-hidden": "true" },
        svg("rect", { width: 32, height: 32, rx: 9 }),
        svg("path", { d: "M7 19c4-9 7 6 10-1s5-5 8-3" }),
      ),
      said(bundle.catalog.name),
    ),
    h(
      "nav",
      { "aria-label": "Pages" },
      entries.map(([page, words]) => h("a", { href: link(page) }, words)),
    ),
    themeButton(),
  );
  document
    .getElementById("bottom")
    .append(
      h(
        "p",
        {},
        said(bundle.catalog.name),
        ` ${bundle.catalog.version}, made with nocere. This page loads nothing and stores nothing; what you answer stays in it until you close or reload it.`,
      ),
    );
}

// Paper has no closed parts.
const opened = [];
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("details:not([open])")) {
    part.open = true;
    opened.push(part);
  }
});
addEventListener("afterprint", () => {
  for (const part of opened.splice(0)) part.open = false;
});
addEventListener("hashchange", ({ oldURL }) => {
  // The skip link moves the focus and is no page.
  if (location.hash === "#main") return history.replaceState(null, "", oldURL);
  render(true);
});
frame();
render(false);
