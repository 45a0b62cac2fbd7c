import { describe, expect, test } from 'vitest'
import { readPasted } from '../../../engine-worker/text/pasted.ts'

describe('a pasted text', () => {
  const cases: [string, string, object][] = [
    ['a pipe', '{"_id":"a","type":"pipe"}', { is: 'components', components: [{ _id: 'a', type: 'pipe' }] }],
    ['components', '[{"_id":"a","type":"pipe"},{"_id":"s","type":"system:url"}]', { is: 'components' }],
    ['rules', '{"default":[["copy","*"]],"other":[]}', { is: 'rules' }],
    ['a step', ' ["add","a",1]\n', { is: 'steps', steps: [['add', 'a', 1]] }],
    ['steps', '[["copy","*"],["filter"]]', { is: 'steps', steps: [['copy', '*'], ['filter']] }],
    ['a source', '{"type":"dataset","dataset":"x"}', { is: 'stages' }],
    ['transforms', '[{"type":"dtl"},{"type":"emit_children"}]', { is: 'stages' }],
    ['an entity', '{"_id":"1","type":"person"}', { is: 'entities' }],
    ['entities', '[{"_id":"1"},{"_id":"2"}]', { is: 'entities' }],
    ['other JSON', '{"a":1}', { is: 'json', value: { a: 1 } }],
    ['an empty list', '[]', { is: 'json', value: [] }],
    ['a number', '1', { is: 'json', value: 1 }],
    ['broken JSON', '{"a":', { is: 'broken', problem: { code: 'json-broken', where: { line: 1, column: 6 } } }],
    ['nothing', '', { is: 'broken' }],
    ['a dangerous key', '{"__proto__":[["copy","*"]]}', { is: 'rules' }],
  ]
  for (const [name, text, result] of cases) {
    test(`that is ${name} is recognised`, () => expect(readPasted(text)).toMatchObject(result))
  }
})
