/** Facts of one pipe for the graph and for planning: what it reads, joins, writes and needs. */
import type { FunctionTable } from '../../dtl/tree/functions.ts'
import { namesIn } from '../../dtl/tree/names.ts'
import { parseRules } from '../../dtl/tree/parse.ts'
import { visit } from '../../dtl/tree/visit.ts'
import { get } from '../../entity/dict.ts'
import { isObject, type JsonObject } from '../../entity/value.ts'
import type { Problem } from '../../problem.ts'
import { declaredKind } from '../model/declared.ts'
import { rulesProperty } from '../model/nested.ts'
import type { EffectivePipe, Part } from './effective.ts'

/** Facts of one pipe for the graph, derived from its configuration. */
export interface PipeFacts {
  readonly pipe: string
  readonly sourceType: string
  readonly sinkType: string
  readonly systems: readonly string[]
  /** Datasets read by the source. */
  readonly reads: readonly string[]
  /** Datasets reached by hops and lookups. */
  readonly hops: readonly string[]
  /** The dataset it writes, or null for outside sinks. */
  readonly writes: string | null
  readonly transforms: readonly string[]
  readonly composite: boolean
  readonly global: boolean
  readonly disabled: boolean
  /** Why it cannot run here without supplied data, or null. */
  readonly needs: Problem | null
}

/** The facts of a pipe; `needs` says why a source or transform cannot work here without supplied data, or null. */
export function pipeFacts(pipe: EffectivePipe, needs: Problem | null, functions: FunctionTable): PipeFacts {
  return {
    pipe: pipe.id,
    sourceType: pipe.source.type,
    sinkType: pipe.sink.type,
    systems: systemsOf(pipe),
    reads: datasetsRead(pipe.source),
    hops: [...new Set(pipe.transforms.flatMap((part) => datasetsJoined(part, functions)))],
    writes: datasetWritten(pipe.sink),
    transforms: pipe.transforms.map(({ type }) => type),
    composite: pipe.transforms.length > 1,
    global: get(pipe.metadata, 'global') === true,
    disabled: get(pipe.pump.config, 'mode') === 'off',
    needs,
  }
}

/** The name in front of an alias: `orders o` names the dataset `orders`. */
export function datasetName(reference: string): string {
  return reference.trim().split(/\s+/)[0] ?? ''
}

/** The datasets a source reads, without their aliases. */
export function datasetsRead(source: Part): readonly string[] {
  const one = get(source.config, 'dataset')
  const several = get(source.config, 'datasets')
  const names = (Array.isArray(several) ? several : [one ?? null]).filter((name) => typeof name === 'string')
  // Only a merge gives aliases; a space in the name of any other source belongs to the name.
  const kind = declaredKind('source', source.type)
  return [...new Set(kind === undefined || kind.readsDatasets === 'merge' ? names.map(datasetName) : names)]
}

/** The dataset a sink writes, or null for a sink to the outside. */
export function datasetWritten(sink: Part): string | null {
  const dataset = get(sink.config, 'dataset')
  const kind = declaredKind('sink', sink.type)
  const writes = kind === undefined || kind.writesDataset !== undefined
  return writes && typeof dataset === 'string' ? dataset : null
}

/** The datasets that hops and look-ups of a DTL transform reach; conditions inside rules are searched too. */
export function datasetsJoined(transform: Part, functions: FunctionTable): readonly string[] {
  const found = new Set<string>()
  const held = rulesProperty(transform.config)
  const rules = held === null ? undefined : get(transform.config, held)
  if (!isObject(rules)) return []
  for (const { steps } of parseRules(rules, [], functions).values())
    visit(steps, (node) => {
      if (node.is === 'hops') for (const { dataset } of node.datasets) found.add(dataset)
      if (node.is === 'call')
        for (const { argument, node: given } of node.given)
          for (const { text } of argument?.reads === true ? (namesIn(given) ?? []) : []) found.add(text)
      return node.is !== 'note'
    })
  return [...found]
}

/** Every system that the pipe's parts name. */
export function systemsOf(pipe: EffectivePipe): readonly string[] {
  const named = (config: JsonObject) => get(config, 'system')
  const all = [pipe.source, ...pipe.transforms, pipe.sink].map(({ config }) => named(config))
  return [...new Set(all.filter((system) => typeof system === 'string'))]
}
