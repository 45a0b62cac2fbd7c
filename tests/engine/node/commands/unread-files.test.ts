/** Files that a command cannot read are reported. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { connectorCommand } from '../../../../engine-worker/node/commands/connector.ts'
import { validateCommand } from '../../../../engine-worker/node/commands/validate.ts'
import { call, folderWith } from '../../../support/command.ts'

const pipe = { _id: 'a', type: 'pipe', source: { type: 'embedded', entities: [] }, sink: { type: 'json', url: 'x' } }

async function validated(files: Readonly<Record<string, unknown>>) {
  const { code, out } = await call(validateCommand, folderWith({ 'pipes/a.conf.json': pipe, ...files }), '--json')
  const { problems } = JSON.parse(out)
  const errors = problems.filter(({ severity }: { severity: string }) => severity === 'error')
  return [code, errors.map(({ code, where }: { code: string; where: { file: string } }) => `${code} ${where.file}`)]
}

describe('validate', () => {
  it('names tests, expected outputs and checks that are no JSON', async () => {
    expect(await validated({ 'expected/a.test.json': '{"pipe": ', 'expected/a.json': '[]' })).toEqual([
      1,
      ['json-broken expected/a.test.json'],
    ])
    expect(await validated({ 'expected/a.test.json': '[]' })).toEqual([
      1,
      ['test-spec-not-an-object expected/a.test.json'],
    ])
    expect(await validated({ 'expected/a.test.json': '{}', 'expected/a.json': '[{' })).toEqual([
      1,
      ['json-broken expected/a.json'],
    ])
    expect(await validated({ 'checks.json': '{' })).toEqual([1, ['json-broken checks.json']])
  })

  it('says once that a test is not UTF-8', async () => {
    expect(await validated({ 'expected/a.test.json': Buffer.from('{"pipe": "å"}', 'latin1') })).toEqual([
      1,
      ['file-not-utf8 expected/a.test.json'],
    ])
  })

  it('lets an expected output of another format be', async () => {
    const spec = { endpoint: 'csv', file: 'a.csv' }
    expect(await validated({ 'expected/a.test.json': spec, 'expected/a.csv': 'a;b\n' })).toEqual([0, []])
  })
})

describe('connector', () => {
  const manifest = { datatypes: { a: { template: 'templates/a.json' } } }
  it('refuses a connector of which it cannot read a file, and names that file', async () => {
    const folder = folderWith({ 'manifest.json': manifest, 'templates/a.json': '{"_id": "a", "type": "pipe"}' })
    expect((await call(connectorCommand, 'expand', folder)).code).toBe(0)
    writeFileSync(join(folder, 'templates/b.json'), Buffer.alloc(10_000_001, ' '))
    const large = await call(connectorCommand, 'expand', folder)
    expect([large.code, large.words]).toEqual([1, expect.stringMatching(/templates\/b\.json is larger than 10 MB/)])
    rmSync(join(folder, 'templates/b.json'))
    writeFileSync(join(folder, 'templates/a.json'), Buffer.from('{"_id": "å"}', 'latin1'))
    const latin = await call(connectorCommand, 'expand', folder)
    expect([latin.code, latin.words]).toEqual([1, expect.stringMatching(/templates\/a\.json is not UTF-8/)])
  })
})
