/** Requests to an instance in numbers, and limits on how many a caller may send. */

/** Requests of one caller a second on average, and how many at once. */
const RATE_PER_SECOND = 2000
const BURST_SIZE = 10_000
/** Wrong tokens that an address may send in a minute. Tokens cannot be guessed; the limit keeps the log short. */
const MAX_REFUSALS = 1000
const MINUTE = 60_000

/** How many requests were answered with a class of status (`2xx`), and how long that took in seconds. */
interface AnswerTotals {
  readonly count: number
  readonly seconds: number
}

export class Traffic {
  private readonly byStatus = new Map<string, AnswerTotals>()
  readonly began: number

  constructor(now: number) {
    this.began = now / 1000
  }

  answered(status: number, seconds: number): void {
    const name = `${Math.floor(status / 100)}xx`
    const before = this.byStatus.get(name) ?? { count: 0, seconds: 0 }
    this.byStatus.set(name, { count: before.count + 1, seconds: before.seconds + seconds })
  }

  entries(): readonly (readonly [string, AnswerTotals])[] {
    return [...this.byStatus]
  }
}

interface Bucket {
  left: number
  at: number
}

/** Token buckets by caller. Times in milliseconds, by a clock that is never set back. */
export class RateLimit {
  private readonly buckets = new Map<string, Bucket>()
  private readonly refusals = new Map<string, { count: number; since: number }>()

  /** `mostRefusals`: wrong tokens or passwords that an address may send in a minute. */
  constructor(private readonly mostRefusals = MAX_REFUSALS) {}

  /** Whether a caller may send one more request now. */
  take(caller: string, now: number): boolean {
    const bucket = this.buckets.get(caller) ?? { left: BURST_SIZE, at: now }
    bucket.left = Math.min(BURST_SIZE, bucket.left + ((now - bucket.at) / 1000) * RATE_PER_SECOND)
    bucket.at = now
    this.buckets.set(caller, bucket)
    if (this.buckets.size > 10_000) this.forgetIdle(now)
    if (bucket.left < 1) return false
    bucket.left--
    return true
  }

  /** Notes a wrong token; says whether the address has sent too many. */
  refused(address: string, now: number): boolean {
    const before = this.refusals.get(address)
    const current = before && now - before.since < MINUTE ? before : { count: 0, since: now }
    current.count++
    this.refusals.set(address, current)
    return current.count > this.mostRefusals
  }

  /** Whether an address has sent too many wrong ones in this minute. */
  isBarred(address: string, now: number): boolean {
    const current = this.refusals.get(address)
    return current !== undefined && now - current.since < MINUTE && current.count > this.mostRefusals
  }

  private forgetIdle(now: number): void {
    for (const [caller, { at }] of this.buckets) if (now - at > MINUTE) this.buckets.delete(caller)
    for (const [address, { since }] of this.refusals) if (now - since > MINUTE) this.refusals.delete(address)
  }
}
