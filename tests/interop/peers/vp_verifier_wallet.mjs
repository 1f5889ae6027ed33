// Another wallet on public libraries: @openid4vc/openid4vp reads the request and answers it, jose signs and
// encrypts, @sd-jwt/sd-jwt-vc shows. One JSON object in on stdin, one out on stdout.
import { createHash, createPrivateKey, sign as nodeSign, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import * as jose from "jose";
import { setGlobalConfig } from "@openid4vc/utils";
import { Openid4vpClient } from "@openid4vc/openid4vp";
import { SDJwtVcInstance } from "@sd-jwt/sd-jwt-vc";
import { digest, generateSalt, ES256 } from "@sd-jwt/crypto-nodejs";

const asked = JSON.parse(readFileSync(0, "utf8"));
const { link, holder, show, error, enc } = asked;
const now = () => Math.floor(Date.now() / 1000);

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const base58 = (text) => {
  const number = [...text].reduce((sum, letter) => sum * 58n + BigInt(ALPHABET.indexOf(letter)), 0n);
  return Buffer.from(number.toString(16).padStart(68, "0"), "hex");
};
const toBase58 = (bytes) => {
  let [number, text] = [BigInt(`0x${Buffer.from(bytes).toString("hex")}`), ""];
  for (; number > 0n; number /= 58n) text = ALPHABET[Number(number % 58n)] + text;
  return text;
};

// A did:web with one Ed25519 Multikey, fetched from where it says it is.
const keyOfDid = async (didUrl) => {
  const [did] = didUrl.split("#");
  const [host, ...path] = did.replace("did:web:", "").split(":").map(decodeURIComponent);
  const document = await (await fetch(`http://${host}/${path.join("/")}/did.json`)).json();
  const method = document.verificationMethod.find((each) => each.id === didUrl);
  const raw = base58(method.publicKeyMultibase.slice(1)).subarray(2);
  return { kty: "OKP", crv: "Ed25519", x: raw.toString("base64url") };
};

const verifyJwt = async (signer, { compact }) => {
  let key, jwk;
  if (signer.method === "did") {
    jwk = await keyOfDid(signer.didUrl);
    key = await jose.importJWK(jwk, signer.alg);
  } else {
    const certificate = new X509Certificate(Buffer.from(signer.x5c[0], "base64"));
    if (asked.authority && !certificate.verify(new X509Certificate(asked.authority).publicKey)) return { verified: false };
    key = certificate.publicKey;
    jwk = await jose.exportJWK(key);
  }
  await jose.jwtVerify(compact, key, { typ: "oauth-authz-req+jwt", audience: "https://self-issued.me/v2" });
  return { verified: true, signerJwk: jwk };
};

const callbacks = {
  hash: (data, algorithm) => createHash(algorithm).update(data).digest(),
  verifyJwt,
  getX509CertificateMetadata: (text) => {
    const names = new X509Certificate(Buffer.from(text, "base64")).subjectAltName ?? "";
    return { sanDnsNames: names.split(", ").map((each) => each.replace("DNS:", "")), sanUriNames: [] };
  },
  encryptJwe: async (encryptor, payload) => {
    const key = await jose.importJWK(encryptor.publicJwk, encryptor.alg);
    const header = { alg: encryptor.alg, enc: encryptor.enc, kid: encryptor.publicJwk.kid };
    const jwe = await new jose.CompactEncrypt(new TextEncoder().encode(payload))
      .setProtectedHeader(header)
      .setKeyManagementParameters({ apv: Buffer.from(encryptor.apv ?? "", "base64url") })
      .encrypt(key);
    return { jwe, encryptionJwk: encryptor.publicJwk };
  },
};

// Presentations, each for one query, by the form that it asks.
const sdJwt = async () =>
  new SDJwtVcInstance({
    hasher: digest,
    hashAlg: "sha-256",
    saltGenerator: generateSalt,
    kbSigner: await ES256.getSigner(holder.jwk),
    kbSignAlg: "ES256",
  });

const shownSdJwt = async (request, { token, frame }) =>
  (await sdJwt()).present(token, frame, {
    kb: { payload: { iat: now(), aud: request.client_id, nonce: request.nonce } },
  });

// Issued by this very library, for a licence that is no badge: a foreign credential in a foreign wallet.
const foreignSdJwt = async (request, { issuer, claims, vct }) => {
  const instance = new SDJwtVcInstance({
    hasher: digest,
    hashAlg: "sha-256",
    saltGenerator: generateSalt,
    signer: await ES256.getSigner(issuer.jwk),
    signAlg: "ES256",
  });
  const { d, ...publicKey } = holder.jwk;
  const payload = { iss: issuer.did, iat: now(), vct, cnf: { jwk: publicKey }, ...claims };
  const token = await instance.issue(payload, { _sd: Object.keys(claims) }, { header: { kid: `${issuer.did}#0` } });
  return shownSdJwt(request, { token, frame: Object.fromEntries(Object.keys(claims).map((name) => [name, true])) });
};

// VC Data Model 1.1, section 6.3.1, as the examples of OpenID4VP 1.0 have it.
const shownJwt = async (request, { tokens }) =>
  new jose.SignJWT({
    nonce: request.nonce,
    vp: {
      "@context": ["https://www.w3.org/2018/credentials/v1"],
      type: ["VerifiablePresentation"],
      verifiableCredential: tokens,
    },
  })
    .setProtectedHeader({ alg: "ES256", typ: "JWT", kid: `${holder.did}#0` })
    .setIssuer(holder.did)
    .setAudience(request.client_id)
    .setIssuedAt()
    .setNotBefore("0s")
    .setExpirationTime("5m")
    .sign(await jose.importJWK(holder.jwk, "ES256"));

// ecdsa-jcs-2019: objects of plain texts, so that sorted members are their canonical form (RFC 8785).
const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
};
const sha256 = (text) => createHash("sha256").update(text).digest();

