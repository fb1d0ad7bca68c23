// Speed, never meaning: everything here has a link or a form beneath it. No framework, no inline styles.
"use strict";

// A form is sent once: a second click on a slow line would send the same thing twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 10000);
});

// Coming back with the browser's button finds the form ready again.
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// Ticked rows are counted in the bar: <p data-ticked-of="form-id" data-none="…" data-some="{n} …">.
for (const bar of document.querySelectorAll("[data-ticked-of]")) {
  const form = document.getElementById(bar.dataset.tickedOf);
  if (!form) continue;
  const count = () => {
    const ticked = form.querySelectorAll("tbody input[type=checkbox]:checked").length;
    bar.textContent = ticked ? bar.dataset.some.replace("{n}", ticked) : bar.dataset.none;
  };
  form.addEventListener("change", count);
  count();
}

// <button data-print hidden> prints; without a script the browser's own menu does.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// Light, dark, or as the device: kept in this browser only (assets/theme.js brings it back before the next page is drawn).
for (const group of document.querySelectorAll("[data-themes]")) {
  const buttons = [...group.querySelectorAll("button")];
  const show = () => buttons.forEach((button) => (button.ariaPressed = button.value === (document.documentElement.dataset.theme ?? "")));
  group.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.value) document.documentElement.dataset.theme = button.value;
    else delete document.documentElement.dataset.theme;
    try {
      if (button.value) localStorage.setItem("theme", button.value);
      else localStorage.removeItem("theme");
    } catch {
      // Without storage the choice holds for this page.
    }
    show();
  });
  show();
  group.hidden = false;
}

// Keys of the review desk: an element with data-key is clicked (a link, a button) or focused (a field).
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input, textarea, select")) target.focus();
  else target.click();
});

// In a field of the draft in hand: Ctrl+Enter sends it as corrected, Escape gives the keys back to the desk.
document.addEventListener("keydown", (event) => {
  const form = event.target.closest("#draft-form");
  if (!form) return;
  if (event.key === "Escape") event.target.blur();
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(form.querySelector("[value=correct]"));
});

// What is in hand on the desk is brought into view, on both sides.
for (const now of document.querySelectorAll(".sheet mark.now, .draft.now")) {
  now.scrollIntoView({ block: "nearest" });
}
