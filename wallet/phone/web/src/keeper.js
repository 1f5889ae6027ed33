// The worker that has the vault, the keys and the network. It serves Python's worker and nobody else, in one tab
// at a time: the lock is held as long as this worker lives.
import { answerer } from "./bridge.js";
import { inPoints } from "./drawing.js";
import { keysIn } from "./keys.js";
import { network } from "./network.js";
import { smaller } from "./photos.js";
import { refusal } from "./refusal.js";
import { openStorage } from "./storage.js";
import { vaultIn } from "./vault.js";

const LOCK = "skills-passport";

const held = { here: false };

const hold = (steal) =>
  new Promise((resolve) => {
    navigator.locks
      .request(LOCK, steal ? { steal: true } : { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(false);
        held.here = true;
        resolve(true);
        return new Promise(() => {}); // until this worker ends
      })
      .catch(() => {
        held.here = false; // another tab took it over
        postMessage({ lost: true });
      });
  });

onmessage = async ({ data: { block, port, steal } }) => {
  try {
    if (!(await hold(steal))) return postMessage({ refused: "open-elsewhere" });
    const storage = await openStorage();
    const [vault, keys] = [vaultIn(storage), keysIn(storage)];
    const known = {
      "vault.exists": vault.exists,
      "vault.read": vault.read,
      "vault.write": vault.write,
      "vault.destroy": vault.destroy,
      "small.put": vault.note,
      "small.get": vault.noted,
      "keys.take": keys.take,
      "keys.sign": keys.sign,
      "keys.has": keys.has,
      "keys.drop": keys.drop,
      "network.send": network.send,
      "photos.smaller": smaller,
      "pictures.draw": inPoints,
    };
    answerer(block, port, (name, values, bytes) => {
      if (!held.here) throw refusal("opened-elsewhere");
      return known[name](values, bytes);
    });
    postMessage({ ready: true });
  } catch (error) {
    postMessage({ refused: error.code_ ?? "no-storage" });
  }
};
