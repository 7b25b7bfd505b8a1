// A catalog whose texts try to break out of the page: they are shown as text.
import { answer, assert, at, bundleOf, open, press, rest, run } from "./browser.mjs";

const markers = JSON.parse(rest[0]);

await run({
  "hostile texts are text": async () => {
    const bundle = bundleOf();
    const { page, close } = await open();
    await page.evaluate(() => {
      window.before = document.querySelectorAll("script, style, link, iframe, img, object, embed").length;
    });
    const views = [
      "",
      "routines",
      "exercises",
      "matrix",
      "review",
      ...bundle.exercises.slice(0, 3).map(({ id }) => `exercise/${id}`),
      "exercise/bird-dog",
      "condition/sciatica",
      ...bundle.routines.map(({ id }) => `routine/${id}`),
    ];
    let text = "";
    for (const view of views) {
      await at(page, `#/${view}`);
      text += (await page.locator("body").innerText()) + (await page.title());
    }
    await at(page, "#/exercise/bird-dog");
    await press(page, "I am only checking the content");
    text += await page.locator("body").innerText();
    await answer(page, "ten-stretch-toolbox", []);
    text += await page.locator("body").innerText();
    for (const marker of markers)
      assert.ok(
        text.includes(marker.replace(/[\u202a-\u202e\u2066-\u2069]/g, "")),
        `${marker} is shown as it is written`,
      );
    const state = await page.evaluate(() => ({
      harmed: window.harmed,
      added: document.querySelectorAll("script, style, link, iframe, img, object, embed").length - window.before,
      handlers: [...document.querySelectorAll("*")].filter((element) =>
        [...element.attributes].some(({ name, value }) => name.startsWith("on") || /^\s*javascript:/i.test(value)),
      ).length,
    }));
    assert.deepEqual(state, { harmed: undefined, added: 0, handlers: 0 });
    await close();
  },

  "the policy of the page lets nothing in and nothing out": async () => {
    const { page, faults } = await open();
    const tried = await page.evaluate(async () => {
      const refused = async (attempt) => {
        try {
          await attempt();
          return false;
        } catch {
          return true;
        }
      };
      const append = (tag, attributes) =>
        new Promise((resolve, reject) => {
          document.body.append(
            Object.assign(document.createElement(tag), { onload: resolve, onerror: reject, ...attributes }),
          );
        });
      return {
        markup: await refused(() => (document.body.innerHTML = "<b>x</b>")),
        script: await refused(() => append("script", { text: "window.harmed = 1" })),
        image: await refused(() => append("img", { src: "http://127.0.0.1:9/x.png" })),
        request: await refused(() => fetch("http://127.0.0.1:9/")),
        eval: await refused(() => eval("1")),
        style:
          (document.body.setAttribute("style", "position: fixed"),
          getComputedStyle(document.body).position === "static"),
        harmed: window.harmed === undefined,
      };
    });
    for (const [what, refused] of Object.entries(tried)) assert.ok(refused, what);
    assert.ok(faults.length > 0 && faults.every((fault) => /^console: |x\.png$/.test(fault)), `${faults}`);
  },

  "no text turns the words after it": async () => {
    const { page, close } = await open();
    await at(page, "#/exercise/cat-cow");
    // Were an override at work, words after the name would run from right to left.
    const runs = await page.evaluate(() => {
      const probe = document.querySelector("h1");
      probe.append("ab");
      const last = probe.lastChild;
      const edge = (from) => {
        const range = document.createRange();
        range.setStart(last, from);
        range.setEnd(last, from + 1);
        return range.getBoundingClientRect().left;
      };
      return edge(0) < edge(1);
    });
    assert.ok(runs);
    await close();
  },
});
