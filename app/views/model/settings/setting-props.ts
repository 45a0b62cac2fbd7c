import type { Json, JsonObject } from '../../../../engine-worker/index.ts'

/** What there is to choose from, by what a text names. */
export type NamedChoices = Readonly<Record<string, readonly string[]>>

/** A setting at its place in a part of the model. */
export interface SettingProps {
  readonly schema: JsonObject
  /** Its place by names: `mapping.share.since`. */
  readonly place: string
  readonly value: Json | undefined
  readonly choices: NamedChoices
  /** Undefined takes it away; edits with one gesture are one step of history. */
  readonly onChange: (value: Json | undefined, gesture: string | null) => void
  /** Without its label and words: an item of a list. */
  readonly label?: string
}
