/**
 * The values of a template, with Python's meaning. Numbers are those of entities (entity/value.ts): an integer is a
 * number or a bigint, a float has a fraction or is boxed. Lists, tuples and dicts are classes of their own, so that a
 * template may change its lists and dicts without changing the entity that they came from.
 */
import { decimalValue } from '../entity/bigdecimal.ts'
import { printTime } from '../entity/datetime.ts'
import { Bytes, DateTime, Day, Decimal, Float, isDict, NI, URI, UUID, type Value } from '../entity/value.ts'
import { TemplateError, type TemplateErrorKind, typeError } from './error.ts'

/** Everything a template can compute. */
export type JinjaValue = null | boolean | number | bigint | string | Float | Decimal | Bytes | DateTime | Day | PyObject

/** Arguments of a call: those by position, then those by name. */
export interface CallArguments {
  readonly positional: readonly JinjaValue[]
  readonly named: ReadonlyMap<string, JinjaValue>
}

export const noArguments: CallArguments = { positional: [], named: new Map() }

/** A value with a behaviour of its own; each kind says what it supports. */
export abstract class PyObject {
  /** Python's name of the type, for messages. */
  abstract readonly type: string
  /** The attribute of that name, or undefined where there is none. */
  attribute(_name: string): JinjaValue | undefined {
    return undefined
  }
  /** The items one by one, or null where it cannot be iterated over. */
  iterate(): Iterator<JinjaValue> | null {
    return null
  }
  /** How many items it has, or null where it has no length. */
  length(): number | null {
    return null
  }
  truthy(): boolean {
    const length = this.length()
    return length === null ? true : length > 0
  }
  /** The key that it has in a dict; by default the object itself. */
  hash(): string {
    const text = this.asText()
    return text === undefined ? `o${identityOf(this)}` : `s${text}`
  }
  /** Its text, where it is a text. */
  asText(): string | undefined {
    return undefined
  }
  /** How it is printed where the kind has no text of its own. */
  describe(): string {
    return `<${this.type} object>`
  }
}

/** A text that is marked as safe in HTML. */
export class Markup extends PyObject {
  readonly type = 'Markup'
  constructor(readonly text: string) {
    super()
  }
  override asText(): string {
    return this.text
  }
  override truthy(): boolean {
    return this.text !== ''
  }
}

/**
 * How an undefined value behaves: an error when used; nothing when it is printed; nothing, and its attributes too; or
 * its own name in braces.
 */
export type UndefinedMode = 'strict' | 'lenient' | 'chainable' | 'debug'

/** What a name or an attribute that does not exist evaluates to. */
export class Undefined extends PyObject {
  readonly type = 'Undefined'
  constructor(
    readonly message: string,
    readonly mode: UndefinedMode,
    readonly name: string,
    readonly kind: TemplateErrorKind = 'UndefinedError',
    private readonly isVariable = false,
  ) {
    super()
  }
  override hash(): string {
    if (this.mode === 'strict') this.fail()
    return super.hash()
  }
  fail(): never {
    const missing = { name: this.name, isVariable: this.isVariable }
    throw new TemplateError(this.kind, this.message, undefined, missing)
  }
  override iterate(): Iterator<JinjaValue> {
    if (this.mode === 'strict') this.fail()
    return [][Symbol.iterator]()
  }
  override length(): number {
    if (this.mode === 'strict') this.fail()
    return 0
  }
  override truthy(): boolean {
    if (this.mode === 'strict') this.fail()
    return false
  }
  /** What it prints. */
  print(): string {
    if (this.mode === 'strict') this.fail()
    return this.mode === 'debug' ? `{{ ${this.name} }}` : ''
  }
}

/** A list. Items that came from an entity are taken over when they are first looked at. */
export class PyList extends PyObject {
  readonly type = 'list'
  private cachedItems: JinjaValue[] | null
  constructor(
    items: JinjaValue[] | null,
    private readonly raw: readonly unknown[] = [],
  ) {
    super()
    this.cachedItems = items
  }
  override hash(): never {
    throw unhashableFault(this.type)
  }
  get items(): JinjaValue[] {
    this.cachedItems ??= this.raw.map(fromValue)
    return this.cachedItems
  }
  override length(): number {
    return this.cachedItems?.length ?? this.raw.length
  }
  /** Follows changes made while it is being iterated over. */
  override *iterate(): Generator<JinjaValue> {
    for (let index = 0; index < this.items.length; index++) yield this.items[index] ?? null
  }
}

/** A tuple; `names` are those of its items, where it is a named one (groupby). */
export class PyTuple extends PyObject {
  readonly type = 'tuple'
  constructor(
    readonly items: readonly JinjaValue[],
    readonly names: readonly string[] = [],
  ) {
    super()
  }
  override hash(): string {
    return `(${this.items.map((item) => JSON.stringify(hashKey(item))).join(',')})`
  }
  override attribute(name: string): JinjaValue | undefined {
    const index = this.names.indexOf(name)
    return index < 0 ? undefined : this.items[index]
  }
  override length(): number {
    return this.items.length
  }
  override iterate(): Iterator<JinjaValue> {
    return this.items[Symbol.iterator]()
  }
}

interface DictEntry {
  readonly key: JinjaValue
  value: JinjaValue
}

