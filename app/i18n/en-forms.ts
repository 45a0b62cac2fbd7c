/** Words of generated forms. */
export const forms = {
  type: 'Type',
  required: 'Needed.',
  sesamOnly: 'Sesam only',
  sesamOnlySays: 'Exported to Sesam; nothing that runs here depends on it.',
  notSet: 'not set',
  byDefault: (value: string) => `default (${value})`,
  default: (value: string) => `Default: ${value}.`,
  unset: 'unset',
  advanced: (n: number) => (n === 1 ? '1 more setting' : `${n} more settings`),
  addItem: 'Add',
  addAll: (n: number) => `Add all ${n}`,
  chooseType: 'Find type…',
  unknownType: (type: string) => `“${type}” is not a type that Sesam documents. It can be edited as JSON.`,
  step: {
    set: (name: string) => `Set ${name}`,
    unset: (name: string) => `Unset ${name}`,
  },
} as const
