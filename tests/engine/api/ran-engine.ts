/** An engine whose project has pipes that have run. */
import { memoryEngine } from '../../support/memory-engine.ts'

/** Opens a project with these pipes and runs them, where there are any. */
export async function engineWithRun(pipes: readonly { readonly _id: string; readonly source: object }[]) {
  const engine = memoryEngine()
  const files = pipes.map((each) => [`pipes/${each._id}.conf.json`, JSON.stringify({ type: 'pipe', ...each })])
  await engine.open({ project: 'p', files: Object.fromEntries(files) })
  if (pipes.length > 0) await engine.run({ run: '1' }, () => undefined)
  return engine
}
