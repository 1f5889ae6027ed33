// CPython 3.14 in Pyodide under Node: runs pytest on the pure part, with the cryptography of Node.
//
// node run.mjs <pyodide folder> <folder of the project> <shared folder> <json list of packages> <pytest arguments…>
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

import * as cryptography from "./cryptography.mjs";

const [pyodideFolder, project, shared, packages, ...pytestArguments] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(path.join(pyodideFolder, "pyodide.mjs")));
const pyodide = await loadPyodide({ indexURL: pyodideFolder + path.sep });

const mount = (from, to) => {
  pyodide.FS.mkdirTree(to);
  pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: from }, to);
};
mount(project, "/checkout/main");
mount(shared, "/checkout/shared");
for (const place of JSON.parse(packages)) {
  const to = `/packages/${path.basename(place)}`;
  if (place.endsWith(".py")) pyodide.FS.writeFile(to, fs.readFileSync(place));
  else mount(place, to);
}

pyodide.registerJsModule("node_cryptography", cryptography);
pyodide.globals.set("pytest_arguments", pyodide.toPy(pytestArguments));
try {
  process.exitCode = pyodide.runPython(fs.readFileSync(new URL("inside.py", import.meta.url), "utf8"));
} catch (error) {
  console.error(error.message ?? error.errno); // Node would print the line that threw: the whole runtime is one line
  process.exitCode = 70;
}
