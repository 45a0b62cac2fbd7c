// Serves the built app on localhost: static files, nothing else, under the strict policy that the app is made for.
import { createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize, resolve, sep } from 'node:path'

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

// A worker takes its policy from its own response, not from the page's <meta>: so it is sent with everything.
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const headers = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
}

/** Starts serving `folder` below `base`; gives the URL and the server. Takes the next free port when one is in use. */
export function serve(folder, { port = 4173, base = '/', host = '127.0.0.1' } = {}) {
  const server = createServer((request, response) => {
    const send = (status, text) => {
      response.writeHead(status, { ...headers, 'content-type': 'text/plain; charset=utf-8' })
      response.end(text)
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return send(405, 'Only GET')
    let path
    try {
      path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
    } catch {
      return send(400, 'Not an address')
    }
    if (!path.startsWith(base)) return send(404, 'Not found')
    const inside = normalize(path.slice(base.length) || 'index.html')
    const file = join(folder, inside.endsWith(sep) ? `${inside}index.html` : inside)
    if (!file.startsWith(normalize(folder) + sep) || file.includes('\0')) return send(404, 'Not found')
    let size
    try {
      const stat = statSync(file)
      if (!stat.isFile()) return send(404, 'Not found')
      size = stat.size
    } catch {
      return send(404, 'Not found')
    }
    const hashed = inside.startsWith(`assets${sep}`)
    response.writeHead(200, {
      ...headers,
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-length': size,
      'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    })
    if (request.method === 'HEAD') return response.end()
    createReadStream(file).pipe(response)
  })
  return new Promise((resolve, reject) => {
    let tries = 0
    server.on('error', (error) => {
      if (error.code !== 'EADDRINUSE' || tries++ > 20) reject(error)
      else server.listen(port + tries, host)
    })
    server.on('listening', () => {
      const { port: taken } = server.address()
      resolve({ server, url: `http://localhost:${taken}${base}` })
    })
    server.listen(port, host)
  })
}

// node .ci/serve.mjs [folder] [port] [base]
if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [, , folder = 'dist', port = '4173', base = '/'] = process.argv
  const { url } = await serve(resolve(folder), { port: Number(port), base })
  console.log(url)
}