const shownLdp = async (request, { credentials }) => {
  const context = ["https://www.w3.org/ns/credentials/v2"];
  const document = {
    "@context": context,
    type: ["VerifiablePresentation"],
    holder: holder.did,
    verifiableCredential: credentials,
  };
  const proof = {
    "@context": context,
    type: "DataIntegrityProof",
    cryptosuite: "ecdsa-jcs-2019",
    created: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
    verificationMethod: `${holder.did}#0`,
    proofPurpose: "authentication",
    challenge: request.nonce,
    domain: request.client_id,
  };
  const data = Buffer.concat([sha256(canonical(proof)), sha256(canonical(document))]);
  const key = { key: createPrivateKey({ key: holder.jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" };
  return { ...document, proof: { ...proof, proofValue: `z${toBase58(nodeSign("sha256", data, key))}` } };
};

const WAYS = { sdJwt: shownSdJwt, foreignSdJwt, jwt: shownJwt, ldp: shownLdp };

setGlobalConfig({ allowInsecureUrls: true });
const client = new Openid4vpClient({ callbacks });
const parsed = client.parseOpenid4vpAuthorizationRequest({ authorizationRequest: link });
const metadata = {
  vp_formats_supported: {},
  authorization_encryption_alg_values_supported: ["ECDH-ES"],
  authorization_encryption_enc_values_supported: enc ? [enc] : ["A256GCM", "A128GCM"],
};
const resolved = await client.resolveOpenId4vpAuthorizationRequest({
  authorizationRequestPayload: parsed.params,
  wallet: { metadata },
});
const request = resolved.authorizationRequestPayload;
const told = { client: resolved.client.prefix, effective: resolved.client.effective, mode: request.response_mode };

let payload = { error, error_description: "The person does not want to." };
if (!error) {
  const token = {};
  for (const [id, each] of Object.entries(show)) {
    token[id] = await Promise.all(each.map(({ way, ...what }) => WAYS[way](request, what)));
  }
  payload = { vp_token: token };
}
const encrypted = request.response_mode === "direct_post.jwt" && !error;
const { authorizationResponsePayload, jarm } = await client.createOpenid4vpAuthorizationResponse({
  authorizationRequestPayload: encrypted ? request : { ...request, response_mode: "direct_post" },
  authorizationResponsePayload: payload,
  jarm: encrypted ? { encryption: {}, serverMetadata: metadata } : undefined,
});
const { response } = await client.submitOpenid4vpAuthorizationResponse({
  authorizationRequestPayload: request,
  authorizationResponsePayload,
  jarm,
});
process.stdout.write(JSON.stringify({ ...told, status: response.status, body: await response.json() }));
