/**
 * Makes the app work offline after the first visit: all of its files are kept when it is installed, and answered from
 * there. The build (vite.config.ts) puts the list and its version in the place of the two marks. A new version waits
 * until no tab uses the old one, so that a page never meets files of another build.
 */
const files = __FILES__
const cacheName = 'pipewright-__VERSION__'

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(cacheName).then((cache) => cache.addAll(files.map((file) => new Request(file, { cache: 'reload' })))),
  )
})

self.addEventListener('activate', (event) => {
  const tidy = async () => {
    const names = await caches.keys()
    const old = names.filter((name) => name.startsWith('pipewright-') && name !== cacheName)
    await Promise.all(old.map((name) => caches.delete(name)))
    await self.clients.claim()
  }
  event.waitUntil(tidy())
})

// A person chose to load the new build now.
self.addEventListener('message', ({ data }) => {
  if (data === 'take over') self.skipWaiting()
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (!url.href.startsWith(self.registration.scope)) return
  const answer = async () => {
    const cache = await caches.open(cacheName)
    // Every address that is opened and is not one of the files is the app itself; what a server has beside it is not.
    const path = url.href.slice(self.registration.scope.length)
    const isServers = /^([^/?#]+\/)?(api|docs|pipewright)([/?#]|$)/.test(path)
    // What comes back from a sign-in is read by that page alone, and kept nowhere.
    if (/^oauth\.(html|js)([?#]|$)/.test(path)) return fetch(request)
    const page = request.mode === 'navigate' && !isServers ? await cache.match('./index.html') : undefined
    return (await cache.match(request, { ignoreSearch: true })) ?? page ?? fetch(request)
  }
  event.respondWith(answer())
})
