// A new version waits until the person takes it. Nothing changes under their hands.

import { trusted } from "./trusted.js";

const ask = (worker, say) => {
  if (document.getElementById("update")) return;
  const [box, words] = [document.createElement("section"), document.createElement("p")];
  box.id = "update";
  box.setAttribute("role", "status");
  words.textContent = say("update");
  const button = (code, work) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = say(code);
    made.onclick = work;
    return made;
  };
  const look = document.createElement("a");
  look.href = "about.html?new";
  look.textContent = say("look");
  box.append(words, button("take", () => worker.postMessage("take")), button("later", () => box.remove()), look);
  document.documentElement.append(box); // beside the body, so that the next page does not take it away
};

export const watchForUpdates = async (say) => {
  if (!("serviceWorker" in navigator)) return;
  const controlled = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener("controllerchange", () => controlled && location.reload());
  navigator.serviceWorker.addEventListener("message", ({ data, source }) => {
    if (data.taken) location.reload();
    else if (data.version && data.version !== __VERSION__) ask(source, say); // it began while no page was open
  });
  const registration = await navigator.serviceWorker.register(trusted.createScriptURL("sw.js"), { updateViaCache: "none" }).catch(() => null);
  if (!registration) return;
  if (registration.waiting && controlled) ask(registration.waiting, say);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "installed" && navigator.serviceWorker.controller) ask(coming, say);
    });
  });
  navigator.serviceWorker.controller?.postMessage("who");
  await navigator.serviceWorker.ready;
};
