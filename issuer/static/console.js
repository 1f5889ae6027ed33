// Suggestions as somebody types: asks our own address for ticks, and puts them under the field. Without it the
// button beside the field does the same.
"use strict";

for (const place of document.querySelectorAll("[data-suggest]")) {
  const field = place.querySelector("input[type=search]");
  const found = place.querySelector("[data-found]");
  const chosen = place.querySelector("[data-chosen]");
  let waiting = 0, asked = 0;
  place.querySelector("[data-search]").hidden = true;

  async function suggest() {
    const number = ++asked;
    const answer = await fetch(`${place.dataset.suggest}?q=${encodeURIComponent(field.value.trim())}`);
    if (!answer.ok || number !== asked) return;
    found.innerHTML = await answer.text();
    const known = new Set([...chosen.querySelectorAll("input")].map((each) => each.value));
    for (const tick of found.querySelectorAll("input")) if (known.has(tick.value)) tick.closest("label").remove();
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(suggest, 250);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    suggest();
  });
  found.addEventListener("change", (event) => {
    chosen.append(event.target.closest("label"));
    event.target.focus();
  });
}
