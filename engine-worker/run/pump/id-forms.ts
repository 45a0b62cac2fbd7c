/**
 * Ids that look alike and are not: two that differ in their Unicode normal form only (an "é" as one character or as two) are
 * two entities, which is seldom meant.
 */
import type { Entity } from '../../entity/value.ts'
import { type Problem, problem } from '../../problem.ts'
import type { DatasetStore } from '../../storage/store.ts'

const idsLookAlike = problem<{ dataset: string; id: string; entities: number }>({
  code: 'ids-look-alike',
  severity: 'warning',
  says: ({ dataset, id, entities }) =>
    `${entities === 1 ? 'An entity' : `${entities} entities`} of the dataset ${dataset} ${entities === 1 ? 'has' : 'have'} an _id that another one also has in a different Unicode normal form, ${id} among them: they look the same and are two entities.`,
  fix: () => 'Write the ids in one normal form where the data is made. Rules compare texts character by character.',
})

/** Finds such ids among what a run writes. */
export class IdForms {
  private ambiguousIds = 0
  private firstAmbiguousId = ''

  constructor(
    private readonly store: DatasetStore,
    private readonly dataset: string,
  ) {}

  /** Looks at entities before they are written. */
  async look(entities: readonly Entity[]): Promise<void> {
    const others = new Map<string, string>()
    for (const { _id: id, _deleted } of entities) {
      if (typeof id !== 'string' || _deleted === true || !/[^\0-\x7f]/.test(id)) continue
      for (const form of [id.normalize('NFC'), id.normalize('NFD')]) if (form !== id) others.set(form, id)
    }
    if (others.size === 0) return
    const written = new Set(entities.flatMap(({ _id, _deleted }) => (_deleted === true ? [] : [_id])))
    const forms = [...others.keys()]
    const stored = await this.store.lookup(this.dataset, forms)
    for (const [at, form] of forms.entries()) {
      const before = stored[at]
      if (!written.has(form) && (!before || before._deleted === true)) continue
      this.ambiguousIds++
      this.firstAmbiguousId ||= others.get(form) ?? ''
    }
  }

  /** What was found, or null. */
  problem(pipe: string): Problem | null {
    const facts = { dataset: this.dataset, id: this.firstAmbiguousId, entities: this.ambiguousIds }
    return this.ambiguousIds === 0 ? null : idsLookAlike(facts, { pipe, entity: this.firstAmbiguousId })
  }
}
