/** What services have answered while the engine lives, so that previews can show it without asking again. */
import type { HttpExchange } from './har.ts'
import type { HttpRequest, HttpResponse } from './http-exchange.ts'

/** Characters that are kept at most. */
const MAX_CHARACTERS = 20_000_000

/** The latest answers, by what was asked. */
export class ResponseCache {
  private readonly exchangeByKey = new Map<string, HttpExchange>()
  private size = 0

  /** What was answered to the same request the last time, or null. */
  to(request: HttpRequest): HttpResponse | null {
    return this.exchangeByKey.get(keyOf(request))?.response ?? null
  }

  /** All that is kept, oldest first. Requests have the names of secrets, and answers are without them. */
  exchanges(): readonly HttpExchange[] {
    return [...this.exchangeByKey.values()]
  }

  /** Keeps an answer; the oldest ones make room. */
  keep(request: HttpRequest, answer: HttpResponse): void {
    const key = keyOf(request)
    this.drop(key)
    if (answer.text.length > MAX_CHARACTERS) return
    this.exchangeByKey.set(key, { request, response: answer })
    this.size += answer.text.length
    for (const oldest of this.exchangeByKey.keys()) {
      if (this.size <= MAX_CHARACTERS) return
      this.drop(oldest)
    }
  }

  private drop(key: string): void {
    this.size -= this.exchangeByKey.get(key)?.response.text.length ?? 0
    this.exchangeByKey.delete(key)
  }
}

function keyOf({ method = 'GET', url, body = '' }: HttpRequest): string {
  return `${method} ${url} ${body}`
}
