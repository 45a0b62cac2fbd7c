import { describe, expect, test } from 'vitest'
import { csvFile } from '../../../engine-worker/connectors/sinks/csv-endpoint.ts'
import type { Entity, Json, JsonObject } from '../../../engine-worker/entity/value.ts'
import { embedded, entitiesOf, output } from './open.ts'

const systems: JsonObject[] = [
  { _id: 'web', type: 'system:url', url_pattern: 'https://web/%s', headers: { 'X-Key': '$SECRET(key)' } },
  { _id: 'pg', type: 'system:postgresql' },
  { _id: 'ms', type: 'system:mssql' },
  { _id: 'es', type: 'system:elasticsearch', hosts: ['es:9200'] },
  { _id: 'solr', type: 'system:solr' },
  { _id: 'mail', type: 'system:smtp' },
]

/** The payloads of a sink for these entities. */
async function sent(sink: JsonObject, ...entities: Json[]) {
  const { captured, problems } = await output({
    pipe: { source: embedded(...entities), sink },
    systems,
    secrets: { key: 's' },
  })
  expect(problems).toEqual([])
  return captured
}

test('json posts transit JSON in batches; secrets stay names', async () => {
  const sink = { type: 'json', system: 'web', url: 'in', batch_size: 2 }
  const requests = await sent(sink, { _id: '1', at: '~t2020-01-01T00:00:00Z' }, { _id: '2' }, { _id: '3' })
  expect(requests).toHaveLength(2)
  expect(requests[0]).toMatchObject({ method: 'POST', url: 'https://web/in', headers: { 'X-Key': '$SECRET(key)' } })
  expect(JSON.parse(requests[0]?.text ?? '')).toEqual([{ _id: '1', at: '~t2020-01-01T00:00:00Z' }, { _id: '2' }])
})

describe('csv_endpoint', () => {
  const csvText = (config: JsonObject, entities: Entity[]) => {
    const { begin, batch } = csvFile(config)
    return begin + batch(entities)
  }
  const csv = (config: JsonObject, ...entities: Json[]) => csvText(config, entitiesOf(...entities))
  test.each<[string, JsonObject, Json, string]>([
    ['quotes what needs it', { columns: ['a', 'b'] }, { a: 'x,"y"', b: 1 }, 'a,b\r\n"x,""y""",1\r\n'],
    ['can quote everything', { columns: ['a'], quoting: 'all', include_header: false }, { a: 1 }, '"1"\r\n'],
    [
      'can quote all but numbers',
      { columns: ['a', 'b'], quoting: 'non-numeric', include_header: false },
      { a: 1, b: 'x' },
      '1,"x"\r\n',
    ],
    [
      'can escape instead',
      { columns: ['a'], quoting: 'none', escapechar: '\\', include_header: false },
      { a: 'x,y' },
      'x\\,y\r\n',
    ],
    [
      'writes rows as it is told',
      { columns: ['a', 'b'], delimiter: ';', lineterminator: '\n', include_header: false },
      { a: null, b: 'x' },
      ';x\n',
    ],
    [
      'writes values without tags',
      { columns: ['a', 'b', 'c'], include_header: false },
      { a: '~:n:x', b: '~f1.50', c: '~t2020-01-01' },
      'n:x,1.50,2020-01-01\r\n',
    ],
    ['leaves deleted entities out', { columns: ['a'], include_header: false }, { a: 'x', _deleted: true }, ''],
    [
      'shows them when asked',
      { columns: ['a'], include_header: false, 'skip-deleted-entities': false },
      { a: 'x', _deleted: true },
      'x\r\n',
    ],
    ['keeps a single empty field visible', { columns: ['a'], include_header: false }, { b: 1 }, '""\r\n'],
    ['begins with a mark when asked', { columns: ['a'], byte_order_mark: true }, { a: 1 }, '\ufeffa\r\n1\r\n'],
  ])('%s', (_name, config, entity, text) => {
    expect(csv(config, entity)).toBe(text)
  })
})

