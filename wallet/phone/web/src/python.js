// The worker that runs the wallet: CPython in Pyodide, from a snapshot of its memory where that loads.
import { loadPyodide } from "pyodide";
import create from "pyodide/pyodide.asm.mjs";

import { asker } from "./bridge.js";
import { loadCryptography } from "./cryptography.js";
import { OPTIONS, growingTo, memoryOf } from "./runtime.js";

const FILES = __FILES__; // put in by the build: names of the files with their digests
const VERSION = __VERSION__;
const SNAPSHOT_BYTES = __SNAPSHOT_BYTES__;

const told = (part, stage) => postMessage({ progress: part, stage });

const fetched = async (name) => {
  const response = await fetch(name, { credentials: "omit" });
  if (!response.ok) throw new Error(name);
  return new Uint8Array(await response.arrayBuffer());
};

const unpacked = async (name) => {
  const response = await fetch(name, { credentials: "omit" });
  if (!response.ok) throw new Error(name);
  const stream = response.body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

const bySnapshot = async () => {
  const snapshot = await unpacked(FILES.snapshot);
  if (snapshot.length !== SNAPSHOT_BYTES) throw new Error("a snapshot that is not whole"); // it would break the worker
  told(0.6, "memory");
  return loadPyodide({
    ...OPTIONS,
    indexURL: FILES.runtime,
    _loadSnapshot: snapshot,
    createPyodideModule: growingTo(create, memoryOf(snapshot)),
  });
};

const bySteps = () => loadPyodide({ ...OPTIONS, indexURL: FILES.runtime, createPyodideModule: create });

const start = async ({ block, port, slow }) => {
  const began = performance.now();
  told(0.1, "runtime");
  const [archive, cryptography] = [fetched(FILES.archive), loadCryptography()];
  const lists = FILES.lists ? fetched(FILES.lists) : new Uint8Array();
  let [pyodide, how] = [undefined, "snapshot"];
  if (!slow) pyodide = await bySnapshot().catch((error) => void console.warn(String(error)));
  if (!pyodide) [pyodide, how] = [await bySteps(), "steps"];
  told(0.7, "wallet");
  pyodide.FS.writeFile("/wallet.zip", await archive);
  if (how === "steps") pyodide.runPython('import sys; sys.path.insert(0, "/wallet.zip")');
  const { begin } = pyodide.pyimport("wallet.phone.begin");
  const ask = asker(block, port);
  const host = {
    ask: (name, values, bytes) => {
      const data = bytes?.toJs ? bytes.toJs() : bytes;
      bytes?.destroy?.();
      return ask(name, values, data ?? undefined);
    },
    cryptography: await cryptography,
    base: new URL("../", location.href).href,
    lists: new TextDecoder().decode(await lists),
    loopback: ["localhost", "127.0.0.1"].includes(location.hostname),
    zone: (moment) => -new Date(moment * 1000).getTimezoneOffset(),
  };
  const answer = begin(host, VERSION);
  told(1, "ready");
  postMessage({ ready: { version: VERSION, how, milliseconds: Math.round(performance.now() - began) } });
  return answer;
};

let answering;

onmessage = async ({ data }) => {
  try {
    if (data.start) answering = await start(data.start);
    else {
      const { id, method, url, form, language } = data.ask;
      const answered = answering(method, url, form, language);
      const [status, type, headers, at, body] = answered.toJs();
      answered.destroy();
      postMessage({ answer: { id, status, type, headers: JSON.parse(headers), at, body } }, [body.buffer]);
    }
  } catch (error) {
    console.error(String(error?.message ?? error).slice(-2000));
    postMessage(data.start ? { refused: "no-start" } : { answer: { id: data.ask.id, status: 0 } });
  }
};
