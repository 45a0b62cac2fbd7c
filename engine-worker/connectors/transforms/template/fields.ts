/** The properties of the built-in template transforms; configuration-transforms-template.rst has their tables. */

import type { Field } from '../../../config/model/define.ts'
import {
  advanced,
  flagField,
  jsonMap,
  required,
  statusCodesField,
  textField,
  textOrList,
} from '../../../config/model/field.ts'
import { REST_SYSTEM } from '../../../config/model/syntax.ts'

function restSystemField(more: Partial<Field>): Field {
  return {
    name: 'rest_system',
    type: { is: 'reference', to: 'system', systemTypes: [REST_SYSTEM] },
    says: 'The REST system whose operations are called.',
    ...more,
  }
}

const primaryKey = textOrList('primary_key', 'The properties that hold the primary key of the entity.', required)

const shareDataset: Field = {
  name: 'share_dataset',
  type: { is: 'reference', to: 'dataset' },
  required: true,
  says: 'The dataset of the share pipe, which knows what was inserted.',
}

const collectFields: readonly Field[] = [
  primaryKey,
  shareDataset,
  restSystemField({}),
  textField('operation_lookup', 'The operation that looks up each entity; what it answers goes on.'),
  jsonMap('operation_lookup_properties', 'The properties for the lookup operation.', advanced),
  textField('original_property', 'The property that receives the entity as it was before the lookup.', advanced),
  textField(
    'operation_lookup_delete',
    'The operation that looks up deleted entities; one that is still there is not deleted.',
  ),
  jsonMap('operation_lookup_delete_properties', 'The properties for the lookup of deleted entities.', advanced),
]

const defaultFields: readonly Field[] = [
  restSystemField(required),
  primaryKey,
  textField('operation', 'The operation that answers with the default values.'),
  jsonMap('operation_properties', 'The properties for that operation.', advanced),
]

/** What each operation of `transform-share-rest` may be set to. */
const verbs = ['lookup', 'insert', 'update', 'delete'] as const

const shareFields: readonly Field[] = [
  restSystemField(required),
  primaryKey,
  shareDataset,
  ...verbs.map((verb) => textField(`operation_${verb}`, `The name of the ${verb} operation.`, { default: verb })),
  flagField('is_natural_key', 'The entity brings its key; the service does not make it on insert.', false),
  flagField('client_side_patching', 'Send the whole record of the lookup with the payload on top of it.', false),
  textOrList('primary_key_insert', 'The key in the answer to an insert, where it has another name.', advanced),
  textField('payload_property', 'The property that holds the body of inserts and updates.', {
    default: 'payload',
    ...advanced,
  }),
  ...verbs.map((verb) =>
    jsonMap(`operation_${verb}_properties`, `The properties for the ${verb} operation.`, advanced),
  ),
  ...verbs.map((verb) =>
    statusCodesField(`${verb}_allowed_status_codes`, `With other answers to the ${verb}, the pipe fails.`, {
      default: '100-599',
      ...advanced,
    }),
  ),
  jsonMap(
    'rules',
    'Named rules: lookup_rewrite, lookup_rewrite_based_on and lookup_rewrite_update change what a lookup answers.',
    advanced,
  ),
  jsonMap(
    'rewrite_rules_payload',
    'Named rules for the payload: rewrite_insert_payload, rewrite_update_payload and rewrite_update_payload_after_patch.',
    advanced,
  ),
  jsonMap('rewrite_rules_lookup', 'Named rules with rewrite_lookup, which changes what a lookup answers.', advanced),
  jsonMap(
    'rewrite_rules_mutation',
    'Named rules for the answers: rewrite_insert, rewrite_update and rewrite_delete.',
    advanced,
  ),
]

/** The properties of each template, by its name. */
export const templateFields = {
  'transform-collect-rest': collectFields,
  'transform-defaults-rest': defaultFields,
  'transform-share-rest': shareFields,
} satisfies Record<string, readonly Field[]>
