/** The documentation of the API as one page, made of the routes; nothing in it comes from a configuration. */
import type { Answer } from './answer.ts'
import type { ApiRoute } from './route.ts'

const stylesheet =
  'body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}' +
  'table{border-collapse:collapse;width:100%}td{border-top:1px solid #8884;padding:.35rem .5rem;vertical-align:top}' +
  'code{font-size:.9em}'

/** One list of routes with the address below which it is served, and where its OpenAPI document is. */
interface DocumentedApi {
  readonly base: string
  readonly title: string
  readonly document: string
  readonly routes: readonly ApiRoute[]
}

/** The page of several lists of routes. */
export function documentation(apis: readonly DocumentedApi[]): Answer {
  const parts = apis.map(({ base, title, document, routes }) => {
    const rows = routes.map(({ method, path, says, query = {} }) => {
      const names = Object.keys(query).join(', ')
      return `<tr><td><code>${method}</code></td><td><code>${escapedHtml(path)}</code></td><td>${escapedHtml(says)}</td><td>${escapedHtml(names)}</td></tr>`
    })
    return `<h2>${escapedHtml(title)}</h2><p>Below <code>${base}</code>; <a href="${document}">${document.split('/').at(-1)}</a> has it for programs.</p><table>${rows.join('')}</table>`
  })
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Pipewright API</title><style>${stylesheet}</style></head><body><h1>API</h1><p>Every call but <code>GET /api/health</code> needs <code>Authorization: Bearer</code> with a token of <code>pipewright serve token</code>.</p>${parts.join('')}</body></html>`
  const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
  return {
    status: 200,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy },
    body,
  }
}

function escapedHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
}
