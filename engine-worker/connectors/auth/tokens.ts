/**
 * The access tokens of systems: what is known of them, and the place that keeps them between requests and runs. Where that
 * is (memory, an encrypted file, the page) is up to who opens the project.
 */

/** The client of a token endpoint; configuration-systems-url.rst, `oauth2`. */
export interface OAuthClient {
  readonly tokenUrl: string
  readonly clientId: string
  /** Absent for public clients, such as a page in a browser (RFC 6749 2.1). */
  readonly clientSecret?: string
  /** Separated by spaces. */
  readonly scope?: string
  /** More parameters of each token request. */
  readonly extra?: Readonly<Record<string, string>>
}

/** Tokens of one system. Moments are milliseconds since 1970. */
export interface KeptTokens {
  readonly accessToken: string
  readonly refreshToken?: string
  readonly expiresAt: number
  /** From then on another one is got before the next request. */
  readonly renewAt: number
  /** The client that a person signed in with; absent where the configuration alone gave the tokens. */
  readonly client?: OAuthClient
  /** What the configuration said when it gave the tokens: with another text they do not count any more. */
  readonly basis?: string
  /** The server has said that the access was taken back. */
  readonly ended?: true
}

/** Keeps the tokens of systems. */
export interface TokenStore {
  readonly read: (system: string) => Promise<KeptTokens | null>
  /** Resolves when they are kept: a token that was rotated is not used before. */
  readonly write: (system: string, tokens: KeptTokens) => Promise<void>
}

/** A place that keeps tokens as long as it lives. */
export function memoryTokens(): TokenStore {
  const kept = new Map<string, KeptTokens>()
  return {
    read: async (system) => kept.get(system) ?? null,
    write: async (system, tokens) => void kept.set(system, tokens),
  }
}

/** The last work in the queue of each system, by store. */
const queues = new WeakMap<TokenStore, Map<string, Promise<unknown>>>()

/**
 * Works with the tokens of a system exclusively. Pipes that run at the same time would otherwise use one refresh token
 * twice, for which a server takes back all tokens that came of it (RFC 9700 4.14.2).
 */
export function withTokensOf<T>(store: TokenStore, system: string, work: () => Promise<T>): Promise<T> {
  const queue = queues.get(store) ?? new Map<string, Promise<unknown>>()
  queues.set(store, queue)
  const turn = (queue.get(system) ?? Promise.resolve()).then(work)
  queue.set(
    system,
    turn.catch(() => undefined),
  )
  return turn
}
