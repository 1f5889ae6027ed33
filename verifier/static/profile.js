// The form of a function profile: suggestions while somebody types, and what is to be said of the form as it
// stands. Its buttons are those that the form has without a script.
"use strict";

(() => {
  const PAUSE = 300;
  const form = document.getElementById("profile-form");
  if (!form) return;

  function later(work) {
    let waits = 0, run = 0;
    return (...given) => {
      clearTimeout(waits);
      waits = setTimeout(async () => {
        const mine = ++run;
        try {
          await work(() => mine === run, ...given);
        } catch {
          // the form works by its buttons; what was shown stays
        }
      }, PAUSE);
    };
  }

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  const suggest = later(async (newest, field) => {
    const { suggest: table, verb, go, into } = field.dataset;
    const list = document.getElementById(into);
    const words = field.value.trim();
    if (words.length < 2) return list.replaceChildren();
    const answer = await fetch("/profiles/form/suggest?" + new URLSearchParams({ q: words, table }), {
      credentials: "same-origin", redirect: "error",
    });
    if (!answer.ok || !newest()) return;
    const { found } = await answer.json();
    list.replaceChildren(...found.map(({ iri, label, lang }) => {
      const line = element("li", "", { class: "row" });
      const button = element("button", go, { class: "quiet", name: "do", value: verb + " " + iri, "aria-label": go + ": " + label });
      line.append(element("span", label, lang ? { lang } : {}), button);
      return line;
    }));
  });

  const look = later(async (newest) => {
    const answer = await fetch("/profiles/form/live", {
      method: "POST", body: new FormData(form), credentials: "same-origin", redirect: "error",
    });
    if (!answer.ok || !newest()) return;
    const { findings, reach } = await answer.json();
    const list = document.getElementById("findings");
    const lines = findings.map(({ severity, sentence }) => {
      const line = element("li", "", { class: "finding-" + severity });
      line.append(element("strong", list.dataset[severity] + ":"), " " + sentence);
      return line;
    });
    list.replaceChildren(...(lines.length ? lines : [element("li", form.dataset.sayFindingsNone)]));
    document.getElementById("reach-told").replaceChildren(...reach.map((sentence) => element("li", sentence)));
    document.getElementById("reach").hidden = !reach.length;
    document.getElementById("looked").hidden = !(findings.length || reach.length);
  });

  form.addEventListener("input", (event) => {
    if (event.target.dataset.suggest) suggest(event.target);
    else look();
  });
  // a strange page of ours is not left by mistake: what was typed is in the form, and in nothing else yet
  let changed = false;
  form.addEventListener("change", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
})();
