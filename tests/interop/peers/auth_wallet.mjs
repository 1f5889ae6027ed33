// Another wallet on public libraries: @openid4vc/openid4vci asks permission at our issuer, with PAR, PKCE, DPoP
// and, where told so, an attestation; jose signs. One JSON line in, one out, and again with the answer.
import { createHash, randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import * as jose from "jose";
import { setGlobalConfig } from "@openid4vc/utils";
import { Openid4vciClient } from "@openid4vc/openid4vci";
import {
  Oauth2Client,
  clientAuthenticationClientAttestationJwt,
  clientAuthenticationNone,
  createClientAttestationJwt,
} from "@openid4vc/oauth2";

setGlobalConfig({ allowInsecureUrls: true });
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const read = async () => JSON.parse((await lines.next()).value);
const write = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

const asked = await read();
const keys = new Map();
const newKey = async () => {
  const pair = await jose.generateKeyPair("ES256", { extractable: true });
  const publicJwk = await jose.exportJWK(pair.publicKey);
  keys.set(publicJwk.x, pair.privateKey);
  return { method: "jwk", alg: "ES256", publicJwk };
};

const signJwt = async (signer, { header, payload }) => {
  const key = keys.get(signer.publicJwk.x) ?? (await jose.importJWK(asked.provider.jwk, "ES256"));
  const jwt = await new jose.SignJWT(payload).setProtectedHeader(header).sign(key);
  return { jwt, signerJwk: signer.publicJwk };
};
const callbacks = {
  hash: (data, algorithm) => createHash(algorithm.replace("-", "")).update(data).digest(),
  generateRandom: (length) => randomBytes(length),
  signJwt,
  clientAuthentication: clientAuthenticationNone({ clientId: asked.clientId }),
};
if (asked.provider) {
  const instance = await newKey();
  const { d, ...providerJwk } = asked.provider.jwk;
  const clientAttestationJwt = await createClientAttestationJwt({
    callbacks,
    issuer: asked.provider.issuer,
    clientId: asked.clientId,
    issuedAt: new Date(),
    expiresAt: new Date(Date.now() + 3_600_000),
    confirmation: { jwk: instance.publicJwk },
    signer: { method: "jwk", alg: "ES256", publicJwk: providerJwk },
    additionalPayload: { wallet_name: "A wallet on public libraries" },
  });
  callbacks.clientAuthentication = clientAuthenticationClientAttestationJwt({ callbacks, clientAttestationJwt });
}

const wallet = new Openid4vciClient({ callbacks });
const credentialOffer = await wallet.resolveCredentialOffer(asked.link);
const issuerMetadata = await wallet.resolveIssuerMetadata(credentialOffer.credential_issuer);
const [authorizationServerMetadata] = issuerMetadata.authorizationServers;
const configuration = credentialOffer.credential_configuration_ids[0];
let dpop = { signer: await newKey() };

let answer;
if (asked.preAuthorized) {
  answer = await wallet.retrievePreAuthorizedCodeAccessTokenFromOffer({
    credentialOffer, issuerMetadata, dpop, txCode: asked.txCode,
  });
} else {
  const details = [{ type: "openid_credential", credential_configuration_id: configuration }];
  // openid4vci's own method leaves `state` out: its oauth2 client takes it
  const begun = await new Oauth2Client({ callbacks }).createAuthorizationRequestUrl({
    authorizationServerMetadata,
    clientId: asked.clientId,
    redirectUri: asked.redirectUri,
    state: "a-state-of-the-peer",
    resource: issuerMetadata.credentialIssuer.credential_issuer,
    scope: asked.scope ? configuration : undefined,
    additionalRequestPayload: {
      issuer_state: credentialOffer.grants.authorization_code.issuer_state,
      ...(asked.scope ? {} : { authorization_details: details }),
    },
    dpop,
  });
  dpop = begun.dpop ?? dpop;
  write({ page: begun.authorizationRequestUrl });
  const { location } = await read();
  const { code, state } = wallet.parseAndVerifyAuthorizationResponseRedirectUrl({
    url: location,
    authorizationServerMetadata,
  });
  if (state !== "a-state-of-the-peer") throw new Error("another state");
  answer = await wallet.retrieveAuthorizationCodeAccessTokenFromOffer({
    credentialOffer,
    issuerMetadata,
    authorizationCode: code,
    pkceCodeVerifier: begun.pkce.codeVerifier,
    redirectUri: asked.redirectUri,
    dpop,
  });
}
dpop = answer.dpop ?? dpop;
const granted = answer.accessTokenResponse;

const oauth = new Oauth2Client({ callbacks });
const refreshed = await oauth.retrieveRefreshTokenAccessToken({
  authorizationServerMetadata,
  refreshToken: granted.refresh_token,
  dpop,
});
dpop = refreshed.dpop ?? dpop;
const accessToken = refreshed.accessTokenResponse.access_token;

const holder = await newKey();
const { c_nonce: nonce } = await wallet.requestNonce({ issuerMetadata });
const { jwt } = await wallet.createCredentialRequestJwtProof({
  issuerMetadata,
  credentialConfigurationId: configuration,
  signer: holder,
  nonce,
});
const request = { issuerMetadata, accessToken, dpop, proofs: { jwt: [jwt] } };
const identifier = granted.authorization_details?.[0]?.credential_identifiers?.[0];
const got = identifier
  ? await oauthCredential(identifier)
  : (await wallet.retrieveCredentials({ ...request, credentialConfigurationId: configuration }))
      .credentialResponse;

// The library asks by configuration; what was granted with identifiers is asked by them.
async function oauthCredential(credential_identifier) {
  const { ok, response } = await oauth.resourceRequest({
    callbacks,
    url: issuerMetadata.credentialIssuer.credential_endpoint,
    requestOptions: {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ credential_identifier, proofs: { jwt: [jwt] } }),
    },
    accessToken,
    dpop,
  });
  const body = await response.json();
  if (!ok) throw new Error(JSON.stringify(body));
  return body;
}

write({
  tokenType: granted.token_type,
  details: granted.authorization_details ?? null,
  scope: granted.scope ?? null,
  rotated: refreshed.accessTokenResponse.refresh_token !== granted.refresh_token,
  credentials: got.credentials,
  holder: holder.publicJwk,
});
process.exit(0);
