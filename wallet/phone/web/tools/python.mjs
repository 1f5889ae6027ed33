// Compiles the Python of the wallet with the Python that will run it, and takes a snapshot of its memory once
// everything that a first page needs is read.
//
//     node python.mjs <folder of npm packages> <archive of sources> <folder to write to>
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { OPTIONS, memoryOf } from "../src/runtime.js";

const [packages, sources, out] = process.argv.slice(2);
const runtime = path.join(packages, "pyodide");
const { loadPyodide } = await import(pathToFileURL(path.join(runtime, "pyodide.mjs")));
const tool = (name) => fs.readFileSync(new URL(name, import.meta.url), "utf8");

// The same bytes from the same sources: while the snapshot is made time stands still and dice have one side.
const MOMENT = Date.UTC(2026, 0, 1);
Date.now = () => MOMENT;
performance.now = () => 0;
process.hrtime.bigint = () => 0n;
crypto.getRandomValues = (array) => array.fill(7);

const start = (more) =>
  loadPyodide({ ...OPTIONS, indexURL: runtime + path.sep, ...more, stdout: () => {}, stderr: (text) => console.error(text) });

const run = (pyodide, name) => {
  try {
    pyodide.runPython(tool(name));
  } catch (error) {
    console.error(error.message); // not where it was thrown: the whole runtime is one line
    process.exit(1);
  }
};

// What was used and given back while everything was read lies in memory still, and would be sent along.
const emptied = (module) => {
  const [taken, end] = [[], () => module.HEAPU32[module._emscripten_get_sbrk_ptr() >> 2]];
  for (const size of [65536, 16384, 4096, 1024, 256, 64, 32])
    for (const before = end(); end() === before; ) { // until there is no such piece any more, and it grows
      const place = module._malloc(size);
      module.HEAPU8.fill(0, place, place + size);
      taken.push(place);
    }
  taken.forEach((place) => module._free(place));
};

const compiler = await start({});
compiler.FS.writeFile("/sources.zip", fs.readFileSync(sources));
run(compiler, "compile.py");
const archive = compiler.FS.readFile("/wallet.zip");
fs.writeFileSync(path.join(out, "wallet.zip"), archive);

const python = await start({ _makeSnapshot: true });
python.FS.writeFile("/wallet.zip", archive);
run(python, "warm.py");
emptied(python._module);
const whole = python.makeMemorySnapshot();
const { HEAPU32, _emscripten_get_sbrk_ptr: end } = python._module;
const used = whole.length - memoryOf(whole) + HEAPU32[end() >> 2];
fs.writeFileSync(path.join(out, "snapshot"), whole.subarray(0, used)); // beyond its end memory is empty
