/** Namespaces that are added after a source. */
import { expect, test } from 'vitest'
import { addNamespaces } from '../../../../engine-worker/connectors/transforms/namespaces.ts'
import { entitiesOf } from '../open.ts'

test('namespaces are added to names at every depth, not to reserved ones', () => {
  const namespaces = { enabled: true, identity: 'i', property: 'p', expansions: new Map() }
  const [entity] = entitiesOf({ _id: '1', a: { b: [{ c: 1 }] }, 'x:y': 2, $x: { y: 1 }, _z: { q: 1 } })
  expect(addNamespaces(entity ?? {}, namespaces)).toEqual({
    _id: 'i:1',
    'p:a': { 'p:b': [{ 'p:c': 1 }] },
    'x:y': 2,
    $x: { y: 1 },
    _z: { q: 1 },
  })
  expect(addNamespaces({ _id: 'i:1' }, namespaces)._id).toBe('i:1')
})
