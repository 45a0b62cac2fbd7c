/** Common steps of all sinks to the outside before they send. */
import { expect, test } from 'vitest'
import { output } from '../open.ts'

test('namespaces are removed in front of an outside sink; the later of equal names wins, equal ids stay', async () => {
  const { entities } = await output({
    pipe: {
      source: { type: 'embedded', entities: [{ _id: 'a:1', 'a:x': '~:b:c', 'b:x': { 'c:y': 1 } }, { _id: 'b:1' }] },
      add_namespaces: false,
      sink: { type: 'http_endpoint' },
    },
    metadata: { namespaced_identifiers: true },
  })
  expect(entities).toEqual([{ _id: '1', x: { y: 1 } }, { _id: '1' }])
})
