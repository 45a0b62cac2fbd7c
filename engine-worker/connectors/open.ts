/** All pipes of a project, in effect and ready to run. */
import { type EffectivePipe, effectivePipe } from '../config/project/effective.ts'
import { systemsOf } from '../config/project/facts.ts'
import type { ConfigComponent, Configuration } from '../config/project/project.ts'
import type { OpenContext } from './open-context.ts'
import { runnablePipe } from './runnable.ts'
import type { RunnablePipe } from './runtime.ts'

/** A pipe in effect and ready to run; what keeps it from running is in `runnable.needs`. */
export interface OpenPipe {
  readonly effective: EffectivePipe
  readonly runnable: RunnablePipe
}

/** What pipes may use besides the project. */
export type PipeInputs = Omit<OpenContext, 'pipe' | 'project'>

/** Opens one pipe, which need not be part of the project (a preview of an edited one). */
export function openPipe(project: Configuration, component: ConfigComponent, inputs: PipeInputs): OpenPipe {
  const effective = effectivePipe(project, component)
  const { systemSecret } = inputs
  const systemSecrets = (name: string) => systemsOf(effective).map((system) => systemSecret?.(system, name) ?? null)
  const secret = (name: string) => systemSecrets(name).find((value) => value !== null) ?? inputs.secret(name)
  const context: OpenContext = { ...inputs, ...(systemSecret ? { secret } : {}), pipe: effective, project }
  return { effective, runnable: runnablePipe(context) }
}
