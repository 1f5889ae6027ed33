// Signing keys that WebCrypto keeps: they sign, and nothing takes them out again.
import { refusal } from "./refusal.js";

const KINDS = {
  Ed25519: { name: "Ed25519" },
  "P-256": { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
  "P-384": { name: "ECDSA", namedCurve: "P-384", hash: "SHA-384" },
};

export const keysIn = (storage) => ({
  // `jwk` holds the secret for this one moment; it is taken in as a key that can't be exported.
  take: async ({ name, type, jwk }) => {
    const key = await crypto.subtle.importKey("jwk", jwk, KINDS[type], false, ["sign"]);
    await storage.change(["keys"], (store) => store("keys").put(key, `sign ${name}`));
    return {};
  },

  sign: async ({ name, type }, bytes) => {
    const key = await storage.read("keys", `sign ${name}`);
    if (!key) throw refusal("no-key");
    return { bytes: new Uint8Array(await crypto.subtle.sign(KINDS[type], key, bytes)) };
  },

  has: async ({ name }) => ({ values: { here: Boolean(await storage.read("keys", `sign ${name}`)) } }),

  drop: async ({ names }) => {
    await storage.change(["keys"], (store) => names.forEach((name) => store("keys").delete(`sign ${name}`)));
    return {};
  },
});
