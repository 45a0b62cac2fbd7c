/** Pumps, and runs of all pipes; swagger_public.yaml, /pipes/{pipe_id}/pump; sesam-py-contract, "run-all-pipes". */
import type { OpenPipe } from '../../../connectors/open.ts'
import { get } from '../../../entity/dict.ts'
import { readJson } from '../../../entity/json.ts'
import { isObject, type Json, type JsonObject } from '../../../entity/value.ts'
import { endsOf } from '../../../run/sources/item.ts'
import { readState, writeRescanPending } from '../../../run/state.ts'
import { type Answer, foundOr404, HttpError, jsonAnswer } from '../answer.ts'
import { formFields } from '../body.ts'
import { discardSchema } from '../discarded-schemas.ts'
import type { Instance } from '../instance.ts'
import { perInstance } from '../per-instance.ts'
import { operationsOf, pumpJson } from '../pipe-view.ts'
import {
  type ApiRoute,
  countParameter,
  flagParameter,
  type Parameter,
  pipeOf,
  type RouteCall,
  route,
  textParameter,
} from '../route.ts'
import { RunAll } from '../run-all.ts'

const runnerOf = perInstance((instance) => new RunAll(instance))

const tokenParameter: Readonly<Record<string, Parameter>> = {
  token: { type: 'string', says: 'The run; without it the last one.' },
}

export const pumpRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/pipes/run-all-pipes',
    says: 'Runs all pipes in rounds until nothing changes any more.',
    needs: { is: 'developer' },
    query: {
      request_mode: { type: 'string', says: '`sync` (the default) or `async`.' },
      reset_pipes_and_delete_sink_datasets: { type: 'boolean', says: 'Start from empty datasets (the default).' },
      delete_input_datasets: { type: 'boolean', says: 'Empty what was pushed, too (the default).' },
      check_input_pipes: { type: 'boolean', says: 'Fail where a pipe that reads from outside fails.' },
      output_run_statistics: { type: 'boolean', says: 'Tell what each pipe did.' },
      max_run_time: { type: 'integer', says: 'Seconds.' },
      max_runs: { type: 'integer', says: 'Accepted; rounds end when nothing changes.' },
      extra_zero_runs: { type: 'integer', says: 'Accepted; a round without changes is the last.' },
      scheduler_mode: { type: 'string', says: 'Accepted.' },
    },
    answer: 'object',
    run: async (call) => {
      const mode = textParameter(call, 'request_mode') ?? 'sync'
      if (mode !== 'sync' && mode !== 'async') throw new HttpError(400, 'request_mode must be sync or async.')
      const { run, done } = runnerOf(call.instance).start({
        reset: flagParameter(call, 'reset_pipes_and_delete_sink_datasets', true),
        deleteInput: flagParameter(call, 'delete_input_datasets', true),
        checkInput: flagParameter(call, 'check_input_pipes', false),
        statistics: flagParameter(call, 'output_run_statistics', false),
        maxTime: countParameter(call, 'max_run_time') ?? 900,
      })
      if (mode === 'async') return jsonAnswer({ token: run.token, status: 'running' })
      await done
      return jsonAnswer({ ...run.answer, token: run.token })
    },
  }),
  route({
    method: 'POST',
    path: '/pipes/stop-run-all-pipes',
    says: 'Stops a run of all pipes.',
    needs: { is: 'developer' },
    query: { terminate_timeout: { type: 'integer', says: 'Accepted; a run stops at its next batch.' } },
    answer: 'object',
    run: async ({ instance }) => {
      const stopped = await runnerOf(instance).stop()
      return jsonAnswer({ status: stopped ? 'stopped' : 'not-running' })
    },
  }),
  route({
    method: 'GET',
    path: '/pipes/get-pipe-runner-status',
    says: 'How a run of all pipes stands.',
    needs: { is: 'developer' },
    query: tokenParameter,
    answer: 'object',
    run: async (call) => {
      const run = runnerOf(call.instance).find(textParameter(call, 'token'))
      return jsonAnswer(run?.answer ?? { status: 'not-running' })
    },
  }),
  route({
    method: 'GET',
    path: '/pipes/get-run-all-pipes-log',
    says: 'What a run of all pipes has told.',
    needs: { is: 'developer' },
    query: { ...tokenParameter, since: { type: 'string', says: 'Only lines after this timestamp.' } },
    answer: 'list',
    run: async (call) => {
      const run = runnerOf(call.instance).find(textParameter(call, 'token'))
      const since = textParameter(call, 'since') ?? ''
      return jsonAnswer((run?.log ?? []).filter(({ timestamp }) => timestamp > since).map((line) => ({ ...line })))
    },
  }),
  route({
    method: 'GET',
    path: '/pipes/{pipe}/pump',
    says: 'The pump of a pipe.',
    needs: { is: 'pipe', may: 'read_config' },
    answer: 'object',
    run: async (call) => pumpAnswer(call, pipeOf(call)),
  }),
  route({
    method: 'POST',
    path: '/pipes/{pipe}/pump',
    says: 'Does something with the pump of a pipe: one of its `supported-operations`.',
    needs: { is: 'pipe', may: 'run_pump_operation' },
    body: 'form',
    form: {
      operation: 'What to do.',
      'last-seen': 'Of `update-last-seen`: where to go on; empty: from the beginning.',
      comment: 'Of `disable`: why.',
      'dont-wait-for-pump-to-start': 'Deprecated: a start is never waited for.',
      relation: 'Deprecated; accepted.',
    },
    answer: 'object',
    run: async (call) => {
      const pipe = pipeOf(call)
      const form = formFields(await call.body(), call.contentType)
      const operation = form.get('operation')
      if (operation === undefined || operation === '') throw new HttpError(400, 'operation is missing.')
      const work = Object.hasOwn(operations, operation) ? operations[operation] : undefined
      if (!work) throw new HttpError(400, `There is no operation ${operation}.`)
      if (operation !== 'stop' && !operationsOf(pipe).includes(operation))
        throw new HttpError(400, `The pump of ${pipe.effective.id} does not support ${operation}.`)
      await work(call.instance, pipe, form)
      return pumpAnswer(call, pipe)
    },
  }),
]

