// The one way out: a request that the person started. No cookies, no redirects, bounded in size and time.
import { refusal } from "./refusal.js";

const TOLD = [
  "content-type",
  "dpop-nonce",
  "etag",
  "link",
  "oauth-client-attestation-challenge",
  "retry-after",
  "www-authenticate",
  "x-total-count",
];

const readBounded = async (response, most) => {
  if (!response.body) return new Uint8Array();
  const [reader, pieces] = [response.body.getReader(), []];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > most) {
      await reader.cancel();
      throw refusal("too-large");
    }
    pieces.push(value);
  }
  const whole = new Uint8Array(size);
  let place = 0;
  for (const piece of pieces) {
    whole.set(piece, place);
    place += piece.length;
  }
  return whole;
};

export const network = {
  send: async ({ method, url, headers, seconds, most, unread }, bytes) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), seconds * 1000);
    try {
      const response = await fetch(url, {
        method,
        headers,
        body: bytes?.length ? bytes : undefined,
        signal: stop.signal,
        mode: "cors",
        credentials: "omit",
        redirect: "manual",
        referrerPolicy: "no-referrer",
        cache: "no-store",
      });
      if (response.type === "opaqueredirect") throw refusal("redirected");
      const told = Object.fromEntries(
        TOLD.filter((name) => response.headers.has(name)).map((name) => [name, response.headers.get(name)]),
      );
      const body = unread ? new Uint8Array() : await readBounded(response, most);
      return { values: { status: response.status, headers: told }, bytes: body };
    } catch (error) {
      if (error.code_) throw error;
      throw refusal(stop.signal.aborted ? "timed-out" : "unreachable");
    } finally {
      clearTimeout(timer);
    }
  },
};
