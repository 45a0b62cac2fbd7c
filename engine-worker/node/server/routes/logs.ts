/** Logs, numbers and memory of the service; documentation/operations/low-level-debugging.rst. */
import process from 'node:process'
import { getHeapStatistics } from 'node:v8'
import { put } from '../../../entity/dict.ts'
import type { JsonObject } from '../../../entity/value.ts'
import { foundOr404, HttpError, jsonAnswer } from '../answer.ts'
import { formFields } from '../body.ts'
import { type ApiRoute, param, route } from '../route.ts'
import { logLevel, logLevels } from '../server-log.ts'

/** The only log that there is, and the name by which Sesam's is known. */
const NODE_LOG = 'node'

export const logRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/logs',
    says: 'The logs that there are.',
    needs: { is: 'developer' },
    answer: 'list',
    run: async ({ instance }) => jsonAnswer([{ id: NODE_LOG, name: NODE_LOG, size: instance.log.text().length }]),
  }),
  route({
    method: 'GET',
    path: '/logs/{log}',
    says: 'The last lines of a log.',
    needs: { is: 'developer' },
    answer: 'text',
    run: async (call) => {
      const name = param(call, 'log')
      foundOr404(name === NODE_LOG ? name : null, 'log', name)
      return {
        status: 200,
        headers: { 'Content-Type': 'text/plain; charset=utf-8' },
        body: call.instance.log.text(),
      }
    },
  }),
  route({
    method: 'POST',
    path: '/logs',
    says: 'Says which lines are kept from now on.',
    needs: { is: 'admin' },
    body: 'form',
    form: { loglevel: logLevels.join(', '), logger_name: 'Accepted; there is one log.' },
    answer: 'object',
    run: async (call) => {
      const name = formFields(await call.body(), call.contentType).get('loglevel') ?? ''
      const level = logLevel(name)
      if (!level) throw new HttpError(400, `loglevel must be one of ${logLevels.join(', ')}.`)
      call.instance.log.keepFrom(level)
      return jsonAnswer({ msg: 'Log level updated' })
    },
  }),
  route({
    method: 'GET',
    path: '/status/heap',
    says: 'What the memory of the process is used for.',
    needs: { is: 'admin' },
    answer: 'text',
    run: async () => {
      const all = { ...process.memoryUsage(), ...getHeapStatistics() }
      const body = Object.entries(all).map(([name, value]) => `${name.padEnd(30)} ${value}\n`)
      return { status: 200, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: body.join('') }
    },
  }),
  route({
    method: 'GET',
    path: '/stats',
    says: 'Numbers of the service as nested objects: requests, pumps, datasets, memory.',
    needs: { is: 'admin' },
    answer: 'object',
    run: async ({ instance }) => {
      const requests: JsonObject = {}
      for (const [status, { count, seconds }] of instance.traffic.entries()) put(requests, status, { count, seconds })
      const datasets: JsonObject = {}
      for (const { name, live, deleted, versions, bytes } of await instance.datasets.list())
        put(datasets, name, { live, deleted, versions, bytes })
      const { rss, heapUsed, heapTotal, external } = process.memoryUsage()
      return jsonAnswer({
        uptime: instance.now() / 1000 - instance.started,
        pumps: { running: instance.pumps.active, pipes: instance.session.openPipes().length },
        requests,
        datasets,
        memory: { rss, heapUsed, heapTotal, external },
      })
    },
  }),
]
