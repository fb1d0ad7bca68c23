// What `zoom.rs` asks of an enlarged page: a list of sentences, empty where nothing is wrong.
document.documentElement.style.fontSize = "LETTERS%";
const said = [];
const words = (element) => `<${element.localName}.${[...element.classList].join(".")}> «${(element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40)}»`;
const page = document.documentElement;

// Only a table's own box, a heat map, the drafts' column and fields may scroll; what is for the ear alone is no matter.
const SCROLLS = ".table-box, .heat-box, .drafts, input, textarea, select, pre, .vh, .skip, .to-draft, .cards > thead, dialog:not([open])";

if (page.scrollWidth > page.clientWidth) {
  const right = (one) => one.getBoundingClientRect().right;
  const wide = [...document.body.querySelectorAll("*")].filter((one) => right(one) > page.clientWidth + 1 && (!one.closest(SCROLLS) || one.matches(".table-box")));
  wide.sort((one, other) => right(other) - right(one));
  said.push(`wider than the window: ${page.scrollWidth} > ${page.clientWidth} ${wide.length ? words(wide[0]) : ""}`);
}

// Nothing hides a part of its words.
for (const element of document.body.querySelectorAll("*")) {
  if (element.closest(SCROLLS) || element.closest("svg") || !element.checkVisibility()) continue;
  const style = getComputedStyle(element);
  const cutsX = ["hidden", "clip"].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
  const cutsY = ["hidden", "clip"].includes(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
  if (cutsX || cutsY) said.push(`is cut off: ${words(element)}`);
}

// No words lie over others: the lines of text that neighbours draw do not cross.
const LINES_MAX = 3000;
const lines = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode() && lines.length < LINES_MAX) {
  const text = walker.currentNode, parent = text.parentElement;
  if (!text.data.trim() || parent.closest("svg, script, .bulk, .sticky-foot, .heat-box") || parent.closest(SCROLLS)) continue;
  if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
  const range = document.createRange();
  range.selectNodeContents(text);
  for (const box of range.getClientRects()) if (box.width > 1 && box.height > 1) lines.push([parent, box]);
}
lines.sort(([, one], [, other]) => one.top - other.top);
for (let place = 0; place < lines.length; place += 1) {
  const [element, box] = lines[place];
  // A line of text is higher than its letters: neighbours may touch by a third.
  for (let next = place + 1; next < lines.length && lines[next][1].top < box.bottom; next += 1) {
    const [other, over] = lines[next];
    const width = Math.min(box.right, over.right) - Math.max(box.left, over.left);
    const height = Math.min(box.bottom, over.bottom) - Math.max(box.top, over.top);
    if (width > 2 && height > Math.min(box.height, over.height) / 2) said.push(`lies over other words: ${words(other)} over ${words(element)}`);
  }
}
return said;
