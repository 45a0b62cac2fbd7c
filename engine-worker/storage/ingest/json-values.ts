/** JSON that comes in pieces: a list of objects, or objects one after the other, over any number of lines. */
import { brokenJson } from '../../entity/json.ts'
import type { Entity } from '../../entity/value.ts'
import { Fault } from '../../problem.ts'
import { type RowReader, type SuppliedRow, suppliedBroken } from './row.ts'

/** A single value longer than this is refused instead of collected without end. */
export const LONGEST_VALUE = 64_000_000

/** What may stand next outside of the objects. `any` is the beginning, `none` what follows a list. */
type ExpectedToken = 'any' | 'object' | 'item' | 'item or end' | 'comma or end' | 'none'

/** Finds the objects by their brackets; what is in them is read by the exact reader. */
export class JsonValues implements RowReader {
  private pendingText = ''
  private line = 1
  /** How far `pendingText` was looked at, and in what state: nesting, inside a string, where the object began. */
  private position = 0
  private depth = 0
  private inString = false
  private valueStart = 0
  private valueLine = 1
  private expectedToken: ExpectedToken = 'any'

  constructor(private readonly read: (text: string) => Entity) {}

  *push(text: string, last: boolean): Iterable<SuppliedRow> {
    this.pendingText += text
    for (; this.position < this.pendingText.length; this.position++) {
      const code = this.pendingText.charCodeAt(this.position)
      if (code === 10) this.line++
      if (this.inString) {
        if (code === 92) {
          if (this.position + 1 >= this.pendingText.length) break // the escaped character is still to come
          this.position++
        } else if (code === 34) this.inString = false
      } else if (this.depth === 0) this.readBetween(code)
      else if (code === 34) this.inString = true
      else if (code === 123 || code === 91) this.depth++
      else if ((code === 125 || code === 93) && --this.depth === 0) yield this.endValue()
    }
    if (this.depth === 0) this.dropText(this.position)
    else if (last) throw brokenJsonFault('it ends inside an object', this.valueLine)
    else if (this.pendingText.length > LONGEST_VALUE)
      throw new Fault(suppliedBroken({ reason: 'it is too long' }, { line: this.valueLine }))
    if (last && (this.expectedToken.startsWith('item') || this.expectedToken === 'comma or end')) {
      throw brokenJsonFault('it ends before the end of the list', this.line)
    }
  }

  /** A character outside of the objects. */
  private readBetween(code: number): void {
    if (code === 32 || code === 10 || code === 13 || code === 9) return
    const { expectedToken: expected } = this
    if (code === 123 && expected !== 'comma or end' && expected !== 'none') {
      this.valueStart = this.position
      this.valueLine = this.line
      this.depth = 1
      this.expectedToken = expected === 'any' || expected === 'object' ? 'object' : 'comma or end'
    } else if (code === 91 && expected === 'any') this.expectedToken = 'item or end'
    else if (code === 44 && expected === 'comma or end') this.expectedToken = 'item'
    else if (code === 93 && expected.endsWith('or end')) this.expectedToken = 'none'
    else
      throw brokenJsonFault(
        expected === 'none' ? 'something follows after the list' : expectationText(expected),
        this.line,
      )
  }

  private endValue(): SuppliedRow {
    const text = this.pendingText.slice(this.valueStart, this.position + 1)
    if (this.position > 1_000_000) this.dropText(this.position)
    return { line: this.valueLine, read: () => this.read(text) }
  }

  private dropText(upTo: number): void {
    this.pendingText = this.pendingText.slice(upTo)
    this.position -= upTo
    this.valueStart = 0
  }
}

function expectationText(expected: ExpectedToken): string {
  return expected === 'comma or end'
    ? 'a comma or the end of the list is expected'
    : 'something other than objects stands in the list'
}

function brokenJsonFault(reason: string, line: number): Fault {
  return new Fault(brokenJson({ reason }, { line }))
}
