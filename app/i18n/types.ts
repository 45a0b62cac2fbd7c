/** The shape of a catalogue of texts: what English says, every other language says too. */
import type { en } from './en.ts'

/** A text of the English catalogue, or a function that makes one; other catalogues have the same shape. */
export type Widened<T> = T extends string
  ? string
  : T extends (...args: infer A) => infer R
    ? (...args: A) => R extends string ? string : R
    : { readonly [K in keyof T]: Widened<T[K]> }

/** All texts of the app in one language. */
export type Words = Widened<typeof en>
