// A foreign issuer on public libraries: @openid4vc/openid4vci and oauth2 read and check what a wallet sends, jose
// signs JWTs, @sd-jwt/sd-jwt-vc signs SD-JWTs. Prints its address when it listens; ends when its input does.
// What it issues is synthetic.
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import * as jose from "jose";
import { setGlobalConfig } from "@openid4vc/utils";
import { Oauth2AuthorizationServer, Oauth2ResourceServer } from "@openid4vc/oauth2";
import { Openid4vciIssuer } from "@openid4vc/openid4vci";
import { SDJwtVcInstance } from "@sd-jwt/sd-jwt-vc";
import { digest, generateSalt, ES256 } from "@sd-jwt/crypto-nodejs";

setGlobalConfig({ allowInsecureUrls: true });
const PRE_AUTHORIZED = "urn:ietf:params:oauth:grant-type:pre-authorized_code";
const VCT = "https://issuer.example/vct/lassen";
// of an issuer without a DID (HAIP 1.0): {jwk, x5c, iss}
const certified = process.argv[2] ? JSON.parse(process.argv[2]) : undefined;
const now = () => Math.floor(Date.now() / 1000);

const pair = await jose.generateKeyPair("ES256", { extractable: true });
const privateJwk = await jose.exportJWK(pair.privateKey);
const publicJwk = await jose.exportJWK(pair.publicKey);

// did:key and did:jwk of the wallet, as far as this issuer takes them
const keyOf = async (signer) => {
  if (signer.method === "jwk") return signer.publicJwk;
  const [did] = signer.didUrl.split("#");
  if (!did.startsWith("did:jwk:")) throw new Error(`unknown ${did}`);
  return JSON.parse(Buffer.from(did.slice(8), "base64url").toString());
};

const callbacks = {
  hash: (data, algorithm) => createHash(algorithm).update(data).digest(),
  generateRandom: (length) => randomBytes(length),
  fetch,
  clientAuthentication: () => {},
  verifyJwt: async (signer, { compact }) => {
    const jwk = signer.method === "custom" || signer.publicJwk?.kid === "server" ? publicJwk : await keyOf(signer);
    await jose.compactVerify(compact, await jose.importJWK(jwk, signer.alg));
    return { verified: true, signerJwk: jwk };
  },
  signJwt: async (signer, { header, payload }) => ({
    jwt: await new jose.SignJWT(payload).setProtectedHeader(header).sign(pair.privateKey),
    signerJwk: publicJwk,
  }),
};

const server = createServer((request, response) => answer(request, response).catch((error) => {
  console.error(error);
  send(response, error.errorResponse ?? { error: "invalid_request" }, 400);
}));
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const { port } = server.address();
const issuer = `http://localhost:${port}`;
const did = `did:web:localhost%3A${port}`;
const method = `${did}#key-1`;

const shared = {
  cryptographic_binding_methods_supported: ["did:jwk", "jwk"],
  proof_types_supported: { jwt: { proof_signing_alg_values_supported: ["ES256"] } },
  credential_metadata: { display: [{ name: "Lassen", locale: "nl" }] },
};
const configurations = {
  sd: { format: "dc+sd-jwt", vct: VCT, scope: "sd", ...shared },
  ...(certified ? { x5c: { format: "dc+sd-jwt", vct: VCT, scope: "x5c", ...shared } } : {}),
  jwt: {
    format: "jwt_vc_json",
    scope: "jwt",
    credential_definition: { type: ["VerifiableCredential", "OpenBadgeCredential"] },
    ...shared,
  },
};

