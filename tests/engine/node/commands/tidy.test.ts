/** `format`, `expand` and `fold` on folders. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Command } from '../../../../engine-worker/node/commands/define.ts'
import { expandCommand } from '../../../../engine-worker/node/commands/expand.ts'
import { foldCommand } from '../../../../engine-worker/node/commands/fold.ts'
import { formatCommand } from '../../../../engine-worker/node/commands/format.ts'
import { UsageError } from '../../../../engine-worker/node/commands/usage-error.ts'
import { noShared, projects } from '../../../shared.ts'

const original = join(projects, 'sesam-training-2019-02')
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipewright-'))
  for (const file of readdirSync(original, { recursive: true, encoding: 'utf8' })) {
    const [from, to] = [join(original, file), join(folder, 'a', file)]
    if (statSync(from).isDirectory()) continue
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(to, readFileSync(from))
  }
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function play(command: Command, ...args: string[]) {
  let out = ''
  const said: string[] = []
  const io = {
    out: (text: string) => {
      out += text
    },
    say: (words: string) => void said.push(words),
  }
  const code = await command.run(args, io)
  return { code, out, said }
}

const files = (name: string) => readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' }).sort()
const textsIn = (name: string) =>
  files(name)
    .filter((file) => file.endsWith('.json'))
    .map((file) => [file, readFileSync(join(folder, name, file), 'utf8')])

describe.skipIf(noShared)('on the command line', () => {
  test('format writes canonical text once, and --check only tells', async () => {
    const a = join(folder, 'a')
    const before = textsIn('a')
    const check = await play(formatCommand, a, '--check')
    expect([check.code, check.out.split('\n').length > 10]).toEqual([1, true])
    expect(textsIn('a')).toEqual(before)
    const done = await play(formatCommand, a)
    expect([done.code, done.out]).toEqual([0, check.out])
    expect(await play(formatCommand, a, '--check')).toMatchObject({ code: 0, out: '' })
    expect(await play(formatCommand, a, '--portal')).toMatchObject({ code: 0 })
    const changed = textsIn('a').filter(([file, text]) => before.find(([name]) => name === file)?.[1] !== text)
    expect(changed.map(([file]) => file)).toEqual(['systems/firebase.conf.json'])
  })

  test('a file that cannot be read is left alone and makes format fail', async () => {
    const a = join(folder, 'a')
    writeFileSync(join(a, 'pipes/x.conf.json'), '{"_id":')
    const result = await play(formatCommand, a, '--json')
    expect(result.code).toBe(1)
    expect(JSON.parse(result.out)).toMatchObject({ problems: [{ code: 'json-broken' }] })
    expect(readFileSync(join(a, 'pipes/x.conf.json'), 'utf8')).toBe('{"_id":')
  })

  test('expand and fold go there and back, in place too', async () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => join(folder, name)) as [string, string, string]
    await play(formatCommand, a)
    const wide = await play(expandCommand, a, '--out', b, '--json')
    expect(JSON.parse(wide.out).expanded).toMatchObject([
      { pipe: 'global-person', parts: ['global-person-merge', 'global-person'] },
    ])
    expect(files('b')).toContain('pipes/global-person-merge.conf.json')
    expect(await play(foldCommand, b, '--out', c)).toMatchObject({ code: 0, out: 'global-person\n' })
    expect(textsIn('c')).toEqual(textsIn('a'))
    await play(foldCommand, b, '--out', b)
    expect(textsIn('b')).toEqual(textsIn('a'))
  })

  test('wrong usage is told', async () => {
    await expect(play(formatCommand)).rejects.toThrow(UsageError)
    await expect(play(expandCommand, folder)).rejects.toThrow(UsageError)
    await expect(play(formatCommand, join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
