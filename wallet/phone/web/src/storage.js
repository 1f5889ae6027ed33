// The place of the vault and of the keys: one IndexedDB, each change one transaction that is done or not done.
//
//   vault   "current" and "before": {nonce, sealed, revision}, sealed under the device's own key
//   keys    "device": AES-GCM; and signing keys by their names. None of them can be exported.
//   small   what is noted beside the vault: the newest revision, wrong passphrases
import { refusal } from "./refusal.js";

const NAME = "skills-passport";

const opened = () =>
  new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => ["vault", "keys", "small"].forEach((name) => asked.result.createObjectStore(name));
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(refusal("no-storage"));
    asked.onblocked = () => reject(refusal("no-storage"));
  });

const got = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export const openStorage = async () => {
  const database = await opened();

  // Durable when it resolves: the browser flushes to the disk before it says that a strict transaction is done.
  const change = (stores, work) =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(stores, "readwrite", { durability: "strict" });
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.refused ?? refusal("not-saved"));
      const stop = (error) => {
        transaction.refused = error?.code_ ? error : undefined;
        transaction.abort();
      };
      Promise.resolve(work((name) => transaction.objectStore(name))).catch(stop);
    });

  const read = (store, key) => got(database.transaction(store).objectStore(store).get(key));

  return {
    read,
    change,
    keys: (store) => got(database.transaction(store).objectStore(store).getAllKeys()),
    got,
  };
};
