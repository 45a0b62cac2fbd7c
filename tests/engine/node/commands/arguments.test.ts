import { describe, expect, it } from 'vitest'
import { readArguments } from '../../../../engine-worker/node/commands/arguments.ts'
import { command } from '../../../../engine-worker/node/commands/define.ts'
import { UsageError } from '../../../../engine-worker/node/commands/usage-error.ts'

const options = {
  out: { value: 'DIR', says: 'x' },
  pipe: { value: 'ID', times: 'many', says: 'x' },
  json: { says: 'x' },
} as const
const readWith = (...args: string[]) => readArguments(args, options, { actions: [], count: 1, takesMany: false })

describe('arguments', () => {
  it('are sorted by the options that a command declares', () => {
    const given = readWith('dir', '--pipe', 'a', 'b', '--json', '--out=x=y', '--pipe', 'c')
    expect([given.argument, given.one('out'), given.many('pipe'), given.has('json')]).toEqual([
      'dir',
      'x=y',
      ['a', 'b', 'c'],
      true,
    ])
    expect(readWith('--json', 'dir').argument).toBe('dir')
    expect(readWith('--out', 'a', '--out', 'b', 'dir').one('out')).toBe('b')
    expect(readWith('--', '--dir').argument).toBe('--dir')
    const ended = readWith('--pipe', 'a', 'b', '--', 'dir')
    expect([ended.argument, ended.many('pipe')]).toEqual(['dir', ['a', 'b']])
  })

  it('that make no sense are wrong usage', () => {
    const wrong = [
      [],
      ['a', 'b'],
      ['a', '--nothing'],
      ['a', '--out'],
      ['a', '--out', '--json'],
      ['a', '--json=1'],
      ['a', '-x'],
    ]
    for (const args of wrong) expect(() => readWith(...args)).toThrow(UsageError)
    expect(() => readWith('a', '--toString', 'x')).toThrow('There is no option --toString.')
    expect(() => readArguments(['a'], {}, { actions: [], count: 0, takesMany: false })).toThrow('a is not expected.')
    const needed = { out: { value: 'DIR', times: 'needed', says: 'x' } } as const
    expect(() => readArguments(['a'], needed, { actions: [], count: 1, takesMany: false })).toThrow(
      '--out DIR is needed.',
    )
  })

  it('begin with what to do, where a command does several things', async () => {
    const done: string[] = []
    const made = command({
      name: 'x',
      says: 'x',
      actions: ['up', 'down'],
      argument: 'DIR',
      options: {},
      run: async ({ action, argument }) => {
        done.push(`${action} ${argument}`)
        return 0
      },
    })
    const io = { out: () => {}, say: () => {} }
    await made.run(['down', 'a'], io)
    expect(done).toEqual(['down a'])
    expect(made.usage).toBe('x up|down DIR')
    for (const args of [[], ['up'], ['left', 'a'], ['up', 'a', 'b']])
      await expect(made.run(args, io)).rejects.toThrow(UsageError)
  })

  it('make the usage line', () => {
    const needed = { value: 'FILE', times: 'needed', says: 'x' } as const
    const made = command({
      name: 'x',
      says: 'x',
      argument: 'DIR',
      options: { ...options, to: needed },
      run: async () => 0,
    })
    expect(made.usage).toBe('x DIR [--out DIR] [--pipe ID…] [--json] --to FILE')
  })
})
