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

// Keys of the review desk: an element with data-key is clicked (a link, a button), or focused (a field, data-focus). Whoever steers
// by voice switches the single letters off; the machine remembers it (localStorage may be closed: then they are on).
const keys = {
  get on() {
    try { return localStorage.getItem("keys") !== "off"; } catch { return true; }
  },
  set on(wanted) {
    try { localStorage.setItem("keys", wanted ? "on" : "off"); } catch { /* for this page only */ }
    document.documentElement.dataset.keys = wanted ? "on" : "off";
  },
};
if (document.querySelector("[data-key]")) {
  document.documentElement.dataset.keys = keys.on ? "on" : "off";
  for (const hint of document.querySelectorAll(".keys")) hint.hidden = false;
}
for (const keySwitch of document.querySelectorAll("[data-keys-switch]")) {
  keySwitch.checked = keys.on;
  keySwitch.addEventListener("change", () => { keys.on = keySwitch.checked; });
}
document.addEventListener("keydown", (event) => {
  // A key that is held down would decide one draft after the other.
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (document.querySelector("dialog[open]") || (event.key.length === 1 && document.documentElement.dataset.keys !== "on")) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input, textarea, select, [data-focus]")) target.focus();
  else target.click();
  if (target.localName === "summary") target.focus();
});

// <button data-opens="id"> opens a dialog, which gives the focus back when it closes.
for (const button of document.querySelectorAll("[data-opens]")) {
  button.addEventListener("click", () => document.getElementById(button.dataset.opens)?.showModal());
}

// In a field of the draft in hand: Ctrl+Enter sends it as corrected, Escape gives the keys back to the desk.
document.addEventListener("keydown", (event) => {
  const form = event.target.closest("#draft-form");
  if (!form) return;
  if (event.key === "Escape") form.closest(".draft").focus({ preventScroll: true });
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(form.querySelector("[value=correct]"));
});

// What is in hand on the desk is brought into view, on both sides.
for (const now of document.querySelectorAll(".sheet mark.now, .draft.now")) {
  now.scrollIntoView({ block: "nearest" });
}

// A search field with data-suggestions becomes a combobox (ARIA 1.2: the focus stays in the field): titles that begin so hang
// below it; arrows choose, Enter opens, Escape closes. Without an answer the field is a plain one.
for (const field of document.querySelectorAll("[data-suggestions]")) {
  const list = document.createElement("ul");
  const told = document.createElement("span");
  list.id = `${field.id}-offered`;
  list.className = "offered";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.list);
  told.className = "vh";
  told.setAttribute("role", "status");
  field.after(list, told);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
    field.setAttribute(name, value);
  }
  let at = -1;
  let asked = "";
  let waiting;
  const choose = (next) => {
    at = next;
    [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    list.hidden = true;
    told.textContent = "";
    field.setAttribute("aria-expanded", "false");
    choose(-1);
  };
  const show = (offered) => {
    list.replaceChildren(...offered.map((one, place) => {
      const option = document.createElement("li");
      const title = document.createElement("b");
      const kind = document.createElement("small");
      option.id = `${list.id}-${place}`;
      option.setAttribute("role", "option");
      option.dataset.href = one.href;
      title.lang = "vi";
      title.textContent = one.title;
      kind.textContent = one.kind;
      option.append(title, kind);
      return option;
    }));
    close();
    if (!offered.length || document.activeElement !== field) return;
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    told.textContent = field.dataset.count.replace("{n}", offered.length);
  };
  const ask = async () => {
    asked = field.value;
    if (asked.trim().length < 2) return close();
    try {
      const answer = await fetch(`${field.dataset.suggestions}?${new URLSearchParams({ q: asked })}`);
      const offered = answer.ok ? await answer.json() : [];
      // Answers may overtake each other.
      if (field.value === asked) show(offered);
    } catch {
      close();
    }
  };
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const last = list.children.length - 1;
    if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "ArrowDown" && list.hidden) ask();
    else if (event.key === "ArrowDown") choose(at === last ? -1 : at + 1);
    else if (event.key === "ArrowUp" && !list.hidden) choose(at < 0 ? last : at - 1);
    else if (event.key === "Enter" && !list.hidden && at >= 0) location.assign(list.children[at].dataset.href);
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", close);
  // Before the field loses the focus.
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[data-href]");
    if (option && event.button === 0) location.assign(option.dataset.href);
  });
}

// What was just done is told aloud: a status that stands on the page from its beginning would be passed over.
for (const status of document.querySelectorAll("[data-say]")) {
  const words = [...status.childNodes];
  status.replaceChildren();
  setTimeout(() => status.replaceChildren(...words), 100);
}

