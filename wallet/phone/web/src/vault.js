// The sealed vault, sealed once more under a key of this device that no script can read out: what is copied out
// of the browser's database is not even the vault.
import { refusal } from "./refusal.js";

const NONCE = 12;

const deviceKey = async (storage) => {
  const known = await storage.read("keys", "device");
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await storage.change(["keys"], async (store) => {
    if (await storage.got(store("keys").getKey("device"))) throw refusal("not-saved"); // another tab was first
    store("keys").put(made, "device");
  });
  return made;
};

const about = (nonce, revision) => ({
  name: "AES-GCM",
  iv: nonce,
  additionalData: new TextEncoder().encode(`skills-passport vault ${revision}`),
});

export const vaultIn = (storage) => ({
  exists: async () => ({ values: { exists: Boolean(await storage.read("vault", "current")) } }),

  read: async () => {
    const [kept, key] = [await storage.read("vault", "current"), await storage.read("keys", "device")];
    if (!kept) return { values: { found: false } };
    try {
      const opened = await crypto.subtle.decrypt(about(kept.nonce, kept.revision), key, kept.sealed);
      return { values: { found: true }, bytes: new Uint8Array(opened) };
    } catch {
      throw refusal("not-readable");
    }
  },

  // The write happens only on top of the revision that this wallet read: a second tab can't write over the first.
  write: async ({ revision, expected, alone }, bytes) => {
    const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
    const sealed = await crypto.subtle.encrypt(about(nonce, revision), await deviceKey(storage), bytes);
    await storage.change(["vault", "small"], async (store) => {
      const before = await storage.got(store("vault").get("current"));
      if ((before?.revision ?? 0) !== expected) throw refusal("opened-elsewhere");
      if (alone) store("vault").delete("before");
      else if (before) store("vault").put(before, "before");
      store("vault").put({ nonce, sealed, revision }, "current");
      store("small").put(revision, "revision");
    });
    return {};
  },

  destroy: async () => {
    await storage.change(["vault", "keys", "small"], (store) =>
      ["vault", "keys", "small"].forEach((name) => store(name).clear()),
    );
    return {};
  },

  note: async ({ name, value }) => {
    await storage.change(["small"], (store) =>
      value === null ? store("small").delete(name) : store("small").put(value, name),
    );
    return {};
  },

  noted: async ({ name }) => ({ values: { value: (await storage.read("small", name)) ?? null } }),
});
