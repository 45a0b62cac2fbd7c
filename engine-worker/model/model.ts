/**
 * The model of a project: which systems there are, what their records are, when two records are the same, which system
 * is right about which property, and who gets told. One file, `model.json`; pipes are generated from it (generate/).
 *
 * A mapping says how the records of one datatype (or the elements of a list in them) are a concept, property by
 * property, in both directions. An expression is DTL over the record (`_S.`) on the way in, over the concept's
 * properties on the way out; `{"sql": …}` is SQL over the same names.
 */

import {
  anyShape,
  choiceShape,
  countShape,
  eitherShape,
  flagShape,
  listShape,
  nameShape,
  objectShape,
  recordShape,
  type TypeOfShape,
  textShape,
} from '../config/model/shape.ts'
import { isObject, type Json } from '../entity/value.ts'
import { normalisations } from './normalise.ts'

const saysShape = textShape('Words for people.')
const identifierShape = textShape(
  'A name: letters, digits, - and _.',
  /^[A-Za-z][A-Za-z0-9_-]*$/,
  'a name of letters, digits, - and _',
)

const sqlShape = objectShape(
  'SQL over the properties in scope, translated to DTL.',
  { sql: textShape('The SQL expression.') },
  {},
)
const expressionShape = eitherShape(sqlShape, anyShape('A DTL expression.'), (json) => isObject(json) && 'sql' in json)

const modifiedShape = eitherShape(
  objectShape('When it was changed, as an expression.', { expression: expressionShape }, {}),
  nameShape('The property that holds when it was changed.', 'column'),
  isObject,
)

const typeNames = ['text', 'number', 'boolean', 'date', 'json'] as const

const datatypeShape = objectShape(
  'One kind of record of a system.',
  { key: listShape('The properties that identify a record.', textShape('A property.'), 1) },
  {
    description: saysShape,
    types: recordShape('Types of properties that are not as they look.', choiceShape('A type.', typeNames)),
    path: textShape('The path of its records in a REST system: operations to read and write them are made from it.'),
    records: textShape('The property that holds the records in the answer of a REST system.'),
    source: anyShape('The source of the collect pipe as Sesam configures it.'),
    sink: anyShape('The sink of the share pipe as Sesam configures it.'),
  },
)

const normaliseShape = listShape(
  'How its values are written alike before they are compared as keys, one after the other.',
  choiceShape('A way.', normalisations),
)

const propertyShape = objectShape(
  'One property of a concept.',
  {
    rule: choiceShape(
      'Which value wins: that of the system with the highest priority, the latest, that of the record with the most ' +
        'values, a key that keeps its own value, all values, true where any is, true where every one is, or an ' +
        'expression over all values.',
      ['priority', 'latest', 'complete', 'key', 'all', 'any', 'every', 'expression'],
    ),
  },
  {
    description: saysShape,
    type: choiceShape('Its type.', typeNames),
    references: nameShape('The concept that it refers to.', 'concept'),
    group: textShape('Properties of one group come from the same record.'),
    normalise: normaliseShape,
    ignore: listShape('Values that are no keys: they stand for nothing, or many have them.', textShape('A value.')),
    expression: expressionShape,
    nulls: choiceShape('Whether a record without a value lets the next one win, or wins with its empty value.', [
      'skip',
      'count',
    ]),
    blank: flagShape('A text without characters is no value.'),
    default: anyShape('The value where no system has one.'),
    default_expression: expressionShape,
  },
)

const conceptShape = objectShape(
  'What records of several systems are about.',
  { properties: recordShape('The properties by name.', propertyShape) },
  {
    description: saysShape,
    keys: listShape(
      'Records with an equal key are the same. A key is one property or several together.',
      listShape('A key.', nameShape('A property of the concept.', 'property'), 1),
    ),
    members: choiceShape(
      'For elements of lists: all systems together, or the list of the system that comes first or was changed last.',
      ['all', 'priority', 'latest'],
    ),
    limit: countShape('The most records that may be one.', 1),
    overrides: objectShape(
      'Values that people decided: rows with the properties of a key, and with the values that win over all others.',
      { table: textShape('The name of the table.') },
      {},
    ),
  },
)