// The gallery: the neighbours are fetched ahead, and a swipe presses their links.
for (const link of document.querySelectorAll("[data-preload]")) {
  const picture = new Image();
  picture.sizes = "100vw";
  picture.srcset = link.dataset.preload;
}
for (const gallery of document.querySelectorAll("[data-swipe]")) {
  let from = null;
  gallery.addEventListener("touchstart", (event) => {
    const isZoomed = window.visualViewport && visualViewport.scale > 1.05;
    from = event.touches.length === 1 && !isZoomed ? event.touches[0] : null;
  }, { passive: true });
  gallery.addEventListener("touchend", (event) => {
    if (!from) return;
    const across = event.changedTouches[0].clientX - from.clientX;
    const down = event.changedTouches[0].clientY - from.clientY;
    from = null;
    if (Math.abs(across) < 60 || Math.abs(across) < 2 * Math.abs(down)) return;
    const link = gallery.querySelector(`[data-key="${across < 0 ? "arrowright" : "arrowleft"}"]`);
    if (link) link.click();
  }, { passive: true });
}

// <form data-send-files>: files go one after another, each with its progress; one that fails can be sent again, and leaves the
// others alone. Without a script the form sends them all at once.
for (const form of document.querySelectorAll("form[data-send-files]")) {
  const box = form.querySelector("[data-sending]");
  const words = box.dataset;
  const [told, all, list] = ["words", "all", "list"].map((part) => box.querySelector(`[data-${part}]`));
  const [send, stop, field] = [form.querySelector("[type=submit]"), form.querySelector("[data-stop]"), form.querySelector("[type=file]")];
  let [waiting, current, stopped] = [[], null, false];

  const made = (kind, parent, text, classes) => {
    const element = parent.appendChild(document.createElement(kind));
    element.textContent = text || "";
    if (classes) element.className = classes;
    return element;
  };
  const show = (job, state, text) => {
    job.words.className = `state ${state}`;
    job.words.textContent = text;
  };
  const add = (file) => {
    const row = list.appendChild(document.createElement("li"));
    made("b", row, file.name, "code");
    const bar = made("progress", row);
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    const job = { file, row, bar, words: made("span", row), note: made("p", row, "", "meta"), taken: false };
    show(job, "wait", words.waits);
    return job;
  };
  const offerAgain = (job) => {
    const button = made("button", job.row, words.again, "button small");
    button.type = "button";
    button.addEventListener("click", () => {
      button.remove();
      show(job, "wait", words.waits);
      waiting.push(job);
      if (!current) run();
    });
  };
  const answered = (job, request) => {
    let told = null;
    try {
      told = JSON.parse(request.responseText).files[0];
    } catch {
      told = null;
    }
    if (!told) {
      show(job, "over", words.unreached);
      offerAgain(job);
      return;
    }
    show(job, told.state, told.word);
    job.note.textContent = `${told.what} ${told.advice}`;
    job.taken = request.status === 200;
    if (told.again) offerAgain(job);
  };
  const post = (job) => new Promise((done) => {
    const data = new FormData();
    data.append("csrf", form.elements.csrf.value);
    data.append("files", job.file, job.file.name);
    const request = current = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      job.bar.value = event.lengthComputable ? event.loaded / event.total : 0;
      if (event.loaded === event.total) show(job, "go", words.prepares);
    });
    request.addEventListener("load", () => answered(job, request));
    request.addEventListener("error", () => {
      show(job, "over", words.unreached);
      offerAgain(job);
    });
    request.addEventListener("abort", () => {
      show(job, "wait", words.stopped);
      offerAgain(job);
    });
    request.addEventListener("loadend", done);
    show(job, "go", words.goes);
    request.send(data);
  });
  // What stands beside the captions is shown anew; the results stay.
  const refresh = async () => {
    const answer = await fetch(form.action, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [old, now] = [document, fresh].map((page) => page.getElementById("anh-cua-van-ban"));
    if (old && now) old.replaceWith(document.adoptNode(now));
  };
  const jobs = [];
  const run = async () => {
    [send.disabled, stop.hidden, box.hidden, stopped] = [true, false, false, false];
    while (waiting.length && !stopped) {
      const job = waiting.shift();
      all.max = jobs.length;
      all.value = jobs.length - waiting.length - 1;
      told.textContent = words.count.replace("[n]", jobs.length - waiting.length).replace("[all]", jobs.length);
      await post(job);
      current = null;
    }
    for (const job of waiting.splice(0)) {
      show(job, "wait", words.stopped);
      offerAgain(job);
    }
    all.value = all.max;
    told.textContent = words.finished.replace("[taken]", jobs.filter((job) => job.taken).length).replace("[all]", jobs.length);
    [send.disabled, stop.hidden] = [false, true];
    await refresh().catch(() => {});
  };
  stop.addEventListener("click", () => {
    stopped = true;
    if (current) current.abort();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    const chosen = [...field.files].map(add);
    jobs.push(...chosen);
    waiting.push(...chosen);
    field.value = "";
    if (!current) run();
  });
}
