// The page of the wallet: it asks Python's worker for pages and puts them in place. Links and forms of the wallet's
// pages work as they do with a server; nothing here goes to the network.
import { handOver, isBack, takeBack } from "./back.js";
import { sharedBlock } from "./bridge.js";
import { draw } from "./drawing.js";
import { fieldsOf } from "./fields.js";
import { choose, language, say } from "./words.js";
import { show } from "./showing.js";
import { starting } from "./starting.js";
import { trusted } from "./trusted.js";
import { watchForUpdates } from "./updates.js";
import "shared.js"; // what pages do on every host: passport/web/static/page.js

const waiting = new Map();
let [python, keeper, asked, busy] = [undefined, undefined, 0, false];

const ask = (method, url, form) =>
  new Promise((resolve) => {
    const id = (asked += 1);
    waiting.set(id, resolve);
    const transfer = (form ?? []).filter(([, value]) => value.bytes).map(([, value]) => value.bytes.buffer);
    python.postMessage({ ask: { id, method, url, form, language: language() } }, transfer);
  });

// What stands behind the # is never sent to a server, but browsers keep it for long, and some send it to their maker.
// So it names a part of the wallet and no more: which badge, which skill and which words were looked at stays here.
const RUN = crypto.randomUUID(); // the way back to a page from before this start leads to the first page
const addresses = new Map();
let shown = "/";
const part = (address) => `#/${address.split(/[/?#]/)[1] ?? ""}`;

// What somebody asked in the address, who may be anybody.
const wanted = () => {
  try {
    return resolved(decodeURI(location.hash.slice(1)), "/") ?? "/";
  } catch {
    return "/"; // no address at all
  }
};

const remembered = new Map(); // answers to forms, for the way back; gone when the wallet locks
let [kept, once] = [0, undefined];

// What is shown once, as recovery words are, is gone for the way back too as soon as the person goes on to anything
// but checking it. Gives the address that stands for this answer.
const remember = (answer, method, place) => {
  if (answer.at.startsWith("/unlock")) remembered.clear();
  if (!answer.at.startsWith("/recovery/check")) remembered.delete(once);
  if (method !== "POST") return answer.at;
  remembered.set(place, answer);
  if (answer.headers["Cache-Control"] !== "no-store") return answer.at;
  once = place;
  return "/recovery";
};

// One question at a time: what is pressed meanwhile is not asked, also while files of a form are still being read.
const go = async (method, url, form, { history: how = "push" } = {}) => {
  if (busy) return;
  busy = true;
  document.documentElement.setAttribute("aria-busy", "true");
  const answer = await ask(method, url, await form);
  document.documentElement.removeAttribute("aria-busy");
  busy = false;
  await place(answer, method, how);
};

// A browser that is short of room throws away what nobody asked it to keep. Some of them ask the person: so not
// before the first form, when there is something to keep.
let lasting = false;
const askToKeep = () => {
  if (!lasting) navigator.storage?.persist?.().catch(() => false);
  lasting = true;
};

const place = async (answer, method, how) => {
  if (!answer.status) return starting.failed("no-answer");
  if (method === "POST") askToKeep();
  if (answer.status === 204) return;
  if (answer.headers["Content-Disposition"] || !answer.type.startsWith("text/html")) return save(answer);
  const state = { place: (kept += 1), run: RUN };
  const address = remember(answer, method, state.place);
  if (how === "push" && address !== shown) history.pushState(state, "", part(address));
  else if (how !== "stay") history.replaceState(state, "", part(address));
  if (how !== "stay") addresses.set(state.place, address);
  shown = address;
  await show(answer, { ask, go });
};

// Somebody came back from another site, in another tab. Anybody may have made the link that they followed: what the
// wallet does not wait for changes nothing here, unless the person looks at a page that waits.
const WAITS = /^\/(takings|platforms)/;
const back = async (url) => {
  while (busy) await new Promise((resolve) => setTimeout(resolve, 50));
  if (document.body.classList.contains("starting")) return undefined; // it is not open here
  busy = true;
  const answer = await ask("GET", url);
  busy = false;
  const taken = answer.status < 400;
  if (taken || WAITS.test(shown)) await place(answer, "GET", "replace");
  return taken;
};

const save = ({ headers, type, body }) => {
  const named = /filename\*?=(?:UTF-8'')?"?([^";]+)/.exec(headers["Content-Disposition"] ?? "");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([body], { type }));
  link.download = named ? decodeURIComponent(named[1]) : "file";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  dispatchEvent(new Event("pageshow")); // the page stays, and waits no more
};

const isOurs = (link) => link.getAttribute("href")?.startsWith("/") && !link.getAttribute("href").startsWith("//");

// Where an address inside the wallet leads, seen from the page that is shown.
const resolved = (address, from = shown) => {
  const url = new URL(address || from, new URL(from, "https://wallet.invalid"));
  return url.host === "wallet.invalid" ? url.pathname + url.search + url.hash : undefined;
};

