// Keeps the page and its files for when there is no network. Never anything of a household: only the list in SHELL.
const NAME = `visits-${SHELL.version}`;

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));

async function keep() {
  const cache = await caches.open(NAME);
  await Promise.all([SHELL.page, ...SHELL.files].map(async (address) => {
    const answer = await fetch(address, { cache: "reload", credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(`not kept: ${address}`);
    await cache.put(address, answer);
  }));
  await self.skipWaiting();
}

async function tidy() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("visits-") && name !== NAME).map((name) => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET") return;
  if (path === SHELL.page || SHELL.files.includes(path)) event.respondWith(kept(path, request));
  else if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => kept(SHELL.page, request)));
});

const kept = async (path, request) => (await (await caches.open(NAME)).match(path)) ?? fetch(request);
