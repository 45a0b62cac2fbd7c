/** Which pages of a long list are asked for: those at the newest place, not those that were scrolled past. */

/** Requests that are under way at the same time. What waits here can still be left out; what was asked for can not. */
const atOnce = 2

/** Pages that are loaded, being loaded, or waited for. */
export class NewestPages {
  /** Loaded, or being loaded. */
  private readonly known = new Set<number>()
  private waiting: number[] = []
  private underWay = 0

  /** @param load false where the page could not be loaded: it is asked for again when it is wanted again */
  constructor(private readonly load: (page: number) => Promise<boolean>) {}

  /** Wants the pages of a place, the middle ones first; pages of former places that still wait are not asked for. */
  want(first: number, last: number): void {
    const middle = (first + last) / 2
    this.waiting = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at)
      .filter((page) => !this.known.has(page))
      .sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))
    this.next()
  }

  /** Wants one page before all others, wherever the place is. */
  wantToo(page: number): void {
    if (!this.known.has(page)) this.start(page)
  }

  /** Has a page loaded again when it is wanted again. */
  forget(page: number): void {
    this.known.delete(page)
  }

  private next(): void {
    while (this.underWay < atOnce) {
      const page = this.waiting.shift()
      if (page === undefined) return
      if (!this.known.has(page)) this.start(page)
    }
  }

  private start(page: number): void {
    this.known.add(page)
    this.underWay++
    void this.load(page).then((isLoaded) => {
      if (!isLoaded) this.known.delete(page)
      this.underWay--
      this.next()
    })
  }
}
