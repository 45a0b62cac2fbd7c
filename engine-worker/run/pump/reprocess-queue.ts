/**
 * Source entities that a run still has to process again: those that changes of other datasets concern, those whose output
 * has become the valid one, and those that failed before.
 */
export class ReprocessQueue {
  private readonly waitingKeys = new Set<string>()
  /** Those that are known from the pump's state alone, which has to keep them until they are done. */
  private readonly persistedKeys = new Set<string>()

  get size(): number {
    return this.waitingKeys.size
  }

  /** The keys, to add those that changes concern. */
  get keys(): Set<string> {
    return this.waitingKeys
  }

  /** Adds source entities that are found out again should the run end early. */
  add(keys: Iterable<string>): void {
    for (const key of keys) this.waitingKeys.add(key)
  }

  /** Adds source entities that are lost unless the state keeps them. */
  addPersisted(keys: Iterable<string>): void {
    for (const key of keys) {
      this.waitingKeys.add(key)
      this.persistedKeys.add(key)
    }
  }

  /** What the pump's state has to keep. */
  get persisted(): readonly string[] {
    return [...this.persistedKeys]
  }

  /** Source entities are processed now. */
  delete(items: readonly { readonly key: string }[]): void {
    if (this.waitingKeys.size === 0 && this.persistedKeys.size === 0) return
    for (const { key } of items) {
      this.waitingKeys.delete(key)
      this.persistedKeys.delete(key)
    }
  }

  /** Takes up to a number of keys out; they stay persisted until they are processed. */
  take(most: number): string[] {
    const keys: string[] = []
    for (const key of this.waitingKeys) {
      keys.push(key)
      if (keys.length >= most) break
    }
    for (const key of keys) this.waitingKeys.delete(key)
    return keys
  }

  clear(): void {
    this.waitingKeys.clear()
    this.persistedKeys.clear()
  }
}
