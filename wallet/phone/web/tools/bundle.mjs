// Joins the scripts of the app, each with its packages, into one file each.
//
//     node bundle.mjs <folder of npm packages> <folder to write to> <what is put in, as JSON> <script…>
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [packages, out, defined, ...scripts] = process.argv.slice(2);
const { build } = await import(pathToFileURL(path.join(packages, "esbuild", "lib", "main.js")));
const source = new URL("../src/", import.meta.url);

await build({
  entryPoints: scripts.map((name) => fileURLToPath(new URL(name, source))),
  outdir: out,
  bundle: true,
  format: "esm",
  platform: "browser",
  target: ["chrome111", "firefox114", "safari16.4"],
  minify: true,
  charset: "utf8",
  legalComments: "none", // all licences are in one file beside it
  nodePaths: [packages],
  alias: { "shared.js": path.join(out, "shared.js") },
  define: JSON.parse(defined),
  external: ["node:*", "fs", "path", "crypto", "url", "module", "child_process", "ws"],
  logLevel: "error",
  absWorkingDir: path.dirname(packages),
});