/** A dict in the order of insertion. Entries that came from an entity are taken over when they are first looked at. */
export class PyDict extends PyObject {
  readonly type = 'dict'
  private cachedEntries: Map<string, DictEntry> | null
  constructor(private readonly raw: Readonly<Record<string, unknown>> | null = null) {
    super()
    this.cachedEntries = raw === null ? new Map() : null
  }
  override hash(): never {
    throw unhashableFault(this.type)
  }
  private get map(): Map<string, DictEntry> {
    if (this.cachedEntries === null) {
      this.cachedEntries = new Map()
      for (const [key, value] of Object.entries(this.raw ?? {}))
        if (value !== undefined) this.cachedEntries.set(hashKey(key), { key, value: fromValue(value) })
    }
    return this.cachedEntries
  }
  get(key: JinjaValue): JinjaValue | undefined {
    return this.map.get(hashKey(key))?.value
  }
  set(key: JinjaValue, value: JinjaValue): void {
    const hash = hashKey(key)
    const entry = this.map.get(hash)
    if (entry) entry.value = value
    else this.map.set(hash, { key, value })
  }
  delete(key: JinjaValue): boolean {
    return this.map.delete(hashKey(key))
  }
  clear(): void {
    this.map.clear()
  }
  keys(): JinjaValue[] {
    return [...this.map.values()].map(({ key }) => key)
  }
  values(): JinjaValue[] {
    return [...this.map.values()].map(({ value }) => value)
  }
  pairs(): (readonly [JinjaValue, JinjaValue])[] {
    return [...this.map.values()].map(({ key, value }) => [key, value] as const)
  }
  override length(): number {
    return this.map.size
  }
  override *iterate(): Generator<JinjaValue> {
    const size = this.map.size
    for (const { key } of this.map.values()) {
      yield key
      if (this.map.size !== size)
        throw new TemplateError('TemplateRuntimeError', 'dictionary changed size during iteration')
    }
  }
}

/** Anything that can be called: a method, a macro, a global function. */
export class PyFunction extends PyObject {
  readonly type: string = 'function'
  constructor(
    readonly name: string,
    readonly call: (args: CallArguments) => JinjaValue,
    private readonly attributes: ReadonlyMap<string, JinjaValue> = new Map(),
  ) {
    super()
  }
  override attribute(name: string): JinjaValue | undefined {
    return this.attributes.get(name)
  }
  override describe(): string {
    return `<function ${this.name}>`
  }
}

/** A value of an entity, or a plain JavaScript value, as a value of a template. */
export function fromValue(value: unknown): JinjaValue {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return value
    case 'number':
      return Number.isFinite(value) ? value : new Float(value)
    case 'object':
      break
    default:
      return null
  }
  if (value === null) return null
  if (Array.isArray(value)) return new PyList(null, value)
  if (value instanceof Float || value instanceof Decimal || value instanceof Bytes) return value
  if (value instanceof PyObject) return value
  // In the JSON of a service a moment is a text, and templates treat it as one.
  if (value instanceof DateTime || value instanceof Day) return printTime(value)
  if (value instanceof NI || value instanceof URI || value instanceof UUID) return value.text
  return isDict(value as Value) ? new PyDict(value as Record<string, unknown>) : null
}

/** The value, or the replacement for an undefined one; `none` is a value. */
export function orElse(value: JinjaValue | undefined, otherwise: () => JinjaValue): JinjaValue {
  return value === undefined ? otherwise() : value
}

/** The text of a string, or undefined for any other value. */
export function stringOf(value: JinjaValue): string | undefined {
  if (typeof value === 'string') return value
  return value instanceof PyObject ? value.asText() : undefined
}

/** Python's name of a value's type. */
export function typeName(value: JinjaValue): string {
  if (value === null) return 'NoneType'
  if (typeof value === 'string') return 'str'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'bigint') return 'int'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  if (value instanceof Float) return 'float'
  if (value instanceof Decimal) return 'Decimal'
  if (value instanceof Bytes) return 'bytes'
  if (value instanceof DateTime) return 'datetime'
  return value instanceof Day ? 'date' : value.type
}

/** Whether Python prints a value in the same way and finds it under the same key: `1`, `1.0` and `true` are one key. */
export function hashKey(value: JinjaValue): string {
  if (typeof value === 'string') return `s${value}`
  if (value === null) return 'none'
  if (typeof value === 'boolean') return value ? 'n1' : 'n0'
  if (typeof value === 'number' || typeof value === 'bigint') return `n${value}`
  if (value instanceof Float) return Number.isInteger(value.value) ? `n${BigInt(value.value)}` : `n${value.value}`
  if (value instanceof Decimal) return `n${decimalValue(value).toString()}`
  if (value instanceof Bytes) return `b${value.data.join(',')}`
  if (value instanceof DateTime) return `t${value.seconds}.${value.nanos}`
  if (value instanceof Day) return `d${value.days}`
  return value.hash()
}

/** The mistake of using a value as a key that can change. */
export function unhashableFault(type: string): TemplateError {
  return typeError(`unhashable type: '${type}'`)
}

const identities = new WeakMap<object, number>()
let lastIdentity = 0

function identityOf(value: object): number {
  const known = identities.get(value)
  if (known !== undefined) return known
  identities.set(value, ++lastIdentity)
  return lastIdentity
}