const propertyMappingShape = objectShape(
  'How one property of a record is one of the concept.',
  {},
  {
    description: saysShape,
    from: nameShape('The property of the record.', 'column'),
    path: listShape('Its place inside the record: keys and list indexes.', anyShape('A key or an index.'), 1),
    element: flagShape('The element of the list is itself the value.'),
    to: nameShape('The property of the concept.', 'property'),
    direction: choiceShape('Whether it is read, written, or both.', ['both', 'in', 'out']),
    in: expressionShape,
    out: expressionShape,
    values: listShape(
      'A vocabulary: what the system calls a value and what the concept calls it.',
      objectShape(
        'One value.',
        { here: anyShape('The value in the system.'), there: anyShape('The value of the concept.') },
        {},
      ),
    ),
    required: flagShape('Without a value the record is not for this system.'),
    normalise: normaliseShape,
    priority: countShape('The lower number wins.'),
    modified: modifiedShape,
    references: nameShape('The mapping (or concept) whose records it refers to.', 'mapping'),
    returns: textShape('The property of the referenced concept that the system wants in the place of its key.'),
    position: choiceShape('The place among the elements of the list, or the key of the neighbour.', [
      'index',
      'previous',
      'next',
    ]),
    compare: expressionShape,
  },
)

const liftedShape = objectShape(
  'A property of a record that the element is inside.',
  { property: textShape('The property.') },
  { path: textShape('The list, where it is not the outermost record that is meant.') },
)

const writtenShape = objectShape(
  'A table of what was last written to the system.',
  { table: textShape('Its name.') },
  {
    cluster: textShape('The column of the cluster.'),
    values: textShape('The column with the values.'),
    at: textShape('The column with the time.'),
    times: textShape('The column with the times by property.'),
  },
)

const mappingShape = objectShape(
  'How the records of a datatype are a concept.',
  {
    name: identifierShape,
    system: textShape('The system.'),
    datatype: textShape('The datatype.'),
    concept: textShape('The concept.'),
    properties: listShape('The properties, both ways.', propertyMappingShape),
  },
  {
    description: saysShape,
    parent: nameShape('The mapping of the record that the elements are inside.', 'mapping'),
    list: listShape('The place of the list in the parent record.', textShape('A key.'), 1),
    lift: recordShape('Properties of records around the element, by the names they have here.', liftedShape),
    priority: countShape('For all properties: the lower number wins.'),
    modified: modifiedShape,
    filter: expressionShape,
    share_filter: expressionShape,
    share: objectShape(
      'What the system may get.',
      {},
      {
        insert: flagShape('New records.'),
        update: flagShape('Changed records.'),
        delete: flagShape('Deletions.'),
        since: textShape('New records only where one of theirs was changed at this time or after it.'),
        without_key: flagShape('New records that have no key, too: without a table of links they would be sent again.'),
      },
    ),
    carry: listShape('Properties that go back as they came.', nameShape('A property.', 'column')),
    deletion: objectShape(
      'The property with which the system marks a record as deleted.',
      { property: nameShape('The property.', 'column') },
      {
        means: choiceShape('What it holds: a time, true when deleted, or true when not deleted.', [
          'time',
          'deleted',
          'active',
        ]),
        to: nameShape(
          'The property of the concept that says it is deleted; without it the record is left out.',
          'property',
        ),
      },
    ),
    absent: nameShape(
      'The property of the concept that becomes true when a record of this system is gone.',
      'property',
    ),
    gone: choiceShape(
      'What it means that a record of this system is gone: it is made again where others still have it, it stays away ' +
        'here and the others keep it, or it is deleted in the others too, unless one was changed since.',
      ['resurrect', 'keep', 'delete'],
    ),
    links: listShape(
      'A link table: records that name the same thing in several mappings.',
      objectShape(
        'One side of a link.',
        {
          properties: listShape('The properties that hold the key.', nameShape('A property.', 'column'), 1),
          references: nameShape('The mapping that the key belongs to.', 'mapping'),
        },
        { keys: listShape('The key properties that they stand for, in the same order.', textShape('A property.'), 1) },
      ),
    ),
    cluster: nameShape('The property that says which records are one.', 'column'),
    members: objectShape(
      'A table of which record became part of what.',
      { table: textShape('Its name.') },
      { cluster: textShape('The column of the cluster.'), key: textShape('The column of the key.') },
    ),
    written: writtenShape,
    compare_written: flagShape('What was written before is not written again.'),
    written_times: flagShape('When a property changed is derived from what was last written.'),
    ordered: flagShape('The order of the elements counts: the same elements in another order are a change.'),
    sort: listShape(
      'The order of the elements.',
      objectShape(
        'One key.',
        { property: nameShape('The property of the concept.', 'property') },
        {
          descending: flagShape('The largest first.'),
        },
      ),
    ),
  },
)

