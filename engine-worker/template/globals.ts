/** Functions that every template knows: Jinja's own, and those of Sesam's pages. */
import { DateTime } from '../entity/value.ts'
import { truth } from './compare.ts'
import { TemplateError, typeError, valueError } from './error.ts'
import { encodeBase64Text, hmacSha256 } from './filters/sesam.ts'
import { fillDict } from './methods/dict.ts'
import { asIndex } from './numbers.ts'
import { PyNamespace, PyRange } from './objects.ts'
import { bindArguments, type Parameters } from './routine.ts'
import type { RenderState } from './state.ts'
import { capitalized } from './text.ts'
import { timeDelta } from './time.ts'
import { type CallArguments, type JinjaValue, Markup, PyDict, PyFunction, PyObject, stringOf } from './values.ts'

/** `cycler('a', 'b')`: one value after the other, again and again. */
class Cycler extends PyObject {
  readonly type = 'Cycler'
  private position = 0
  constructor(private readonly items: readonly JinjaValue[]) {
    super()
    if (items.length === 0) throw typeError('at least one item has to be provided')
  }
  override attribute(name: string): JinjaValue | undefined {
    if (name === 'current') return this.items[this.position] ?? null
    if (name === 'next')
      return new PyFunction(name, () => {
        const item = this.items[this.position] ?? null
        this.position = (this.position + 1) % this.items.length
        return item
      })
    if (name !== 'reset') return undefined
    return new PyFunction(name, () => {
      this.position = 0
      return null
    })
  }
}

/** A function that is given its arguments in their order. */
function fixedFunction(name: string, takes: Parameters, run: (...args: JinjaValue[]) => JinjaValue): PyFunction {
  return new PyFunction(name, (args) => run(...bindArguments(name, takes, args)))
}

function rangeOf({ positional }: CallArguments): PyRange {
  const [first, second, third] = positional.map(asIndex)
  if (first === undefined || positional.length > 3) throw typeError('range expected 1 to 3 arguments')
  if (third === 0) throw valueError('range() arg 3 must not be zero')
  return second === undefined ? new PyRange(0, first, 1) : new PyRange(first, second, third ?? 1)
}

const loremWords = (
  'a ac adipiscing aenean aliquam amet ante arcu at auctor bibendum blandit commodo congue consectetur convallis cras ' +
  'cubilia cum curae cursus dapibus diam dignissim dolor donec dui duis egestas eget elementum elit enim erat eros est et ' +
  'etiam eu euismod facilisis fames faucibus felis fermentum feugiat fringilla fusce gravida habitant hac hendrerit iaculis ' +
  'id imperdiet in integer interdum ipsum justo lacinia lacus laoreet lectus leo libero ligula lobortis lorem luctus magna ' +
  'malesuada massa mattis mauris metus mi molestie mollis montes morbi nam nec neque netus nibh nisi nisl non nulla nunc odio ' +
  'orci ornare pede pellentesque pharetra placerat porta posuere pretium proin pulvinar purus quam quis rhoncus risus rutrum ' +
  'sagittis sapien scelerisque sed sem semper sit sociis sodales sollicitudin suscipit tellus tempor tempus tincidunt tortor ' +
  'tristique turpis ullamcorper ultrices urna ut varius vel velit vestibulum vitae vivamus viverra volutpat vulputate'
).split(' ')

/** `lipsum(n, html, min, max)`: paragraphs of words that mean nothing. */
function loremIpsum(state: RenderState, count: number, html: boolean, least: number, most: number): JinjaValue {
  if (most <= least) throw valueError('empty range for randrange()')
  const randomBetween = (from: number, to: number) => from + Math.floor((state.options.random?.() ?? 0.5) * (to - from))
  const paragraphs = Array.from({ length: Math.max(0, count) }, () => {
    const length = randomBetween(least, most)
    state.spend(length)
    const chosen = Array.from({ length }, () => loremWords[randomBetween(0, loremWords.length)] ?? '')
    return `${capitalized(chosen.join(' '))}.`
  })
  if (!html) return paragraphs.join('\n\n')
  return new Markup(paragraphs.map((text) => `<p>${text}</p>`).join('\n'))
}

/** The functions by name, for one rendering. */
export function globalFunctions(state: RenderState): ReadonlyMap<string, JinjaValue> {
  const functions = [
    new PyFunction('range', rangeOf),
    new PyFunction('dict', (args) => {
      const dict = new PyDict()
      fillDict(dict, args, state)
      return dict
    }),
    new PyFunction('namespace', (args) => {
      const dict = new PyDict()
      fillDict(dict, args, state)
      const namespace = new PyNamespace()
      for (const [key, value] of dict.pairs()) namespace.attributes.set(stringOf(key) ?? '', value)
      return namespace
    }),
    new PyFunction('cycler', ({ positional }) => new Cycler(positional)),
    new PyFunction('joiner', (args) => {
      const [separator = ', '] = bindArguments('joiner', { sep: ', ' }, args)
      let used = false
      return new PyFunction('joiner', () => {
        const before = used
        used = true
        return before ? separator : ''
      })
    }),
    fixedFunction('lipsum', { n: 5, html: true, min: 20, max: 100 }, (n = 5, html = true, min = 20, max = 100) =>
      loremIpsum(state, asIndex(n), truth(html), asIndex(min), asIndex(max)),
    ),
    new PyFunction('now', () => {
      const now = state.options.now?.()
      if (!(now instanceof DateTime)) throw new TemplateError('TemplateRuntimeError', 'there is no clock here')
      return now
    }),
    new PyFunction('timedelta', timeDelta),
    fixedFunction('b64encode', { value: null }, (value = null) => encodeBase64Text(value, state)),
    fixedFunction('hmacsha256digest', { key: null, message: null }, (key = null, message = null) =>
      hmacSha256(key, message, state),
    ),
  ]
  return new Map(functions.map((each) => [each.name, each]))
}
