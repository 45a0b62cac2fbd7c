// Serves the built app on localhost: static files, nothing else, under the strict policy that the app is made for.
import { createServer } from 'node:http'
import { resolve } from 'node:path'
import { tsImport } from 'tsx/esm/api'

const { staticFiles } = await tsImport('../engine-worker/node/static-files.ts', import.meta.url)

/** Starts serving `folder` below `base`; gives the URL and the server. Takes the next free port when one is in use. */
export function serve(folder, { port = 4173, base = '/', host = '127.0.0.1' } = {}) {
  const answer = staticFiles(folder)
  const server = createServer((request, response) => {
    const send = (status, text) => {
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' })
      response.end(text)
    }
    const { method = '', headers } = request
    if (method !== 'GET' && method !== 'HEAD') return send(405, 'Only GET')
    let path
    try {
      path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
    } catch {
      return send(400, 'Not an address')
    }
    const found = path.startsWith(base) ? answer({ method, path: path.slice(base.length), headers }) : null
    if (!found) return send(404, 'Not found')
    response.writeHead(found.status, found.headers)
    response.end(found.body ?? undefined)
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
