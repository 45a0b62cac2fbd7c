/** Words of generated forms. */

import { countedIn } from './numbers.ts'

const counted = countedIn('en')

export const enForms = {
  type: 'Type',
  required: 'Required.',
  sesamOnly: 'Sesam only',
  sesamOnlySays: 'Exported to Sesam; nothing that runs here depends on it.',
  notSet: 'not set',
  byDefault: (value: string) => `default (${value})`,
  default: (value: string) => `Default: ${value}.`,
  unset: 'unset',
  advanced: (n: number) => counted(n, 'more setting', 'more settings'),
  name: 'name',
  shapes: { text: 'text', number: 'number', boolean: 'true or false', list: 'list', dict: 'dictionary', null: 'null' },
  addItem: 'Add',
  addAll: (n: number) => `Add all ${n}`,
  chooseType: 'Find type…',
  unknownType: (type: string) => `“${type}” is not a type that Sesam documents. It can be edited as JSON.`,
  step: {
    set: (name: string) => `Set ${name}`,
    unset: (name: string) => `Unset ${name}`,
  },
} as const
