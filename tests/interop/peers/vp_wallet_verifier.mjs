// A verifier built on npm @openid4vc/openid4vp: makes requests, takes answers, verifies them with jose and @sd-jwt.
//
//   POST /start   {client, mode, dcql, key, x5c, holder, issuer, method}  ->  {id, link}
//   GET|POST /request/<id>   the request object
//   POST /answer/<id>        the wallet's answer
//   GET /result/<id>         what was found
import { createServer } from "node:http";
import { createHash, randomBytes } from "node:crypto";
import { setGlobalConfig } from "@openid4vc/oauth2";
import {
  createOpenid4vpAuthorizationRequest,
  parseOpenid4vpAuthorizationResponse,
  calculateX509HashClientIdPrefixValue,
} from "@openid4vc/openid4vp";
import { SDJwtVcInstance } from "@sd-jwt/sd-jwt-vc";
import { digest } from "@sd-jwt/crypto-nodejs";
import * as jose from "jose";

setGlobalConfig({ allowInsecureUrls: true });
const transactions = new Map();
const hash = (data, algorithm) => createHash(algorithm.replace("-", "")).update(data).digest();
const publicOf = ({ d, ...rest }) => rest;

async function start(asked) {
  const id = randomBytes(16).toString("hex");
  const base = `http://localhost:${server.address().port}`;
  const responseUri = `${base}/answer/${id}`;
  const did = `did:jwk:${jose.base64url.encode(JSON.stringify(publicOf(asked.key)))}`;
  const clientId = {
    did: async () => `decentralized_identifier:${did}`,
    x509_san_dns: async () => "x509_san_dns:localhost",
    x509_hash: async () =>
      `x509_hash:${await calculateX509HashClientIdPrefixValue({ x509Certificate: asked.x5c[0], hash })}`,
    redirect_uri: async () => `redirect_uri:${responseUri}`,
  };
  const encryption = await jose.generateKeyPair("ECDH-ES", { crv: "P-256", extractable: true });
  const jwk = { ...(await jose.exportJWK(encryption.publicKey)), kid: "for-the-answer", use: "enc", alg: "ECDH-ES" };
  const payload = {
    response_type: "vp_token",
    client_id: await clientId[asked.client](),
    response_mode: asked.mode,
    response_uri: responseUri,
    nonce: randomBytes(16).toString("base64url"),
    state: randomBytes(16).toString("base64url"),
    dcql_query: asked.dcql,
    client_metadata: {
      client_name: "A verifier of another house",
      vp_formats_supported: asked.formats,
      ...(asked.mode === "direct_post.jwt"
        ? { jwks: { keys: [jwk] }, encrypted_response_enc_values_supported: asked.enc ?? ["A128GCM", "A256GCM"] }
        : {}),
    },
  };
  const found = { id, asked, payload, did, decryption: encryption.privateKey, base };
  transactions.set(id, found);
  return { id, link: await link(found) };
}

async function link(found) {
  const { authorizationRequest, jar } = await request(found);
  found.object = jar?.authorizationRequestJwt;
  return found.asked.method === "post" ? `${authorizationRequest}&request_uri_method=post` : authorizationRequest;
}

async function request(found, walletNonce) {
  const { asked, payload } = found;
  const signer = asked.x5c
    ? { method: "x5c", x5c: asked.x5c, alg: "ES256" }
    : { method: "did", didUrl: `${found.did}#0`, alg: "ES256" };
  const made = await createOpenid4vpAuthorizationRequest({
    authorizationRequestPayload: walletNonce ? { ...payload, wallet_nonce: walletNonce } : payload,
    jar:
      asked.client === "redirect_uri"
        ? undefined
        : { requestUri: `${found.base}/request/${found.id}`, jwtSigner: signer, expiresInSeconds: 300 },
    wallet: walletNonce ? { expectedNonce: walletNonce } : undefined,
    callbacks: {
      signJwt: async (_signer, { header, payload: claims }) => {
        const key = await jose.importJWK(asked.key, "ES256");
        return {
          jwt: await new jose.SignJWT(claims).setProtectedHeader(header).sign(key),
          signerJwk: publicOf(asked.key),
        };
      },
    },
  });
  return made;
}

