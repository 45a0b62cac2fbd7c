/** The service itself: state, health, metadata, metrics; swagger_public.yaml, "service"; features/metrics-api.rst. */
import { statfs } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import process from 'node:process'
import { version } from '../../../../package.json'
import { get } from '../../../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../../../entity/value.ts'
import { type Family, OPEN_METRICS_TYPE, openMetrics, TEXT_TYPE, textFormat } from '../../metrics/exposition.ts'
import { gaugeFamily, pipeFamilies, serviceFamilies } from '../../metrics/families.ts'
import { prefersOpenMetrics } from '../../metrics/format.ts'
import { type Answer, foundOr404, HttpError, jsonAnswer } from '../answer.ts'
import { backUpJournal, listBackups } from '../backups.ts'
import { bodyJson, formFields } from '../body.ts'
import { DEFAULT_GROUP, itemOf } from '../configuration.ts'
import { logCountsOf } from '../dataset-view.ts'
import type { Instance } from '../instance.ts'
import { type ApiRoute, flagParameter, param, type RouteCall, route } from '../route.ts'
import { hasError } from '../validation.ts'
import { forceParameter } from './configuration.ts'

const operationForm = { operation: '`restart`: stops the pumps and opens the configuration anew.' } as const

export const serviceRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/',
    says: 'What the service is, and whether its developer mode is on.',
    needs: { is: 'token' },
    query: { aggregated: { type: 'boolean', says: 'Has no effect on one machine.' } },
    answer: 'object',
    run: async () =>
      jsonAnswer({
        status: {
          developer_mode: true,
          'git-revision': version,
          'teamcity-buildnumber': version,
          product: 'pipewright',
        },
      }),
  }),
  ...(['/', '/admin'] as const).map((path) =>
    route({
      method: 'POST',
      path,
      says: 'Does something with the service.',
      needs: { is: 'admin' },
      body: 'form',
      form: operationForm,
      answer: 'object',
      run: administrate,
    }),
  ),
  route({
    method: 'GET',
    path: '/health',
    says: 'Whether the service works: 200 or 503.',
    needs: { is: 'nothing' },
    answer: 'object',
    run: async ({ instance }) => {
      const status = await instance.options.health.check(instance.store)
      return jsonAnswer({ status }, status === 'healthy' ? 200 : 503)
    },
  }),
  route({
    method: 'GET',
    path: '/ping',
    says: 'An answer, to see that there is one.',
    needs: { is: 'token' },
    answer: 'object',
    run: async () => jsonAnswer({ status: 'running' }),
  }),
  route({
    method: 'GET',
    path: '/status',
    says: 'When the service was started, and what it uses.',
    needs: { is: 'token' },
    answer: 'object',
    run: async ({ instance }) => jsonAnswer(await statusOf(instance)),
  }),
  route({
    method: 'GET',
    path: '/metadata',
    says: 'The node metadata as written and in effect.',
    needs: { is: 'token' },
    answer: 'object',
    run: async (call) => metadataAnswer(call),
  }),
  route({
    method: 'PUT',
    path: '/metadata',
    says: 'Changes the node metadata.',
    needs: { is: 'developer' },
    query: forceParameter,
    body: 'json',
    answer: 'object',
    run: async (call) => {
      const json = bodyJson(await call.body())
      const config = isObject(json) ? { _id: 'node', type: 'metadata', ...json } : json
      const item = itemOf({ json: config, text: null }, DEFAULT_GROUP, call.caller.user)
      if (typeof item === 'string' || get(item.config, 'type') !== 'metadata')
        throw new HttpError(400, 'The body is not node metadata.')
      const { instance } = call
      const force = flagParameter(call, 'force', false)
      const { applied, errors } = await instance.deploy(instance.configuration.with([item]), [item], force)
      if (!applied) throw new HttpError(400, 'The metadata has errors.', { validation_errors: [...errors] })
      return metadataAnswer(call)
    },
  }),
  route({
    method: 'DELETE',
    path: '/metadata',
    says: 'Removes the node metadata.',
    needs: { is: 'developer' },
    answer: 'object',
    run: async (call) => {
      const { instance } = call
      const { metadata } = instance.configuration
      if (metadata) await instance.deploy(instance.configuration.without(new Set([metadata.path])), [], true)
      return metadataAnswer(call)
    },
  }),
  route({
    method: 'GET',
    path: '/namespaces',
    says: 'The namespaces that the node metadata declares.',
    needs: { is: 'token' },
    answer: 'object',
    run: async ({ instance }) => {
      const namespaces = get(instance.configuration.metadata?.config ?? {}, 'namespaces')
      const own = isObject(namespaces) ? get(namespaces, 'default') : undefined
      return jsonAnswer(isObject(own) ? { ...own } : {})
    },
  }),
  route({
    method: 'GET',
    path: '/backups',
    says: 'The backups of the configuration and its data.',
    needs: { is: 'admin' },
    answer: 'list',
    run: async ({ instance }) =>
      jsonAnswer((await listBackups(instance.options.backups)).map((backup) => ({ ...backup }))),
  }),
  route({
    method: 'POST',
    path: '/backups',
    says: 'Makes a backup. `pipewright restore` is the way back.',
    needs: { is: 'admin' },
    answer: 'object',
    run: async ({ instance }) => {
      const { folder, backups } = instance.options
      try {
        const backup = await backUpJournal(folder, backups, instance.now())
        instance.backupHealth = 'healthy'
        return jsonAnswer({ ...backup })
      } catch (error) {
        instance.backupHealth = 'unhealthy'
        throw error
      }
    },
  }),
  route({
    method: 'GET',
    path: '/backups/{backup}',
    says: 'One backup.',
    needs: { is: 'admin' },
    answer: 'object',
    run: async (call) => {
      const id = param(call, 'backup')
      const all = await listBackups(call.instance.options.backups)
      return jsonAnswer({
        ...foundOr404(
          all.find((backup) => backup.id === id),
          'backup',
          id,
        ),
      })
    },
  }),
  route({
    method: 'GET',
    path: '/metrics',
    says: 'Metrics for Prometheus, as text or OpenMetrics by the Accept header.',
    needs: { is: 'admin' },
    answer: 'text',
    run: async ({ instance, request }) => {
      await instance.countersStored()
      const families = await familiesOf(instance)
      const open = prefersOpenMetrics(request.headers.accept ?? '')
      const [type, body] = open ? [OPEN_METRICS_TYPE, openMetrics(families)] : [TEXT_TYPE, textFormat(families)]
      return { status: 200, headers: { 'Content-Type': type }, body }
    },
  }),
]

