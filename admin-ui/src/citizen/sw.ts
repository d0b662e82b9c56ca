/// <reference lib="webworker" />
declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] };

const files = self.__WB_MANIFEST;
const urls = files.map(({ url }) => `/${url === 'index.html' ? '' : url}`);
const name = `citizen-${hash(files.map(({ url, revision }) => url + (revision ?? '')).join())}`;
const pages = new Set(['/', '/pass', '/khai-bao']);

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(name).then((cache) => cache.addAll(urls.map((url) => new Request(url, { cache: 'reload' })))),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOthers().then(() => self.clients.claim()));
});

// Answers for the citizen's own pages and files only: never for /officer, /admin or /graphql.
self.addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== 'GET' || origin !== self.location.origin) return;
  if (event.request.mode === 'navigate' && pages.has(pathname)) event.respondWith(kept('/', event.request));
  else if (pathname !== '/' && urls.includes(pathname)) event.respondWith(kept(pathname, event.request));
});

async function kept(url: string, request: Request): Promise<Response> {
  return (await caches.match(url, { cacheName: name })) ?? fetch(request);
}

async function dropOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((each) => each.startsWith('citizen-') && each !== name).map((each) => caches.delete(each)),
  );
}

function hash(text: string): string {
  let sum = 0;
  for (const letter of text) sum = (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0;
  return (sum >>> 0).toString(36);
}
