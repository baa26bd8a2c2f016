/* My agenda without a network: the page and its parts as they were last seen, for its owner only.
   VERSION, HOME and PARTS come before this text. Nothing else passes through here. */
"use strict";
const PATHS = PARTS.map((part) => part.split("?")[0]); // the rest changes with the content
const SHELL = "agenda-parts-" + VERSION;
const PAGES = "agenda-pages-" + HOME;
const PATIENCE = 5000; // milliseconds for a slow network, then what is kept
const stale = new Set(); // the pages that show what was kept

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(PARTS)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => names.filter((name) => name.startsWith("agenda-parts-") && name !== SHELL))
    .then((old) => Promise.all(old.map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event, address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (PATHS.includes(address.pathname)) event.respondWith(part(request));
  else if (isPage(address.pathname)) event.respondWith(page(event, address.pathname));
  else if (isLook(address.pathname)) event.respondWith(look(request));
});

/* The event's own colours and logo: their addresses change with them. */
function isLook(path) {
  const event = HOME.replace(/me\/agenda$/, "");
  return path === event + "look.css" || path === event + "logo.png";
}

async function look(request) {
  const cache = await caches.open(PAGES);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && answer.type === "basic") await cache.put(request, answer.clone());
  return answer;
}

function isPage(path) {
  return path === HOME || /^\/meetings\/[^/]+$/.test(path.startsWith(HOME) ? path.slice(HOME.length) : "");
}

/* A page that was kept before an upgrade names parts that are gone: without a network, the new ones do. */
async function part(request) {
  const cache = await caches.open(SHELL);
  const instead = () => cache.match(request, { ignoreSearch: true });
  return (await cache.match(request)) || fetch(request).catch(instead);
}

async function page(event, path) {
  const fresh = fetch(event.request).then((answer) => keep(path, answer));
  event.waitUntil(fresh.catch(() => undefined));
  const kept = await caches.open(PAGES).then((cache) => cache.match(path));
  if (!kept) return fresh;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
  const shown = await Promise.race([fresh.catch(() => kept), late]);
  if (shown === kept) stale.add(event.resultingClientId);
  return shown;
}

self.addEventListener("message", (event) => event.source.postMessage({ stale: stale.has(event.source.id) }));

/* Whoever is sent elsewhere is signed out, or no participant any more: nothing stays. */
async function keep(path, answer) {
  if (answer.type === "opaqueredirect" || answer.redirected || answer.status === 404) await caches.delete(PAGES);
  else if (answer.ok && answer.type === "basic") {
    const copy = answer.clone();
    await caches.open(PAGES).then((cache) => cache.put(path, copy));
  }
  return answer;
}