describe('sql', () => {
  test('upserts in the dialect of the database and deletes', async () => {
    const sink = { type: 'sql', system: 'pg', table: 't', schema: 's', primary_key: 'id' }
    const [upsert, remove] = await sent(
      sink,
      { _id: '1', id: 1, name: "O'Neil", ok: true },
      { _id: '2', id: 2, _deleted: true },
    )
    expect(upsert?.text).toBe(
      `INSERT INTO "s"."t" ("id", "name", "ok") VALUES (1, 'O''Neil', TRUE) ON CONFLICT ("id") DO UPDATE SET "name" = 'O''Neil', "ok" = TRUE;`,
    )
    expect(remove?.text).toBe('DELETE FROM "s"."t" WHERE "id" = 2;')
  })
  test('follows a schema definition', async () => {
    const definition: JsonObject[] = [
      { source_property: 'key', name: 'Id', type: 'integer', primary_key: true },
      { source_property: 'name', name: 'Name', type: 'string', max_size: 5, default: 'none', index: true },
      { source_property: 'text', name: 'Text', type: 'string', max_size: 9000 },
      { source_property: 'age', name: 'Age', type: 'integer', min_value: 0, max_value: 255 },
      { source_property: 'sum', name: 'Sum', type: 'integer', min_value: -40000, max_value: 40000 },
      { name: 'sesam-timestamp', type: 'datetime' },
    ]
    const sink = { type: 'sql', system: 'ms', table: 't', create_table_if_missing: true, schema_definition: definition }
    const [create, index, merge] = await sent(sink, { _id: '1', key: 7 })
    expect(create?.text).toBe(
      "IF OBJECT_ID(N'[t]', N'U') IS NULL CREATE TABLE [t] ([Id] BIGINT NOT NULL, [Name] NVARCHAR(5), [Text] NVARCHAR(MAX), [Age] TINYINT, [Sum] INT, [sesam-timestamp] DATETIME2, PRIMARY KEY ([Id]));",
    )
    expect(index?.text).toBe('CREATE INDEX [ix_t_Name] ON [t] ([Name]);')
    expect(merge?.text).toContain("[sesam-timestamp] = N'2020-09-13 12:26:40'")
    expect(merge?.text).toContain(
      "MERGE INTO [t] USING (SELECT 1 AS one) AS source ON ([Id] = 7) WHEN MATCHED THEN UPDATE SET [Name] = N'none'",
    )
  })
  test('deletes no row that it cannot name', async () => {
    const pipe = {
      source: embedded({ _id: '1', _deleted: true }),
      sink: { type: 'sql', system: 'pg', table: 't', primary_key: 'id' },
    }
    const { captured, problems } = await output({ pipe, systems })
    expect(captured).toEqual([])
    expect(problems).toEqual(['row-without-key'])
  })
  test('empties the table before a run from the beginning, and writes the time where a column is named', async () => {
    const sink = { type: 'sql', system: 'pg', table: 't', primary_key: 'id', timestamp: 'at' }
    const [truncate, upsert] = await sent({ ...sink, truncate_table_on_first_run: true }, { _id: '1', id: 1 })
    expect(truncate?.text).toBe('TRUNCATE TABLE "t";')
    expect(upsert?.text).toContain(`VALUES (1, '2020-09-13 12:26:40')`)
  })
})

test('elasticsearch sends bulk actions without reserved properties', async () => {
  const [request] = await sent(
    { type: 'elasticsearch', system: 'es', default_index: 'i' },
    { _id: '1', a: 1, $x: 2 },
    { _id: '2', _deleted: true },
  )
  expect(request).toMatchObject({ url: 'http://es:9200/_bulk', method: 'POST' })
  expect(request?.text).toBe('{"index":{"_index":"i","_id":"1"}}\n{"a":1}\n{"delete":{"_index":"i","_id":"2"}}\n')
})

test('elasticsearch prepares its index', async () => {
  const [mapping, deletion] = await sent(
    {
      type: 'elasticsearch',
      system: 'es',
      default_index: 'i',
      index_mapping_properties: { a: { type: 'keyword' } },
      first_run_delete_query: { dataset: 'd' },
    },
    { _id: '1' },
  )
  expect(mapping).toMatchObject({
    method: 'PUT',
    url: 'http://es:9200/i/_mapping',
    text: '{"properties":{"a":{"type":"keyword"}}}',
  })
  expect(deletion).toMatchObject({
    method: 'POST',
    url: 'http://es:9200/i/_delete_by_query',
    text: '{"query":{"match":{"dataset":"d"}}}',
  })
})

