/** The index of a join: from keys to the entities that have them. */
import { expect, it } from 'vitest'
import type { Entity } from '../../../../engine-worker/entity/value.ts'
import { byText, KeyIndex } from '../../../../engine-worker/storage/index/key-index.ts'

const keysOf = (entity: Entity) => (Array.isArray(entity.k) ? entity.k.map(String) : [])

it('gives the ids under a key in order, each once', () => {
  const index = new KeyIndex({ id: 'k', keysOf: keysOf })
  index.apply([
    { _id: 'b', k: ['x', 'x'] },
    { _id: 'a', k: ['x', 'y'] },
  ])
  expect(index.idsOf('x')).toEqual(['a', 'b'])
  expect(index.idsOf('y')).toEqual(['a'])
  expect(index.idsOf('z')).toEqual([])
  expect(index.keysOf('b')).toEqual(['x'])
})

it('follows changes and deletions, also of keys whose many ids it keeps in order', () => {
  const index = new KeyIndex({ id: 'k', keysOf: keysOf })
  const many = Array.from({ length: 40 }, (_, n) => ({ _id: `e${n}`, k: ['x'] }))
  index.apply(many)
  const ids = many.map(({ _id }) => _id).sort(byText)
  expect(index.idsOf('x')).toEqual(ids)
  index.apply([
    { _id: 'e7', k: ['y'] },
    { _id: 'e8', k: ['x'], _deleted: true },
    { _id: 'new', k: ['x'] },
  ])
  expect(index.idsOf('x')).toEqual([...ids.filter((id) => id !== 'e7' && id !== 'e8'), 'new'].sort(byText))
  expect(index.idsOf('y')).toEqual(['e7'])
  expect(index.keysOf('e8')).toEqual([])
  index.clear()
  expect([index.idsOf('x'), index.keysOf('e1')]).toEqual([[], []])
})

it('passes over what has no _id', () => {
  const index = new KeyIndex({ id: 'k', keysOf: keysOf })
  index.apply([{ k: ['x'] }])
  expect(index.idsOf('x')).toEqual([])
})
