// Puts a page of the wallet in place of the one that is shown: title, language, focus, pictures, what comes later.
import { offerCamera } from "./camera.js";
import { trusted } from "./trusted.js";
import { say } from "./words.js";

let [timer, pictures] = [undefined, []];

export const show = async (answer, { ask, go }) => {
  clearTimeout(timer);
  pictures.forEach((address) => URL.revokeObjectURL(address));
  pictures = [];
  const page = new DOMParser().parseFromString(trusted.createHTML(new TextDecoder().decode(answer.body)), "text/html");
  for (const unwanted of page.querySelectorAll("script, style, link, iframe, object, embed, meta, base")) unwanted.remove();
  for (const link of page.querySelectorAll('a[href^="http"]')) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  choose(page);
  // what is typed is not for the browser's own memory: it keeps such text in files that anybody of this machine reads
  for (const form of page.forms) form.setAttribute("autocomplete", "off");
  const later = [...page.querySelectorAll('img[src^="/"]')].map((picture) => {
    const address = picture.getAttribute("src");
    picture.removeAttribute("src");
    return [picture, address];
  });
  document.documentElement.lang = page.documentElement.lang;
  document.title = titleOf(page);
  document.body.className = page.body.className;
  document.body.replaceChildren(...page.body.childNodes, foot());
  document.body.dataset.lock = page.body.dataset.lock ?? "";
  document.dispatchEvent(new Event("passport:page"));
  focus();
  offerCamera(go);
  goOn(answer.headers.Refresh, answer.at, go);
  document.documentElement.dataset.page = String(Number(document.documentElement.dataset.page ?? 0) + 1);
  for (const [picture, address] of later) await draw(picture, address, ask);
};

// Browsers keep titles for long, as they keep addresses: so it says in which part of the wallet one is, and no more.
// What the page itself is called stands in its heading, where a person who hears it is taken.
const titleOf = (page) => {
  const here = page.querySelector("nav.menu [aria-current] span")?.textContent.trim();
  return [here, say("title")].filter(Boolean).join(" – ");
};

// Of a picture that is there in several ways, the one for this person: Python is asked for nothing else.
const choose = (page) => {
  for (const source of page.querySelectorAll("picture > source[srcset]")) {
    const picture = source.parentElement.querySelector("img");
    if (matchMedia(source.media).matches) picture.setAttribute("src", source.getAttribute("srcset"));
    source.remove();
  }
};

// A person who hears the page is told that it is another; who reads it begins at its top.
const focus = () => {
  scrollTo(0, 0);
  const wrong = document.querySelector("[role=alert]");
  const begin = wrong ?? document.getElementById("content") ?? document.body;
  if (!begin.hasAttribute("tabindex")) begin.tabIndex = -1;
  begin.focus({ preventScroll: !wrong });
};

const draw = async (picture, address, ask) => {
  if (!picture.isConnected) return;
  const drawn = await ask("GET", address);
  if (drawn.status !== 200 || !drawn.type.startsWith("image/")) return;
  const shown = URL.createObjectURL(new Blob([drawn.body], { type: drawn.type }));
  pictures.push(shown);
  picture.src = shown;
};

// The header Refresh: the page goes when the wallet locks, or asks again whether something came.
const goOn = (refresh, at, go) => {
  const found = /^(\d+)(?:; url=(.*))?$/.exec(refresh ?? "");
  if (!found) return;
  const address = found[2] || at;
  timer = setTimeout(() => go("GET", address, undefined, { history: "replace" }), Number(found[1]) * 1000);
};

const foot = () => {
  const [footer, link] = [document.createElement("footer"), document.createElement("a")];
  footer.className = "app";
  link.href = "about.html";
  link.textContent = `${say("about")} (${__VERSION__.slice(0, 8)})`;
  footer.append(link);
  return footer;
};
