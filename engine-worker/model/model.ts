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

const says = textShape('Words for people.')
const name = textShape(
  'A name: letters, digits, - and _.',
  /^[A-Za-z][A-Za-z0-9_-]*$/,
  'a name of letters, digits, - and _',
)

const sqlShape = objectShape(
  'SQL over the properties in scope, translated to DTL.',
  { sql: textShape('The SQL expression.') },
  {},
)
const expression = eitherShape(sqlShape, anyShape('A DTL expression.'), (json) => isObject(json) && 'sql' in json)

const modified = eitherShape(
  objectShape('When it was changed, as an expression.', { expression }, {}),
  nameShape('The property that holds when it was changed.', 'column'),
  isObject,
)

const types = ['text', 'number', 'boolean', 'date', 'json'] as const

const datatype = objectShape(
  'One kind of record of a system.',
  { key: listShape('The properties that identify a record.', textShape('A property.'), 1) },
  {
    description: says,
    types: recordShape('Types of properties that are not as they look.', choiceShape('A type.', types)),
    path: textShape('The path of its records in a REST system: operations to read and write them are made from it.'),
    records: textShape('The property that holds the records in the answer of a REST system.'),
    source: anyShape('The source of the collect pipe as Sesam configures it.'),
    sink: anyShape('The sink of the share pipe as Sesam configures it.'),
  },
)

const normalise = listShape(
  'How its values are written alike before they are compared as keys, one after the other.',
  choiceShape('A way.', normalisations),
)

const property = objectShape(
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
    description: says,
    type: choiceShape('Its type.', types),
    references: nameShape('The concept that it refers to.', 'concept'),
    group: textShape('Properties of one group come from the same record.'),
    normalise,
    ignore: listShape('Values that are no keys: they stand for nothing, or many have them.', textShape('A value.')),
    expression,
    nulls: choiceShape('Whether a record without a value lets the next one win, or wins with its empty value.', [
      'skip',
      'count',
    ]),
    blank: flagShape('A text without characters is no value.'),
    default: anyShape('The value where no system has one.'),
    default_expression: expression,
  },
)

const concept = objectShape(
  'What records of several systems are about.',
  { properties: recordShape('The properties by name.', property) },
  {
    description: says,
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

const propertyMapping = objectShape(
  'How one property of a record is one of the concept.',
  {},
  {
    description: says,
    from: nameShape('The property of the record.', 'column'),
    path: listShape('Its place inside the record: keys and list indexes.', anyShape('A key or an index.'), 1),
    element: flagShape('The element of the list is itself the value.'),
    to: nameShape('The property of the concept.', 'property'),
    direction: choiceShape('Whether it is read, written, or both.', ['both', 'in', 'out']),
    in: expression,
    out: expression,
    values: listShape(
      'A vocabulary: what the system calls a value and what the concept calls it.',
      objectShape(
        'One value.',
        { here: anyShape('The value in the system.'), there: anyShape('The value of the concept.') },
        {},
      ),
    ),
    required: flagShape('Without a value the record is not for this system.'),
    normalise,
    priority: countShape('The lower number wins.'),
    modified,
    references: nameShape('The mapping (or concept) whose records it refers to.', 'mapping'),
    returns: textShape('The property of the referenced concept that the system wants in the place of its key.'),
    position: choiceShape('The place among the elements of the list, or the key of the neighbour.', [
      'index',
      'previous',
      'next',
    ]),
    compare: expression,
  },
)

const lifted = objectShape(
  'A property of a record that the element is inside.',
  { property: textShape('The property.') },
  { path: textShape('The list, where it is not the outermost record that is meant.') },
)

const written = objectShape(
  'A table of what was last written to the system.',
  { table: textShape('Its name.') },
  {
    cluster: textShape('The column of the cluster.'),
    values: textShape('The column with the values.'),
    at: textShape('The column with the time.'),
    times: textShape('The column with the times by property.'),
  },
)

const mapping = objectShape(
  'How the records of a datatype are a concept.',
  {
    name,
    system: textShape('The system.'),
    datatype: textShape('The datatype.'),
    concept: textShape('The concept.'),
    properties: listShape('The properties, both ways.', propertyMapping),
  },
  {
    description: says,
    parent: nameShape('The mapping of the record that the elements are inside.', 'mapping'),
    list: listShape('The place of the list in the parent record.', textShape('A key.'), 1),
    lift: recordShape('Properties of records around the element, by the names they have here.', lifted),
    priority: countShape('For all properties: the lower number wins.'),
    modified,
    filter: expression,
    share_filter: expression,
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
    written,
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

const rows = listShape('Records.', anyShape('A record.'))
const test = objectShape(
  'Records and what must be sent for them.',
  {
    input: recordShape('Records by `system.datatype` or the name of a table.', rows),
    expected: recordShape(
      'By `system.datatype` or mapping: exactly what is sent.',
      objectShape(
        'What is sent.',
        {},
        {
          inserts: rows,
          updates: rows,
          deletes: rows,
          noops: rows,
        },
      ),
    ),
  },
  { description: says, golden: recordShape('Records of concepts.', rows) },
)

const settings = {
  description: says,
  pipes: choiceShape('What is generated: composite pipes where one is better, or plain ones only.', [
    'composite',
    'plain',
  ]),
}
const whole = objectShape('What holds for the whole model.', {}, settings)

/** The parts of a model that have settings besides what they consist of. */
export const modelParts = { model: whole, datatype, concept, property, mapping, mapped: propertyMapping } as const

/** The declaration of the whole file. */
export const modelShape = objectShape(
  'A model of systems and concepts, from which Pipewright generates pipes.',
  {
    version: countShape('1.'),
    systems: recordShape(
      'The systems by name.',
      objectShape(
        'A system.',
        { datatypes: recordShape('Its datatypes by name.', datatype) },
        {
          description: says,
          config: anyShape('The system as Sesam configures it: its type, address and operations.'),
        },
      ),
    ),
    concepts: recordShape('The concepts by name.', concept),
    mappings: listShape('The mappings, those that win first.', mapping),
  },
  {
    $schema: textShape('The address of the schema.'),
    ...settings,
    tests: listShape('Tests.', test),
  },
)

export type Model = TypeOfShape<typeof modelShape>
export type Datatype = TypeOfShape<typeof datatype>
export type Concept = TypeOfShape<typeof concept>
export type Property = TypeOfShape<typeof property>
export type ModelMapping = TypeOfShape<typeof mapping>
export type PropertyMapping = TypeOfShape<typeof propertyMapping>
/** The table of what was last written to a system. */
export type WrittenTable = TypeOfShape<typeof written>
export type ModelTest = TypeOfShape<typeof test>
/** DTL, or SQL in `{sql}`. */
export type ModelExpression = { readonly sql: string } | Json
/** A property with a time, or an expression for it. */
export type Modified = TypeOfShape<typeof modified>
/** The type of a property, in the model's words. */
export type PropertyType = (typeof types)[number]
