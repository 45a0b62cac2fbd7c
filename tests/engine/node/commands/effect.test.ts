/** `effect OLD NEW`: the comment for a pull request lists changed outputs and their causes. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { effectCommand, effectMarkdown } from '../../../../engine-worker/node/commands/effect.ts'

const base = mkdtempSync(join(tmpdir(), 'pipewright-effect-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))

function folder(name: string, rule: unknown): string {
  const path = join(base, name)
  mkdirSync(join(path, 'pipes'), { recursive: true })
  const writePipe = (id: string, more: object) =>
    writeFileSync(join(path, 'pipes', `${id}.conf.json`), JSON.stringify({ _id: id, type: 'pipe', ...more }))
  writePipe('people', {
    source: {
      type: 'embedded',
      entities: [
        { _id: '1', name: 'Ada' },
        { _id: '2', name: 'Bo' },
      ],
    },
  })
  writePipe('names', {
    source: { type: 'dataset', dataset: 'people' },
    transform: { type: 'dtl', rules: { default: [rule] } },
  })
  return path
}

async function play(...args: string[]) {
  let out = ''
  const io = {
    out: (text: string) => {
      out += text
    },
    say: () => undefined,
  }
  return { code: await effectCommand.run(args, io), out }
}

const old = folder('old', ['add', 'name', '_S.name'])

describe('the effect of a change', () => {
  it('is none between two states that give the same', async () => {
    expect(await play(old, old, '--fail')).toEqual({
      code: 0,
      out: '### Effect on data\n\nNone: 2 pipes give the same 4 entities as before.\n',
    })
  })

  it('names the change, the pipe, and what the first entities become', async () => {
    const now = folder('new', ['add', 'name', ['upper', '_S.name']])
    const { code, out } = await play(old, now, '--markdown')
    expect(code).toBe(0)
    expect(out).toContain('1 of 2 pipes give something else; 2 entities come out as before.')
    expect(out).toContain('**Because of pipe `names`**')
    expect(out).toContain('| `names` | 0 | 2 | 0 |')
    expect(out).toMatch(/```diff\n-.*Ada.*\n\+.*ADA/)
    expect((await play(old, now, '--fail')).code).toBe(1)
    expect(JSON.parse((await play(old, now, '--json')).out)).toMatchObject({ pipes: 2, same: 2 })
  })

  it('fails where a pipe fails that did not before', async () => {
    const { code, out } = await play(old, folder('broken', ['nothing-of-the-kind', 1]))
    expect(code).toBe(1)
    expect(out).toContain(':x: `names` fails now')
  })

  it('shows names and values as text alone', () => {
    const text = effectMarkdown({
      pipes: 1,
      same: 0,
      groups: [
        {
          edits: [{ kind: 'pipe', name: 'a|b`c' }],
          pipes: [
            {
              pipe: '<img src=x> @everyone',
              added: 1,
              changed: 0,
              removed: 0,
              failed: null,
              entities: [{ id: '1', before: null, after: '```\n</details>' }],
            },
          ],
        },
      ],
    })
    // Inside code, text is not markup.
    expect(text).toContain('| `<img src=x> @everyone` |')
    expect(text.match(/<img/g)).toHaveLength(1)
    expect(text).toContain('&lt;img src=x&gt; &#64;everyone')
    expect(text).toContain('`` a\\|b`c ``')
    expect(text).toContain('````diff\n+```\n+</details>\n````')
  })
})
