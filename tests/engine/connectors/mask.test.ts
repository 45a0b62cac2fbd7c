import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { executionLog } from '../../../engine-worker/config/project/system-datasets.ts'
import { type Mask, maskOf } from '../../../engine-worker/connectors/mask.ts'
import { encodeBase64 } from '../../../engine-worker/entity/base64.ts'
import { printJson } from '../../../engine-worker/entity/json.ts'
import { Session } from '../../../engine-worker/run/session.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { ticking } from '../run/histories.ts'

const mask = (...values: string[]): Mask => maskOf(new Map(values.map((value, at) => [`s${at}`, value])))
const base64 = (text: string) => encodeBase64(new TextEncoder().encode(text))

describe('a mask', () => {
  const value = 'p/w "ø&+\n9'
  test.each([
    ['as it is', value],
    ['as a component of an address', encodeURIComponent(value)],
    ['as a whole address', encodeURI(value)],
    ['in lower-case percent-encoding', encodeURIComponent(value).toLowerCase()],
    ['percent-encoded twice', encodeURIComponent(encodeURIComponent(value))],
    ['in a form', new URLSearchParams({ k: value }).toString().slice(2)],
    ['in JSON', JSON.stringify(value).slice(1, -1)],
    ['in JSON inside JSON', JSON.stringify(JSON.stringify(value)).slice(3, -3)],
    ['in HTML', 'p&#x2f;w &quot;&#248;&amp;+&#10;9'],
  ])('knows a value %s', (_how, text) => {
    expect(mask(value)(`before ${text} after`)).toBe('before $SECRET(s0) after')
  })
  test('knows a value inside base64 wherever it begins', () => {
    for (const before of ['', 'a', 'ab', 'abc', 'user:']) {
      for (const after of ['', '!', '!!']) {
        const text = base64(before + value + after)
        expect(mask(value)(text)).toContain('$SECRET(s0)')
        expect(mask(value)(text.replaceAll('+', '-').replaceAll('/', '_'))).toContain('$SECRET(s0)')
      }
    }
  })
  test('names the longer one where one secret holds another', () => {
    expect(mask('abcd', 'abcdefgh')('x=abcdefgh, y=abcd')).toBe('x=$SECRET(s1), y=$SECRET(s0)')
  })
  test('replaces a short value only where it stands alone', () => {
    expect(mask('a')('a banana, key=a')).toBe('$SECRET(s0) banana, key=$SECRET(s0)')
  })
  test('leaves texts without a secret alone', () => {
    expect(mask('hunter2', '')('nothing to see')).toBe('nothing to see')
  })
  test('leaves no value in any text (random)', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4, unit: 'grapheme' }), fc.string(), fc.string(), (secret, a, b) => {
        fc.pre(secret.trim() !== '' && !'$SECRET(s0)'.includes(secret))
        const masked = mask(secret)(`${a}${secret}${b}${JSON.stringify(secret)}${encodeURIComponent(secret)}`)
        expect(masked.replaceAll('$SECRET(s0)', '')).not.toContain(secret)
      }),
    )
  })
})

/** All traces of a run: its result, its events, and all datasets and states of the store. */
async function traces(files: Record<string, object>, fetch: typeof globalThis.fetch, secrets: Record<string, string>) {
  const environment = ticking()
  const store = memoryStore(environment)
  const session = new Session({ store, environment, fetch, secrets })
  session.open(Object.fromEntries(Object.entries(files).map(([path, json]) => [path, JSON.stringify(json)])))
  const events: unknown[] = []
  const result = await session.run({ run: 'r' }, (event) => events.push(event))
  const datasets: Record<string, unknown> = {}
  for (const { name } of await store.list()) {
    datasets[name] = []
    for await (const batch of store.scan(name, { history: true })) datasets[name] = [datasets[name], batch]
  }
  const states: unknown[] = []
  for await (const state of store.states('')) states.push(state)
  const everything = [result, events, datasets, states]
  const text = JSON.stringify(everything, (_key, each) => (typeof each === 'bigint' ? String(each) : each))
  return { result, datasets, text }
}

describe('a run whose request fails', () => {
  const secret = 'Ge heim/&+42'
  const system = { _id: 's', type: 'system:url', url_pattern: 'http://127.0.0.1:4878/%s?key=$SECRET(k)' }
  const pipe = { _id: 'in', type: 'pipe', source: { type: 'json', system: 's', url: 'x' } }
  const files = { 'pipes.conf.json': [system, pipe] }
  const echoingFetch = (status: number, text: (url: string) => string) => async (url: RequestInfo | URL) =>
    new Response(text(String(url)), { status })
  test.each([
    ['the address', (url: string) => `cannot serve ${url}`],
    ['the value alone', () => `key ${secret} is not known`],
    ['the value at the end of what is shown', () => `${'x'.repeat(196)}${secret}`],
    ['the value in JSON', () => JSON.stringify({ key: secret })],
    ['the value in base64', () => base64(`user:${secret}`)],
  ])('shows no secret when the answer repeats %s', async (_what, answer) => {
    const { result, datasets, text } = await traces(files, echoingFetch(400, answer), { k: secret })
    expect(result.state).toBe('failed')
    expect(result.pipes[0]?.problems[0]?.code).toBe('bad-answer')
    expect(Object.keys(datasets)).toContain(executionLog('in'))
    for (const form of [secret, encodeURIComponent(secret), encodeURI(secret), 'Ge%20heim', 'Ge heim']) {
      expect(text).not.toContain(form)
    }
    expect(text).not.toContain(base64(secret).slice(0, 12))
  })
  test('shows no secret when the network names the address', async () => {
    const refusingFetch = (url: RequestInfo | URL) => Promise.reject(new TypeError(`cannot reach ${url}`))
    const { text } = await traces(files, refusingFetch, { k: secret })
    expect(text).not.toContain('Ge')
    expect(text).toContain('$SECRET(k)')
  })
  test('shows no secret of a rule that fails with it', async () => {
    const rules = { default: [['fail!', ['concat', 'bad key ', '_S.key']]] }
    const source = { type: 'embedded', entities: [{ _id: '1', key: secret }] }
    const bad = { _id: 'in', type: 'pipe', source, transform: { type: 'dtl', rules } }
    const { result } = await traces(
      { 'p.conf.json': bad },
      echoingFetch(200, () => ''),
      { k: secret },
    )
    expect(printJson(JSON.parse(JSON.stringify(result.pipes[0]?.problems)))).not.toContain('heim')
  })
})
