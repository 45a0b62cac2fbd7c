/** What one configuration of a server may have, as the command line says it: `NAME:pipes=50,bytes=10GB,engines=2`. */
import { HttpError } from './answer.ts'

const limitNames = ['pipes', 'bytes', 'engines'] as const
const byteUnits: Readonly<Record<string, number>> = { '': 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 }

/** The limits of a configuration; infinite where nothing is said. */
export type Limits = { readonly [N in (typeof limitNames)[number]]: number }

/** No limit at all. */
const noLimits: Limits = { pipes: Infinity, bytes: Infinity, engines: Infinity }

/** Reads limits; null where the text is not valid. `name` null: they are for every configuration. */
export function limitsIn(text: string): { readonly name: string | null; readonly limits: Partial<Limits> } | null {
  const at = text.indexOf(':')
  const limits: { pipes?: number; bytes?: number; engines?: number } = {}
  for (const part of text.slice(at + 1).split(',')) {
    const [, key = '', digits = '', unit = ''] = /^(\w+)=(\d+)([a-z]*)$/i.exec(part.trim()) ?? []
    const name = limitNames.find((one) => one === key)
    const factor = byteUnits[unit.toLowerCase()]
    if (name === undefined || factor === undefined || (unit !== '' && name !== 'bytes')) return null
    limits[name] = Number(digits) * factor
  }
  return { name: at < 0 ? null : text.slice(0, at), limits }
}

/** The limits of a configuration by its name; what is said of it by name wins. */
export function limitsOf(texts: readonly string[], name: string): Limits {
  let limits = noLimits
  const read = texts.flatMap((text) => limitsIn(text) ?? [])
  for (const one of read) if (one.name === null) limits = { ...limits, ...one.limits }
  for (const one of read) if (one.name === name) limits = { ...limits, ...one.limits }
  return limits
}

/** Refuses a configuration with more pipes than it may have, unless it had as many before. */
export function checkPipes({ pipes }: Limits, before: number, after: number): void {
  if (after <= pipes || after <= before) return
  throw new HttpError(403, `This configuration may have ${pipes} pipes; with this change it would have ${after}.`)
}
