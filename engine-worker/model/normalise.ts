/** Ways to write values alike before they are compared as keys, by the words that a model uses for them. */
import type { Json } from '../entity/value.ts'
import { call } from './calls.ts'

const signsToRemove = { ' ': '', '-': '', '.': '', ',': '', '/': '', '(': '', ')': '', '+': '', "'": '', _: '' }
const digits = call.list(...'0123456789')

const implementations = {
  trim: (text: Json): Json => call.strip(text),
  lower: (text: Json): Json => call.lower(text),
  'no-spaces': (text: Json): Json => call.replace(' ', '', text),
  'no-signs': (text: Json): Json => call.replace(signsToRemove, text),
  digits: (text: Json): Json => call.join('', call.filter(call.in('_.', digits), call.split('', text))),
  'no-zeros': (text: Json): Json => call.lstrip('0', text),
  'last-8': (text: Json): Json => call.substring(-8, text),
  'last-9': (text: Json): Json => call.substring(-9, text),
} as const

/** The name of a way to write values alike. */
export type Normalisation = keyof typeof implementations

function isNormalisation(name: string): name is Normalisation {
  return Object.hasOwn(implementations, name)
}

/** All names, in the order in which they are offered. */
export const normalisations: readonly Normalisation[] = Object.keys(implementations).filter(isNormalisation)

/** The text of a value after these ways, one after the other; without any, the value as a text. */
export function normalised(value: Json, names: readonly Normalisation[] = []): Json {
  return names.reduce<Json>((text, name) => implementations[name](text), call.string(value))
}