async function administrate(call: RouteCall): Promise<Answer> {
  const operation = formFields(await call.body(), call.contentType).get('operation')
  if (operation !== 'restart') throw new HttpError(400, `There is no operation ${operation ?? ''}.`)
  await call.instance.restart()
  return jsonAnswer({ message: 'OK' })
}

async function statusOf(instance: Instance): Promise<JsonObject> {
  const disk = await statfs(instance.options.folder).catch(() => null)
  return {
    node_start_time: new Date(1000 * instance.started).toISOString(),
    version,
    cpu_count: cpus().length,
    memory_total: totalmem(),
    memory_used: process.memoryUsage().rss,
    ...(disk ? { disk_total: disk.blocks * disk.bsize, disk_free: disk.bavail * disk.bsize } : {}),
    pumps_running: instance.pumps.active,
    engines: instance.options.engines,
    engine_seconds: [...(instance.options.pool?.use() ?? [])].map((time) => Math.round(time) / 1000),
  }
}

function metadataAnswer({ instance }: RouteCall): Answer {
  const original: Json = instance.configuration.metadata?.config ?? {}
  return jsonAnswer({ _id: 'node', config: { original, effective: original } })
}

/** All metrics of an instance: the documented ones, then those of our own. */
async function familiesOf(instance: Instance): Promise<readonly Family[]> {
  const { store, counters, pumps, configuration, session, traffic } = instance
  const itemOfPipe = (pipe: string) => configuration.pipe(pipe)
  const pipes = await pipeFamilies({
    store,
    pipes: session.openPipes(),
    counters,
    logCounts: logCountsOf(instance),
    now: instance.now() / 1000,
    isDisabled: (pipe) => pumps.isDisabled(pipe),
    isValid: (pipe) => {
      const item = itemOfPipe(pipe)
      return item !== null && !hasError(instance.errorsOf(item))
    },
    groupOf: ({ effective }) => itemOfPipe(effective.id)?.group ?? DEFAULT_GROUP,
  })
  const datasets = await store.list()
  const answered = traffic.entries()
  return [
    ...serviceFamilies({
      health: await instance.options.health.check(store),
      backups: instance.backupHealth,
      restarts: instance.restarts,
    }),
    ...pipes,
    gaugeFamily('pipewright_engines', 'Engines that run pipes.', instance.options.engines),
    gaugeFamily('pipewright_pumps_running', 'Pumps that are running now.', pumps.active),
    gaugeFamily('pipewright_store_datasets', 'Datasets in the store, those of the system included.', datasets.length),
    gaugeFamily(
      'pipewright_store_size_bytes',
      'What the datasets take as text, in bytes.',
      datasets.reduce((sum, { bytes }) => sum + bytes, 0),
    ),
    gaugeFamily(
      'pipewright_process_resident_memory_bytes',
      'Memory of the process, in bytes.',
      process.memoryUsage().rss,
    ),
    {
      name: 'pipewright_http_requests',
      type: 'counter',
      help: 'Requests that were answered, by class of status.',
      samples: answered.map(([status, { count }]) => ({ labels: { status }, value: count, created: traffic.began })),
    },
    {
      name: 'pipewright_http_request_duration_seconds',
      type: 'summary',
      help: 'How long requests took, in seconds, by class of status.',
      samples: answered.map(([status, { count, seconds }]) => ({ labels: { status }, value: seconds, count })),
    },
  ]
}
