/** What a rendering has to wait for: rendering itself never waits, so it stops, and begins again when all is there. */

/** Thrown by a filter that needs something loaded first. */
export class TemplateNeeds extends Error {
  constructor(readonly load: (fetchText: (url: string) => Promise<string>) => Promise<void>) {
    super('something must be loaded before the template can be rendered')
    this.name = 'TemplateNeeds'
  }
}

/** Things that a rendering may need at most; each begins it anew. */
const MAX_NEEDS = 20

/** Does work that renders templates, and loads what they need on the way. */
export async function withNeeds<T>(work: () => T, fetchText: (url: string) => Promise<string>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof TemplateNeeds) || attempt === MAX_NEEDS) throw error
      await error.load(fetchText)
    }
  }
}
