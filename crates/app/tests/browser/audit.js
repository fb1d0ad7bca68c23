// What `access.rs` asks of a page beside axe-core: a list of sentences, empty where nothing is wrong. Runs in the page under test.
const said = [];
const say = (rule, element, more) => said.push(`${rule}: ${element ? name(element) : ""} ${more ?? ""}`.trim());

function name(element) {
  const words = (element.getAttribute("aria-label") ?? element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40);
  const id = element.id ? `#${element.id}` : "";
  const classes = [...element.classList].map((one) => `.${one}`).join("");
  return `<${element.localName}${id}${classes}> «${words}»`;
}

function isShown(element) {
  return element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getClientRects().length > 0;
}

// Nothing hangs out of the page to the right.
function width() {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return;
  const wide = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > page.clientWidth + 1);
  const own = wide.filter((one) => !one.closest(".table-box, .vh, .skip") || one.matches(".table-box"));
  say("wider than the window", own.at(-1) ?? wide.at(-1), `${page.scrollWidth} > ${page.clientWidth}`);
}

// One h1, no level left out, landmarks once and named, no id twice.
function structure() {
  const heads = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(isShown);
  if (heads.filter((head) => head.localName === "h1").length !== 1) say("not one h1", null, heads.map((head) => head.localName).join(" "));
  let level = 0;
  for (const head of heads) {
    const own = Number(head.localName[1]);
    if (own > level + 1) say("a level of heading is left out", head, `after h${level}`);
    level = own;
  }
  for (const landmark of ["main", "body > header", "body > footer"]) {
    if (document.querySelectorAll(landmark).length !== 1) say("not one landmark", null, landmark);
  }
  const navs = [...document.querySelectorAll("nav")].map((nav) => nav.getAttribute("aria-label") ?? document.getElementById(nav.getAttribute("aria-labelledby"))?.textContent);
  if (navs.some((label) => !label) || new Set(navs).size !== navs.length) say("navigations are not told apart", null, navs.join(" | "));
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  for (const id of new Set(ids.filter((id, place) => ids.indexOf(id) !== place))) say("an id stands twice", null, id);
  for (const tabbed of document.querySelectorAll("[tabindex]")) if (tabbed.tabIndex > 0) say("jumps the tab order", tabbed);
  for (const pointing of document.querySelectorAll("[aria-describedby], [aria-labelledby]")) {
    const names = `${pointing.getAttribute("aria-describedby") ?? ""} ${pointing.getAttribute("aria-labelledby") ?? ""}`.trim().split(/\s+/);
    for (const id of names) if (!document.getElementById(id)) say("points to nothing", pointing, id);
  }
  for (const link of document.querySelectorAll("a[href^='#']")) {
    if (link.hash.length > 1 && !document.getElementById(decodeURIComponent(link.hash.slice(1)))) say("leads nowhere", link, link.hash);
  }
}

const FOCUSED = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";

function focusable() {
  return [...document.querySelectorAll(FOCUSED)].filter((one) => one.tabIndex >= 0 && !one.disabled && isShown(one));
}

// Whether a ring is drawn around what has the focus.
function isRinged(element) {
  const style = getComputedStyle(element);
  return element.matches(":focus-visible") && style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2;
}

// A radio button or a tick may show its focus on the label around it.
function ringOf(element) {
  return isRinged(element) || (element.parentElement?.localName === "label" && isRinged(element.parentElement));
}

// Whether some of its points belong to it and not to what lies above it (WCAG 2.4.11).
function isSeen(element) {
  return [...element.getClientRects()].some((box) =>
    [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]].some(([x, y]) => {
      const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
      return top && (element.contains(top) || top.contains(element) || top.closest("label")?.control === element);
    }));
}

// Everything that takes the focus shows it, unhidden.
function focus() {
  for (const element of focusable()) {
    element.focus();
    if (document.activeElement !== element) say("takes no focus", element);
    else if (!ringOf(element)) say("shows no focus", element, getComputedStyle(element).outline);
    else if (!isSeen(element)) say("is hidden while it has the focus", element);
  }
  document.activeElement?.blur?.();
  scrollTo(0, 0);
}

// Whoever goes on with Tab goes on as one reads: never upwards within a column.
function order() {
  const boxes = focusable().filter((one) => !one.closest(".skip, svg, table")).map((one) => [one, one.getBoundingClientRect()]);
  for (let place = 1; place < boxes.length; place += 1) {
    const [[before, former], [element, box]] = [boxes[place - 1], boxes[place]];
    const isSticky = [before, element].some((one) => one.closest(".bulk, .sticky-foot, .drafts"));
    const overlap = Math.min(former.right, box.right) - Math.max(former.left, box.left);
    if (!isSticky && overlap > 8 && box.bottom <= former.top - 8) say("stands above what comes before it", element, `after ${name(before)}`);
  }
}

width();
structure();
focus();
order();
return said;
