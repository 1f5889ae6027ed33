// A question that waits: when its state changes, the page is asked for anew, and leads to the report.
"use strict";

(() => {
  const waiting = document.getElementById("waiting");
  if (!waiting) return;
  const lost = document.getElementById("waiting-lost");
  const left = document.getElementById("waiting-left");
  const until = Date.now() + 1000 * Number(waiting.dataset.seconds);
  const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  function tick() {
    const seconds = Math.max(0, Math.round((until - Date.now()) / 1000));
    left.textContent = Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");
  }

  (async () => {
    for (;;) {
      await pause(document.hidden ? 5000 : 1500);
      try {
        const answer = await fetch(waiting.dataset.state, { credentials: "same-origin", redirect: "error" });
        if (answer.status === 401) return location.reload();
        if (answer.ok && (await answer.json()).state !== waiting.dataset.was) return location.reload();
        lost.hidden = true;
      } catch {
        lost.hidden = false;
      }
    }
  })();
  document.getElementById("waiting-look")?.setAttribute("hidden", "");
  left.closest("[hidden]")?.removeAttribute("hidden");
  tick();
  setInterval(tick, 1000);
})();
