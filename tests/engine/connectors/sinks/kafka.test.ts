/** The kafka sink; configuration-sinks-kafka.rst. */
import { expect, test } from 'vitest'
import { problemsOf } from '../open.ts'
import { sent } from './sent.ts'

const sink = { type: 'kafka', system: 'kafka', topic: 't' }

test('takes key and value from properties of that name', async () => {
  const [message, gone] = await sent(
    sink,
    { _id: '1', key: 'k', value: { a: 1 } },
    { _id: '2', key: 'g', _deleted: true },
  )
  expect(message).toMatchObject({ kind: 'message', url: 't', headers: { key: 'k' }, text: '{"a":1}' })
  expect(gone).toMatchObject({ headers: { key: 'g' }, text: '' })
})

test('or sends the whole entity under its _id', async () => {
  const [message] = await sent({ ...sink, strategy: 'value' }, { _id: '1', a: 1 })
  expect(message?.headers).toEqual({ key: '1' })
  expect(JSON.parse(message?.text ?? '')).toEqual({ _id: '1', a: 1 })
})

test('what it needs is asked for', () => {
  expect(problemsOf({ sink: { type: 'kafka', system: 'kafka' } })).toContain('missing-property sink topic')
})
