// Leads through a routine: a timer for holds and rests, sides, and words for people who do not look at the screen.

function playerView(routine, places) {
  const moments = momentsOf(places);
  let at = 0;
  let left = null; // seconds left in this moment; null where the person decides
  let running = false;
  let ticker = null;
  let lock = null;

  const speak = h("p", { class: "unseen", role: "status", "aria-live": "polite" });
  const stage = h("div", { class: "stage" });
  const ring = svg("circle", { class: "ring", cx: 60, cy: 60, r: 54, pathLength: 1, "stroke-dasharray": "1 1" });
  const clock = svg("text", {
    class: "clock",
    x: 60,
    y: 60,
    "text-anchor": "middle",
    "dominant-baseline": "central",
  });
  const face = svg(
    "svg",
    { viewBox: "0 0 120 120", class: "face", role: "img" },
    svg("circle", { class: "track", cx: 60, cy: 60, r: 54 }),
    ring,
    clock,
  );
  const main = button("", toggle, "button primary round");
  const back = h(
    "button",
    { type: "button", class: "button round", "aria-label": "Previous", click: () => step(-1, true) },
    icon("previous"),
  );
  const on = h(
    "button",
    { type: "button", class: "button round", "aria-label": "Next", click: () => step(1, true) },
    icon("next"),
  );
  const controls = h("div", { class: "controls", role: "group", "aria-label": "Player" }, back, main, on);
  const bar = h("progress", { max: moments.length - 1, "aria-label": "Progress through the routine" });

  function enter(focus) {
    const moment = moments[at];
    left = moment.seconds ?? null;
    running = running && left !== null;
    stage.replaceChildren(...scene(moment).filter(Boolean));
    bar.value = at;
    back.disabled = at === 0;
    on.disabled = at === moments.length - 1;
    say(moment);
    tick();
    paint();
    if (focus && document.activeElement?.disabled !== false) main.focus();
  }

  function scene(moment) {
    if (moment.kind === "done")
      return [
        h("h2", {}, momentWords(moment)),
        h("p", { class: "lead" }, "Notice how you feel, now and tomorrow."),
        stopBox("When to stop", routine.stop),
      ];
    const { exercise, note, cautions } = moment.place;
    const ready = moment.kind === "ready";
    return [
      h("p", { class: "eyebrow" }, `Exercise ${moment.number} of ${moment.of}`),
      h("h2", {}, said(exercise.name)),
      h("p", { class: "moment" }, ready ? doseLine(moment.place.dosage) : momentWords(moment)),
      moment.note && h("p", { class: "where" }, moment.note),
      !ready && left !== null && face,
      ready &&
        cautions.map((caution) =>
          h(
            "p",
            { class: "mind" },
            mark("caution"),
            h("span", {}, h("strong", {}, said(conditionName(caution.condition)), ": "), said(caution.say)),
          ),
        ),
      ready && text("p", note, "note"),
      ready &&
        exercise.equipment.length > 0 &&
        h("p", { class: "quiet" }, "You need: ", series(exercise.equipment.map((item) => said(item.name)))),
      h(
        "ol",
        { class: "steps" },
        exercise.steps.map((words) => text("li", words)),
      ),
      exercise.feel && stopBox("Stop if you feel", exercise.feel.stop),
    ].flat();
  }

  function say(moment) {
    const words =
      moment.kind === "ready"
        ? `${moment.place.exercise.name}. ${doseLine(moment.place.dosage)}. ${moment.place.exercise.steps.join(" ")}`
        : [momentWords(moment), moment.note].filter(Boolean).join(". ");
    speak.textContent = words;
  }

  function mainWords({ kind, seconds }) {
    if (kind === "done") return "Close";
    if (left === null) return kind === "ready" ? "Start" : "Done";
    if (running) return "Pause";
    return left < seconds ? "Go on" : "Start";
  }

  function paint() {
    const moment = moments[at];
    main.replaceChildren(icon(running ? "pause" : "play"), mainWords(moment));
    if (left !== null) {
      clock.textContent = left > 90 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : left;
      ring.setAttribute("stroke-dashoffset", 1 - left / moment.seconds);
      face.setAttribute("aria-label", `${plural(left, "second")} left`);
    }
  }

  // Time is read off the clock, so that a page in the background does not fall behind.
  function tick() {
    clearInterval(ticker);
    if (!running || left === null) return awake(running);
    awake(true);
    const end = Date.now() + left * 1000;
    ticker = setInterval(() => {
      left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      if (left === 0) return step(1);
      if (left === 10 && moments[at].seconds >= 30) speak.textContent = "10 seconds left";
      paint();
    }, 200);
  }

  // By hand, the seconds between two holds are passed over.
  function step(by, byHand) {
    let to = at + by;
    if (byHand && moments[to]?.kind === "let-go") to += by;
    if (to < 0 || to >= moments.length) return;
    at = to;
    enter(true);
  }

  function toggle() {
    if (moments[at].kind === "done") return go("routine", routine.id, "yours");
    if (left === null) {
      // Said to be ready or done: what comes next starts by itself.
      running = true;
      return step(1);
    }
    running = !running;
    speak.textContent = running ? "Going on" : `Paused, ${plural(left, "second")} left`;
    tick();
    paint();
  }

  function keys(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("a, summary, input, select")) return;
    if (event.key === "ArrowRight") step(1, true);
    else if (event.key === "ArrowLeft") step(-1, true);
    else if (event.key === " " && !event.target.closest("button")) toggle();
    else return;
    event.preventDefault();
  }

  // Keeps the screen on while the timer runs, where the browser can.
  async function awake(wanted) {
    if (!wanted) {
      lock?.release().catch(() => {});
      lock = null;
    } else if (!lock && navigator.wakeLock) {
      lock = await navigator.wakeLock.request("screen").catch(() => null);
    }
  }

  document.addEventListener("keydown", keys);
  enter(false);
  return {
    title: routine.name,
    leave() {
      document.removeEventListener("keydown", keys);
      clearInterval(ticker);
      running = false;
      awake(false);
    },
    content: h(
      "div",
      { class: "player" },
      heading("Player", said(routine.name)),
      bar,
      stage,
      controls,
      speak,
      h(
        "p",
        { class: "quiet keys" },
        "Space starts and pauses, the arrow keys go back and on. ",
        h("a", { href: link("routine", routine.id, "yours") }, "Leave the player"),
      ),
    ),
  };
}
