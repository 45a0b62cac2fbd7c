// Serves the built app on localhost: static files, nothing else, under the strict policy that the app is made for.
import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize, resolve, sep } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** The policy that the page states of itself, and what only a header can say: who may show it in a frame. */
function policyOf(folder) {
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  const stated = /<meta[^>]*http-equiv="Content-Security-Policy"[^>]*content="([^"]*)"/.exec(page)?.[1]
  if (!stated) throw new Error(`${folder}/index.html states no content security policy`)
  return `${stated}; frame-ancestors 'none'`
}

const security = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
}

/** Texts are sent compressed; pictures and fonts are compressed already. */
const isText = (type) => /^(text|application\/(json|manifest))|svg/.test(type)
const encoders = {
  br: (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes) => gzipSync(bytes),
}

/** The files of a folder as they are sent: each is read and compressed once for as long as it stays the same. */
function filesOf(folder) {
  const kept = new Map()
  /** What is sent for a file in an encoding (`br`, `gzip` or none); null where there is no such file. */
  return (inside, encoding) => {
    const file = join(folder, inside.endsWith(sep) ? `${inside}index.html` : inside)
    if (!file.startsWith(normalize(folder) + sep) || file.includes('\0')) return null
    try {
      const stat = statSync(file)
      if (!stat.isFile()) return null
      const version = `${stat.mtimeMs}-${stat.size}`
      const key = `${encoding} ${file}`
      const before = kept.get(key)
      if (before?.version === version) return before
      const type = types[extname(file)] ?? 'application/octet-stream'
      const bytes = readFileSync(file)
      const encoded = encoding !== '' && isText(type) && bytes.length > 1000
      const sent = {
        version,
        bytes: encoded ? encoders[encoding](bytes) : bytes,
        type,
        encoding: encoded ? encoding : '',
        tag: `"${createHash('sha256').update(bytes).digest('hex').slice(0, 20)}${encoded ? `-${encoding}` : ''}"`,
      }
      kept.set(key, sent)
      return sent
    } catch {
      return null
    }
  }
}

/** Starts serving `folder` below `base`; gives the URL and the server. Takes the next free port when one is in use. */
export function serve(folder, { port = 4173, base = '/', host = '127.0.0.1' } = {}) {
  const find = filesOf(folder)
  const headers = { 'content-security-policy': policyOf(folder), ...security }
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
    const accepted = request.headers['accept-encoding'] ?? ''
    const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : ''
    const inside = normalize(path.slice(base.length) || 'index.html')
    const file = find(inside, encoding)
    if (!file) return send(404, 'Not found')
    // Names of assets hold the hash of their content; everything else is asked about each time.
    const hashed = inside.startsWith(`assets${sep}`)
    const about = {
      ...headers,
      'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      etag: file.tag,
      vary: 'accept-encoding',
    }
    if (request.headers['if-none-match'] === file.tag) {
      response.writeHead(304, about)
      return response.end()
    }
    response.writeHead(200, {
      ...about,
      'content-type': file.type,
      'content-length': file.bytes.length,
      ...(file.encoding === '' ? {} : { 'content-encoding': file.encoding }),
    })
    response.end(request.method === 'HEAD' ? undefined : file.bytes)
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
