/** Background rescans need a dataset sink: "Rescans" in configuration-pump.rst. */
import { flagSetting } from '../config/model/setting.ts'
import type { EffectivePipe } from '../config/project/effective.ts'
import { datasetWritten } from '../config/project/facts.ts'
import type { JsonObject } from '../entity/value.ts'
import { type Problem, problem } from '../problem.ts'
import { backgroundRescan } from './pipe-kind.ts'

const rescanNeedsDataset = problem<{ key: string; sink: string }>({
  code: 'background-rescan-needs-dataset',
  severity: 'warning',
  says: ({ key, sink }) => `${key} has no effect here: it needs a dataset sink, and this pipe has a ${sink} sink.`,
  fix: ({ key }) => `Remove ${key}, or write to a dataset and send from there in another pipe.`,
  repair: ({ key }) => ({ change: 'remove', key }),
})

/** The problem of a pipe that asks for background rescans but has no dataset sink. */
export function rescanProblems(config: JsonObject, { sink }: EffectivePipe): readonly Problem[] {
  const key = backgroundRescan.name
  if (!flagSetting(config, key, false) || datasetWritten(sink) !== null) return []
  return [rescanNeedsDataset({ key, sink: sink.type }, { path: [key] })]
}
