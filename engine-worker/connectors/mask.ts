/**
 * Keeps the values of secrets out of everything that people, logs and files get to see. A request carries the value of a
 * secret in its address, headers or body; what a server, the network or a library says about the request may repeat it,
 * as it is or in an encoded form. In such texts each occurrence is replaced by the name, `$SECRET(name)`.
 */
import { encodeBase64 } from '../entity/base64.ts'
import { put } from '../entity/dict.ts'
import { type Dict, type Entity, isDict, type Value } from '../entity/value.ts'
import { Fault, type Problem } from '../problem.ts'
import type { OutsideSource, Publication, SinkRuntime, StageOutcome, TransformRuntime } from './runtime.ts'

/** Texts without the values of secrets. */
export type Mask = (text: string) => string

/** Shorter values are replaced only where they stand alone: as a part of other words they would be found everywhere. */
const MIN_SECRET_LENGTH = 4

const masks = new WeakMap<ReadonlyMap<string, string>, Mask>()

/** Tokens that were got while the project is open, and what replaces them; the latest of them. */
interface ObtainedValues {
  readonly names: Map<string, string>
  pattern: RegExp | null
}

const obtainedValues = new WeakMap<ReadonlyMap<string, string>, ObtainedValues>()

/** The most tokens that are replaced; older ones have long expired. */
const MAX_OBTAINED = 50

/** Has every mask of these secrets replace a value that a server has given, such as an access token, too. */
export function hideValue(secrets: ReadonlyMap<string, string>, name: string, value: string): void {
  if (value.length < MIN_SECRET_LENGTH) return
  const values = obtainedValues.get(secrets) ?? { names: new Map<string, string>(), pattern: null }
  obtainedValues.set(secrets, values)
  if (values.names.has(value)) return
  values.names.set(value, name)
  const [oldest] = values.names.keys()
  if (values.names.size > MAX_OBTAINED && oldest !== undefined) values.names.delete(oldest)
  values.pattern = null
}

/** Replaces tokens as they are, percent-encoded and escaped as in JSON. */
function withoutObtained(secrets: ReadonlyMap<string, string>, text: string): string {
  const values = obtainedValues.get(secrets)
  if (!values) return text
  const obtainedForms = (value: string) => [
    ...new Set([value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)]),
  ]
  values.pattern ??= new RegExp(
    [...values.names.keys()].map((value) => `(${obtainedForms(value).map(escapedPattern).join('|')})`).join('|'),
    'g',
  )
  const names = [...values.names.values()]
  return text.replace(values.pattern, (_found, ...groups: unknown[]) => {
    const at = groups.findIndex((group) => group !== undefined)
    return `$SECRET(${names[at] ?? ''})`
  })
}

/** The mask of a project's secrets (name → value) and of what {@link hideValue} added. The same map gives the same mask. */
export function maskOf(secrets: ReadonlyMap<string, string>): Mask {
  const before = masks.get(secrets)
  if (before) return before
  const own = makeMask(secrets)
  const mask = (text: string) => withoutObtained(secrets, own(text))
  masks.set(secrets, mask)
  return mask
}

function makeMask(secrets: ReadonlyMap<string, string>): Mask {
  const known = [...secrets].filter(([, value]) => value.trim() !== '').sort(([, a], [, b]) => b.length - a.length)
  if (known.length === 0) return (text) => text
  const names = known.map(([name]) => name)
  const pattern = new RegExp(known.map(([, value]) => `(${formsOf(value)})`).join('|'), 'g')
  return (text) =>
    text.replace(pattern, (_found, ...groups: unknown[]) => {
      const at = groups.findIndex((group) => group !== undefined)
      return `$SECRET(${names[at] ?? ''})`
    })
}

/** A pattern for a value as it is, percent-encoded, escaped as in JSON or HTML, or inside base64. */
function formsOf(value: string): string {
  const written = [...value].map(characterForms).join('')
  if (value.length < MIN_SECRET_LENGTH) return `(?<![A-Za-z0-9])${written}(?![A-Za-z0-9])`
  return [written, ...base64Forms(value)].join('|')
}

const htmlNames: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' }
const jsonEscapes: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't', '\b': 'b', '\f': 'f' }

