/** The http_endpoint sink; configuration-sinks-http_endpoint.rst. */
import { expect, test } from 'vitest'
import { problemsOf } from '../open.ts'
import { sent } from './sent.ts'

test('an endpoint says how its file is to be treated', async () => {
  const [inline] = await sent({ type: 'http_endpoint' }, { _id: '1' })
  expect(inline).toMatchObject({ file: 'p.json', headers: { 'Content-Disposition': 'inline' } })
})

test('a name for the file makes it a download', async () => {
  const [file] = await sent({ type: 'http_endpoint', filename: 'people.json' }, { _id: '1', n: 1 })
  expect(file).toMatchObject({ headers: { 'Content-Disposition': 'attachment; filename="people.json"' } })
  expect(JSON.parse(file?.text ?? '')).toEqual([{ _id: '1', n: 1 }])
})

test('a property that it does not have is said', () => {
  expect(problemsOf({ sink: { type: 'http_endpoint', columns: [] } })).toContain('unknown-key sink columns')
})
