/** Prices, VPN forms and invoices: every case of the shared corpora, through the evaluation that `eval` prints. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readJson } from '../../../engine-worker/entity/json.ts'
import { printResult } from '../../../engine-worker/node/commands/eval.ts'
import { machine } from '../../../engine-worker/node/commands/machine.ts'
import { evaluateCase } from '../../../engine-worker/testing/cases/case.ts'
import { conformance, noShared } from '../../shared.ts'

type Plain = { readonly [name: string]: unknown }

/** Decimals without the zeros at their end, lists of problems in one order: both do not count. */
function comparable(value: unknown): unknown {
  if (typeof value === 'string' && /^~f-?\d+\.\d*$/.test(value)) return value.replace(/\.?0*$/, '')
  if (Array.isArray(value))
    return value.map(comparable).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, comparable(each)]))
}

/** What the text of swanctl.conf says, under the names of the corpus. */
function swanctl(text: string): Plain {
  const valuesOf = (name: string) =>
    [...text.matchAll(new RegExp(`^ *${name} = (.*)$`, 'gm'))].map(([, value]) => value)
  const locals = valuesOf('local_ts')
  return {
    version: valuesOf('version')[0],
    remote_addrs: valuesOf('remote_addrs')[0],
    local_auth: valuesOf('auth')[0],
    remote_auth: valuesOf('auth')[1],
    proposals: valuesOf('proposals')[0],
    esp_proposals: valuesOf('esp_proposals')[0],
    children: locals.map((local, index) => [local, valuesOf('remote_ts')[index]]),
  }
}

describe.each(['price', 'vpn', 'invoice'])('%s.json', (name) => {
  it.skipIf(noShared)('comes out as given, case by case', async () => {
    const given = JSON.parse(readFileSync(join(conformance, `${name}.json`), 'utf8'))
    for (const each of given) {
      const result = await evaluateCase(readJson(JSON.stringify(each)), machine)
      const printed = JSON.parse(printResult(each.id, result))
      if (each.expect_error !== undefined) {
        expect(printed.error, each.id).toMatchObject(each.expect_error)
        continue
      }
      const { swanctl: config, ...expected } = each.expect
      expect(comparable(printed.value), each.id).toMatchObject(comparable(expected) as Plain)
      if (config !== undefined) expect(swanctl(printed.value.config), each.id).toMatchObject(config)
    }
  })
})
