// The cryptography that Python asks for and that must answer at once: libsodium and the Noble curves.
// Bytes come from Python as proxies; what is given back is a Uint8Array.
import { gcm } from "@noble/ciphers/aes.js";
import { p256, p384 } from "@noble/curves/nist.js";
import sodium from "libsodium-wrappers-sumo";

const CURVES = { "P-256": p256, "P-384": p384 };

const plain = (view) => {
  const bytes = view.toJs ? view.toJs() : view;
  view.destroy?.();
  return bytes;
};

const orNothing = (work) => {
  try {
    return work();
  } catch {
    return undefined; // Python's None
  }
};

export const loadCryptography = async () => {
  await sodium.ready;
  return {
    seal: (key, nonce, text, associated) =>
      sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plain(text), plain(associated), null, plain(nonce), plain(key)),

    unseal: (key, nonce, sealed, associated) => {
      const [secret, once, text, bound] = [key, nonce, sealed, associated].map(plain);
      return orNothing(() => sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, text, bound, once, secret));
    },

    argon2id: (passphrase, salt, memory, passes) =>
      sodium.crypto_pwhash(
        32,
        plain(passphrase),
        plain(salt),
        passes,
        memory * 1024,
        sodium.crypto_pwhash_ALG_ARGON2ID13,
      ),

    scrypt: (passphrase, salt, logN) => {
      const [text, grains] = [plain(passphrase), plain(salt)];
      return orNothing(() => sodium.crypto_pwhash_scryptsalsa208sha256_ll(text, grains, 2 ** logN, 8, 1, 32));
    },

    chachaSeal: (key, nonce, text) =>
      sodium.crypto_aead_chacha20poly1305_ietf_encrypt(plain(text), null, null, plain(nonce), plain(key)),

    chachaUnseal: (key, nonce, sealed) => {
      const [secret, once, text] = [key, nonce, sealed].map(plain);
      return orNothing(() => sodium.crypto_aead_chacha20poly1305_ietf_decrypt(null, text, null, once, secret));
    },

    x25519Public: (secret) => sodium.crypto_scalarmult_base(plain(secret)),

    x25519: (secret, point) => {
      const [mine, theirs] = [secret, point].map(plain);
      return orNothing(() => sodium.crypto_scalarmult(mine, theirs));
    },

    ed25519Public: (seed) => sodium.crypto_sign_seed_keypair(plain(seed)).publicKey,

    ed25519Sign: (seed, data) => {
      const [text, pair] = [plain(data), sodium.crypto_sign_seed_keypair(plain(seed))];
      return sodium.crypto_sign_detached(text, pair.privateKey);
    },

    ed25519Verify: (key, data, signature) => {
      const [point, text, signed] = [key, data, signature].map(plain);
      return orNothing(() => sodium.crypto_sign_verify_detached(signed, text, point)) ?? false;
    },

    ecPublic: (type, secret) => {
      const scalar = plain(secret);
      return orNothing(() => CURVES[type].getPublicKey(scalar, true));
    },

    ecVerify: (type, key, data, signature) => {
      const [point, text, signed] = [key, data, signature].map(plain);
      return orNothing(() => CURVES[type].verify(signed, text, point, { lowS: false })) ?? false;
    },

    ecSign: (type, secret, data) => {
      const [scalar, text] = [secret, data].map(plain);
      return CURVES[type].sign(text, scalar, { lowS: false });
    },

    ecdh: (secret, point) => {
      const [mine, theirs] = [secret, point].map(plain);
      return orNothing(() => p256.getSharedSecret(mine, theirs, false).slice(1, 33));
    },

    gcmSeal: (key, nonce, text, associated) => gcm(plain(key), plain(nonce), plain(associated)).encrypt(plain(text)),

    gcmUnseal: (key, nonce, sealed, associated) => {
      const [secret, once, text, bound] = [key, nonce, sealed, associated].map(plain);
      return orNothing(() => gcm(secret, once, bound).decrypt(text));
    },
  };
};
