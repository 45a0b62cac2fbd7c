/** Keeps what was used last, up to a bound on its size. */
export class Cache<K, V> {
  private readonly entries = new Map<K, { readonly value: V; readonly size: number }>()
  private total = 0

  constructor(private readonly bound: number) {}

  get(key: K): V | undefined {
    const entry = this.entries.get(key)
    if (!entry) return undefined
    this.entries.delete(key)
    this.entries.set(key, entry)
    return entry.value
  }

  set(key: K, value: V, size: number): void {
    this.delete(key)
    this.entries.set(key, { value, size })
    this.total += size
    for (const oldest of this.entries.keys()) {
      if (this.total <= this.bound) break
      this.delete(oldest)
    }
  }

  delete(key: K): void {
    const entry = this.entries.get(key)
    if (!entry) return
    this.entries.delete(key)
    this.total -= entry.size
  }

  clear(): void {
    this.entries.clear()
    this.total = 0
  }
}
