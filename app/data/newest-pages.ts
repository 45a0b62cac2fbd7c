/** Which pages of a long list are asked for: those at the newest place, not those that were scrolled past. */

/** Requests that are under way at the same time. What waits here can still be left out; what was asked for can not. */
const maxParallel = 2

/** Pages that are loaded, being loaded, or waited for. */
export class NewestPages {
  /** Loaded, or being loaded. */
  private readonly requestedPages = new Set<number>()
  private waitingPages: number[] = []
  private loadingCount = 0

  /** @param load false where the page could not be loaded: it is asked for again when it is wanted again */
  constructor(private readonly load: (page: number) => Promise<boolean>) {}

  /** Wants the pages of a place, the middle ones first; pages of former places that still wait are not asked for. */
  want(first: number, last: number): void {
    const middle = (first + last) / 2
    this.waitingPages = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at)
      .filter((page) => !this.requestedPages.has(page))
      .sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))
    this.startNext()
  }

  /** Wants one page before all others, wherever the place is. */
  wantToo(page: number): void {
    if (!this.requestedPages.has(page)) this.startPage(page)
  }

  /** Has a page loaded again when it is wanted again. */
  forget(page: number): void {
    this.requestedPages.delete(page)
  }

  private startNext(): void {
    while (this.loadingCount < maxParallel) {
      const page = this.waitingPages.shift()
      if (page === undefined) return
      if (!this.requestedPages.has(page)) this.startPage(page)
    }
  }

  private startPage(page: number): void {
    this.requestedPages.add(page)
    this.loadingCount++
    void this.load(page).then((isLoaded) => {
      if (!isLoaded) this.requestedPages.delete(page)
      this.loadingCount--
      this.startNext()
    })
  }
}