// The second of two quick presses may fall on the next page, on a button that nobody has read.
const twice = (event) => {
  if (event.detail < 2 || !event.target.closest("a, button")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
};
document.addEventListener("click", twice, { capture: true });

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey) return;
  const address = link.getAttribute("href");
  if (address.startsWith("#")) {
    event.preventDefault();
    const found = document.getElementById(address.slice(1));
    found?.scrollIntoView();
    found?.focus();
  } else if (isOurs(link) || address.startsWith("?")) {
    event.preventDefault();
    const chosen = new URL(address, "https://wallet.invalid").searchParams.get("lang");
    if (chosen) choose(chosen);
    go("GET", resolved(address));
  }
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  const action = button?.getAttribute("formaction") ?? form.getAttribute("action") ?? "";
  const url = resolved(action);
  if (url === undefined || event.defaultPrevented) return;
  event.preventDefault();
  const filled = new FormData(form, button);
  const method = (button?.getAttribute("formmethod") ?? form.getAttribute("method") ?? "get").toUpperCase();
  if (method === "GET") return go("GET", `${url.split("?")[0]}?${new URLSearchParams(filled)}`);
  await go("POST", url, fieldsOf(filled, url));
});

window.addEventListener("popstate", async ({ state }) => {
  if (document.body.classList.contains("starting")) return;
  if (!state) return go("GET", wanted(), undefined, { history: "replace" });
  const [place, known] = state.run === RUN ? [addresses.get(state.place), remembered.get(state.place)] : [];
  if (known) {
    shown = place;
    await show(known, { ask, go });
  } else await go("GET", place ?? "/", undefined, { history: "stay" });
});

// The pages' own script asks a server on other hosts; here that is Python's worker.
for (const [event, url] of [["passport:stay", "/stay"], ["passport:idle", "/idle"]])
  document.addEventListener(event, (happened) => {
    happened.preventDefault();
    if (url === "/stay") ask("POST", url, []);
    else go("GET", url);
  });

const answered = ({ data }) => {
  if (data.progress !== undefined) starting.progress(data.progress, data.stage);
  else if (data.refused) starting.failed(data.refused);
  else if (data.ready) begin(data.ready);
  else if (data.answer) {
    waiting.get(data.answer.id)?.(data.answer);
    waiting.delete(data.answer.id);
  }
};

const begin = async (ready) => {
  document.documentElement.dataset.started = ready.how;
  document.documentElement.dataset.milliseconds = ready.milliseconds;
  starting.done();
  await go("GET", wanted(), undefined, { history: "replace" });
};

const open = ({ steal = false } = {}) => {
  keeper?.terminate();
  python?.terminate();
  starting.progress(0.05, "runtime");
  const [block, channel] = [sharedBlock(), new MessageChannel()];
  keeper = new Worker(trusted.createScriptURL(__KEEPER__), { type: "module" });
  python = new Worker(trusted.createScriptURL(__PYTHON__), { type: "module" });
  python.onmessage = answered;
  python.onerror = () => starting.failed("no-start");
  keeper.onerror = () => starting.failed("no-start");
  keeper.onmessage = ({ data }) => {
    if (data.draw) return draw(data.draw);
    if (data.ready) {
      const slow = new URLSearchParams(location.search).has("slow");
      python.postMessage({ start: { block, port: channel.port2, slow } }, [channel.port2]);
    } else {
      python.terminate();
      remembered.clear();
      starting.failed(data.lost ? "taken-over" : data.refused);
    }
  };
  keeper.postMessage({ block, port: channel.port1, steal }, [channel.port1]);
};

const NEEDED = ["Worker", "WebAssembly", "DecompressionStream", "indexedDB"];

// Some browsers lack what Python needs: WebKit on Linux has no shared memory, an iPhone in lockdown no WebAssembly.
const check = async () => {
  if (!window.isSecureContext) return "not-isolated"; // served over http, where browsers give none of it
  if (!navigator.locks || NEEDED.some((name) => !window[name])) return "old-browser";
  if (!window.crossOriginIsolated) return navigator.serviceWorker?.controller ? "not-isolated" : "not-isolated-yet";
  if (!window.SharedArrayBuffer) return "old-browser";
  return crypto.subtle.generateKey("Ed25519", false, ["sign"]).then(() => undefined, () => "old-browser");
};

const main = async () => {
  document.documentElement.lang = language();
  starting.ready({ again: () => location.reload(), here: () => open({ steal: true }) });
  if (isBack()) return handOver(starting.back);
  takeBack(back);
  const ready = watchForUpdates(say);
  const trouble = await check();
  if (trouble === "not-isolated-yet") {
    await ready; // the service worker answers with the headers that this server does not send
    if (!sessionStorage.getItem("again")) {
      sessionStorage.setItem("again", "1");
      return location.reload();
    }
  }
  if (trouble) return starting.failed(trouble);
  open();
};

main();