async function pumpAnswer({ instance }: RouteCall, pipe: OpenPipe): Promise<Answer> {
  const { id } = pipe.effective
  const view: JsonObject = await pumpJson(instance, foundOr404(instance.configuration.pipe(id), 'pipe', id), pipe)
  return jsonAnswer(view)
}

type Operation = (instance: Instance, pipe: OpenPipe, form: ReadonlyMap<string, string>) => Promise<void>

const operations: Readonly<Record<string, Operation>> = {
  start: async ({ pumps }, pipe) => void pumps.start(pipe),
  'start-rescan': ({ pumps }, pipe) => pumps.startRescan(pipe),
  stop: ({ pumps }, { effective }) => pumps.stop(effective.id),
  enable: ({ pumps }, { effective }) => pumps.enable(effective.id),
  disable: ({ pumps }, { effective }, form) => pumps.disable(effective.id, form.get('comment') ?? ''),
  'update-last-seen': async (instance, pipe, form) => {
    const text = form.get('last-seen') ?? ''
    requireIdle(instance, pipe)
    const { runner } = instance.session
    if (text === '') await runner.reset(pipe.effective.id)
    else await runner.setPosition(pipe.effective.id, await positionOf(instance, pipe, text))
  },
  'set-last-seen-to-end': async (instance, pipe) => {
    requireIdle(instance, pipe)
    const { source } = pipe.runnable
    if (source.reads !== 'datasets') return
    const ends = await endsOf(instance.session.runner.store, source.datasets)
    await instance.session.runner.setPosition(pipe.effective.id, { ...ends })
  },
  'reset-tracking': async (instance, pipe) => {
    requireIdle(instance, pipe)
    await instance.session.runner.resetTracking(pipe.runnable)
  },
  'reset-rescan': async (instance, pipe) => {
    requireIdle(instance, pipe)
    const { id } = pipe.effective
    if ((await readState(instance.store, id))?.unfinished) await instance.session.runner.reset(id)
    else await instance.commitStates([writeRescanPending(id, false)])
  },
  'discard-inferred-schema': async (instance, pipe) => instance.commitStates([await discardSchema(instance, pipe)]),
  'discard-retries': async (instance, { effective }) => {
    await instance.session.runner.discardRetries(effective.id)
    instance.storeCounters(instance.counters.retriesDiscarded(effective.id))
  },
}

function requireIdle({ pumps }: Instance, { effective: { id } }: OpenPipe): void {
  if (pumps.isRunning(id) || pumps.isRescanning(id)) throw new HttpError(409, `The pump of ${id} is running.`)
}

/** A position: an `_updated`, several with commas between for several datasets, or a text for other sources. */
async function positionOf(instance: Instance, { runnable: { source } }: OpenPipe, text: string): Promise<Json> {
  if (source.reads === 'outside') return { since: text }
  const asJson = /^[[{]/.test(text) ? positionParts(text, source.datasets) : text.split(',')
  const numbers = asJson.map((one) => Number(String(one).trim()))
  if (numbers.length !== source.datasets.length || numbers.some((one) => !Number.isSafeInteger(one) || one < 0))
    throw new HttpError(400, `last-seen needs ${source.datasets.length} whole numbers, one for each dataset.`)
  const ends = await endsOf(instance.session.runner.store, source.datasets)
  return Object.fromEntries(
    source.datasets.map((dataset, at) => [dataset, [ends[dataset]?.[0] ?? 0, numbers[at] ?? 0]]),
  )
}

/** A list, or what `last-seen` of the pump shows: the generation and `_updated` of each dataset by its name. */
function positionParts(text: string, datasets: readonly string[]): readonly Json[] {
  try {
    const json = readJson(text)
    if (Array.isArray(json)) return json
    if (isObject(json) && Object.keys(json).every((name) => datasets.includes(name)))
      return datasets.map((dataset) => {
        const position = get(json, dataset)
        return Array.isArray(position) ? (position[1] ?? null) : (position ?? 0)
      })
  } catch {
    // Said below.
  }
  throw new HttpError(400, 'last-seen cannot be read.')
}
