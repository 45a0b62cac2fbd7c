/**
 * The built app as it is sent over HTTP: files of one folder, compressed and cached, under the content security policy
 * that its page states of itself. Used by `npm start` and by `pipewright serve`.
 */
import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { extname, join, normalize, sep } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const contentTypes: Readonly<Record<string, string>> = {
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

/** What a GET or HEAD is answered with; `body` is null where there is none to send. */
export interface StaticAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | null
}

/** What is asked for: a path below the folder, percent-decoded and without a slash in front, and headers in lower case. */
export interface StaticRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

type Encoding = 'br' | 'gzip' | ''

/** A file as it is sent in one encoding. */
interface SentFile {
  readonly version: string
  readonly bytes: Uint8Array
  readonly type: string
  readonly encoding: Encoding
  readonly tag: string
}

/** Answers requests for the files of a folder; null where there is no such file. Throws where its page states no policy. */
export function staticFiles(folder: string): (request: StaticRequest) => StaticAnswer | null {
  const headers = { ...securityHeaders, 'content-security-policy': policyOf(folder) }
  const cachedFiles = new Map<string, SentFile>()
  return ({ method, path, headers: asked }) => {
    const inside = normalize(path === '' ? 'index.html' : path)
    const file = fileIn(folder, inside, encodingOf(String(asked['accept-encoding'] ?? '')), cachedFiles)
    if (!file) return null
    // Names of assets hold the hash of their content; everything else is asked about each time.
    const hashed = inside.startsWith(`assets${sep}`)
    const about: Record<string, string> = {
      ...headers,
      'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      etag: file.tag,
      vary: 'accept-encoding',
    }
    if (asked['if-none-match'] === file.tag) return { status: 304, headers: about, body: null }
    about['content-type'] = file.type
    about['content-length'] = String(file.bytes.length)
    if (file.encoding !== '') about['content-encoding'] = file.encoding
    return { status: 200, headers: about, body: method === 'HEAD' ? null : file.bytes }
  }
}

const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
} as const

/** The policy that the page states of itself, and what only a header can say: who may show it in a frame. */
function policyOf(folder: string): string {
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  const stated = /<meta[^>]*http-equiv="Content-Security-Policy"[^>]*content="([^"]*)"/.exec(page)?.[1]
  if (!stated) throw new Error(`${folder}/index.html states no content security policy`)
  return `${stated}; frame-ancestors 'none'`
}

function encodingOf(accepted: string): Encoding {
  return /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : ''
}

/** A file of the folder, read and compressed once for as long as it stays the same. */
function fileIn(folder: string, inside: string, encoding: Encoding, kept: Map<string, SentFile>): SentFile | null {
  const file = join(folder, inside.endsWith(sep) ? `${inside}index.html` : inside)
  if (!file.startsWith(normalize(folder) + sep) || file.includes('\0')) return null
  try {
    const stat = statSync(file)
    if (!stat.isFile()) return null
    const version = `${stat.mtimeMs}-${stat.size}`
    const key = `${encoding} ${file}`
    const before = kept.get(key)
    if (before?.version === version) return before
    const sent = { version, ...encodedFile(file, encoding) }
    kept.set(key, sent)
    return sent
  } catch {
    return null
  }
}

/** Texts are sent compressed; pictures and fonts are compressed already. */
function encodedFile(file: string, encoding: Encoding): Omit<SentFile, 'version'> {
  const type = contentTypes[extname(file)] ?? 'application/octet-stream'
  const bytes = readFileSync(file)
  const isText = /^(text|application\/(json|manifest))|svg/.test(type)
  const used = isText && bytes.length > 1000 ? encoding : ''
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 20)
  return { bytes: encode(bytes, used), type, encoding: used, tag: `"${hash}${used === '' ? '' : `-${used}`}"` }
}

function encode(bytes: Uint8Array, encoding: Encoding): Uint8Array {
  if (encoding === 'br') return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
  return encoding === 'gzip' ? gzipSync(bytes) : bytes
}
