// Small pictures, drawn here so that nothing is loaded. They say nothing that the words beside them do not.

const PATHS = {
  stretch: "M4 18c3-9 7-12 16-12M15 3l5 3-3 5M4 18h7",
  release: "M12 5v6M8.5 8 12 11.5 15.5 8M6 20a6 6 0 0 1 12 0",
  mobility: "M19 8a8 8 0 1 0 1 6M20 4v5h-5",
  activation: "M12 3v4M12 17v4M3 12h4M17 12h4M6 6l2 2M16 16l2 2M18 6l-2 2M8 16l-2 2",
  strengthening: "M3 12h18M6 8v8M9 6v12M15 6v12M18 8v8",
  positioning: "M3 19V8M3 15h18v4M7 15v-4h9a5 5 0 0 1 5 4",
  assessment: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14M16 16l5 5M8 11l2 2 4-4",
  clock: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 8v4l3 2",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.5 17.5 19 19M19 5l-1.5 1.5M6.5 17.5 5 19",
  moon: "M20 14.5A8 8 0 1 1 9.5 4a6.5 6.5 0 0 0 10.5 10.5",
  play: "M8 5l11 7-11 7z",
  pause: "M8 5v14M16 5v14",
  next: "M6 5l9 7-9 7zM18 5v14",
  previous: "M18 5l-9 7 9 7zM6 5v14",
};

function icon(name, className) {
  return svg(
    "svg",
    { viewBox: "0 0 24 24", class: `icon ${className || ""}`, "aria-hidden": "true", focusable: "false" },
    svg("path", { d: PATHS[name] || PATHS.stretch }),
  );
}

// A level of a contraindication: told apart by its shape as well as by its colour.
function mark(level) {
  const shape = {
    avoid: [
      svg("path", { class: "shape", d: "M5 1h6l4 4v6l-4 4H5l-4-4V5z" }),
      svg("path", { class: "line", d: "M5.5 5.5l5 5M10.5 5.5l-5 5" }),
    ],
    caution: [
      svg("path", { class: "shape", d: "M8 1.5 15 14.5H1z" }),
      svg("path", { class: "line", d: "M8 6v4M8 12v.5" }),
    ],
    none: [svg("circle", { class: "shape", cx: 8, cy: 8, r: 1.5 })],
  }[level];
  return svg(
    "svg",
    { viewBox: "0 0 16 16", class: `mark ${level}`, "aria-hidden": "true", focusable: "false" },
    shape,
  );
}
