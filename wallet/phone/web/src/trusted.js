// The one place that says which text may become markup and which address a script (Trusted Types): pages that
// Python made, which are parsed into a document without scripts, and the scripts that came with this build.
const OURS = [__KEEPER__, __PYTHON__, __READING__, "sw.js"];

const policy = {
  createHTML: (html) => html,
  createScriptURL: (address) => {
    if (!OURS.includes(address)) throw new TypeError(address);
    return address;
  },
};

export const trusted = globalThis.trustedTypes?.createPolicy("skills-passport", policy) ?? policy;