const rowsShape = listShape('Records.', anyShape('A record.'))
const testShape = objectShape(
  'Records and what must be sent for them.',
  {
    input: recordShape('Records by `system.datatype` or the name of a table.', rowsShape),
    expected: recordShape(
      'By `system.datatype` or mapping: exactly what is sent.',
      objectShape(
        'What is sent.',
        {},
        {
          inserts: rowsShape,
          updates: rowsShape,
          deletes: rowsShape,
          noops: rowsShape,
        },
      ),
    ),
  },
  { description: saysShape, golden: recordShape('Records of concepts.', rowsShape) },
)

const settingShapes = {
  description: saysShape,
  pipes: choiceShape('What is generated: composite pipes where one is better, or plain ones only.', [
    'composite',
    'plain',
  ]),
}
const wholeModelShape = objectShape('What holds for the whole model.', {}, settingShapes)

/** The parts of a model that have settings besides what they consist of. */
export const modelParts = {
  model: wholeModelShape,
  datatype: datatypeShape,
  concept: conceptShape,
  property: propertyShape,
  mapping: mappingShape,
  mapped: propertyMappingShape,
} as const

/** The declaration of the whole file. */
export const modelShape = objectShape(
  'A model of systems and concepts, from which Pipewright generates pipes.',
  {
    version: countShape('1.'),
    systems: recordShape(
      'The systems by name.',
      objectShape(
        'A system.',
        { datatypes: recordShape('Its datatypes by name.', datatypeShape) },
        {
          description: saysShape,
          config: anyShape('The system as Sesam configures it: its type, address and operations.'),
        },
      ),
    ),
    concepts: recordShape('The concepts by name.', conceptShape),
    mappings: listShape('The mappings, those that win first.', mappingShape),
  },
  {
    $schema: textShape('The address of the schema.'),
    ...settingShapes,
    tests: listShape('Tests.', testShape),
  },
)

export type Model = TypeOfShape<typeof modelShape>
export type Datatype = TypeOfShape<typeof datatypeShape>
export type Concept = TypeOfShape<typeof conceptShape>
export type Property = TypeOfShape<typeof propertyShape>
export type ModelMapping = TypeOfShape<typeof mappingShape>
export type PropertyMapping = TypeOfShape<typeof propertyMappingShape>
/** The table of what was last written to a system. */
export type WrittenTable = TypeOfShape<typeof writtenShape>
export type ModelTest = TypeOfShape<typeof testShape>
/** DTL, or SQL in `{sql}`. */
export type ModelExpression = { readonly sql: string } | Json
/** A property with a time, or an expression for it. */
export type Modified = TypeOfShape<typeof modifiedShape>
/** The type of a property, in the model's words. */
export type PropertyType = (typeof typeNames)[number]
