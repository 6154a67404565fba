// Keeps one Ablaufplan and what it loads, for the case that it is opened again without a connection. Whoever has one
// always gets the page from the server; the kept copy is what was answered last.
const KEPT = `ablaufplan ${self.registration.scope}`;

// Without cookies: what is kept on a device says nothing about who was signed in.
const ask = (request) => fetch(request, { credentials: "omit" });

async function keep(urls) {
  const cache = await caches.open(KEPT);
  await Promise.all(
    urls.map(async (url) => {
      const answer = await ask(url);
      if (answer.ok) await cache.put(url, answer);
    }),
  );
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(keep(event.data).then(() => event.source.postMessage("kept"))));
self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  event.respondWith(
    fetch(event.request).catch(async () => {
      const cache = await caches.open(KEPT);
      return (await cache.match(event.request, { ignoreSearch: event.request.mode === "navigate", ignoreVary: true })) ?? Response.error();
    }),
  );
});
