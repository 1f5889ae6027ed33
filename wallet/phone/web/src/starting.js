// The first screen: how far the start is, or what went wrong and what to do.
import { say } from "./words.js";

const part = (id) => document.getElementById(id);

export const starting = {
  ready: ({ again, here }) => {
    part("start-title").textContent = say("title");
    part("start-words").textContent = say("moment");
    part("start-first").textContent = say("first");
    part("start-bar").setAttribute("aria-label", say("moment"));
    for (const [id, code, work] of [["start-again", "again", again], ["start-here", "here", here]]) {
      part(id).textContent = say(code);
      part(id).onclick = work;
    }
  },

  progress: (how) => {
    screen();
    part("start-bar").hidden = false;
    part("start-bar").value = how;
  },

  done: () => document.body.classList.remove("starting"),

  // Of a tab in which somebody comes back from another site.
  back: (code) => {
    part("start-bar").hidden = true;
    part("start-first").hidden = true;
    part("start-words").textContent = say(code);
    part("start-words").setAttribute("role", code === "back-taken" ? "status" : "alert");
    part("start-here").hidden = code === "back-taken";
    part("start-here").textContent = say("back-open");
    part("start-here").onclick = () => location.reload();
  },

  failed: (code) => {
    screen();
    part("start-bar").hidden = true;
    part("start-first").hidden = true;
    part("start-words").textContent = say(code);
    part("start-words").setAttribute("role", "alert");
    part("start-again").hidden = code === "old-browser";
    part("start-here").hidden = !["open-elsewhere", "taken-over"].includes(code);
  },
};

let first; // the page as it came: its parts are put back when there is something to say

const screen = () => {
  first ??= part("start");
  if (first.isConnected) return;
  document.body.classList.add("starting");
  document.body.replaceChildren(first);
};
