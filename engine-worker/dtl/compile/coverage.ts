/** Which steps of rules entities reach: every transform has a mark, set the first time it is run. */

import type { JsonPath } from '../../path.ts'
import type { Step } from '../evaluation.ts'

/** Is told of the steps of rules when they are compiled and when they are reached. */
export class CoverageRecorder {
  private readonly places = new Map<string, { readonly at: JsonPath; reached: boolean }>()

  /** The step with a mark. A place that is compiled again (for the place of an error) keeps its mark. */
  marked(step: Step, at: JsonPath): Step {
    const key = at.join('/')
    const mark = this.places.get(key) ?? { at, reached: false }
    this.places.set(key, mark)
    return (frame) => {
      mark.reached = true
      return step(frame)
    }
  }

  /** How many steps there are, and how many were reached. */
  counts(): { readonly steps: number; readonly reached: number } {
    const marks = [...this.places.values()]
    return { steps: marks.length, reached: marks.filter(({ reached }) => reached).length }
  }

  /** The steps that were not reached; of steps within such a step only the outermost. */
  missed(): JsonPath[] {
    const missed = [...this.places.values()].filter(({ reached }) => !reached).map(({ at }) => at)
    const isInside = (inner: JsonPath, outer: JsonPath) =>
      inner.length > outer.length && outer.every((part, index) => part === inner[index])
    return missed.filter((at) => !missed.some((outer) => isInside(at, outer)))
  }
}
