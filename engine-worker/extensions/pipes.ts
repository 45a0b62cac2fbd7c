/**
 * The pipes of a datatype in the form that documentation/connectors/connector-templates.rst describes: what is read
 * (`-all`), collected (`-collect`) and, where wanted, shared back (`-share`).
 */
import {
  addStep,
  applyCall,
  CONCATENATION,
  copyStep,
  createChildrenStep,
  datetimeCall,
  textCall,
} from '../dtl/syntax.ts'
import type { Json, JsonObject } from '../entity/value.ts'

/** What the pipes of a datatype depend on. */
interface DatatypePipes {
  /** The property that tells entities apart. */
  readonly key: string
  /** The property that says when an entity changed, and the pattern of its times; null where nothing says it. */
  readonly changed: { readonly property: string; readonly format: string } | null
  /** Only what changed is asked for. */
  readonly since: boolean
  readonly share: boolean
  /** What the service can do with one entity. */
  readonly can: readonly ('lookup' | 'insert' | 'update' | 'delete')[]
  /** The entities are those of another datatype, which is asked for each of its own. */
  readonly nested: boolean
  /** Further properties of the share template. */
  readonly shareProperties?: JsonObject
}

const pipeName = '{{@ system @}}-{{@ datatype @}}'
const systemPlaceholder = '{{@ system @}}'

/** Where the answer to a request about a parent is until its items are children of their own. */
const responseProperty = 'response'

function operationName(verb: string): string {
  return `{{@ datatype @}}-${verb}`
}

/** The components of the template of a datatype. */
export function datatypePipes(options: DatatypePipes): JsonObject[] {
  const { share, nested } = options
  const read = nested ? nestedPipes(options) : [listPipe(options)]
  return [
    ...read,
    collectPipe(options, nested ? `${pipeName}-all2` : `${pipeName}-all`),
    ...(share ? [sharePipe(options)] : []),
  ]
}

function listPipe({ since }: DatatypePipes): JsonObject {
  return {
    _id: `${pipeName}-all`,
    type: 'pipe',
    add_namespaces: false,
    source: {
      type: 'rest',
      system: systemPlaceholder,
      operation: operationName('list'),
      ...(since ? { supports_since: true, is_since_comparable: true } : {}),
    },
  }
}

/** One request for each entity of the parent; the items of the answers become entities of their own. */
function nestedPipes({ key }: DatatypePipes): JsonObject[] {
  return [
    {
      _id: `${pipeName}-all`,
      type: 'pipe',
      add_namespaces: false,
      source: { type: 'dataset', dataset: `${systemPlaceholder}-{{@ parent @}}-collect` },
      transform: [
        {
          type: 'rest',
          system: systemPlaceholder,
          operation: operationName('list'),
          response_property: responseProperty,
          side_effects: false,
        },
        {
          type: 'dtl',
          rules: {
            default: [createChildrenStep(applyCall('item', `_S.${responseProperty}`))],
            item: [
              copyStep(),
              addStep('sesam_parent', '_P._S._id'),
              addStep('_id', [CONCATENATION, '_P._S._id', ':', textCall(`_S.${key}`)]),
            ],
          },
        },
      ],
    },
    {
      _id: `${pipeName}-all2`,
      type: 'pipe',
      add_namespaces: false,
      source: { type: 'dataset', dataset: `${pipeName}-all` },
      transform: { type: 'emit_children' },
    },
  ]
}

function collectPipe({ changed, share, can, key }: DatatypePipes, dataset: string): JsonObject {
  const times: Json[] =
    changed === null ? [] : [addStep('$last-modified', datetimeCall(changed.format, `_S.${changed.property}`))]
  const verified: JsonObject = {
    type: 'template',
    template: 'transform-collect-rest',
    properties: {
      primary_key: key,
      rest_system: systemPlaceholder,
      ...(can.includes('lookup') ? { operation_lookup_delete: operationName('lookup') } : {}),
      share_dataset: `${pipeName}-share`,
    },
  }
  return {
    _id: `${pipeName}-collect`,
    type: 'pipe',
    namespaced_identifiers: false,
    ...(share ? { exclude_completeness: [`${pipeName}-share`] } : {}),
    source: { type: 'dataset', dataset },
    transform: [{ type: 'dtl', rules: { default: [copyStep(), ...times] } }, ...(share ? [verified] : [])],
  }
}

function sharePipe({ key, can, shareProperties = {} }: DatatypePipes): JsonObject {
  return {
    _id: `${pipeName}-share`,
    type: 'pipe',
    batch_size: 1,
    namespaced_identifiers: false,
    source: { type: 'dataset', dataset: `${pipeName}-transform` },
    transform: {
      type: 'template',
      template: 'transform-share-rest',
      properties: {
        primary_key: key,
        rest_system: systemPlaceholder,
        share_dataset: `${pipeName}-share`,
        ...Object.fromEntries(can.map((verb) => [`operation_${verb}`, operationName(verb)])),
        ...shareProperties,
      },
    },
    sink: { type: 'dataset', deletion_tracking: false, set_initial_offset: 'onload' },
  }
}
