/** A request and its response, as parts and caches see them. */
import type { Encoding } from '../config/project/read.ts'

/** How secrets are written into a body: as they are, inside of JSON texts, or encoded as in forms. */
export type BodyFormat = 'text' | 'json' | 'form'

export interface HttpRequest {
  readonly url: string
  /** The position in `url` from which on secrets are encoded; by default nowhere. */
  readonly encodedFrom?: number
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly bodyFormat?: BodyFormat
  /**
   * The secrets that may be put in: those that the configuration names. Data that happens to read like the name of
   * another one stays as it is. Without it all secrets may stand in address and headers, and none in the body.
   */
  readonly secrets?: ReadonlySet<string>
  /** Request and response are about tokens: they are kept nowhere. */
  readonly unrecorded?: true
  /** The character set of the response, UTF-8 by default; `strict` fails on bytes that are no characters. */
  readonly encoding?: Encoding
}

export interface HttpResponse {
  readonly status: number
  readonly text: string
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly url: string
}
