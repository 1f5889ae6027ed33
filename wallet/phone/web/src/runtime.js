// What the build and the browser must do alike to start Python, so that a snapshot of the one fits the other.

const HEAD = 4; // bytes: a magic number, then the place where the memory begins
const PAGE = 65536;

export const OPTIONS = {
  // A snapshot has the hash seed in it: it is the same on every phone. Sizes are bounded where input is parsed.
  // A traceback needs lines and no columns, which are a tenth of all code.
  env: { PYTHONHASHSEED: "0", PYTHONNODEBUGRANGES: "1", HOME: "/home/wallet" },
  lockFileContents: JSON.stringify({
    info: { arch: "wasm32", platform: "emscripten", abi_version: "2026_0", version: "0", python: "3.14" },
    packages: {},
  }),
  packageBaseUrl: "/nowhere/", // no package is ever loaded from anywhere
};

export const memoryOf = (snapshot) => snapshot.length - new DataView(snapshot.buffer).getUint32(HEAD, true);

// The runtime's memory begins with 30 MiB and does not grow for a snapshot by itself.
export const growingTo = (create, bytes) => (module) => {
  const instantiate = module.instantiateWasm;
  module.instantiateWasm = (imports, done) =>
    instantiate(imports, (instance, compiled) => {
      const { memory } = instance.exports;
      const lack = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
      if (lack > 0) memory.grow(lack);
      done(instance, compiled);
    });
  return create(module);
};
