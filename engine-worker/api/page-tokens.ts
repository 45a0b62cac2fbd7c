/** Tokens of systems that a page keeps: the engine has a copy, and waits with new ones until the page has written them. */
import type { KeptTokens, TokenStore } from '../connectors/auth/tokens.ts'

type AskToKeep = (question: { readonly question: number; readonly system: string; readonly tokens: KeptTokens }) => void

/** Without a page they live as long as the engine. */
export class PageTokens implements TokenStore {
  private known: ReadonlyMap<string, KeptTokens> = new Map()
  private ask: AskToKeep | null = null
  private readonly waiting = new Map<number, (failure: string | null) => void>()
  private asked = 0

  /** Replaces all tokens by these; `ask` is called with new ones. */
  use(tokens: ReadonlyMap<string, KeptTokens>, ask: AskToKeep): void {
    this.known = tokens
    this.ask = ask
  }

  /** The page has kept what {@link write} asked, or could not. */
  kept(question: number, failure: string | null): void {
    this.waiting.get(question)?.(failure)
    this.waiting.delete(question)
  }

  async read(system: string): Promise<KeptTokens | null> {
    return this.known.get(system) ?? null
  }

  async write(system: string, tokens: KeptTokens): Promise<void> {
    const { ask } = this
    if (ask) {
      const failure = await new Promise<string | null>((resolve) => {
        const question = ++this.asked
        this.waiting.set(question, resolve)
        ask({ question, system, tokens })
      })
      if (failure !== null) throw new Error(failure)
    }
    this.known = new Map(this.known).set(system, tokens)
  }
}
