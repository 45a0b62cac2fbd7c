/** The sql sink; configuration-sinks-sql.rst. */
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../../engine-worker/entity/value.ts'
import { embedded, output, problemsOf } from '../open.ts'
import { sent, systems } from './sent.ts'

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

test('what it needs is asked for', () => {
  expect(problemsOf({ sink: { type: 'sql', system: 'pg' } })).toContain('missing-property sink table')
})
