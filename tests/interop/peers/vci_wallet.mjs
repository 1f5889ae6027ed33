// Another wallet on public libraries: @openid4vc/openid4vci claims, jose signs, @sd-jwt/sd-jwt-vc verifies.
// One JSON line in, one out, for as many claims as are asked for.
import { createHash, randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import * as jose from "jose";
import { setGlobalConfig } from "@openid4vc/utils";
import { Openid4vciClient, Openid4vciWalletProvider } from "@openid4vc/openid4vci";
import { clientAuthenticationAnonymous } from "@openid4vc/oauth2";
import { SDJwtInstance } from "@sd-jwt/core";
import { SDJwtVcInstance } from "@sd-jwt/sd-jwt-vc";

setGlobalConfig({ allowInsecureUrls: true });
const keys = new Map();
const newKey = async (alg = "ES256") => {
  const pair = await jose.generateKeyPair(alg, { extractable: true });
  const publicJwk = await jose.exportJWK(pair.publicKey);
  keys.set(publicJwk.x, pair.privateKey);
  return { method: "jwk", alg, publicJwk };
};
const callbacks = {
  hash: (data, algorithm) => createHash(algorithm.replace("-", "")).update(data).digest(),
  generateRandom: (length) => randomBytes(length),
  signJwt: async (signer, { header, payload }) => ({
    jwt: await new jose.SignJWT(payload).setProtectedHeader(header).sign(keys.get(signer.publicJwk.x)),
    signerJwk: signer.publicJwk,
  }),
  clientAuthentication: clientAuthenticationAnonymous(),
};
const wallet = new Openid4vciClient({ callbacks });
const provider = new Openid4vciWalletProvider({ callbacks });
const sessions = [];

async function redeem({ link, txCode }) {
  const credentialOffer = await wallet.resolveCredentialOffer(link);
  const issuerMetadata = await wallet.resolveIssuerMetadata(credentialOffer.credential_issuer);
  const answer = await wallet.retrievePreAuthorizedCodeAccessTokenFromOffer({
    credentialOffer, issuerMetadata, txCode,
  });
  sessions.push({ issuerMetadata, accessToken: answer.accessTokenResponse.access_token });
  return {
    session: sessions.length - 1,
    configurations: credentialOffer.credential_configuration_ids,
    version: issuerMetadata.originalDraftVersion,
    display: issuerMetadata.credentialIssuer.display,
    known: issuerMetadata.knownCredentialConfigurations
      && Object.keys(issuerMetadata.knownCredentialConfigurations),
  };
}

async function claim({ session, configuration, count = 1, alg = "ES256", providerJwk }) {
  const { issuerMetadata, accessToken } = sessions[session];
  const signers = await Promise.all(Array.from({ length: count }, () => newKey(alg)));
  const { c_nonce: nonce } = await wallet.requestNonce({ issuerMetadata });
  let keyAttestationJwt;
  if (providerJwk) {
    const { d, ...publicJwk } = providerJwk;
    keys.set(publicJwk.x, await jose.importJWK(providerJwk, "ES256"));
    keyAttestationJwt = await provider.createKeyAttestationJwt({
      use: "proof_type.jwt",
      nonce,
      attestedKeys: signers.map((signer) => signer.publicJwk),
      signer: { method: "jwk", alg: "ES256", publicJwk },
      issuedAt: new Date(),
      expiresAt: new Date(Date.now() + 3_600_000),
      keyStorage: ["iso_18045_moderate"],
    }).catch((error) => error);
    if (keyAttestationJwt instanceof Error) throw keyAttestationJwt;
  }
  const jwt = [];
  for (const signer of providerJwk ? signers.slice(0, 1) : signers) {
    const made = await wallet.createCredentialRequestJwtProof({
      issuerMetadata, credentialConfigurationId: configuration, signer, nonce, keyAttestationJwt,
    });
    jwt.push(made.jwt);
  }
  const { credentialResponse } = await wallet.retrieveCredentials({
    issuerMetadata, accessToken, credentialConfigurationId: configuration, proofs: { jwt },
  });
  return { answer: credentialResponse, keys: signers.map((signer) => signer.publicJwk) };
}

async function deferred({ session, transactionId }) {
  const { deferredCredentialResponse } = await wallet.retrieveDeferredCredentials({
    ...sessions[session], transactionId,
  });
  return { answer: deferredCredentialResponse };
}

async function notify({ session, notificationId, event }) {
  await wallet.sendNotification({ ...sessions[session], notification: { notificationId, event } });
  return { told: true };
}

const checks = (key) => ({
  hasher: (data, algorithm) => createHash(algorithm.replace("-", "")).update(data).digest(),
  hashAlg: "sha-256",
  verifier: async (data, signature) => {
    try {
      await jose.compactVerify(`${data}.${signature}`, key);
      return true;
    } catch {
      return false;
    }
  },
});

// The issuer's key by the `kid` in its did:web document, which the test hands over.
async function verifyToken({ token, jwk }) {
  const key = await jose.importJWK(jwk, "ES256");
  if (!token.includes("~")) {
    const { payload } = await jose.compactVerify(token, key);
    return { subject: JSON.parse(new TextDecoder().decode(payload)).credentialSubject.id };
  }
  const { payload } = await new SDJwtInstance(checks(key)).verify(token);
  return { subject: payload.credentialSubject.id };
}

async function verifySdJwt({ token, jwk }) {
  const key = await jose.importJWK(jwk, "ES256");
  const instance = new SDJwtVcInstance({
    ...checks(key),
    statusListFetcher: async (uri) => (await fetch(uri)).text(),
    statusValidator: async (status) => {
      if (status !== 0) throw new Error(`status ${status}`);
    },
    statusVerifier: async () => true,
  });
  const { payload, header } = await instance.verify(token);
  return { vct: payload.vct, iss: payload.iss, cnf: payload.cnf, x5c: header.x5c ?? null };
}

const commands = { redeem, claim, deferred, notify, verifyToken, verifySdJwt };
for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...asked } = JSON.parse(line);
  let answer;
  try {
    answer = await commands[command](asked);
  } catch (error) {
    answer = { error: String(error?.response?.credentialErrorResponseResult?.data?.error ?? error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
