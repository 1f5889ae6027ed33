// What a form holds, on its way to Python. Python's memory holds everything several times over while it reads: so
// what is larger than any page takes (wallet/core/limits.py) stays here, and Python says so.
import { codesIn } from "./reading.js";

const BACKUP = 268_435_456;
const EVIDENCE = 67_108_864;
const UPLOAD = 16_777_216;
const TEXT = 1_048_576; // the longest that any field takes; a text area takes one more, so that what is cut off is refused
const MOST = { "/restore": BACKUP, "/leaving/look": BACKUP, "/claims": EVIDENCE };

const none = () => ({ name: "", bytes: new Uint8Array(), codes: [], large: true });

const field = async ([name, value], most) => {
  if ((value.size ?? value.length) > (typeof value === "string" ? TEXT : most)) return [name, none()];
  if (typeof value === "string") return [name, value];
  const codes = await codesIn(value); // Python has no eyes: what is to be seen in a picture comes with it
  const read = await value.arrayBuffer().catch(() => new ArrayBuffer()); // it is gone since it was chosen
  return [name, { name: value.name, bytes: new Uint8Array(read), codes }];
};

// `url` is where the form goes.
export const fieldsOf = (filled, url) => {
  const most = MOST[url.split("?")[0]] ?? UPLOAD;
  return Promise.all([...filled].map((each) => field(each, most)));
};
