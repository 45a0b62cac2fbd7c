/** What would be sent now, found part by part: the first figures stand for all records, the last ones are of all. */
import type { FileContents } from '../../config/project/read.ts'
import type { Environment } from '../../environment.ts'
import type { Problem } from '../../problem.ts'
import type { RunEvent } from '../../run/progress.ts'
import { type Plan, planOf } from '../generate/plan.ts'
import type { Model } from '../model.ts'
import { ColumnRun } from './column-run.ts'
import type { Matcher } from './matching.ts'
import type { RecordReader } from './records.ts'
import { collectedRecords, givenRecords, KeptRun } from './run.ts'
import { PartMaker } from './run-parts.ts'
import { addTally, type ChangeTally, emptyTally, Tallies } from './tally.ts'

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

const isAll = (): boolean => true

/** The run of one part, and what it has found. */
interface PartRun {
  readonly run: KeptRun
  readonly tallies: Tallies
}

/** Dry runs of which each goes on from the one before, part by part; one that is asked for meanwhile waits for it. */
export class SharingRun {
  private readonly maker: PartMaker
  private readonly columns: ColumnRun
  private whole: PartRun
  private readonly runs: PartRun[] = []
  private last: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly reader: RecordReader,
    matcher: Matcher,
    private readonly environment: Environment,
    /** How many records the parts have; the last number counts for all others. */
    sizes?: readonly number[],
  ) {
    this.maker = new PartMaker(matcher, reader, sizes)
    this.columns = new ColumnRun(matcher, reader, environment, sizes)
    this.whole = this.newRun()
  }

  /** Runs the pipes in memory and gives what they would send. Throws the reason of the signal where it is aborted. */
  find(model: Model, options: SharingOptions): Promise<FoundSharing> {
    const finding = this.last.then(() => this.findNow(model, options))
    this.last = finding.catch(() => undefined)
    return finding
  }

  private newRun(): PartRun {
    return { run: new KeptRun(this.environment), tallies: new Tallies() }
  }

  private async findNow(model: Model, options: SharingOptions): Promise<FoundSharing> {
    const { components, isEdited, files, signal, most, found, progress } = options
    signal.throwIfAborted()
    const plan = planOf(model)
    const heard = (soFar: ChangeTally, done: number, of: number): void => found({ ...soFar, problems: [] }, done, of)
    const joined = async (): Promise<void> => void (await this.runParts(model, plan, options, 1))
    const byColumns = isEdited ? null : await this.columns.find(plan, { signal, most, found: heard, joined })
    if (byColumns !== null) {
      this.runs.length = Math.min(1, this.runs.length)
      this.whole = this.newRun()
      return { ...byColumns, problems: [] }
    }
    const made = isEdited ? null : await this.runParts(model, plan, options)
    if (made !== null) return made
    const { records, ...state } = await collectedRecords(model, this.reader)
    const { store, problems } = await this.whole.run.run(components, records, state, { files, signal, progress })
    return { ...(await this.whole.tallies.count(store, plan, most, isAll)), problems }
  }

  /** Runs the pipes on part after part, at most on so many; null where the records cannot be divided. */
  private async runParts(
    model: Model,
    plan: Plan,
    { components, files, signal, most, found }: SharingOptions,
    atMost = Number.POSITIVE_INFINITY,
  ): Promise<FoundSharing | null> {
    const divided = await this.maker.parts(model)
    if (divided === null) return null
    const { parts, of, size } = divided
    const tally = emptyTally(plan)
    const problems = new Map<string, Problem>()
    let done = 0
    let at = 0
    for (const part of parts) {
      if (at >= atMost) break
      signal.throwIfAborted()
      const { run, tallies } = this.runs[at] ?? this.newRun()
      this.runs[at++] = { run, tallies }
      const records = givenRecords(model, part.records)
      const made = await run.run(components, records, { state: part.state, size }, { files, signal })
      addTally(tally, await tallies.count(made.store, plan, most, part.isAbout), most)
      for (const problem of made.problems) problems.set(`${problem.code} ${problem.message}`, problem)
      done += part.own
      if (done < of) found({ ...tally, problems: [...problems.values()] }, done, of)
    }
    this.runs.length = at
    return { ...tally, problems: [...problems.values()] }
  }
}
