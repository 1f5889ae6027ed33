// How many points a picture says that it has, read from its first bytes: whatever decodes it takes four bytes of
// memory for each, and fifty kilobytes can say that they are a billion points. Kinds that a phone's camera or
// screen makes; of any other it is unknown (undefined).
const FIRST = 65_536; // a JPEG may carry a small picture and words before it says its size
const [SOF0, SOF15, NO_SIZE] = [0xc0, 0xcf, [0xc4, 0xc8, 0xcc]]; // ITU T.81, table B.1

const text = (view, at, length) =>
  at + length > view.byteLength
    ? ""
    : String.fromCharCode(...Array.from({ length }, (_, place) => view.getUint8(at + place)));

const inJpeg = (view) => {
  let at = 2;
  while (view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker >= SOF0 && marker <= SOF15 && !NO_SIZE.includes(marker)) return view.getUint16(at + 5) * view.getUint16(at + 7);
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
};

// A browser makes the whole as large as its first picture, where that is the larger one (GIF89a, sections 18 to 23).
const inGif = (view) => {
  const flags = view.getUint8(10);
  let at = 13 + (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  while (view.getUint8(at) === 0x21) {
    at += 2;
    while (view.getUint8(at)) at += view.getUint8(at) + 1;
    at += 1;
  }
  if (view.getUint8(at) !== 0x2c) return undefined;
  const wide = Math.max(view.getUint16(6, true), view.getUint16(at + 1, true) + view.getUint16(at + 5, true));
  const high = Math.max(view.getUint16(8, true), view.getUint16(at + 3, true) + view.getUint16(at + 7, true));
  return wide * high;
};

const low24 = (view, at) => 1 + view.getUint16(at, true) + (view.getUint8(at + 2) << 16);

const inWebp = (view) => {
  const kind = text(view, 12, 4);
  if (kind === "VP8X") return low24(view, 24) * low24(view, 27);
  if (kind === "VP8 ") return (view.getUint16(26, true) & 0x3fff) * (view.getUint16(28, true) & 0x3fff);
  const both = view.getUint32(21, true); // VP8L
  return (1 + (both & 0x3fff)) * (1 + ((both >>> 14) & 0x3fff));
};

// HEIF and AVIF say the size of each part, and of the whole, in boxes of this name (ISO/IEC 23008-12, 6.5.3).
const inHeif = (view) => {
  let most;
  for (let at = 0; at + 16 <= view.byteLength; at += 1)
    if (view.getUint32(at) === 0x69737065) most = Math.max(most ?? 0, view.getUint32(at + 8) * view.getUint32(at + 12));
  return most;
};

const said = (view) => {
  if (text(view, 1, 3) === "PNG") return view.getUint32(16) * view.getUint32(20);
  if (text(view, 0, 3) === "GIF") return inGif(view);
  if (text(view, 0, 4) === "RIFF" && text(view, 8, 4) === "WEBP") return inWebp(view);
  if (text(view, 4, 4) === "ftyp") return inHeif(view);
  return view.getUint16(0) === 0xffd8 ? inJpeg(view) : undefined;
};

export const pointsIn = async (file) => {
  try {
    return said(new DataView(await file.slice(0, FIRST).arrayBuffer()));
  } catch {
    return undefined; // it ends before it says so
  }
};