test('sparql says when a resource was changed, unless told not to', async () => {
  const sink = { type: 'sparql', system: 'web', url: 'sparql', graph: 'http://g' }
  const stamp = 'lastmodified> "2020-09-13T12:26:40Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>'
  const [update] = await sent(sink, { _id: '1', a: 1 })
  expect(update?.text).toContain(stamp)
  const [without] = await sent({ ...sink, write_sdshare_updated: false }, { _id: '1', a: 1 })
  expect(without?.text).not.toContain(stamp)
})

test('solr refuses nested documents', async () => {
  const pipe = { source: embedded({ _id: '1', a: { b: 1 } }), sink: { type: 'solr', system: 'solr' } }
  expect((await output({ pipe, systems })).problems.length).toBeGreaterThan(0)
  const [request] = await sent({ type: 'solr', system: 'solr' }, { _id: '1', a: 1 })
  expect(request).toMatchObject({ url: 'http://localhost:8983/solr/update?commit=true', text: '[{"id":"1","a":1}]' })
})

test('mail fills its templates in and keeps what it does not know', async () => {
  const sink = {
    type: 'mail',
    system: 'mail',
    mail_from: 'me@x',
    subject_template: 'Hi {{ name }}',
    body_template: '{{ gone }}!',
  }
  const [message] = await sent(sink, { _id: '1', name: 'Ann', recipients: ['a@x', 'b@x'] })
  expect(message).toMatchObject({
    kind: 'message',
    headers: { To: 'a@x, b@x', Subject: 'Hi Ann' },
    text: '{{ gone }}!',
  })
})

test('mail can be strict, and sends HTML with a plain form beside it', async () => {
  const sink = { type: 'mail', system: 'mail', mail_from: 'me@x', recipients: 'a@x', subject_template: 's' }
  const strict = { unhandled_template_variable_replacement: 'strict', body_template: '{{ gone }}!' }
  const pipe = { source: embedded({ _id: '1' }), sink: { ...sink, ...strict } }
  expect((await output({ pipe, systems })).problems).toEqual(['unknown-template-variable'])
  const [message] = await sent({ ...sink, body_template: '<p>Hi <b>{{ _id }}</b> &amp; all</p>' }, { _id: '1' })
  expect(message?.contentType).toBe('multipart/alternative; boundary="alternative"')
  expect(message?.text.split('--alternative')).toEqual([
    '',
    '\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHi 1 & all\r\n',
    '\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hi <b>1</b> &amp; all</p>\r\n',
    '--\r\n',
  ])
})

test('endpoints say how their file is to be treated', async () => {
  const [inline] = await sent({ type: 'http_endpoint' }, { _id: '1' })
  expect(inline).toMatchObject({ file: 'p.json', headers: { 'Content-Disposition': 'inline' } })
  const [file] = await sent(
    { type: 'csv_endpoint', columns: ['_id'], filename: 'x.csv', encoding: 'latin-1' },
    { _id: 'ę' },
  )
  expect(file).toMatchObject({
    contentType: 'text/csv; charset=iso-8859-1',
    headers: { 'Content-Disposition': 'attachment; filename="x.csv"' },
    text: '_id\r\n\\u0119\r\n',
  })
})

test('xml_endpoint writes tags, attributes and the wrapper', async () => {
  const sink = { type: 'xml_endpoint', wrapper: 'baz', 'root-attributes': { xmlns: 'http://x' } }
  const entity: JsonObject = {
    _id: '1',
    name: 'Entity <1>',
    id: 'entity-1',
    '<foo:tag>': [{ id: 'child', name: 'Child entity', '<section>': [{ '<from>': '0' }, 'x', { '<to>': '999' }] }],
  }
  const [file] = await sent(sink, entity)
  expect(file?.text).toBe(
    '<baz xmlns="http://x"><foo:tag name="Entity &lt;1&gt;" id="entity-1"><section id="child" name="Child entity"><from>0</from><to>999</to></section></foo:tag></baz>',
  )
})

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
