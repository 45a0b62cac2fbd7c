/** `eval` on all kinds of files: what it prints, and its messages for invalid ones. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { evalCommand } from '../../../../engine-worker/node/commands/eval.ts'
import { UsageError } from '../../../../engine-worker/node/commands/usage-error.ts'
import { systemError } from '../../../../engine-worker/node/system-error.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipewright-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function play(text: string) {
  let out = ''
  const said: string[] = []
  const io = {
    out: (more: string) => {
      out += more
    },
    say: (words: string) => void said.push(words),
  }
  const file = join(folder, 'cases.json')
  writeFileSync(file, text)
  const code = await evalCommand.run([file], io)
  return { code, out, said, lines: out.split('\n').slice(1, -2) }
}

describe('eval', () => {
  test('prints one line a case, in order, with values as they are', async () => {
    const cases = [
      '{"id": 1, "expr": ["list", 1, 1.0, 1000000000000000000000000000000, "~f1.50", "~t2015-01-01T00:00:00.500Z"]}',
      '{"id": "two", "rules": {"default": [["add", "a", "_S.b"]]}, "source": {"_id": "x", "b": "~:n:i"}}',
      '{"expr": ["nope"]}',
      '{"id": 4, "transform": {"type": "emit_children"}, "source": {"_id": "x", "$children": [{"_id": "c"}]}, "other": 5}',
    ]
    const { code, lines, said } = await play(`[${cases.join(',\n')}]`)
    expect([code, said]).toEqual([0, []])
    expect(lines).toEqual([
      '{"id": 1, "value": [1,1.0,1000000000000000000000000000000,"~f1.50","~t2015-01-01T00:00:00.5Z"]},',
      '{"id": "two", "entities": [{"_id":"x","a":"~:n:i"}]},',
      '{"id": null, "error": {"code":"dtl-unknown-function","message":"There is no expression function “nope”.","path":["expr"]}},',
      '{"id": 4, "entities": [{"_id":"c"}]}',
    ])
    expect((await play('[]')).out).toBe('[]\n')
  })

  test('goes on after a case that cannot be evaluated or printed', async () => {
    const deep = `${'["list",'.repeat(900)}1${']'.repeat(900)}`
    const cases = [
      'null',
      '{"id": "deep", "rules": {"default": [["add", "x", ["apply", "r", "_S."]]], "r": [["add", "x", ["list", "_P._T.", ["apply", "r", "_S."]]]]}, "source": {"_id": "1"}}',
      `{"id": "nested", "expr": ["list", ["list", ${deep}]]}`,
      '{"id": "long", "expr": ["ljust", 100000000000, "x", "y"]}',
      '{"id": "slow", "rules": {"default": [["sleep!", 100000], ["add", "a", 1]]}, "source": {"_id": "1"}}',
      '{"id": "last", "expr": ["+", 1, 2]}',
    ]
    const { code, lines } = await play(`[${cases.join(',')}]`)
    expect([code, lines.length]).toEqual([0, 6])
    expect(lines[1]).toContain('"error"')
    expect(lines[3]).toContain('dtl-text-too-long')
    expect(lines.slice(4)).toEqual(['{"id": "slow", "entities": [{"_id":"1","a":1}]},', '{"id": "last", "value": 3}'])
  })

  test('says with code 2 that a file is none, is broken or is no list', async () => {
    for (const broken of ['', '{', '[1,]', "['a']"]) {
      const { code, out, said } = await play(broken)
      expect([code, out, said.length]).toEqual([2, '', 1])
      expect(said[0]).toContain('cases.json')
    }
    await expect(play('{}')).rejects.toThrow(UsageError)
    const io = { out: () => {}, say: () => {} }
    const absent = await evalCommand.run([join(folder, 'absent.json')], io).catch(systemError)
    expect(absent).toEqual({ sentence: `There is no ${join(folder, 'absent.json')}.`, exit: 2 })
    await expect(evalCommand.run([], io)).rejects.toThrow(UsageError)
  })
})
