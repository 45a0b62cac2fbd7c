/** Reading notification rules: valid ones are used, and invalid ones give located problems. */
import { describe, expect, it } from 'vitest'
import { loadProject } from '../../../../engine-worker/config/project/project.ts'
import { readRules } from '../../../../engine-worker/run/notifications/rules.ts'

const project = loadProject({
  'pipes/orders.conf.json': JSON.stringify({
    _id: 'orders',
    type: 'pipe',
    source: { type: 'embedded', entities: [] },
    metadata: { notifications: { rules: [{ type: 'pump_failed', recipients: ['Group:Admin'] }] } },
  }),
})
const readJsonRules = (json: unknown) => readRules(typeof json === 'string' ? json : JSON.stringify(json), project)

describe('notification rules', () => {
  it('are those of the file and those of pipes, each with its recipients', () => {
    const { rules, mailFrom, problems } = readJsonRules({
      rules: [{ id: 'mine', type: 'pump_failed', pipe_id: 'orders', recipients: ['ada@example.org'] }],
      email: { from: 'node@example.org' },
    })
    expect(problems).toEqual([])
    expect(mailFrom).toBe('node@example.org')
    expect(rules.map(({ id, pipe, recipients }) => [id, pipe, recipients])).toEqual([
      ['mine', 'orders', [{ type: 'email', id: 'ada@example.org', channel: 'email' }]],
      ['orders/1', 'orders', [{ type: 'role', id: 'Group:Admin', channel: null }]],
    ])
    expect(readRules(null, project).rules).toHaveLength(1)
  })

  it.each<readonly [string, unknown, string, readonly (string | number)[] | undefined]>([
    ['a type that does not exist', { rules: [{ type: 'pump_faled' }] }, 'notification-unknown-kind', ['rules', 0]],
    ['a pipe that does not exist', [{ type: 'pump_failed', pipe_id: 'order' }], 'notification-unknown-pipe', [0]],
    [
      'an address that is no web address',
      [{ type: 'pump_failed', recipients: [{ type: 'webhook', id: 'javascript:alert(1)' }] }],
      'notification-wrong-recipient',
      [0],
    ],
    ['a rule that is none', { rules: ['pump_failed'] }, 'notifications-not-rules', ['rules', 0]],
    ['a file that is none', 'true', 'notifications-not-rules', undefined],
  ])('say where there is %s', (_, json, code, path) => {
    const { problems } = readJsonRules(json)
    expect(problems.map((problem) => [problem.code, problem.where.file, problem.where.path])).toEqual([
      [code, 'notifications.json', path],
    ])
  })
})
