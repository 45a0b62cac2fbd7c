/**
 * What the entities of a dataset are counted under besides its name: the systems of the pipe that fills it, and what they
 * are. The latter is what the id of a pipe says by the usual form `<system>-<type>`, with what its step is called at the
 * end (`hubspot-contact-share`, `global-contact`: both contacts).
 */
import type { EffectivePipe } from '../config/project/effective.ts'
import { datasetWritten, systemsOf } from '../config/project/facts.ts'
import { outputDataset } from '../run/pump/outside-writer.ts'
import type { DatasetGroups } from '../search/search.ts'

/** The groups of datasets and outputs, by their names. */
export function datasetGroups(
  pipes: Iterable<{ readonly effective: EffectivePipe }>,
): (dataset: string) => DatasetGroups {
  const groups = new Map<string, DatasetGroups>()
  for (const { effective } of pipes) {
    const type = typeOf(effective.id)
    const of = { systems: systemsOf(effective), types: type === null ? [] : [type] }
    groups.set(datasetWritten(effective.sink) ?? outputDataset(effective.id), of)
  }
  return (dataset) => groups.get(dataset) ?? {}
}

function typeOf(pipe: string): string | null {
  const found = /^[^-]+-(.+?)(?:-(?:collect|enrich|transform|share|all))?$/.exec(pipe)
  return found?.[1] ?? null
}