const vci = new Openid4vciIssuer({ callbacks });
const oauth = new Oauth2AuthorizationServer({ callbacks });
const resource = new Oauth2ResourceServer({ callbacks });
const credentialIssuer = vci.createCredentialIssuerMetadata({
  credential_issuer: issuer,
  credential_endpoint: `${issuer}/credential`,
  nonce_endpoint: `${issuer}/nonce`,
  display: [{ name: "Another issuer", locale: "en" }],
  credential_configurations_supported: configurations,
});
const authorizationServer = oauth.createAuthorizationServerMetadata({
  issuer,
  token_endpoint: `${issuer}/token`,
  authorization_endpoint: `${issuer}/authorize`,
  pushed_authorization_request_endpoint: `${issuer}/par`,
  require_pushed_authorization_requests: true,
  jwks_uri: `${issuer}/jwks`,
  grant_types_supported: ["authorization_code", PRE_AUTHORIZED],
  code_challenge_methods_supported: ["S256"],
  dpop_signing_alg_values_supported: ["ES256"],
  token_endpoint_auth_methods_supported: ["none"],
  authorization_response_iss_parameter_supported: true,
});
const issuerMetadata = {
  originalDraftVersion: "V1",
  credentialIssuer,
  authorizationServers: [authorizationServer],
  knownCredentialConfigurations: vci.getKnownCredentialConfigurationsSupported(credentialIssuer),
};

const nonces = new Set();
const pushed = new Map();
const codes = new Map();

const badge = (subject) => ({
  "@context": [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
  ],
  id: `urn:uuid:${randomUUID()}`,
  type: ["VerifiableCredential", "OpenBadgeCredential"],
  name: "Lassen",
  issuer: { id: did, type: ["Profile"], name: "Another issuer" },
  validFrom: "2026-01-01T00:00:00Z",
  credentialSubject: {
    ...(subject ? { id: subject } : {}),
    type: ["AchievementSubject"],
    achievement: {
      id: "https://issuer.example/achievements/1",
      type: ["Achievement"],
      achievementType: "MicroCredential",
      name: "Lassen",
      description: "Verbindt metalen delen. Synthetisch.",
      criteria: { narrative: "Een proefstuk is beoordeeld." },
      alignment: [
        {
          type: ["Alignment"],
          targetUrl: "http://data.europa.eu/esco/skill/15d76317-c71a-4fa2-aadc-2ecc34e627b7",
          targetName: "lassen",
          targetFramework: "ESCO 1.1.1",
        },
      ],
    },
  },
});

const signing = async (jwk) => new SDJwtVcInstance({
  hasher: digest,
  hashAlg: "sha-256",
  saltGenerator: generateSalt,
  signer: await ES256.getSigner(jwk),
  signAlg: "ES256",
});
const sdJwt = await signing(privateJwk);
const byCertificate = certified && (await signing(certified.jwk));

const issue = async (form, proof) => {
  const jwk = proof.signer.publicJwk;
  if (form === "jwt") {
    const subject = proof.header.kid?.split("#")[0];
    const document = badge(subject);
    const claims = { ...document, iss: did, jti: document.id, sub: subject, nbf: 1767225600 };
    const header = { alg: "ES256", typ: "vc+jwt", kid: method };
    return new jose.SignJWT(claims).setProtectedHeader(header).sign(pair.privateKey);
  }
  const { "@context": context, type, validFrom, ...claims } = badge(proof.header.kid?.split("#")[0]);
  const payload = { ...claims, iss: did, vct: VCT, nbf: 1767225600, iat: now(), cnf: { jwk } };
  if (form === "x5c") {
    const { iss, x5c } = certified;
    const own = { ...payload, iss, issuer: { ...claims.issuer, id: iss } };
    return byCertificate.issue(own, { _sd: ["name"] }, { header: { x5c } });
  }
  return sdJwt.issue(payload, { _sd: ["name"] }, { header: { kid: method } });
};

const send = (response, body, status = 200) => {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
};
const read = async (request) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
};
const likeFetch = (request) => ({
  headers: new Headers(request.headers),
  method: request.method,
  url: `${issuer}${request.url}`,
});

