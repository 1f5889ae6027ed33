// The camera, beside each field that takes a picture of a code: what it reads goes into the field for text of the
// same form, and the form is sent when it is whole. Frames of a long text are collected, in any order.
import { codesSeen } from "./reading.js";
import { say } from "./words.js";

const FRAME = /^SP[12]\/(\d+)\/(\d+)\/([0-9A-F]{8})\//;
const EVERY = 120; // milliseconds between two looks
let [watching, asking] = [undefined, false];

export const stopCamera = () => {
  watching?.getTracks().forEach((track) => track.stop());
  watching = undefined;
};

export const offerCamera = () => {
  stopCamera();
  if (!navigator.mediaDevices?.getUserMedia) return;
  for (const form of document.querySelectorAll("form")) {
    const [field, picture] = [form.querySelector("textarea[name=text]"), form.querySelector("input[type=file]")];
    if (field && picture) offer(form, field);
  }
};

const offer = (form, field) => {
  const box = document.createElement("div");
  box.className = "camera";
  const button = make("button", say("camera"));
  button.type = "button";
  button.onclick = () => scan(form, field, box, button);
  box.append(button);
  form.before(box);
};

const make = (name, text) => {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
};

const scan = async (form, field, box, button) => {
  if (watching) return close(box, button);
  if (asking) return;
  asking = true;
  const told = make("p", say("camera-aim"));
  told.setAttribute("role", "status");
  try {
    watching = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: 1280 } });
  } catch {
    told.textContent = say("camera-no");
    told.setAttribute("role", "alert");
    box.append(told);
    return;
  } finally {
    asking = false;
  }
  if (!box.isConnected) return stopCamera(); // the person went on before the browser had an answer
  const video = document.createElement("video");
  Object.assign(video, { srcObject: watching, muted: true, playsInline: true });
  video.setAttribute("aria-label", say("camera-aim"));
  button.textContent = say("camera-stop");
  box.append(video, told);
  await video.play();
  const read = await whole(video, told);
  if (read === undefined) return;
  close(box, button);
  field.value = read;
  form.requestSubmit();
};

const close = (box, button) => {
  stopCamera();
  box.replaceChildren(button);
  button.textContent = say("camera");
};

// The text of one code, or of all frames of a long one, a line each; nothing when the camera was stopped.
const whole = async (video, told) => {
  let [frames, document] = [new Map(), undefined];
  while (watching && video.isConnected) {
    for (const text of await look(video)) {
      const frame = FRAME.exec(text);
      if (!frame) return text;
      const [, part, all, hash] = frame;
      if (hash !== document) [frames, document] = [new Map(), hash]; // another code than a moment ago
      frames.set(part, text);
      if (frames.size === Number(all)) return [...frames.values()].join("\n");
      told.textContent = say("camera-part", { read: frames.size, all });
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
  return undefined;
};

const look = async (video) => (video.videoWidth ? codesSeen(await createImageBitmap(video)) : []);
