// npm @digitalcredentials/verifier-core as the verifier of badges: JSON in on stdin, JSON out on stdout.
// {credentials: [...], documents: {url: document}}: what it fetches is answered from the documents, and nothing else is.
import { readFileSync } from "node:fs";

console.log = console.error; // stdout is for the answer
const { credentials, documents } = JSON.parse(readFileSync(0, "utf8"));
const fetched = [];
globalThis.fetch = async (request) => {
  const url = typeof request === "string" ? request : request.url;
  fetched.push(url);
  const document = documents[url];
  return document === undefined
    ? new Response("", { status: 404 })
    : new Response(JSON.stringify(document), { headers: { "content-type": "application/json" } });
};
const { verifyCredential } = await import("@digitalcredentials/verifier-core");

const told = [];
for (const credential of credentials) {
  const { errors, log, additionalInformation } = await verifyCredential({ credential, knownDIDRegistries: [] });
  const steps = (log ?? []).map(({ id, valid, error }) => [id, valid ?? error?.name ?? null]);
  told.push({
    errors: (errors ?? []).map(({ name }) => name),
    steps: Object.fromEntries(steps),
    schema: (additionalInformation ?? []).find(({ id }) => id === "schema_check"),
  });
}
process.stdout.write(JSON.stringify({ told, fetched: [...new Set(fetched)] }));