/** One character in each form that it can have; a value may mix them, since encoders differ in what they leave alone. */
function characterForms(character: string): string {
  const bytes = [...new TextEncoder().encode(character)]
  const forms = [
    escapedPattern(character),
    // `%2F`, and `%252F` where an encoded address was encoded again.
    bytes.map((byte) => `%(?:25)*${anyCase(hex(byte))}`).join(''),
    codeUnits(character)
      .map((unit) => `\\\\+u${anyCase(unit.toString(16).padStart(4, '0'))}`)
      .join(''),
    `&#(?:0*${character.codePointAt(0)}|[xX]0*${anyCase((character.codePointAt(0) ?? 0).toString(16))});`,
  ]
  if (/["'\\/]/.test(character)) forms.unshift(`\\\\+${escapedPattern(character)}`)
  if (character === ' ') forms.push('\\+')
  const escaped = jsonEscapes[character]
  if (escaped !== undefined) forms.push(`\\\\+${escaped}`)
  const name = htmlNames[character]
  if (name !== undefined) forms.push(`&${name};`)
  return `(?:${forms.join('|')})`
}

function escapedPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

function codeUnits(character: string): number[] {
  return Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}

function anyCase(text: string): string {
  return text.replace(/[a-f]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`)
}

/**
 * The characters of base64 that depend on the value alone, for each of the three places it can have among other bytes
 * (`user:password` in a header), in both alphabets.
 */
function base64Forms(value: string): string[] {
  const bytes = new TextEncoder().encode(value)
  const forms: string[] = []
  for (const before of [0, 1, 2]) {
    const padded = new Uint8Array(before + bytes.length)
    padded.set(bytes, before)
    const text = encodeBase64(padded).replace(/=+$/, '')
    const from = before === 0 ? 0 : before + 1
    const to = padded.length % 3 === 0 ? text.length : text.length - 1
    const core = text.slice(from, to)
    if (core.length >= MIN_SECRET_LENGTH)
      forms.push(core.replace(/\+/g, '(?:[+-]|%2[Bb])').replace(/\//g, '(?:[/_]|%2[Ff])'))
  }
  return forms
}

/** The problem with its words and facts masked. */
export function maskedProblem(found: Problem, mask: Mask): Problem {
  const facts = Object.entries(found.facts).map(([name, fact]) => [name, typeof fact === 'string' ? mask(fact) : fact])
  const fix = found.fix === undefined ? {} : { fix: mask(found.fix) }
  return { ...found, message: mask(found.message), ...fix, facts: Object.fromEntries(facts) }
}

/** An error that is on its way out of a part of a pipe. */
function maskedError(error: unknown, mask: Mask): unknown {
  if (error instanceof Fault) return new Fault(maskedProblem(error.problem, mask))
  if (!(error instanceof Error)) return error
  const message = mask(error.message)
  return message === error.message ? error : new Error(message)
}

/** The entity with every text in it masked. */
export function maskedEntity(entity: Entity, mask: Mask): Entity {
  const masked: Dict = {}
  for (const key of Object.keys(entity)) put(masked, key, maskedValue(entity[key] ?? null, mask))
  return masked
}

function maskedValue(value: Value, mask: Mask): Value {
  if (typeof value === 'string') return mask(value)
  if (Array.isArray(value)) return value.map((item) => maskedValue(item, mask))
  return isDict(value) ? maskedEntity(value, mask) : value
}

/** The source with the errors of its reads masked. */
export function maskedSource(source: OutsideSource, mask: Mask): OutsideSource {
  return {
    ...source,
    async *read(request, running) {
      try {
        yield* source.read(request, running)
      } catch (error) {
        throw maskedError(error, mask)
      }
    },
  }
}

/** The transform with its problems masked, those of single entities too. */
export function maskedTransform(stage: TransformRuntime, mask: Mask): TransformRuntime {
  const transform: TransformRuntime['transform'] = async (batch, running) => {
    try {
      const derived = await stage.transform(batch, running)
      return derived.some(({ problem }) => problem !== undefined)
        ? derived.map((one) => maskedResult(one, mask))
        : derived
    } catch (error) {
      throw maskedError(error, mask)
    }
  }
  return { ...stage, transform }
}

function maskedResult(derived: StageOutcome, mask: Mask): StageOutcome {
  return derived.problem ? { ...derived, problem: maskedProblem(derived.problem, mask) } : derived
}

/** The sink with its errors masked. Payloads name secrets; their values are put in only when a request is sent. */
export function maskedSink(sink: SinkRuntime, mask: Mask): SinkRuntime {
  const withMaskedErrors = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw maskedError(error, mask)
    }
  }
  const { publish, publication, deliver } = sink
  return {
    ...sink,
    send: (batch, running) => withMaskedErrors(() => sink.send(batch, running)),
    ...(deliver ? { deliver: (captured, running) => withMaskedErrors(() => deliver(captured, running)) } : {}),
    ...(publish ? { publish: (entities, parameters) => withMaskedErrors(() => publish(entities, parameters)) } : {}),
    ...(publication ? { publication: () => maskedPublication(publication(), mask) } : {}),
  }
}

function maskedPublication(publication: Publication, mask: Mask): Publication {
  return {
    ...publication,
    batch: (entities) => {
      try {
        return publication.batch(entities)
      } catch (error) {
        throw maskedError(error, mask)
      }
    },
  }
}
