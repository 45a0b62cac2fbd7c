/**
 * Steps that only write the value of an expression under a fixed name. They are the bulk of most rules, so runs of them
 * become one step.
 */
import type { Eval, Step } from '../evaluation.ts'

const writeOf = new WeakMap<Step, { readonly name: string; readonly evaluate: Eval }>()

/** A step that writes a value under a name that is safe to set. */
export function writeStep(name: string, evaluate: Eval): Step {
  const step: Step = (frame) => {
    frame.T[name] = evaluate(frame)
    return true
  }
  writeOf.set(step, { name, evaluate })
  return step
}

/** The same steps with runs of writes as one. */
export function fuseWrites(steps: readonly Step[]): Step[] {
  const fused: Step[] = []
  let run: Step[] = []
  const endRun = () => {
    fused.push(...(run.length > 1 ? [writeAll(run)] : run))
    run = []
  }
  for (const step of steps) {
    if (writeOf.has(step)) run.push(step)
    else {
      endRun()
      fused.push(step)
    }
  }
  endRun()
  return fused
}

function writeAll(run: readonly Step[]): Step {
  const names: string[] = []
  const evals: Eval[] = []
  for (const step of run) {
    const write = writeOf.get(step)
    if (write === undefined) continue
    names.push(write.name)
    evals.push(write.evaluate)
  }
  const count = names.length
  return (frame) => {
    for (let i = 0; i < count; i++) frame.T[names[i] as string] = (evals[i] as Eval)(frame)
    return true
  }
}
