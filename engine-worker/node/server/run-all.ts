/**
 * `run-all-pipes` of Sesam's client: pipes are run in rounds, in the order of their dependencies, until nothing changes any
 * more (sesam-py-contract, "run-all-pipes"). Nothing else starts meanwhile.
 */

import { randomUUID } from 'node:crypto'
import { declaredKind } from '../../config/model/declared.ts'
import type { OpenPipe } from '../../connectors/open.ts'
import { get } from '../../entity/dict.ts'
import type { JsonObject } from '../../entity/value.ts'
import { hasNoPump } from '../../run/follow.ts'
import type { PipeProgress } from '../../run/progress.ts'
import { isInternal } from '../../testing/outputs.ts'
import { errorWords } from '../system-error.ts'
import { HttpError } from './answer.ts'
import type { Instance } from './instance.ts'

/** What a run of all pipes is asked for. */
interface RunAllOptions {
  /** Start from the beginning, with empty datasets. */
  readonly reset: boolean
  /** Datasets that were pushed to are emptied too. */
  readonly deleteInput: boolean
  /** Pipes that read from outside make the run fail where they fail. */
  readonly checkInput: boolean
  readonly statistics: boolean
  /** Seconds. */
  readonly maxTime: number
}

/** One line of its log. */
interface LogLine {
  readonly timestamp: string
  readonly loglevel: string
  readonly logdata: string
}

interface AllRun {
  readonly token: string
  readonly log: LogLine[]
  status: 'running' | 'success' | 'failed'
  answer: JsonObject
}

/** The runs of all pipes of an instance; the last few are remembered. */
export class RunAll {
  private readonly runs: AllRun[] = []
  private current: { readonly run: AllRun; readonly done: Promise<void>; readonly id: string } | null = null

  constructor(private readonly instance: Instance) {}

  /** Starts one. 409 while one runs. */
  start(options: RunAllOptions): { readonly run: AllRun; readonly done: Promise<void> } {
    if (this.current) throw new HttpError(409, 'All pipes are being run already.')
    const run: AllRun = { token: randomUUID(), log: [], status: 'running', answer: { status: 'running' } }
    const id = `all-${run.token}`
    const pipes = this.instance.session.openPipes().filter(isRun)
    const work = this.instance.pumps.alone(
      pipes.map(({ effective }) => effective.id),
      () => this.run(run, id, pipes, options),
    )
    const done = work
      .catch((error: unknown) => this.endRun(run, 'failed', { additional_info: errorWords(error) }))
      .finally(() => {
        if (this.current?.run === run) this.current = null
      })
    this.current = { run, done, id }
    this.runs.push(run)
    if (this.runs.length > 10) this.runs.shift()
    return { run, done }
  }

  /** The run of a token; without one the last. */
  find(token: string | undefined): AllRun | null {
    if (token === undefined || token === '') return this.runs.at(-1) ?? null
    return this.runs.find((run) => run.token === token) ?? null
  }

  /** Stops the one that runs, if any, and waits for its end. */
  async stop(): Promise<boolean> {
    const { current } = this
    if (!current) return false
    this.instance.session.cancel(current.id)
    await current.done
    return true
  }

  private async run(run: AllRun, id: string, pipes: readonly OpenPipe[], options: RunAllOptions): Promise<void> {
    const { session } = this.instance
    this.addLogLine(run, 'INFO', `Runs ${pipes.length} pipes.`)
    if (options.reset) await this.reset(options.deleteInput)
    let timedOut = false
    const timer = setTimeout(() => {
      timedOut = true
      session.cancel(id)
    }, 1000 * options.maxTime)
    try {
      const controller = new AbortController()
      session.adopt(id, controller)
      const runnable = pipes.map(({ runnable }) => runnable)
      const result = await session.runner.run(runnable, { run: id, signal: controller.signal })
      const failed = result.pipes.filter(({ state, pipe }) => state === 'failed' && isCounted(pipe, pipes, options))
      for (const { pipe, problems } of failed)
        for (const { message } of problems) this.addLogLine(run, 'ERROR', `${pipe}: ${message}`)
      const info = timedOut
        ? `It did not come to its end within ${options.maxTime} seconds.`
        : failed.map((pipe) => `${pipe.pipe}: ${pipe.problems.at(-1)?.message ?? 'failed'}`).join('\n')
      const isFine = failed.length === 0 && result.state !== 'cancelled'
      const more: JsonObject = info === '' ? {} : { additional_info: info }
      if (options.statistics) more.statistics = result.pipes.map(statisticsOf)
      this.endRun(run, isFine ? 'success' : 'failed', more)
    } finally {
      clearTimeout(timer)
      session.release(id)
    }
  }

  /** Empties the datasets of pipes, those that were pushed to only where that is asked for, and forgets positions. */
  private async reset(deleteInput: boolean): Promise<void> {
    const { session } = this.instance
    const pipes = session.openPipes().filter(({ effective, runnable }) => {
      const pushed = declaredKind('source', effective.source.type)?.receivesPushes === true
      return pushed ? deleteInput : runnable.sink.writes === 'dataset' || !hasNoPump(runnable)
    })
    const datasets = pipes.flatMap(({ runnable: { sink } }) => (sink.writes === 'dataset' ? [sink.dataset] : []))
    const ids = pipes.map(({ effective }) => effective.id)
    await session.runner.empty([...new Set(datasets)], ids)
    await this.instance.populateReceivers()
  }

  private endRun(run: AllRun, status: AllRun['status'], more: JsonObject): void {
    run.status = status
    run.answer = { status, ...more }
    this.addLogLine(run, status === 'failed' ? 'ERROR' : 'INFO', `The run ended: ${status}.`)
  }

  private addLogLine(run: AllRun, loglevel: string, logdata: string): void {
    run.log.push({ timestamp: new Date(this.instance.now()).toISOString(), loglevel, logdata })
  }
}

/** Pipes between datasets, and those that read from outside into one; what goes out is verified, not sent. */
function isRun(pipe: OpenPipe): boolean {
  const { runnable, effective } = pipe
  return isInternal(pipe) && !hasNoPump(runnable) && get(effective.pump.config, 'mode') !== 'off'
}

function isCounted(id: string, pipes: readonly OpenPipe[], { checkInput }: RunAllOptions): boolean {
  const pipe = pipes.find(({ effective }) => effective.id === id)
  const isInput =
    pipe?.runnable.source.reads === 'outside' &&
    declaredKind('source', pipe.effective.source.type)?.holdsEntities !== true
  return checkInput || !isInput
}

function statisticsOf({ pipe, state, read, written, deleted, milliseconds }: PipeProgress): JsonObject {
  return { pipe, state, read, written, deleted, milliseconds }
}
