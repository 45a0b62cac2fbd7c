/**
 * Broken, hostile and unusual input, each with the expected result (the README beside it has the reasons). Cases about
 * templates and paging are in rest-cases.test.ts, archives in archive.test.ts, what a scenario gives in
 * scenario.test.ts.
 */
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { evalCommand } from '../../../../engine-worker/node/commands/eval.ts'
import { expandCommand } from '../../../../engine-worker/node/commands/expand.ts'
import { formatCommand } from '../../../../engine-worker/node/commands/format.ts'
import { runCommand } from '../../../../engine-worker/node/commands/run.ts'
import { testCommand } from '../../../../engine-worker/node/commands/test.ts'
import { validateCommand } from '../../../../engine-worker/node/commands/validate.ts'
import { OUTPUT_LIST } from '../../../../engine-worker/text/roots.ts'
import { cases, noShared } from '../../../shared.ts'
import { call, emptyFolder } from '../../../support/command.ts'

const turn2 = (name: string) => join(cases, 'turn2', name)
const fault = (name: string) => join(cases, 'faults', name)
const outputs = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isOutput).sort()
const isOutput = (path: string) => path.includes('/') && path !== OUTPUT_LIST

describe.skipIf(noShared)('projects from real material', () => {
  it.each(['csv-encodings', 'http-decimals'])('%s: all tests pass', async (name) => {
    const { code, out } = await call(testCommand, turn2(name))
    expect([code, out]).toEqual([0, expect.stringMatching(/[1-9]\d* passed, 0 failed/)])
  })

  it('csv-strict: bytes that are no characters fail the pipe', async () => {
    const { code, out } = await call(runCommand, turn2('csv-strict'))
    expect([code, out]).toEqual([1, expect.stringContaining('failed strict')])
  })

  it('failing-pipe: the project failed, whatever its tests say', async () => {
    expect((await call(testCommand, turn2('failing-pipe'))).code).toBe(1)
    expect((await call(runCommand, turn2('failing-pipe'))).code).toBe(1)
  })

  it('not-utf8: test data in another character set is named by every command', async () => {
    for (const command of [validateCommand, runCommand, testCommand]) {
      const { code, out, words } = await call(command, turn2('not-utf8/testdata'))
      expect([code, out + words]).toEqual([1, expect.stringContaining('testdata/in.json is not UTF-8 text')])
    }
  })

  it('not-utf8: a spec in UTF-16 is read by its byte order mark', async () => {
    const { code, out } = await call(testCommand, turn2('not-utf8/spec'))
    expect([code, out]).toEqual([0, expect.stringContaining('1 passed, 0 failed')])
  })

  it('format-numbers: numbers keep their text', async () => {
    const path = 'pipes/numbers.conf.json'
    const numbers = (folder: string) => {
      const text = readFileSync(join(folder, path), 'utf8')
      return [...text.matchAll(/"(\w+)": ?(-?\d[\d.eE+-]*)/g)].map(([, name, number]) => [name, number])
    }
    const [copy, expanded] = [emptyFolder(), emptyFolder()]
    cpSync(turn2('format-numbers'), copy, { recursive: true })
    expect((await call(formatCommand, copy)).code).toBe(0)
    expect((await call(expandCommand, copy, '--out', expanded)).code).toBe(0)
    expect(numbers(copy)).toEqual(numbers(turn2('format-numbers')))
    expect(numbers(expanded)).toEqual(numbers(turn2('format-numbers')))
    expect(numbers(copy)).toHaveLength(4)
  })

  it('every folder is a test somewhere', () => {
    const elsewhere = /^(rest-.*|validation|validation-templates)$/
    const here = ['csv-encodings', 'csv-strict', 'failing-pipe', 'format-numbers', 'http-decimals', 'not-utf8']
    const folders = readdirSync(turn2(''), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(folders.map(({ name }) => name).filter((name) => !elsewhere.test(name))).toEqual(here)
  })
})

describe.skipIf(noShared)('hostile input on the command line', () => {
  it('hostile-eval: one result a case, limits as errors with a code and a path, and all its keys', async () => {
    const file = fault('hostile-eval.json')
    const ids = [...readFileSync(file, 'utf8').matchAll(/^\{"id": "([^"]+)"/gm)].map(([, id]) => id)
    const { code, out } = await call(evalCommand, file)
    const results: { id: string; value?: unknown; error?: { code: string; path: unknown[] } }[] = JSON.parse(out)
    expect(code).toBe(0)
    expect(results.map(({ id }) => id)).toEqual(ids)
    for (const { error } of results)
      if (error) expect([error.code, error.path]).toEqual([expect.stringMatching(/^[a-z-]+$/), expect.any(Array)])
    expect(results.at(-1)?.value).toBe('STILL ALIVE')
    const kept =
      '{"_id":"1","valueOf":"v","__proto__":{"polluted":true},"constructor":"c","toString":"t","hasOwnProperty":"h"}'
    expect(out).toContain(`{"id": "proto-key", "entities": [${kept}]}`)
  })

  it('names-collide: each dataset has a file of its own', async () => {
    const out = emptyFolder()
    const { words } = await call(runCommand, fault('names-collide.json'), '--out', out)
    const files = outputs(out)
    const who = files.map((file) => JSON.parse(readFileSync(join(out, file), 'utf8'))[0].who)
    expect(who.sort()).toEqual(['backslash', 'underscore'])
    expect(words).toContain('a\\b was written to datasets/a_b-2')
  })

  it.each([
    ['name-nul.json', '"nul-\\u0000x" was not written: its name has a control character'],
    ['name-long.json', 'its name has 300 bytes, and 200 is the limit'],
  ])('%s: the problem names the dataset, and the others are written', async (name, message) => {
    const folder = emptyFolder()
    const { code, out, words } = await call(runCommand, fault(name), '--out', folder)
    expect([code, outputs(folder)]).toEqual([1, ['datasets/good.json']])
    expect(words).toContain(message)
    expect(out.match(/^done /gm)).toHaveLength(2)
  })

  it('name-with-space: the dataset is read', async () => {
    const { out } = await call(runCommand, fault('name-with-space.json'))
    expect(out).toContain('done reader read 1')
    expect((await call(validateCommand, fault('name-with-space.json'))).code).toBe(0)
  })

  it('names-proto-markup: every pipe writes, and the slash in a name is named', async () => {
    const folder = emptyFolder()
    const { out, words } = await call(runCommand, fault('names-proto-markup.json'), '--out', folder)
    const pipes = JSON.parse(readFileSync(fault('names-proto-markup.json'), 'utf8'))
    expect(out.match(/read 3, written 3/g)).toHaveLength(pipes.length)
    expect(outputs(folder)).toHaveLength(pipes.length)
    expect(words).toContain('contains a slash')
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  it('schema-pattern-backtracks: ends, and the others are written', async () => {
    const folder = emptyFolder()
    await call(runCommand, fault('schema-pattern-backtracks.json'), '--out', folder)
    expect(existsSync(join(folder, 'datasets/good.json'))).toBe(true)
  })

  it('every file is a test somewhere', () => {
    const here = ['hostile-eval', 'names-collide', 'name-nul', 'name-long', 'name-with-space', 'names-proto-markup']
    const here2 = ['schema-pattern-backtracks', 'template-constructor', 'template-huge-range', 'template-nested-loops']
    const page = ['asks-strangers', 'half-taken-in', 'secret-in-failure', 'share-secrets']
    const files = readdirSync(fault('')).filter((name) => name.endsWith('.json'))
    expect(files.map((name) => name.replace('.json', ''))).toEqual([...here, ...here2, ...page].sort())
  })
})
