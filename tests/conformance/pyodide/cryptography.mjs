// What passport.keys needs from its host, with the cryptography of Node: keys are JWKs in JSON.
import crypto from "node:crypto";

const CURVE = { "P-256": "prime256v1", "P-384": "secp384r1" };
const DIGEST = { Ed25519: null, "P-256": "sha256", "P-384": "sha384" };
const PKCS8_ED25519 = Buffer.from("302e020100300506032b657004220420", "hex");
const bytes = (view) => Buffer.from(view.toJs());
const key = (jwk) => ({ key: JSON.parse(jwk), format: "jwk", dsaEncoding: "ieee-p1363" });

export const verify = (type, jwk, data, signature) =>
  crypto.verify(DIGEST[type], bytes(data), key(jwk), bytes(signature));

export const sign = (type, jwk, data) => new Uint8Array(crypto.sign(DIGEST[type], bytes(data), key(jwk)));

export const privateJwk = (type, secret) => {
  if (type === "Ed25519") {
    const der = Buffer.concat([PKCS8_ED25519, bytes(secret)]);
    return JSON.stringify(crypto.createPrivateKey({ key: der, format: "der", type: "pkcs8" }).export({ format: "jwk" }));
  }
  const pair = crypto.createECDH(CURVE[type]);
  pair.setPrivateKey(bytes(secret));
  const [d, point] = [pair.getPrivateKey(), pair.getPublicKey().subarray(1)];
  const [x, y] = [point.subarray(0, point.length / 2), point.subarray(point.length / 2)];
  const text = (part) => part.toString("base64url");
  return JSON.stringify({ kty: "EC", crv: type, x: text(x), y: text(y), d: text(d) });
};

export const agree = (secret, jwk) => {
  const pair = crypto.createECDH("prime256v1");
  pair.setPrivateKey(bytes(secret));
  const { x, y } = JSON.parse(jwk);
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
  return new Uint8Array(pair.computeSecret(point));
};

const gcm = (secret) => `aes-${secret.length * 8}-gcm`;

export const seal = (key, nonce, plaintext, aad) => {
  const secret = bytes(key);
  const cipher = crypto.createCipheriv(gcm(secret), secret, bytes(nonce)).setAAD(bytes(aad));
  return new Uint8Array(Buffer.concat([cipher.update(bytes(plaintext)), cipher.final(), cipher.getAuthTag()]));
};

export const openSealed = (key, nonce, sealed, aad) => {
  const [secret, data] = [bytes(key), bytes(sealed)];
  const [ciphertext, tag] = [data.subarray(0, -16), data.subarray(-16)];
  const decipher = crypto.createDecipheriv(gcm(secret), secret, bytes(nonce), { authTagLength: 16 });
  decipher.setAAD(bytes(aad)).setAuthTag(tag);
  return new Uint8Array(Buffer.concat([decipher.update(ciphertext), decipher.final()]));
};
