// Writes each file that gets smaller once more, compressed, beside itself: servers send that one where a browser
// takes it (nginx: gzip_static and brotli_static; Caddy: precompressed).
//
//     node squeeze.mjs <folder of the app>
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";

const WORTH_IT = /\.(css|html|js|json|svg|wasm|webmanifest)$/; // the others are compressed already
const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN } = zlib.constants;
const BROTLI = { params: { [BROTLI_PARAM_QUALITY]: 9, [BROTLI_PARAM_LGWIN]: 22 } };

const folder = process.argv[2];
for (const name of fs.readdirSync(folder, { recursive: true }).filter((each) => WORTH_IT.test(each))) {
  const file = path.join(folder, name);
  const data = fs.readFileSync(file);
  for (const [ending, made] of [
    ["br", zlib.brotliCompressSync(data, BROTLI)],
    ["gz", zlib.gzipSync(data, { level: 9 })],
  ])
    if (made.length < data.length) fs.writeFileSync(`${file}.${ending}`, made);
}
