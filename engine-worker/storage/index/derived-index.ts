/**
 * What is derived from the log of a dataset and can always be made of it again. Versions are applied in the order of the
 * log, each once, a later version of an entity in the place of an earlier one. So an index that followed every commit
 * answers like one that was rebuilt, whatever the batches were. All indexes keep the same laws
 * (tests/engine/storage/index/laws.test.ts).
 */
export interface DerivedIndex<Versions> {
  /** Takes versions into account. */
  apply(versions: Versions): void
  /** Empties the index. */
  clear(): void
}

/** Has an index take versions into account as they are read. */
export async function applyLog<Versions>(
  index: DerivedIndex<Versions>,
  log: AsyncIterable<Versions> | Iterable<Versions>,
): Promise<void> {
  for await (const versions of log) index.apply(versions)
}

/** Makes an index anew from a whole log. */
export async function rebuildIndex<Versions>(
  index: DerivedIndex<Versions>,
  log: AsyncIterable<Versions> | Iterable<Versions>,
): Promise<void> {
  index.clear()
  await applyLog(index, log)
}
