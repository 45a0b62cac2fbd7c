/**
 * Datatypes of REST systems: operations named by datatype, `-all` and `-collect` pipes, and a `-share` pipe that sends by
 * the template `transform-share-rest`, refuses what has changed meanwhile, and remembers the keys of what it inserted.
 *
 * use-datatype-specific-operations.rst, two-step-collect-pattern.rst and configuration-transforms-template.rst.
 */
import { REST_SYSTEM } from '../../config/model/syntax.ts'
import { get } from '../../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import { call, disjunction, pathTo } from '../calls.ts'
import type { Datatype, Model } from '../model.ts'

/** A datatype that is read, and perhaps written, by operations of a REST system. */
export interface RestDatatype {
  /** The operation for what is to be done: `person-list`. */
  readonly operation: (verb: string) => string
  readonly isRead: boolean
  readonly isWritten: boolean
}

const writeVerbs = ['insert', 'update', 'delete'] as const

/** The REST side of a datatype; null where its system is another one, or the model says itself how it is reached. */
export function restDatatype(model: Model, system: string, datatype: string): RestDatatype | null {
  const declared = model.systems[system]
  const own = declared?.datatypes[datatype]
  const config = declared?.config
  if (own === undefined || !isObject(config) || get(config, 'type') !== REST_SYSTEM) return null
  const given = get(config, 'operations')
  const hasOperation = (verb: string): boolean => isObject(given) && Object.hasOwn(given, `${datatype}-${verb}`)
  const byPath = own.path !== undefined
  const isRead = own.source === undefined && (byPath || hasOperation('list'))
  const isWritten = own.sink === undefined && (byPath || writeVerbs.every(hasOperation))
  return isRead || isWritten ? { operation: (verb) => `${datatype}-${verb}`, isRead, isWritten } : null
}

/** The operations of the datatypes of a system whose path is known. */
export function restOperations(datatypes: Readonly<Record<string, Datatype>>): JsonObject {
  const pairs = Object.entries(datatypes).flatMap(([name, { path, records, key }]) => {
    if (path === undefined) return []
    const columnReference = (column: string): string =>
      /^\w+$/.test(column) ? `.${column}` : `['${column.replaceAll("'", "\\'")}']`
    const one = `${path}/${key.map((column) => `{{ entity${columnReference(column)} }}`).join('/')}`
    const list: JsonObject = {
      url: path,
      method: 'GET',
      id_expression: key.map((column) => `{{ entity${columnReference(column)} }}`).join('/'),
      ...(records === undefined ? {} : { payload_property: records }),
    }
    return [
      [`${name}-list`, list],
      [`${name}-lookup`, { url: one, method: 'GET' }],
      [`${name}-insert`, { url: path, method: 'POST' }],
      [`${name}-update`, { url: one, method: 'PUT' }],
      [`${name}-delete`, { url: one, method: 'DELETE' }],
    ] as const
  })
  return Object.fromEntries(pairs)
}

function templateTransform(name: string, properties: JsonObject): JsonObject {
  return { type: 'template', template: name, properties }
}

function primaryKey(columns: readonly string[]): Json {
  return columns.length === 1 ? (columns[0] ?? '') : [...columns]
}

/** The transform of a collect pipe: records that were inserted get `$origin`, what they were inserted for. */
export function restCollect(system: string, columns: readonly string[], share: string): JsonObject {
  return templateTransform('transform-collect-rest', {
    primary_key: primaryKey(columns),
    share_dataset: share,
    rest_system: system,
  })
}

/** What the transforms of a share pipe need to know. */
interface RestShare {
  readonly system: string
  readonly columns: readonly string[]
  readonly pipe: string
  readonly operation: RestDatatype['operation']
  readonly hasNaturalKey: boolean
  /** The properties that are compared with what was collected. */
  readonly properties: readonly string[]
  readonly sent: Json
}

/** The transforms of a share pipe: what is changed in the shape that the template wants, then the template. */
export function restShare({ system, columns, pipe, operation, hasNaturalKey, properties, sent }: RestShare): Json[] {
  const prepared: JsonObject = {
    type: 'dtl',
    rules: {
      default: [
        // What is gone is no deletion in the system: a new record that came back has another id, for example.
        call.filter(disjunction(call.in('_S.$operation', sent), call.eq('_S._deleted', true))),
        call.copy('*', call.list('$*', ...columns)),
        ...columns.map((column) => call.if(call.isNotNull(pathTo('_S', column)), call.copy(column))),
        call.add('_deleted', disjunction(call.eq('_S.$operation', 'delete'), call.eq('_S._deleted', true))),
        call.if(call.eq('_S._deleted', true), call.add('$replaced', true)),
        call.add('$origin', '_S._id'),
        call.add('$ids', call.list(call.ni('_S._id'))),
        call.if(call.isNotNull('_S.$based_on'), [
          call.add('$based_on', '_S.$based_on'),
          call.add('$based_on_properties', call.list(...properties)),
        ]),
      ],
    },
  }
  const operations = [...writeVerbs, 'lookup'].map((verb) => [`operation_${verb}`, operation(verb)] as const)
  return [
    prepared,
    templateTransform('transform-share-rest', {
      rest_system: system,
      primary_key: primaryKey(columns),
      share_dataset: pipe,
      ...(hasNaturalKey ? { is_natural_key: true } : {}),
      ...Object.fromEntries(operations),
    }),
  ]
}
