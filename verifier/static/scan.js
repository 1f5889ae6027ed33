// The camera on the scan page. It looks for QR codes, collects their texts, and sends the form that is on the
// page for everybody. Where the browser reads codes by itself it does; else small pictures go to our own
// service, which keeps none. docs/employer.md
"use strict";

(() => {
  const SIDE = 960;            // points of a picture that is sent: five for each module of our largest code
  const PAUSE = 120, JITTER = 120;  // milliseconds; never in step with codes that move four times a second
  const MOST_SETS = 4;         // documents whose codes are collected side by side

  const area = document.getElementById("camera");
  const form = document.getElementById("given");
  if (!area || !form) return;
  const say = area.dataset;
  const video = area.querySelector("video");
  const told = document.getElementById("camera-told");
  const bar = area.querySelector("progress");
  const start = document.getElementById("camera-start");
  const stop = document.getElementById("camera-stop");
  const turn = document.getElementById("camera-turn");
  const view = area.querySelector(".camera-view");
  const canvas = document.createElement("canvas");
  const sets = new Map();      // mark -> { of, parts: Map(part -> text) }, the newest last
  const seen = new Set();
  let stream = null, run = 0, cameras = [], chosen = 0, sent = false;

  const tell = (text, kind) => {
    if (told.textContent !== text) told.textContent = text;
    told.className = kind ? "notice notice-" + kind : "notice";
    told.hidden = false;
  };
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

  // Files that are dropped anywhere, and pictures that are pasted, go into the field that is there for them.
  const give = (files) => {
    if (!files.length) return false;
    form.elements.pictures.files = files;
    tell(filled(say.given, { count: files.length }), "yes");
    form.querySelector("button[type=submit]").focus();
    return true;
  };
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => { event.preventDefault(); give(event.dataTransfer.files); });
  document.addEventListener("paste", (event) => { if (give(event.clipboardData.files)) event.preventDefault(); });

  area.hidden = false;
  if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) {
    start.hidden = true;
    tell(window.isSecureContext ? say.missing : say.insecure, "cannot-tell");
    return;
  }

  const REASONS = {
    NotAllowedError: say.refused, SecurityError: say.refused,
    NotFoundError: say.missing, OverconstrainedError: say.missing,
    NotReadableError: say.busy, AbortError: say.busy,
  };

  async function begin() {
    end();
    const mine = ++run;
    tell(say.starting);
    const which = cameras.length ? { deviceId: { exact: cameras[chosen].deviceId } } : { facingMode: "environment" };
    try {
      const got = await navigator.mediaDevices.getUserMedia({
        audio: false, video: { ...which, width: { ideal: 1280 }, height: { ideal: 960 } },
      });
      if (mine !== run) return got.getTracks().forEach((track) => track.stop());
      stream = got;
      video.srcObject = got;
      await video.play();
    } catch (error) {
      if (mine !== run) return;
      end();
      return tell(REASONS[error.name] || say.failed, "cannot-tell");
    }
    if (!cameras.length) {
      const all = await navigator.mediaDevices.enumerateDevices();
      cameras = all.filter((each) => each.kind === "videoinput" && each.deviceId);
      const used = stream.getVideoTracks()[0].getSettings().deviceId;
      chosen = Math.max(0, cameras.findIndex((each) => each.deviceId === used));
    }
    start.hidden = true;
    stop.hidden = view.hidden = false;
    area.classList.add("running");
    area.scrollIntoView({ block: "start" });
    turn.hidden = cameras.length < 2;
    tell(say.looking);
    look(mine, await detector());
  }

  function end() {
    run += 1;
    if (stream) stream.getTracks().forEach((track) => track.stop());
    stream = video.srcObject = null;
    start.hidden = false;
    stop.hidden = turn.hidden = view.hidden = true;
    area.classList.remove("running");
    told.hidden = true;
  }

  async function detector() {
    if (!("BarcodeDetector" in window)) return null;
    try {
      const known = await window.BarcodeDetector.getSupportedFormats();
      return known.includes("qr_code") ? new window.BarcodeDetector({ formats: ["qr_code"] }) : null;
    } catch {
      return null;
    }
  }

  async function look(mine, own) {
    while (mine === run && !sent) {
      let wait = PAUSE + Math.random() * JITTER;
      try {
        if (draw()) wait = Math.max(wait, await (own ? readHere(own) : readThere()));
      } catch {
        if (mine === run) tell(say.offline, "cannot-tell");
        wait = 2000;
      }
      await new Promise((done) => setTimeout(done, wait));
    }
  }

  // The middle square of what the camera sees, as the person sees it, in grey.
  function draw() {
    const width = video.videoWidth, height = video.videoHeight, side = Math.min(width, height);
    if (!side || document.hidden) return false;
    canvas.width = canvas.height = Math.min(side, SIDE);
    const pen = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
    pen.filter = "grayscale(1)";
    pen.drawImage(video, (width - side) / 2, (height - side) / 2, side, side, 0, 0, canvas.width, canvas.height);
    return true;
  }

  async function readThere() {
    const picture = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.75));
    return picture ? ask(picture, "image/jpeg") : 0;
  }

  async function readHere(own) {
    let wait = 0;
    for (const { rawValue } of await own.detect(canvas)) {
      if (!rawValue || seen.has(rawValue)) continue;
      wait = Math.max(wait, await ask(rawValue, "text/plain"));
    }
    return wait;
  }

  // Returns the milliseconds to wait before the next picture.
  async function ask(body, type) {
    const answer = await fetch("/check/codes", {
      method: "POST", body, headers: { "Content-Type": type }, credentials: "same-origin", redirect: "error",
    });
    if (answer.ok) {
      const { codes } = await answer.json();
      if (type === "text/plain") seen.add(body);
      codes.forEach(take);
      return 0;
    }
    if (answer.status === 401) {
      end();
      tell(say.signedOut, "no");
    } else if (answer.status === 429) {
      const { code } = await answer.json().catch(() => ({}));
      if (code === "too_many_pictures") {
        end();
        tell(say.tooMany, "no");
      }
      return 1500;
    }
    return 500;
  }

  function take(code) {
    if (sent) return;
    if (code.kind === "whole") return send([code.text]);
    if (code.kind !== "frame") return tell(say[code.kind] || say.other, "cannot-tell");
    const set = sets.get(code.mark) || { of: code.of, parts: new Map() };
    sets.delete(code.mark);
    sets.set(code.mark, set);
    if (sets.size > MOST_SETS) sets.delete(sets.keys().next().value);
    set.parts.set(code.part, code.text);
    bar.hidden = false;
    bar.max = set.of;
    bar.value = set.parts.size;
    tell(filled(say.progress, { found: set.parts.size, of: set.of }), "yes");
    if (set.parts.size === set.of) send([...set.parts.entries()].sort(([a], [b]) => a - b).map(([, text]) => text));
  }

  function send(texts) {
    sent = true;
    end();
    form.elements.text.value = texts.join("\n");
    form.elements.pictures.value = "";
    tell(say.sending, "yes");
    form.requestSubmit();
  }

  start.addEventListener("click", begin);
  stop.addEventListener("click", () => { end(); start.focus(); });
  turn.addEventListener("click", () => { chosen = (chosen + 1) % cameras.length; begin(); });
  window.addEventListener("pagehide", end);
  window.addEventListener("pageshow", (event) => { if (event.persisted) { sent = false; sets.clear(); bar.hidden = true; } });

  // Whoever allowed the camera before does not press again for every person at the counter.
  if (navigator.permissions && !document.getElementById("refused"))
    navigator.permissions.query({ name: "camera" }).then((found) => {
      if (found.state === "granted") begin();
    }, () => {});
})();
