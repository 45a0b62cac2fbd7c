/** Runs from the beginning that must not give nothing: `if_source_empty` and `if_transform_empty`. */
import type { RunnablePipe } from '../../connectors/runtime.ts'
import type { Problem } from '../../problem.ts'
import type { StageListener } from '../chain.ts'
import { sourceIsEmpty, transformIsEmpty } from '../problems.ts'

/** Counts what comes out of the stages that must not give nothing. */
export class EmptyCheck {
  private readonly entitiesByDataset = new Map<number, number>()
  /** Passed to the chain; null where no stage is counted. */
  readonly watch: StageListener | null

  constructor(private readonly pipe: RunnablePipe) {
    const { stages } = pipe
    this.watch = stages.some(({ failIfEmpty }) => failIfEmpty)
      ? (stage, entities) => {
          if (stages[stage]?.failIfEmpty)
            this.entitiesByDataset.set(stage, (this.entitiesByDataset.get(stage) ?? 0) + entities.length)
        }
      : null
  }

  /** Why the run failed, or null. A stage that nothing has reached has no number: it did not fail to give anything. */
  problem(sourceMustNotBeEmpty: boolean, read: number): Problem | null {
    const { id } = this.pipe
    if (read === 0 && sourceMustNotBeEmpty) return sourceIsEmpty({ pipe: id }, { pipe: id, path: ['source'] })
    return [...this.entitiesByDataset.values()].includes(0) ? transformIsEmpty({ pipe: id }, { pipe: id }) : null
  }
}
