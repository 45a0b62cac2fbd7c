/** Notification rules on a server: a real webhook receiver and a real mail server get each message once. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readMessage } from '../../../../engine-worker/api/json-messages.ts'
import { type TestServer, testServer } from '../../../support/server.ts'

const base = mkdtempSync(join(tmpdir(), 'pipewright-notifications-'))

let hook: Server
let hooks: { readonly path: string; readonly body: Record<string, unknown> }[] = []
/** Status of the next answers of the receiver. */
let status = 200
let mail: SMTPServer
const mails: { readonly to: readonly string[]; readonly user: string; readonly text: string }[] = []
let hookPort = 0
let mailPort = 0

beforeAll(async () => {
  hook = createServer(async (request, response) => {
    hooks.push({ path: request.url ?? '', body: JSON.parse(await textOf(request)) })
    response.writeHead(status).end()
  })
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve))
  hookPort = (hook.address() as AddressInfo).port
  mail = new SMTPServer({
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      password === 'letter' ? done(null, { user: username }) : done(new Error('wrong password')),
    onData: (stream, session, done) => {
      void textOf(stream).then((text) => {
        const to = session.envelope.rcptTo.map(({ address }) => address)
        mails.push({ to, user: String(session.user ?? ''), text })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => mail.listen(0, '127.0.0.1', resolve))
  mailPort = (mail.server.address() as AddressInfo).port
})

afterAll(async () => {
  hook.close()
  await new Promise<void>((resolve) => mail.close(() => resolve()))
  rmSync(base, { recursive: true, force: true })
})

/** A folder with a pipe that fails, one that works, a mail server and rules. */
function project(name: string, rules: readonly unknown[]): string {
  const folder = join(base, name)
  const fails = { type: 'dtl', rules: { default: [['fail!', 'the service is closed']] } }
  const entities = [{ _id: '1' }, { _id: '2' }, { _id: '3' }]
  const files = {
    'pipes/works.conf.json': { _id: 'works', type: 'pipe', source: { type: 'embedded', entities } },
    'pipes/fails.conf.json': {
      _id: 'fails',
      type: 'pipe',
      source: { type: 'dataset', dataset: 'works' },
      transform: fails,
      pump: { mode: 'manual' },
    },
    'systems/mail.conf.json': {
      _id: 'mail',
      type: 'system:smtp',
      smtp_server: '127.0.0.1',
      smtp_port: mailPort,
      smtp_username: 'post',
      smtp_password: '$SECRET(mail_password)',
    },
    'notifications.json': { rules, email: { from: 'pipes@example.com' } },
  }
  for (const folderName of ['pipes', 'systems']) mkdirSync(join(folder, folderName), { recursive: true })
  for (const [path, json] of Object.entries(files)) writeFileSync(join(folder, path), JSON.stringify(json))
  return folder
}

async function askCapability(
  server: TestServer,
  capability: string,
  request: unknown = null,
): Promise<Record<string, unknown>> {
  const { text } = await server.call('POST', `/ask/${capability}?page=test`, { json: request, base: '/pipewright' })
  const last = text.trim().split('\n').at(-1) ?? ''
  return (readMessage(last) as { answer: Record<string, unknown> }).answer
}

async function runPump(server: TestServer, pipe: string): Promise<void> {
  const completionCount = async () => {
    const { json } = await server.call('GET', `/pipes/${pipe}/log?history=true`)
    return (json() as { event_type: string }[]).filter(({ event_type: type }) => /pump-(completed|failed)/.test(type))
      .length
  }
  const before = await completionCount()
  expect((await server.call('POST', `/pipes/${pipe}/pump`, { form: { operation: 'start' } })).status).toBe(200)
  await expect.poll(completionCount, { timeout: 20_000 }).toBe(before + 1)
}

describe('notification rules of a server', () => {
  it('tell a webhook and an e-mail address once of what happened', { timeout: 60_000 }, async () => {
    hooks = []
    const rules = [
      {
        id: 'broken',
        type: 'pump_failed',
        name: 'A pipe is broken',
        pipe_id: 'fails',
        recipients: [
          { type: 'webhook', id: `http://127.0.0.1:${hookPort}/hook/$SECRET(path)`, methods: ['webhook'] },
          { type: 'email', id: 'ops@example.com', methods: ['email'] },
          { type: 'role', id: 'group:Admin', methods: ['portal'] },
        ],
      },
      {
        id: 'few',
        type: 'pump_completed_value_too_low',
        pipe_id: 'works',
        extra_rule_info: { parameter: 'entities_last_run', limit: 2 },
        recipients: [{ type: 'webhook', id: `http://127.0.0.1:${hookPort}/few` }],
      },
    ]
    const server = await testServer([project('told', rules)])
    try {
      await server.call('PUT', '/secrets', { json: { mail_password: 'letter', path: 'deep-secret' } })
      await runPump(server, 'works')
      await runPump(server, 'fails')
      await expect.poll(() => [hooks.length, mails.length], { timeout: 20_000 }).toEqual([1, 1])
      const [sent] = hooks
      expect(sent?.path).toBe('/hook/deep-secret')
      expect(sent?.body).toMatchObject({
        notification_rule_id: 'broken',
        notification_rule_type: 'pump_failed',
        notification_rule_name: 'A pipe is broken',
        pipe_id: 'fails',
        event_count: 1,
        msg: expect.stringMatching(/^fails failed: .*the service is closed/),
      })
      expect(mails[0]?.to).toEqual(['ops@example.com'])
      expect(mails[0]?.user).toBe('post')
      expect(mails[0]?.text).toMatch(/^From: pipes@example\.com/m)
      expect(mails[0]?.text).toContain('fails failed')
      // A rule sends a message about the same pipe at most once an hour.
      await runPump(server, 'fails')
      const { notifications } = await askCapability(server, 'notifications')
      expect(hooks).toHaveLength(1)
      expect(notifications).toMatchObject([
        {
          rule: 'broken',
          deliveries: [
            { type: 'webhook', state: 'sent' },
            { type: 'email', state: 'sent' },
            { type: 'role', state: 'listed' },
          ],
        },
      ])
      expect(JSON.stringify(notifications)).not.toContain('deep-secret')
    } finally {
      await server.close()
    }
  })

  it('say why a recipient could not be told, and keep trying after a restart', { timeout: 60_000 }, async () => {
    hooks = []
    status = 503
    const recipients = [{ type: 'webhook', id: `http://127.0.0.1:${hookPort}/down` }]
    const folder = project('tried', [{ id: 'r', type: 'pump_failed', pipe_id: 'fails', recipients }])
    const store = join(base, 'tried-store')
    const first = await testServer([folder], store)
    await runPump(first, 'works')
    await runPump(first, 'fails')
    await expect.poll(() => hooks.length, { timeout: 20_000 }).toBe(1)
    const delivery = async (server: TestServer) => {
      const answer = (await askCapability(server, 'notifications')).notifications as { deliveries: unknown[] }[]
      return answer[0]?.deliveries[0]
    }
    await expect
      .poll(() => delivery(first), { timeout: 20_000 })
      .toMatchObject({ state: 'waiting', tries: 1, reason: 'The webhook answered with status 503.' })
    await first.close()
    status = 200
    const second = await testServer([folder], store)
    try {
      await expect.poll(() => delivery(second), { timeout: 20_000 }).toMatchObject({ state: 'sent', tries: 2 })
      expect(hooks).toHaveLength(2)
    } finally {
      await second.close()
    }
  })

  it('try a rule on demand, and say what is wrong with others', { timeout: 60_000 }, async () => {
    hooks = []
    const rules = [
      {
        id: 'ok',
        type: 'queue_above',
        extra_rule_info: { limit: 100 },
        recipients: [{ type: 'webhook', id: `http://127.0.0.1:${hookPort}/try` }],
      },
      { id: 'typo', type: 'pump_faild', recipients: [] },
      { id: 'bare', type: 'queue_above', recipients: [] },
      { id: 'lost', type: 'pump_failed', pipe_id: 'wrks', recipients: [{ type: 'webhook', id: 'file:///etc/passwd' }] },
    ]
    const server = await testServer([project('trial', rules)])
    try {
      const answer = (await askCapability(server, 'notifications')) as {
        rules: { id: string }[]
        problems: { code: string; message: string }[]
      }
      expect(answer.rules.map(({ id }) => id)).toEqual(['ok'])
      expect(answer.problems.map(({ code }) => code)).toEqual([
        'notification-unknown-kind',
        'notification-wrong-value',
        'notification-unknown-pipe',
        'notification-wrong-recipient',
      ])
      expect(await askCapability(server, 'tryNotification', { rule: 'ok' })).toMatchObject([{ state: 'sent' }])
      expect(hooks.map(({ path, body }) => [path, body.notification_rule_type])).toEqual([['/try', 'queue_above']])
    } finally {
      await server.close()
    }
  })

  it('tell of the days of the subscription, once', { timeout: 60_000 }, async () => {
    hooks = []
    const recipients = [{ type: 'webhook', id: `http://127.0.0.1:${hookPort}/day` }]
    const server = await testServer([project('days', [{ id: 'd', type: 'subscription_day', recipients }])])
    try {
      expect(((await askCapability(server, 'notifications')).notifications as unknown[]).length).toBe(0)
      await askCapability(server, 'open', { project: 'p', files: {} })
      const { environments } = (await askCapability(server, 'subscription')) as {
        environments: Record<string, unknown>[]
      }
      const invoice = {
        ...{ number: '1042', issued: '2020-01-02', due: '2020-02-01', isDueComputed: false, month: '2019-12' },
        ...{ currency: 'NOK', sum: '100', payable: '125', paid: null, document: null },
        lines: [{ description: 'Storage', quantity: '1', price: '100', amount: '100' }],
      }
      await askCapability(server, 'keepSubscription', { environments: [{ ...environments[0], invoices: [invoice] }] })
      await expect
        .poll(async () => (await askCapability(server, 'notifications')) && hooks.length, { timeout: 20_000 })
        .toBe(1)
      await askCapability(server, 'notifications')
      expect(hooks.map(({ body }) => body.msg)).toEqual(['Production: invoice 1042 is due on 2020-02-01.'])
    } finally {
      await server.close()
    }
  })
})
