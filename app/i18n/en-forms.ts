/** Words of generated forms. */

import { countedIn } from './numbers.ts'

const counted = countedIn('en')

export const enForms = {
  type: 'Type',
  required: 'Required.',
  sesamOnly: 'Sesam only',
  documentation: 'Documentation',
  documentationOf: (name: string) => `Documentation of ${name}`,
  chooseFile: 'Choose a file…',
  bytes: (n: string) => `${n} bytes`,
  tooManyBytes: (file: string, n: string, most: string) =>
    `${file} has ${n} bytes, and at most ${most} are taken. Nothing was changed.`,
  sesamOnlySays: 'Exported to Sesam; nothing that runs here depends on it.',
  notSet: 'not set',
  byDefault: (value: string) => `default (${value})`,
  default: (value: string) => `Default: ${value}.`,
  unset: 'unset',
  /** What one wants to do with the properties of a part. */
  aims: {
    connection: 'Connect',
    'sign-in': 'Sign in',
    increments: 'Read only what is new',
    identity: 'Ids and namespaces',
    format: 'How values are read and written',
    schedule: 'When it runs',
    failures: 'When something goes wrong',
    speed: 'Batches and speed',
    storage: 'What is kept and deleted',
    again: 'What is processed again',
    about: 'Describe and administer',
  },
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
