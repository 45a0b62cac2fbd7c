/** The other values of a template: ranges, iterators, views of dicts, namespaces, spans of time, secrets. */
import { type JinjaValue, PyObject, Undefined, unhashableFault } from './values.ts'

/** Values one after another that can be gone through once (generators in Python). */
export class PyIterator extends PyObject {
  readonly type: string = 'generator'
  private readonly iterator: Iterator<JinjaValue>
  constructor(items: Iterable<JinjaValue>) {
    super()
    this.iterator = items[Symbol.iterator]()
  }
  override iterate(): Iterator<JinjaValue> {
    return this.iterator
  }
}

/** `range(…)`, which takes no room however long it is. */
export class PyRange extends PyObject {
  readonly type = 'range'
  constructor(
    readonly start: number,
    readonly stop: number,
    readonly step: number,
  ) {
    super()
  }
  override length(): number {
    return Math.max(0, Math.ceil((this.stop - this.start) / this.step))
  }
  at(index: number): number {
    return this.start + index * this.step
  }
  override attribute(name: string): JinjaValue | undefined {
    return name === 'start' ? this.start : name === 'stop' ? this.stop : name === 'step' ? this.step : undefined
  }
  override *iterate(): Generator<JinjaValue> {
    const length = this.length()
    for (let index = 0; index < length; index++) yield this.at(index)
  }
  override describe(): string {
    return `range(${this.start}, ${this.stop}${this.step === 1 ? '' : `, ${this.step}`})`
  }
}

/** `dict.keys()`, `.values()` or `.items()`: follows the dict. */
export class PyView extends PyObject {
  constructor(
    readonly type: 'dict_keys' | 'dict_values' | 'dict_items',
    private readonly list: () => JinjaValue[],
  ) {
    super()
  }
  override hash(): string {
    if (this.type !== 'dict_values') throw unhashableFault(this.type)
    return super.hash()
  }
  get items(): JinjaValue[] {
    return this.list()
  }
  override length(): number {
    return this.list().length
  }
  override iterate(): Iterator<JinjaValue> {
    return this.list()[Symbol.iterator]()
  }
}

/** `namespace(…)`, the one value whose attributes a template may set. */
export class PyNamespace extends PyObject {
  readonly type = 'Namespace'
  readonly attributes = new Map<string, JinjaValue>()
  override attribute(name: string): JinjaValue | undefined {
    return this.attributes.get(name)
  }
}

/** A span of time in nanoseconds. */
export class TimeDelta extends PyObject {
  readonly type = 'timedelta'
  constructor(readonly nanos: bigint) {
    super()
  }
  override hash(): string {
    return `δ${this.nanos}`
  }
  override truthy(): boolean {
    return this.nanos !== 0n
  }
}

/** A secret by its name: it prints as the place where its value goes when the request leaves. */
export class SecretText extends PyObject {
  readonly type = 'str'
  constructor(readonly name: string) {
    super()
  }
  get text(): string {
    return `$SECRET(${this.name})`
  }
  override asText(): string {
    return this.text
  }
}

/** A variable that is not there yet: it prints nothing, is not defined, and neither are its attributes. */
export function absent(name: string): Undefined {
  return new Undefined(`'${name}' is undefined`, 'chainable', name)
}
