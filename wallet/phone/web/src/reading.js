// Asks the reader's worker, which starts when a code is first read.
import { trusted } from "./trusted.js";

let [reader, asked] = [undefined, 0];
const waiting = new Map();

const ask = (message, transfer = []) =>
  new Promise((resolve) => {
    if (!reader) {
      reader = new Worker(trusted.createScriptURL(__READING__), { type: "module" });
      reader.onmessage = ({ data: { id, found } }) => {
        waiting.get(id)?.(found);
        waiting.delete(id);
      };
      reader.onerror = () => {
        waiting.forEach((resolved) => resolved([]));
        waiting.clear();
        reader = undefined;
      };
    }
    const id = (asked += 1);
    waiting.set(id, resolve);
    reader.postMessage({ id, ...message }, transfer);
  });

export const codesIn = (file) => (file.type.startsWith("image/") ? ask({ file }) : Promise.resolve([]));

export const codesSeen = (frame) => ask({ frame }, [frame]);
