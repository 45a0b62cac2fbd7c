/** An engine whose project has pipes that have run. */
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { testEngine } from '../../support/engine.ts'
import { environment } from '../dtl/corpus.ts'

/** Opens a project with these pipes and runs them, where there are any. */
export async function engineWithRun(pipes: readonly { readonly _id: string; readonly source: object }[]) {
  const around = environment()
  const engine = testEngine({
    environment: around,
    fetch: null,
    openStore: async () => Object.assign(memoryStore(around), { close: async () => undefined }),
    deleteStore: async () => undefined,
  })
  const files = pipes.map((each) => [`pipes/${each._id}.conf.json`, JSON.stringify({ type: 'pipe', ...each })])
  await engine.open({ project: 'p', files: Object.fromEntries(files) })
  if (pipes.length > 0) await engine.run({ run: '1' }, () => undefined)
  return engine
}
