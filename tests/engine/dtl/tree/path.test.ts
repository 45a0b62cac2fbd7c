import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parsePath, segmentText, splitPath, VARIABLES } from '../../../../engine-worker/dtl/tree/path.ts'

const parseWith = (text: string, ...aliases: string[]) => {
  const path = parsePath(text, (name) => (aliases.includes(name) ? aliases.indexOf(name) : undefined))
  return path === null || path === 'malformed' ? path : [path.root, path.segments]
}

describe('a path', () => {
  test('begins with a variable or an alias; anything else is text', () => {
    expect(parseWith('_S.a.b')).toEqual([{ is: 'source', up: 0 }, ['a', 'b']])
    expect(parseWith('_.a')).toEqual([{ is: 'item' }, ['a']])
    expect(parseWith('o.total', 'c', 'o')).toEqual([{ is: 'alias', alias: 'o', slot: 1 }, ['total']])
    for (const text of ['o.total', 'total', '', '.a', 'a b', '_X.a']) expect(parseWith(text)).toBeNull()
  })

  test('goes through parents and the root to their variables', () => {
    expect(parseWith('_P._S.a')).toEqual([{ is: 'source', up: 1 }, ['a']])
    expect(parseWith('_P._P._T.a')).toEqual([{ is: 'target', up: 2 }, ['a']])
    expect(parseWith('_P.a')).toEqual([{ is: 'context', up: 1 }, ['a']])
    expect(parseWith('_R._S.a')).toEqual([{ is: 'root-source' }, ['a']])
    expect(parseWith('_R.x')).toEqual([{ is: 'root-context' }, ['x']])
  })

  test('may end with a dot, and may have quoted segments', () => {
    expect(parseWith('_S.')).toEqual([{ is: 'source', up: 0 }, []])
    expect(parseWith("_S.'a.b'.'it''s'")).toEqual([{ is: 'source', up: 0 }, ['a.b', "it's"]])
    for (const text of ["_S.'a", "_S.'a'b", "_S.a.'"]) expect(parseWith(text)).toBe('malformed')
  })

  test('tells where each segment stands in the text', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...VARIABLES),
        fc.array(fc.string({ maxLength: 5 }), { maxLength: 4 }),
        (root, names) => {
          const text = `${root}.${names.map(segmentText).join('.')}`
          const path = parsePath(text)
          if (path === null || path === 'malformed') throw new Error(`no path: ${text}`)
          for (const { name, start, end } of path.spans) expect(splitPath(text.slice(start, end))).toEqual([name])
          // A context may take its first segments as variables.
          if (root !== '_P' && root !== '_R') expect(path.segments).toEqual(names)
        },
      ),
    )
  })
})
