/** JSON that comes in pieces: a list of objects, or objects one after the other, over any number of lines. */
import { brokenJson } from '../../entity/json.ts'
import type { Entity } from '../../entity/value.ts'
import { Fault } from '../../problem.ts'
import { type RowReader, type SuppliedRow, suppliedBroken } from './row.ts'

/** A single value longer than this is refused instead of collected without end. */
export const LONGEST_VALUE = 64_000_000

/** What may stand next outside of the objects. `any` is the beginning, `none` what follows a list. */
type Expected = 'any' | 'object' | 'item' | 'item or end' | 'comma or end' | 'none'

/** Finds the objects by their brackets; what is in them is read by the exact reader. */
export class JsonValues implements RowReader {
  private rest = ''
  private line = 1
  /** How far `rest` was looked at, and in what state: nesting, inside a string, where the object began. */
  private at = 0
  private depth = 0
  private inString = false
  private began = 0
  private beganLine = 1
  private expected: Expected = 'any'

  constructor(private readonly read: (text: string) => Entity) {}

  *push(text: string, last: boolean): Iterable<SuppliedRow> {
    this.rest += text
    for (; this.at < this.rest.length; this.at++) {
      const code = this.rest.charCodeAt(this.at)
      if (code === 10) this.line++
      if (this.inString) {
        if (code === 92) {
          if (this.at + 1 >= this.rest.length) break // the escaped character is still to come
          this.at++
        } else if (code === 34) this.inString = false
      } else if (this.depth === 0) this.between(code)
      else if (code === 34) this.inString = true
      else if (code === 123 || code === 91) this.depth++
      else if ((code === 125 || code === 93) && --this.depth === 0) yield this.end()
    }
    if (this.depth === 0) this.drop(this.at)
    else if (last) throw broken('it ends inside an object', this.beganLine)
    else if (this.rest.length > LONGEST_VALUE)
      throw new Fault(suppliedBroken({ reason: 'it is too long' }, { line: this.beganLine }))
    if (last && (this.expected.startsWith('item') || this.expected === 'comma or end')) {
      throw broken('it ends before the end of the list', this.line)
    }
  }

  /** A character outside of the objects. */
  private between(code: number): void {
    if (code === 32 || code === 10 || code === 13 || code === 9) return
    const { expected } = this
    if (code === 123 && expected !== 'comma or end' && expected !== 'none') {
      this.began = this.at
      this.beganLine = this.line
      this.depth = 1
      this.expected = expected === 'any' || expected === 'object' ? 'object' : 'comma or end'
    } else if (code === 91 && expected === 'any') this.expected = 'item or end'
    else if (code === 44 && expected === 'comma or end') this.expected = 'item'
    else if (code === 93 && expected.endsWith('or end')) this.expected = 'none'
    else throw broken(expected === 'none' ? 'something follows after the list' : wrongBetween(expected), this.line)
  }

  private end(): SuppliedRow {
    const text = this.rest.slice(this.began, this.at + 1)
    if (this.at > 1_000_000) this.drop(this.at)
    return { line: this.beganLine, read: () => this.read(text) }
  }

  private drop(upTo: number): void {
    this.rest = this.rest.slice(upTo)
    this.at -= upTo
    this.began = 0
  }
}

function wrongBetween(expected: Expected): string {
  return expected === 'comma or end'
    ? 'a comma or the end of the list is expected'
    : 'something other than objects stands in the list'
}

function broken(reason: string, line: number): Fault {
  return new Fault(brokenJson({ reason }, { line }))
}
