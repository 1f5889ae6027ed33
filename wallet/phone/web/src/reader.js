// Reads codes from pictures and from the camera, in a worker of its own: what a stranger's picture does to the
// reader stays here, without a network. The reader's WebAssembly comes with the app.
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

import { pointsIn } from "./sizes.js";

const READER = __READER__; // beside this script

prepareZXingModule({ overrides: { locateFile: () => new URL(READER, import.meta.url).href } });

const OPTIONS = { formats: ["QRCode"], maxNumberOfSymbols: 99, tryHarder: true };
const PIXELS = 30_000_000; // decoded in memory; cameras of 24 megapixels fit
const SIDE = 3_000; // in which codes are looked for: a sheet of A4 at 300 points an inch

const texts = async (image, options = OPTIONS) =>
  (await readBarcodes(image, options)).filter((code) => code.isValid && code.text).map((code) => code.text);

const sides = (picture) => [picture.displayWidth ?? picture.width, picture.displayHeight ?? picture.height];

// As points, made smaller where it is large; codes with one point to a module are made larger.
const points = (picture, most) => {
  const longest = Math.max(...sides(picture));
  const part = longest < 400 ? 4 : Math.min(1, most / longest);
  const [width, height] = sides(picture).map((side) => Math.ceil(side * part));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.imageSmoothingEnabled = part < 1;
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
};

// The pictures in a file: one, or all that follow each other in a moving one.
const frames = async function* (file) {
  if (file.type === "image/gif" && globalThis.ImageDecoder) {
    const decoder = new ImageDecoder({ data: await file.arrayBuffer(), type: file.type });
    await decoder.tracks.ready;
    await decoder.completed;
    for (let frame = 0; frame < Math.min(99, decoder.tracks.selectedTrack.frameCount); frame += 1)
      yield (await decoder.decode({ frameIndex: frame })).image;
  } else yield await createImageBitmap(file);
};

const inFile = async (file) => {
  const found = new Set();
  if (!((await pointsIn(file)) <= PIXELS)) return []; // before any memory is taken for it
  for await (const picture of frames(file)) {
    const [width, height] = sides(picture);
    if (width * height > PIXELS) break;
    for (const text of await texts(points(picture, SIDE))) found.add(text);
    picture.close();
  }
  return [...found];
};

onmessage = async ({ data: { id, file, frame } }) => {
  let found = [];
  try {
    found = file ? await inFile(file) : await texts(points(frame, 1_280), { ...OPTIONS, maxNumberOfSymbols: 4 });
  } catch {
    found = []; // no picture, or one that this browser can't show
  }
  frame?.close();
  postMessage({ id, found });
};
