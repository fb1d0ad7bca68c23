// The theme that a reader chose at the foot of a page, before anything is drawn. Without it, or without a script, the device decides.
"use strict";
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; then there is no choice to bring.
}