async function answer(request, response) {
  const { pathname, searchParams } = new URL(request.url, issuer);
  const body = await read(request);
  const form = Object.fromEntries(new URLSearchParams(body));
  switch (pathname) {
    case "/.well-known/openid-credential-issuer":
      return send(response, credentialIssuer);
    case "/.well-known/oauth-authorization-server":
      return send(response, authorizationServer);
    case "/jwks":
      return send(response, { keys: [{ ...publicJwk, kid: "server", alg: "ES256", use: "sig" }] });
    case "/.well-known/did.json":
      return send(response, {
        "@context": ["https://www.w3.org/ns/did/v1"],
        id: did,
        verificationMethod: [{ id: method, type: "JsonWebKey2020", controller: did, publicKeyJwk: publicJwk }],
        assertionMethod: [method],
      });
    case "/nonce": {
      const nonce = randomUUID();
      nonces.add(nonce);
      return send(response, vci.createNonceResponse({ cNonce: nonce }));
    }
    case "/par": {
      const like = likeFetch(request);
      const parsed = await oauth.parsePushedAuthorizationRequest({ request: like, authorizationRequest: form });
      const checked = await oauth.verifyPushedAuthorizationRequest({
        authorizationServerMetadata: authorizationServer,
        authorizationRequest: parsed.authorizationRequest,
        request: like,
        dpop: { ...parsed.dpop, required: true, allowedSigningAlgs: ["ES256"] },
      });
      const uri = `urn:ietf:params:oauth:request_uri:${randomUUID()}`;
      pushed.set(uri, { ...form, jkt: checked.dpop.jwkThumbprint });
      const made = oauth.createPushedAuthorizationResponse({ requestUri: uri, expiresInSeconds: 60 });
      return send(response, made.pushedAuthorizationResponse, 201);
    }
    case "/authorize": {
      const asked = pushed.get(searchParams.get("request_uri"));
      pushed.delete(searchParams.get("request_uri"));
      const code = randomUUID();
      codes.set(code, asked);
      const back = new URLSearchParams({ code, state: asked.state, iss: issuer });
      response.writeHead(302, { location: `${asked.redirect_uri}?${back}` });
      return response.end();
    }
    case "/token": {
      const like = likeFetch(request);
      const parsed = oauth.parseAccessTokenRequest({ request: like, accessTokenRequest: form });
      const known = {
        authorizationServerMetadata: authorizationServer,
        grant: parsed.grant,
        accessTokenRequest: parsed.accessTokenRequest,
        request: like,
      };
      let checked;
      if (parsed.grant.grantType === PRE_AUTHORIZED) {
        const dpop = { jwt: parsed.dpop?.jwt, required: true, allowedSigningAlgs: ["ES256"] };
        checked = await oauth.verifyPreAuthorizedCodeAccessTokenRequest({
          ...known,
          dpop,
          expectedPreAuthorizedCode: "code",
          expectedTxCode: "4711",
        });
      } else {
        const asked = codes.get(form.code);
        codes.delete(form.code);
        if (asked.redirect_uri !== form.redirect_uri) throw new Error("another address");
        checked = await oauth.verifyAuthorizationCodeAccessTokenRequest({
          ...known,
          expectedCode: form.code,
          dpop: { jwt: parsed.dpop?.jwt, required: true, expectedJwkThumbprint: asked.jkt },
          pkce: {
            codeVerifier: parsed.pkceCodeVerifier,
            codeChallenge: asked.code_challenge,
            codeChallengeMethod: asked.code_challenge_method,
          },
        });
      }
      return send(response, await oauth.createAccessTokenResponse({
        audience: issuer,
        authorizationServer: issuer,
        expiresInSeconds: 300,
        subject: "learner",
        signer: { method: "jwk", alg: "ES256", publicJwk: { ...publicJwk, kid: "server" } },
        dpop: checked.dpop,
      }));
    }
    case "/credential": {
      await resource.verifyResourceRequest({
        request: likeFetch(request),
        resourceServer: issuer,
        authorizationServers: [authorizationServer],
        allowedAuthenticationSchemes: ["DPoP"],
      });
      const asked = vci.parseCredentialRequest({ issuerMetadata, credentialRequest: JSON.parse(body) });
      const [jwt] = asked.proofs.jwt;
      const { nonce } = jose.decodeJwt(jwt);
      if (!nonces.delete(nonce)) return send(response, { error: "invalid_nonce" }, 400);
      const proof = await vci.verifyCredentialRequestJwtProof({ issuerMetadata, jwt, expectedNonce: nonce });
      const credential = await issue(asked.credentialConfigurationId, proof);
      return send(response, vci.createCredentialResponse({
        credentialRequest: asked,
        credentials: [{ credential }],
      }));
    }
    default:
      return send(response, {}, 404);
  }
}

process.stdin.on("end", () => process.exit(0)).resume();
console.log(JSON.stringify({ address: issuer, did }));
