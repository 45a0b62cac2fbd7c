/** The rest sink; configuration-sinks-rest.rst. */
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../../../engine-worker/entity/value.ts'
import { embedded, output } from '../open.ts'

describe('rest', () => {
  const rest: JsonObject = {
    _id: 'r',
    type: 'system:rest',
    url_pattern: 'https://r/%s',
    operations: {
      put: { url: 'people/{{ properties.id }}', method: 'PUT', headers: { 'X-Id': '{{ _id }}' } },
      form: { url: 'form', method: 'POST', 'payload-type': 'form' },
      drop: { url: 'people/{{ _id }}', method: 'DELETE' },
    },
  }
  test('each entity chooses operation, properties and payload', async () => {
    const source = embedded(
      { _id: '1', operation: 'put', properties: { id: 7 }, payload: { name: 'Ann', at: '~t2020-01-01T00:00:00Z' } },
      { _id: '2', operation: 'form', payload: { a: 'b c' } },
      { _id: '3' },
    )
    const { captured, problems } = await output({
      pipe: { source, sink: { type: 'rest', system: 'r', operation: 'drop' } },
      systems: [rest],
    })
    expect(problems).toEqual([])
    expect(captured).toMatchObject([
      {
        method: 'PUT',
        url: 'https://r/people/7',
        headers: { 'X-Id': '1' },
        text: '{"name":"Ann","at":"2020-01-01T00:00:00Z"}',
      },
      { method: 'POST', url: 'https://r/form', text: 'a=b+c', contentType: 'application/x-www-form-urlencoded' },
      { method: 'DELETE', url: 'https://r/people/3', text: '' },
    ])
  })
})

describe('templates of an operation', () => {
  const requestOf = async (operation: JsonObject, entity: Json, system: JsonObject = {}) => {
    const rest = {
      _id: 'r',
      type: 'system:rest',
      url_pattern: 'https://r/%s',
      operations: { do: operation },
      ...system,
    }
    const pipe = { source: embedded(entity), sink: { type: 'rest', system: 'r', operation: 'do' } }
    const { captured, problems } = await output({ pipe, systems: [rest] })
    expect(problems).toEqual([])
    return captured[0]
  }
  test('stand in keys and values, leave out what they say, and make JSON of what they say', async () => {
    const payload = {
      key: 'value',
      gone: '{% if entity.b is defined %}{{ entity.b }}{% else %}sesam:markskip{% endif %}',
      'other{% if entity.b is not defined %}sesam:markskip{% endif %}': 1,
      number: '{{ entity.a }}sesam:markjson',
      list: '[{{ entity.a }}, "x"]sesam:markjson',
      '{{ entity.name }}': true,
    }
    const request = await requestOf({ url: 'x', method: 'POST', payload }, { _id: '1', a: 7, name: 'named' })
    expect(request?.text).toBe('{"key":"value","number":7,"list":[7,"x"],"named":true}')
  })
  test('stand in the headers of the system, too; secrets stay names', async () => {
    const headers = { Authorization: "Key {{ secret('key') }}", 'X-Id': '{{ _id }}' }
    const request = await requestOf({ url: 'x', method: 'GET' }, { _id: '7' }, { headers })
    expect(request?.headers).toEqual({ Authorization: 'Key $SECRET(key)', 'X-Id': '7' })
  })
  test('forms in parts', async () => {
    const payload = { name: 'Ann', at: '~t2020-01-01T00:00:00Z', n: 1 }
    const request = await requestOf(
      { url: 'x', method: 'POST', 'payload-type': 'multipart-form' },
      { _id: '1', payload },
    )
    expect(request?.contentType).toBe('multipart/form-data; boundary=form-part')
    expect(request?.text).toBe(
      [
        ...['--form-part', 'Content-Disposition: form-data; name="name"', '', 'Ann'],
        ...['--form-part', 'Content-Disposition: form-data; name="at"', '', '~t2020-01-01T00:00:00Z'],
        ...['--form-part', 'Content-Disposition: form-data; name="n"', '', '1'],
        ...['--form-part--', ''],
      ].join('\r\n'),
    )
  })
  test('numbers keep every digit', async () => {
    const payload: JsonObject = { big: 9007199254740993n, exact: '~f1.10' }
    const request = await requestOf({ url: 'x', method: 'POST' }, { _id: '1', payload })
    expect(request?.text).toBe('{"big":9007199254740993,"exact":1.10}')
  })
})
