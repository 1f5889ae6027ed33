// Photos of a phone's camera made small enough to send, the right way up.
import { pointsIn } from "./sizes.js";

const QUALITIES = [0.85, 0.7, 0.5];

const drawn = async (picture, side) => {
  const part = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(Math.round(picture.width * part), Math.round(picture.height * part));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
};

export const smaller = async ({ type, side, pixels, most }, bytes) => {
  const file = new Blob([bytes], { type });
  const said = await pointsIn(file);
  if (said > pixels) return { values: { result: "too-large" } };
  let picture;
  try {
    if (said === undefined) throw new TypeError(type);
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return { values: { result: "unreadable" } };
  }
  const canvas = await drawn(picture, side);
  for (const quality of QUALITIES) {
    const made = await canvas.convertToBlob({ type: "image/jpeg", quality });
    if (made.size <= most) return { values: { result: "made" }, bytes: new Uint8Array(await made.arrayBuffer()) };
  }
  return { values: { result: "too-large" } };
};
