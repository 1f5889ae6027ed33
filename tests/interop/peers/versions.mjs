// Which versions of the libraries are at hand, each of them imported.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dirname, join } from "node:path";

const { packages } = JSON.parse(readFileSync(0, "utf8"));
const modules = join(dirname(fileURLToPath(import.meta.url)), "node_modules");
const found = {};
for (const name of packages) {
  await import(name);
  found[name] = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8")).version;
}
process.stdout.write(JSON.stringify(found));
