/** The variable `loop` inside of a `for`. */
import { equalValues } from './compare.ts'
import { TemplateError, typeError } from './error.ts'
import type { RenderState } from './state.ts'
import { type JinjaValue, orElse, PyFunction, PyTuple } from './values.ts'

/** What is known while a loop runs. */
interface LoopPosition {
  readonly items: readonly JinjaValue[]
  readonly index: number
  readonly depth: number
}

/** `loop`: its place among the items, and in a recursive loop the function that goes deeper. */
export class Loop extends PyFunction {
  override readonly type = 'LoopContext'
  position: LoopPosition
  private lastSeen: JinjaValue | undefined

  constructor(
    private readonly state: RenderState,
    start: LoopPosition,
    deeper: ((items: JinjaValue) => JinjaValue) | null,
  ) {
    super('loop', ({ positional: [items] }) => {
      if (deeper === null || items === undefined)
        throw typeError("The loop must have the 'recursive' marker to be called recursively.")
      return deeper(items)
    })
    this.position = start
  }

  override attribute(name: string): JinjaValue | undefined {
    const { items, index, depth } = this.position
    switch (name) {
      case 'index':
        return index + 1
      case 'index0':
        return index
      case 'revindex':
        return items.length - index
      case 'revindex0':
        return items.length - index - 1
      case 'first':
        return index === 0
      case 'last':
        return index === items.length - 1
      case 'length':
        return items.length
      case 'depth':
        return depth + 1
      case 'depth0':
        return depth
      case 'previtem':
        return orElse(items[index - 1], () => this.state.undefined('loop.previtem', 'there is no previous item'))
      case 'nextitem':
        return orElse(items[index + 1], () => this.state.undefined('loop.nextitem', 'there is no next item'))
      case 'cycle':
        return new PyFunction(name, ({ positional }) => {
          if (positional.length === 0) throw new TemplateError('TypeError', 'no items for cycling given')
          return positional[index % positional.length] ?? null
        })
      case 'changed':
        return new PyFunction(name, ({ positional }) => {
          const value = new PyTuple(positional)
          const same = this.lastSeen !== undefined && equalValues(this.lastSeen, value, this.state)
          this.lastSeen = value
          return !same
        })
      default:
        return undefined
    }
  }

  override length(): number {
    return this.position.items.length
  }

  override describe(): string {
    return `<LoopContext ${this.position.index + 1}/${this.position.items.length}>`
  }
}
