// What a page of ours does besides, where scripts run: it reads itself aloud, says that a form is on its way,
// and warns before the wallet locks. Every page works without. No text becomes markup here, and nothing is
// asked of any other host: only voices of the device itself read, since others send what they read away.
"use strict";
(() => {
  const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, th, td, label, legend, summary, figcaption, .mark, button, .button";
  const NOT_READ = "nav, form.languages, .code, pre, svg, script, template, .aloud, .hold, [hidden], [aria-hidden=true]";
  const SLOW = 600, GIVEN_UP = 20000, SEEN_EVERY = 30000;

  // --- read aloud -----------------------------------------------------------------------------------------
  const speech = window.speechSynthesis;
  const language = (element) => (element.closest("[lang]") || document.documentElement).lang || "nl";
  const voice = (lang) => speech.getVoices().find((each) =>
    each.localService && each.lang.toLowerCase().replace("_", "-").split("-")[0] === lang.split("-")[0]);

  /** What one block says, in pieces of one language each: without the blocks within it and what is not read. */
  const own = (block) => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) => {
      const parent = node.parentElement;
      if (parent.closest(NOT_READ) || parent.closest(BLOCKS) !== block) return NodeFilter.FILTER_REJECT;
      return NodeFilter.FILTER_ACCEPT;
    });
    const pieces = [];
    while (walker.nextNode()) {
      const { data, parentElement } = walker.currentNode, lang = language(parentElement), last = pieces.at(-1);
      if (last && (last[1] === lang || !data.trim())) last[0] += data; else pieces.push([data, lang]);
    }
    return pieces.map(([words, lang]) => [words.replace(/\s+/g, " ").trim(), lang]);
  };
  const sentences = (main) => [...main.querySelectorAll(BLOCKS)]
    .filter((block) => !block.closest(NOT_READ) && block.getClientRects().length)
    .flatMap(own)
    .filter(([words]) => words);

  const readable = () => {
    const template = document.getElementById("aloud"), main = document.querySelector("main");
    if (!speech || !template || !main || main.querySelector(".aloud") || !voice(language(main))) return;
    const bar = template.content.cloneNode(true).firstElementChild;
    const [start, stop] = bar.querySelectorAll("button");
    const rest = () => { start.hidden = false; stop.hidden = true; };
    const silence = () => { speech.cancel(); rest(); };
    start.addEventListener("click", () => {
      speech.cancel();
      const said = sentences(main).map(([words, lang]) => {
        const one = new SpeechSynthesisUtterance(words);
        one.lang = lang;
        one.voice = voice(lang) || voice(language(main));
        one.rate = 0.9;
        return one;
      });
      if (!said.length) return;
      said[said.length - 1].addEventListener("end", rest);
      for (const one of said) { one.addEventListener("error", rest); speech.speak(one); }
      start.hidden = true; stop.hidden = false; stop.focus();
    });
    stop.addEventListener("click", () => { silence(); start.focus(); });
    const heading = main.querySelector("h1");
    heading ? heading.before(bar) : main.prepend(bar);
  };

  // --- a form on its way ----------------------------------------------------------------------------------
  let waiting = 0;
  const wait = () => document.getElementById("form-wait");
  const settled = () => {
    clearTimeout(waiting);
    const told = wait();
    if (told) { told.hidden = true; told.textContent = ""; }
    for (const button of document.querySelectorAll("[aria-busy=true]")) button.removeAttribute("aria-busy");
  };
  const sent = (event) => {
    if (event.defaultPrevented || !wait()) return;
    settled();
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
    waiting = setTimeout(() => {
      const told = wait();
      told.textContent = told.dataset.say;
      told.hidden = false;
      waiting = setTimeout(settled, GIVEN_UP);  // the answer was a file: this page stays
    }, SLOW);
  };

  // --- the menu unfolded ----------------------------------------------------------------------------------
  // It lies over the page: it folds where the focus or a touch goes elsewhere, so that it covers no focus (WCAG
  // 2.2, 2.4.11), and by Escape, which goes back to its word.
  const unfolded = () => document.querySelector(".menu details[open]");
  const fold = ({ target }) => {
    const menu = unfolded();
    if (menu && !menu.contains(target)) menu.open = false;
  };
  const escape = (event) => {
    const menu = event.key === "Escape" && unfolded();
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  };

  // --- a page that changes by itself ----------------------------------------------------------------------
  // It holds still while somebody reads what they unfolded, or has the focus on something of it (WCAG 2.2.2).
  const again = () => {
    const wish = document.querySelector("[data-reload-every]");
    if (!wish) return;
    setTimeout(() => {
      const busy = document.querySelector("main details[open]") || document.activeElement.closest("main a, main button, main summary");
      if (busy) again(); else location.reload();
    }, Number(wish.dataset.reloadEvery) * 1000);
  };

  // --- before the wallet locks ----------------------------------------------------------------------------
  // Typing and touching count as use, as asking for a page does; what a page does by itself never does.
  let used = 0, warning = 0, ending = 0;
  // A host that has no server, such as the wallet on a phone, takes these two itself.
  const taken = (what) => !document.dispatchEvent(new CustomEvent(`passport:${what}`, { cancelable: true }));
  const minutes = () => Number(document.body.dataset.lock || 0);
  const count = () => {
    clearTimeout(warning); clearTimeout(ending);
    const box = document.getElementById("lock-warning"), whole = minutes() * 60000;
    if (!box || !whole) return;
    box.hidden = true;
    const ahead = Math.min(60000, whole / 2);
    warning = setTimeout(() => { box.hidden = false; box.querySelector("button").focus(); }, whole - ahead);
    ending = setTimeout(() => { if (!taken("idle")) location.assign("/idle"); }, whole + 1000);
  };
  const use = async (event) => {
    const box = document.getElementById("lock-warning");
    if (!minutes() || (event.type !== "click" && Date.now() - used < SEEN_EVERY)) return;
    const stays = box && !box.hidden;
    if (event.type === "click" && !stays && Date.now() - used < SEEN_EVERY) return;
    used = Date.now();
    if (taken("stay")) return count();
    try {
      const answer = await fetch("/stay", { method: "POST", redirect: "error", credentials: "same-origin" });
      if (answer.ok) count();
    } catch { /* the wallet has gone: its own time-out leads to the door */ }
  };

  // A page that is changed in place does not heed autofocus: the first field that was refused gets the focus here.
  const refused = () => { const first = document.querySelector("main [aria-invalid=true], main input[aria-describedby=refused]"); if (first) first.focus(); };

  const arrive = () => { settled(); readable(); refused(); used = Date.now(); count(); };
  document.addEventListener("submit", sent);
  for (const kind of ["focusin", "click"]) document.addEventListener(kind, fold);
  document.addEventListener("keydown", escape);
  for (const kind of ["click", "keydown", "input"]) document.addEventListener(kind, use, { passive: true });
  addEventListener("pagehide", () => speech && speech.cancel());
  addEventListener("pageshow", settled);
  document.addEventListener("passport:page", () => { if (speech) speech.cancel(); arrive(); });  // changed in place
  if (speech) speech.addEventListener?.("voiceschanged", readable);
  again();
  arrive();
})();
