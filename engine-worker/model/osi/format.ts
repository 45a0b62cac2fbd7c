/**
 * What an OSI-mapping file may hold, versions 1.0 and 2.0, declared once: a part of another kind is refused, a part that
 * no version knows is told about and left out.
 */

import {
  anyShape,
  choiceShape,
  countShape,
  eitherShape,
  flagShape,
  listShape,
  objectShape,
  recordShape,
  textShape,
} from '../../config/model/shape.ts'
import { isObject, type Json } from '../../entity/value.ts'

const text = textShape('A text.')
const flag = flagShape('True or false.')
const count = countShape('A whole number.')
const isText = (json: Json): boolean => typeof json === 'string'
const textOrObject = <T>(shape: Parameters<typeof eitherShape<string, T>>[1]) => eitherShape(text, shape, isText)
const texts = listShape('Texts.', text, 1)
const timestamp = textOrObject(objectShape('A time.', {}, { field: text, expression: text }))

const source = objectShape(
  'A source.',
  { primary_key: eitherShape(text, texts, isText) },
  { table: text, fields: recordShape('Types.', objectShape('A column.', {}, { type: text })) },
)

/** The strategies of both versions. */
const strategy = choiceShape('A strategy.', [
  'identity',
  'coalesce',
  'last_modified',
  'collect',
  'expression',
  'bool_or',
  'bool_and',
])
const targetField = eitherShape(
  strategy,
  objectShape(
    'A field.',
    { strategy },
    {
      description: text,
      expression: text,
      type: text,
      references: text,
      default: anyShape('A value.'),
      default_expression: text,
      group: text,
      link_group: text,
    },
  ),
  isText,
)
const target = objectShape(
  'A target.',
  { fields: recordShape('Fields.', targetField) },
  {
    description: text,
    elements: choiceShape('Which elements take part.', ['collect', 'coalesce', 'last_modified']),
    identity: listShape('Keys.', eitherShape(text, texts, isText), 1),
  },
)

const field = objectShape(
  'A field.',
  {},
  {
    source: text,
    source_path: text,
    target: text,
    direction: choiceShape('A direction.', ['bidirectional', 'forward_only', 'reverse_only']),
    expression: text,
    reverse_expression: text,
    reverse_required: flag,
    last_modified: timestamp,
    priority: count,
    references: text,
    references_field: text,
    description: text,
    order: flag,
    order_prev: flag,
    order_next: flag,
    scalar: flag,
    normalize: text,
  },
)

const flagOr = <T>(shape: Parameters<typeof eitherShape<boolean, T>>[1]) =>
  eitherShape(flag, shape, (json) => typeof json === 'boolean')
const mapping = objectShape(
  'A mapping.',
  { name: text, target: text },
  {
    source: text,
    description: text,
    parent: text,
    array: text,
    array_path: text,
    parent_fields: recordShape(
      'Fields of the parent.',
      textOrObject(objectShape('A field.', { field: text }, { path: text })),
    ),
    priority: count,
    last_modified: timestamp,
    filter: text,
    reverse_filter: text,
    fields: listShape('Fields.', field),
    link_key: text,
    links: listShape(
      'Links.',
      objectShape(
        'A link.',
        {
          field: eitherShape(text, eitherShape(recordShape('Columns.', text), texts, isObject), isText),
          references: text,
        },
        {},
      ),
    ),
    cluster_members: flagOr(objectShape('A table.', {}, { table: text, cluster_id: text, source_key: text })),
    cluster_field: text,
    written_state: flagOr(
      objectShape('A table.', {}, { table: text, cluster_id: text, written: text, written_at: text, written_ts: text }),
    ),
    derive_noop: flag,
    derive_timestamps: flag,
    passthrough: listShape('Columns.', text),
    soft_delete: textOrObject(
      objectShape(
        'A mark.',
        { field: text },
        { strategy: choiceShape('What it holds.', ['timestamp', 'deleted_flag', 'active_flag']), target: text },
      ),
    ),
    derive_tombstones: text,
    sort: listShape(
      'Keys.',
      objectShape('A key.', { field: text }, { direction: choiceShape('A direction.', ['asc', 'desc']) }),
    ),
  },
)

const rows = listShape('Rows.', recordShape('A row.', anyShape('A value.')))
const test = objectShape(
  'A test.',
  {
    input: recordShape('Rows.', rows),
    expected: recordShape(
      'What is sent.',
      objectShape('What is sent.', {}, { updates: rows, inserts: rows, deletes: rows, noops: rows }),
    ),
  },
  { description: text, analytics: recordShape('Rows.', rows) },
)

/** The declaration of a whole file. */
export const osiShape = objectShape(
  'A mapping file.',
  { version: text },
  {
    description: text,
    sources: recordShape('Sources.', source),
    targets: recordShape('Targets.', target),
    mappings: listShape('Mappings.', mapping),
    tests: listShape('Tests.', test),
  },
)
