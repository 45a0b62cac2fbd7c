/** What would be sent now, found part by part: the first figures stand for all records, the last ones are of all. */
import type { FileContents } from '../../config/project/read.ts'
import type { Environment } from '../../environment.ts'
import type { Problem } from '../../problem.ts'
import type { RunEvent } from '../../run/progress.ts'
import { planOf } from '../generate/plan.ts'
import type { Model } from '../model.ts'
import { type ChangeTally, emptyTally, tallyChanges } from '../test/changes.ts'
import type { Matcher } from './matching.ts'
import type { RecordReader } from './records.ts'
import { collectedRecords, givenRecords, KeptRun } from './run.ts'
import { runParts } from './run-parts.ts'

/** What was found so far. */
interface FoundSharing extends ChangeTally {
  readonly problems: readonly Problem[]
}

interface SharingOptions {
  /** The pipes; what is edited by hand may look at any record, so that they run on all at once. */
  readonly components: Parameters<KeptRun['run']>[0]
  readonly isEdited: boolean
  readonly files: FileContents
  readonly signal: AbortSignal
  /** So many changes of each operation are kept for each mapping. */
  readonly most: number
  /** Hears what is found in the records that are done. */
  readonly found: (found: FoundSharing, done: number, of: number) => void
  /** Hears how far the pipes are where all records run at once. */
  readonly progress: (event: RunEvent) => void
}

/** Dry runs of which each goes on from the one before, part by part. */
export class SharingRun {
  private readonly whole: KeptRun
  private readonly parts: KeptRun[] = []

  constructor(
    private readonly reader: RecordReader,
    private readonly matcher: Matcher,
    private readonly environment: Environment,
    /** How many records the parts have; the last number counts for all others. */
    private readonly sizes?: readonly number[],
  ) {
    this.whole = new KeptRun(environment)
  }

  /** Runs the pipes in memory and gives what they would send. Throws the reason of the signal where it is aborted. */
  async find(model: Model, options: SharingOptions): Promise<FoundSharing> {
    const { components, isEdited, files, signal, most, found, progress } = options
    const plan = planOf(model)
    const tally = emptyTally(plan)
    const parts = isEdited ? null : await runParts(model, this.matcher, this.reader, this.environment, this.sizes)
    if (parts === null) {
      const { records, ...state } = await collectedRecords(model, this.reader)
      const { store, problems } = await this.whole.run(components, records, state, { files, signal, progress })
      await tallyChanges(store, plan, tally, most, () => true)
      return { ...tally, problems }
    }
    const of = parts.reduce((sum, { own }) => sum + own, 0)
    const size = parts.reduce((sum, part) => sum + part.size, 0)
    const problems = new Map<string, Problem>()
    let done = 0
    for (const [at, part] of parts.entries()) {
      signal.throwIfAborted()
      const run = this.parts[at] ?? new KeptRun(this.environment)
      this.parts[at] = run
      const records = givenRecords(model, part.records)
      const made = await run.run(components, records, { state: part.state, size }, { files, signal })
      await tallyChanges(made.store, plan, tally, most, part.isAbout)
      for (const problem of made.problems) problems.set(`${problem.code} ${problem.message}`, problem)
      done += part.own
      if (at < parts.length - 1) found({ ...tally, problems: [...problems.values()] }, done, of)
    }
    this.parts.length = parts.length
    return { ...tally, problems: [...problems.values()] }
  }
}
