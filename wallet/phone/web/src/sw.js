// Keeps exactly the files of one build, checked by their digests, and answers from them: the app works offline and
// is the same app every day. A newer build waits until the person takes it.

const VERSION = __VERSION__;
const FILES = __FILES__; // path: [sha256 in base64, headers]
const CACHE = `skills-passport-${VERSION}`;
const PAGE = "index.html";

const place = (path) => new URL(path, self.registration.scope).href;

const keep = async (cache, path, [digest, headers]) => {
  const address = place(path);
  const response = await fetch(address, { integrity: `sha256-${digest}`, credentials: "omit", cache: "no-cache" });
  if (!response.ok) throw new Error(path);
  // a server that knows what it serves says how strict it is; on others the build says it
  const policy = response.headers.get("cross-origin-embedder-policy") && response.headers.get("content-security-policy");
  const kept = policy ? { ...headers, "Content-Security-Policy": policy } : headers;
  await cache.put(address, new Response(await response.arrayBuffer(), { headers: kept }));
};

self.addEventListener("install", (event) => {
  const all = async () => {
    const cache = await caches.open(CACHE);
    for (const [path, file] of Object.entries(FILES)) await keep(cache, path, file);
  };
  event.waitUntil(all());
});

self.addEventListener("activate", (event) => {
  const clean = async () => {
    for (const name of await caches.keys())
      if (name.startsWith("skills-passport-") && name !== CACHE) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(clean());
});

self.addEventListener("message", ({ data }) => {
  if (data === "take") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const scope = new URL(self.registration.scope);
  if (request.method !== "GET" || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return;
  const path = url.pathname.slice(scope.pathname.length) || PAGE;
  if (!(path in FILES)) return;
  const kept = async () => {
    const cache = await caches.open(CACHE);
    return (await cache.match(place(path))) ?? fetch(request);
  };
  event.respondWith(kept());
});
