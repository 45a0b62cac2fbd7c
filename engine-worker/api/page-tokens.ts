/** Tokens of systems that a page keeps: the engine has a copy, and waits with new ones until the page has written them. */
import type { KeptTokens, TokenStore } from '../connectors/auth/tokens.ts'

type AskToKeep = (question: { readonly question: number; readonly system: string; readonly tokens: KeptTokens }) => void

/** Without a page they live as long as the engine. */
export class PageTokens implements TokenStore {
  private knownTokens: ReadonlyMap<string, KeptTokens> = new Map()
  private askToKeep: AskToKeep | null = null
  private readonly pendingAnswers = new Map<number, (failure: string | null) => void>()
  private lastQuestion = 0

  /** Replaces all tokens by these; `askToKeep` is called with new ones. */
  use(tokens: ReadonlyMap<string, KeptTokens>, ask: AskToKeep): void {
    this.knownTokens = tokens
    this.askToKeep = ask
  }

  /** The page has kept what {@link write} asked, or could not. */
  kept(question: number, failure: string | null): void {
    this.pendingAnswers.get(question)?.(failure)
    this.pendingAnswers.delete(question)
  }

  async read(system: string): Promise<KeptTokens | null> {
    return this.knownTokens.get(system) ?? null
  }

  async write(system: string, tokens: KeptTokens): Promise<void> {
    const { askToKeep: ask } = this
    if (ask) {
      const failure = await new Promise<string | null>((resolve) => {
        const question = ++this.lastQuestion
        this.pendingAnswers.set(question, resolve)
        ask({ question, system, tokens })
      })
      if (failure !== null) throw new Error(failure)
    }
    this.knownTokens = new Map(this.knownTokens).set(system, tokens)
  }
}
