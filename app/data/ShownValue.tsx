/** One value of an entity on screen: as people write it, or raw where that was chosen; the same wherever values stand. */
import { useCallback } from 'react'
import { type Json, printJson, readJson } from '../../engine-worker/index.ts'
import { useSettings } from '../store/settings.ts'
import { classes } from '../ui/classes.ts'
import { humanText } from './readable-values.ts'
import { shownText, shownType, typeColour } from './value.ts'

/** Characters that a line of a table or card holds at most. */
const maxLength = 300

/** How values read with the person's settings. */
export function useValueText(): (value: Json) => string {
  const language = useSettings((state) => state.language)
  const raw = useSettings((state) => state.values === 'raw')
  return useCallback(
    (value) => {
      const text = raw ? shownText(value) : humanText(value, language)
      return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text
    },
    [language, raw],
  )
}

/** The same for values as transit text; what was cut on its way, and is no JSON any more, stays as it is, and so does `[]`. */
export function useTextOfTransit(): (text: string) => string {
  const textOf = useValueText()
  return useCallback(
    (text) => {
      const value = transitValue(text)
      return value === undefined ? text : textOf(value) || text
    },
    [textOf],
  )
}

interface ShownValueProps {
  readonly value: Json
  /** Names the type behind the value. */
  readonly typed?: boolean
  readonly className?: string
}

/** A value in the colour of its type; pointing at it shows it raw. */
export function ShownValue({ value, typed = false, className }: ShownValueProps) {
  const textOf = useValueText()
  const type = shownType(value)
  const text = textOf(value)
  return (
    <>
      <span
        title={rawTitle(value, text)}
        className={classes(type === 'string' ? 'text-ink' : typeColour[type], value === null && 'italic', className)}
      >
        {text}
      </span>
      {typed && type !== 'null' && <span className="ml-1.5 shrink-0 text-tiny text-ink-faint">{type}</span>}
    </>
  )
}

/** The same for a value as transit text. */
export function ShownTransit({ text, ...rest }: Omit<ShownValueProps, 'value'> & { readonly text: string }) {
  const value = transitValue(text)
  if (value === undefined) return <span className={rest.className}>{text}</span>
  return <ShownValue value={value} {...rest} />
}

/** How a value is written in data. */
export function rawTitle(value: Json, shown: string): string {
  if (typeof value === 'string' && shownType(value) === 'string') return shown
  const raw = printJson(value)
  return raw.length > 2000 ? `${raw.slice(0, 2000)}…` : raw
}

function transitValue(text: string): Json | undefined {
  try {
    return readJson(text)
  } catch {
    // It was too long to be sent whole.
    return undefined
  }
}
