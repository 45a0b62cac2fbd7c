/** What services have answered while the engine lives, so that previews can show it without asking again. */
import type { HttpExchange } from './har.ts'
import type { HttpRequest, HttpResponse } from './http-exchange.ts'

/** Characters that are kept at most. */
const MOST = 20_000_000

/** The latest answers, by what was asked. */
export class ResponseCache {
  private readonly answers = new Map<string, HttpExchange>()
  private size = 0

  /** What was answered to the same request the last time, or null. */
  to(request: HttpRequest): HttpResponse | null {
    return this.answers.get(keyOf(request))?.response ?? null
  }

  /** All that is kept, oldest first. Requests have the names of secrets, and answers are without them. */
  exchanges(): readonly HttpExchange[] {
    return [...this.answers.values()]
  }

  /** Keeps an answer; the oldest ones make room. */
  keep(request: HttpRequest, answer: HttpResponse): void {
    const key = keyOf(request)
    this.drop(key)
    if (answer.text.length > MOST) return
    this.answers.set(key, { request, response: answer })
    this.size += answer.text.length
    for (const oldest of this.answers.keys()) {
      if (this.size <= MOST) return
      this.drop(oldest)
    }
  }

  private drop(key: string): void {
    this.size -= this.answers.get(key)?.response.text.length ?? 0
    this.answers.delete(key)
  }
}

function keyOf({ method = 'GET', url, body = '' }: HttpRequest): string {
  return `${method} ${url} ${body}`
}
