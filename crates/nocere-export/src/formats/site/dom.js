// Elements. Text of the catalog only ever becomes text nodes and attribute values, so it can never become markup.

const SVG = "http://www.w3.org/2000/svg";

// h("p", { class: "lead" }, "Text", child, [more children]); falsy children are left out.
function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  const parts = children.flat(Infinity).filter((child) => child || child === 0);
  element.append(...parts);
  return element;
}

// A text of the catalog inside a sentence of ours, which keeps its own direction.
function said(text) {
  return h("bdi", { lang: contentLanguage() }, text);
}

function contentLanguage() {
  return bundle.catalog.language === "en" ? null : bundle.catalog.language;
}

// A paragraph, heading or list item that holds nothing but a text of the catalog.
function text(tag, words, className) {
  return words ? h(tag, { class: className, lang: contentLanguage(), dir: "auto" }, words) : null;
}

// Where a view of the site is. Ids are data too, so they are encoded.
function link(...parts) {
  return "#/" + parts.map(encodeURIComponent).join("/");
}

function go(...parts) {
  location.hash = link(...parts);
}

function linkTo(kind, item, className) {
  return h("a", { href: link(kind, item.id), class: className }, said(item.name));
}

function button(words, press, className) {
  return h("button", { type: "button", class: className || "button", click: press }, words);
}

// "a, b and c", of texts or elements.
function series(items, last = "and") {
  return items.flatMap((item, at) => (at === 0 ? [item] : [at === items.length - 1 ? ` ${last} ` : ", ", item]));
}

// A part of a page under its own heading; nothing when there is nothing in it.
function section(title, ...children) {
  const parts = children.flat(Infinity).filter(Boolean);
  return parts.length ? h("section", {}, h("h2", {}, title), parts) : null;
}

function bullets(texts, className) {
  return texts.length
    ? h(
        "ul",
        { class: className },
        texts.map((words) => text("li", words)),
      )
    : null;
}

// A list of names and values; pairs without a value are left out.
function facts(pairs, className = "facts") {
  const stated = pairs.filter(([, value]) => value && (!Array.isArray(value) || value.length));
  return stated.length
    ? h(
        "dl",
        { class: className },
        stated.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
      )
    : null;
}

// Shows a long list a page at a time, so that a catalog of any size opens at once. `row` makes one entry.
function paged(container, items, row, size = 60) {
  const more = button("", () => {
    const first = show();
    (first.querySelector("a, button") || more).focus();
  });
  const line = h("p", { class: "more screen-only" }, more);
  let shown = 0;
  function show() {
    const entries = items.slice(shown, shown + size).map(row);
    container.append(...entries);
    shown += entries.length;
    more.textContent = `Show ${Math.min(size, items.length - shown)} more of ${items.length - shown}`;
    line.hidden = shown >= items.length;
    return entries[0];
  }
  container.replaceChildren();
  show();
  return line;
}
