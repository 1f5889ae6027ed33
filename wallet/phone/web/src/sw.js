// Keeps exactly the files of one build, checked by their digests, and answers from them: the app works offline and
// is the same app every day. A newer build waits until the person takes it. A browser lets a newer service worker
// begin by itself once no page is open: so which build the person took is noted in its cache, and whichever worker
// is there answers from that one.

const VERSION = __VERSION__;
const FILES = __FILES__; // path: [sha256 in base64, headers]
const OURS = "skills-passport-";
const CACHE = OURS + VERSION;
const PAGE = "index.html";
const ABOUT = "about.html";
const READ_ONLY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

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

const TAKEN = place("taken"); // no file has this name: it is the note in the cache of the build that was taken
const note = async () => (await caches.open(CACHE)).put(TAKEN, new Response());

// The name of the cache of the build that the person took.
const taken = async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS));
  for (const name of [CACHE, ...names])
    if (names.includes(name) && (await (await caches.open(name)).match(TAKEN))) return name;
  return undefined;
};

const clean = async () => {
  const used = (await taken()) ?? CACHE;
  for (const name of await caches.keys())
    if (name.startsWith(OURS) && ![used, CACHE].includes(name)) await caches.delete(name);
};

// Taken while it waits: the pages load again when it begins. Begun before: it says when to load again.
const take = async () => {
  await note();
  if (self.registration.waiting) return self.skipWaiting();
  await clean();
  for (const page of await self.clients.matchAll()) page.postMessage({ taken: VERSION });
};

self.addEventListener("install", (event) => {
  const all = async () => {
    const cache = await caches.open(CACHE);
    for (const [path, file] of Object.entries(FILES)) await keep(cache, path, file);
    if (!(await taken())) await note(); // the first one is the one that the person came for
  };
  event.waitUntil(all());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(clean().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data === "take") event.waitUntil(take());
  if (event.data === "who") event.source.postMessage({ version: VERSION });
});

// What a newer build says of itself, before it is taken. It is read, and runs nothing.
const told = async (request) => {
  const response = await fetch(request);
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": READ_ONLY };
  return new Response(await response.arrayBuffer(), { status: response.status, headers });
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const scope = new URL(self.registration.scope);
  if (request.method !== "GET" || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return;
  const path = url.pathname.slice(scope.pathname.length) || PAGE;
  if (path === ABOUT && url.search === "?new") return event.respondWith(told(request));
  const kept = async () => {
    const name = await taken();
    return (name && path !== "taken" && (await (await caches.open(name)).match(place(path)))) || fetch(request);
  };
  event.respondWith(kept());
});
