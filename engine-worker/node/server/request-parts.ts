/** Parts of HTTP requests and their headers, as the dispatcher reads and writes them. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Answer } from './answer.ts'

export const SAFE_HEADERS = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' } as const

/** The answer to the question of a browser whether a page may ask; which pages may is checked before. */
export const preflightAnswer: Answer = {
  status: 204,
  headers: {
    'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE',
    'Access-Control-Allow-Headers': 'authorization, content-type, if-match',
    'Access-Control-Allow-Private-Network': 'true',
    'Access-Control-Max-Age': '600',
  },
  body: '',
}

export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined && 'access-control-request-method' in headers
}

/** A part of a path without percent encoding; null where it is encoded wrongly. */
export function decodedPath(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** Headers by lower-case names, so that one name is there once. */
export function lowerCaseHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

/** Names that come from a configuration or an address may have characters that no header can carry. */
export function headerTexts(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replace(/[^\t\x20-\x7e\xa0-\xff]/g, '_')]),
  )
}

export function drainBody(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.on('drain', done)
    response.on('close', done)
  })
}