async function take(found, form) {
  const parsed = await parseOpenid4vpAuthorizationResponse({
    authorizationResponse: form,
    authorizationRequestPayload: found.payload,
    callbacks: {
      decryptJwe: async (jwe) => {
        const { plaintext, protectedHeader } = await jose.compactDecrypt(jwe, found.decryption);
        found.header = protectedHeader;
        return { decrypted: true, payload: new TextDecoder().decode(plaintext), decryptionJwk: {} };
      },
      verifyJwt: async () => ({ verified: false }),
    },
  });
  const presentations = {};
  for (const [query, shown] of Object.entries(parsed.dcql.presentations)) {
    presentations[query] = [];
    for (const each of shown) presentations[query].push(await verify(found, each.presentation ?? each));
  }
  return { kind: parsed.type, encrypted: found.header ?? null, presentations, form: Object.keys(form) };
}

async function verify(found, presentation) {
  const { payload, asked } = found;
  if (typeof presentation !== "string") return { format: "ldp_vc", presentation };
  if (!presentation.includes("~")) {
    const { payload: vp } = await jose.jwtVerify(presentation, await imported(asked.holder), {
      audience: payload.client_id,
    });
    if (vp.nonce !== payload.nonce) throw new Error("another nonce");
    const [credential] = vp.vp.verifiableCredential;
    const { payload: vc } = await jose.jwtVerify(credential, await imported(asked.issuer));
    return { format: "jwt_vc_json", holder: vp.iss, claims: vc };
  }
  const instance = new SDJwtVcInstance({
    hasher: digest,
    hashAlg: "sha-256",
    verifier: async (data, signature) => check(await imported(asked.issuer), data, signature),
    kbVerifier: async (data, signature, claims) => {
      const { jwk, kid } = claims.cnf;
      const key = jwk ?? asked.holder;
      if (!jwk && !kid) throw new Error("no key in cnf");
      return check(await imported(key), data, signature);
    },
  });
  const verified = await instance.verify(presentation, { keyBindingNonce: payload.nonce });
  if (verified.kb.payload.aud !== payload.client_id) throw new Error("another audience");
  return { format: "sd-jwt", claims: verified.payload };
}

const imported = (jwk) => jose.importJWK(jwk, jwk.kty === "OKP" ? "EdDSA" : "ES256");

async function check(key, data, signature) {
  try {
    await jose.compactVerify(`${data}.${signature}`, key);
    return true;
  } catch {
    return false;
  }
}

const server = createServer(async (incoming, outgoing) => {
  const say = (status, type, body) => outgoing.writeHead(status, { "Content-Type": type }).end(body);
  const json = (value, status = 200) => say(status, "application/json", JSON.stringify(value));
  try {
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const [, what, id] = incoming.url.split("/");
    const found = transactions.get(id);
    if (what === "start") return json(await start(JSON.parse(body)));
    if (what === "request") {
      const nonce = incoming.method === "POST" ? new URLSearchParams(body).get("wallet_nonce") : undefined;
      const made = nonce ? (await request(found, nonce)).jar.authorizationRequestJwt : found.object;
      return say(200, "application/oauth-authz-req+jwt", made);
    }
    if (what === "answer") {
      const form = Object.fromEntries(new URLSearchParams(body));
      found.result = form.error ? { error: form.error } : await take(found, form);
      return json({ redirect_uri: `${found.base}/done?response_code=${randomBytes(16).toString("hex")}` });
    }
    return json(found?.result ?? null);
  } catch (error) {
    const [, , id] = incoming.url.split("/");
    if (transactions.has(id)) transactions.get(id).result = { failed: String(error?.stack ?? error) };
    return json({ error: "invalid_request" }, 400);
  }
});
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ port: server.address().port })));
process.stdin.on("end", () => process.exit(0)).resume();
