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

const textValue = textShape('A text.')
const flagValue = flagShape('True or false.')
const countValue = countShape('A whole number.')
const isText = (json: Json): boolean => typeof json === 'string'
const textOrObject = <T>(shape: Parameters<typeof eitherShape<string, T>>[1]) => eitherShape(textValue, shape, isText)
const textList = listShape('Texts.', textValue, 1)
const timestampShape = textOrObject(objectShape('A time.', {}, { field: textValue, expression: textValue }))

const sourceShape = objectShape(
  'A source.',
  { primary_key: eitherShape(textValue, textList, isText) },
  { table: textValue, fields: recordShape('Types.', objectShape('A column.', {}, { type: textValue })) },
)

/** The strategies of both versions. */
const strategyShape = choiceShape('A strategy.', [
  'identity',
  'coalesce',
  'last_modified',
  'collect',
  'expression',
  'bool_or',
  'bool_and',
])
const targetFieldShape = eitherShape(
  strategyShape,
  objectShape(
    'A field.',
    { strategy: strategyShape },
    {
      description: textValue,
      expression: textValue,
      type: textValue,
      references: textValue,
      default: anyShape('A value.'),
      default_expression: textValue,
      group: textValue,
      link_group: textValue,
    },
  ),
  isText,
)
const targetShape = objectShape(
  'A target.',
  { fields: recordShape('Fields.', targetFieldShape) },
  {
    description: textValue,
    elements: choiceShape('Which elements take part.', ['collect', 'coalesce', 'last_modified']),
    identity: listShape('Keys.', eitherShape(textValue, textList, isText), 1),
  },
)

const fieldShape = objectShape(
  'A field.',
  {},
  {
    source: textValue,
    source_path: textValue,
    target: textValue,
    direction: choiceShape('A direction.', ['bidirectional', 'forward_only', 'reverse_only']),
    expression: textValue,
    reverse_expression: textValue,
    reverse_required: flagValue,
    last_modified: timestampShape,
    priority: countValue,
    references: textValue,
    references_field: textValue,
    description: textValue,
    order: flagValue,
    order_prev: flagValue,
    order_next: flagValue,
    scalar: flagValue,
    normalize: textValue,
  },
)

const flagOr = <T>(shape: Parameters<typeof eitherShape<boolean, T>>[1]) =>
  eitherShape(flagValue, shape, (json) => typeof json === 'boolean')
const mappingShape = objectShape(
  'A mapping.',
  { name: textValue, target: textValue },
  {
    source: textValue,
    description: textValue,
    parent: textValue,
    array: textValue,
    array_path: textValue,
    parent_fields: recordShape(
      'Fields of the parent.',
      textOrObject(objectShape('A field.', { field: textValue }, { path: textValue })),
    ),
    priority: countValue,
    last_modified: timestampShape,
    filter: textValue,
    reverse_filter: textValue,
    fields: listShape('Fields.', fieldShape),
    link_key: textValue,
    links: listShape(
      'Links.',
      objectShape(
        'A link.',
        {
          field: eitherShape(textValue, eitherShape(recordShape('Columns.', textValue), textList, isObject), isText),
          references: textValue,
        },
        {},
      ),
    ),
    cluster_members: flagOr(
      objectShape('A table.', {}, { table: textValue, cluster_id: textValue, source_key: textValue }),
    ),
    cluster_field: textValue,
    written_state: flagOr(
      objectShape(
        'A table.',
        {},
        { table: textValue, cluster_id: textValue, written: textValue, written_at: textValue, written_ts: textValue },
      ),
    ),
    derive_noop: flagValue,
    derive_timestamps: flagValue,
    passthrough: listShape('Columns.', textValue),
    soft_delete: textOrObject(
      objectShape(
        'A mark.',
        { field: textValue },
        { strategy: choiceShape('What it holds.', ['timestamp', 'deleted_flag', 'active_flag']), target: textValue },
      ),
    ),
    derive_tombstones: textValue,
    sort: listShape(
      'Keys.',
      objectShape('A key.', { field: textValue }, { direction: choiceShape('A direction.', ['asc', 'desc']) }),
    ),
  },
)

const rowsShape = listShape('Rows.', recordShape('A row.', anyShape('A value.')))
const testShape = objectShape(
  'A test.',
  {
    input: recordShape('Rows.', rowsShape),
    expected: recordShape(
      'What is sent.',
      objectShape(
        'What is sent.',
        {},
        { updates: rowsShape, inserts: rowsShape, deletes: rowsShape, noops: rowsShape },
      ),
    ),
  },
  { description: textValue, analytics: recordShape('Rows.', rowsShape) },
)

/** The declaration of a whole file. */
export const osiShape = objectShape(
  'A mapping file.',
  { version: textValue },
  {
    description: textValue,
    sources: recordShape('Sources.', sourceShape),
    targets: recordShape('Targets.', targetShape),
    mappings: listShape('Mappings.', mappingShape),
    tests: listShape('Tests.', testShape),
  },
)
