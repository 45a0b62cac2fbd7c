/** What the engine needs of the platform that it runs on, passed in so that runs can be repeated. */
export interface Environment {
  /** Nanoseconds since 1970; never goes back, so that what was written later has the later time. */
  now(): bigint
  /** Milliseconds since 1970 as the machine's clock has it, which may be set back: schedules go by it. Absent: as `now`. */
  wall?(): number
  random(): number
  randomBytes(length: number): Uint8Array
  /** Where runs are compared: what is drawn next depends on the key alone. */
  seed?(key: string): void
  /** Waits a number of seconds; by default with the platform's timer. A simulated clock does not wait. */
  pause?(seconds: number): Promise<void>
}

/** Nanoseconds, of a clock or between two times of it, as milliseconds. */
export function milliseconds(nanoseconds: bigint): number {
  return Number(nanoseconds / 1_000_000n)
}
