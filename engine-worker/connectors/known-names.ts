/** The names that the configuration of a project may refer to: its systems, pipes and datasets. */
import { describedKind, microserviceOfSystem } from '../config/microservices/describe.ts'
import { microservicesIn } from '../config/microservices/read.ts'
import type { KindDeclaration } from '../config/model/define.ts'
import type { Configuration } from '../config/project/project.ts'
import { get } from '../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import './kinds.ts'

/** What references may name. */
export interface KnownNames {
  readonly systems: ReadonlyMap<string, string>
  readonly pipes: ReadonlySet<string>
  readonly datasets: ReadonlySet<string>
  /** A kind as manifests of microservices describe it for one configuration. */
  readonly described: (kind: KindDeclaration, config: JsonObject) => KindDeclaration
}

/** The systems, pipes and datasets of a project; a dataset exists when some alternative of a sink writes it. */
export function knownNamesOf(project: Configuration): KnownNames {
  const names = makeNames(project)
  const before = lastNames.get(project.setting)
  if (before && sameNames(before, names)) return before
  lastNames.set(project.setting, names)
  return names
}

/** The same object as long as the names stay, so that what was checked with them need not be checked again. */
const lastNames = new WeakMap<object, KnownNames>()

function sameNames(a: KnownNames, b: KnownNames): boolean {
  const same = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
    one.size === other.size && [...one].join('\n') === [...other].join('\n')
  return same(a.pipes, b.pipes) && same(a.datasets, b.datasets)
}

function makeNames(project: Configuration): KnownNames {
  const datasets = new Set<string>()
  for (const [id, { config }] of project.pipes) {
    datasets.add(id)
    collectDatasets(get(config, 'sink') ?? null, datasets)
    const pump = get(config, 'pump')
    const letters = isObject(pump) ? get(pump, 'dead_letter_dataset') : undefined
    if (typeof letters === 'string') datasets.add(letters)
  }
  const systems = new Map([...project.systems].map(([id, { config }]) => [id, String(get(config, 'type') ?? '')]))
  const { microservices } = microservicesIn(project.manifests)
  const systemConfig = (id: string) => {
    const { config } = project.systems.get(id) ?? {}
    return config === undefined ? null : microserviceOfSystem(config, microservices)
  }
  const describedKindOf = (kind: KindDeclaration, config: JsonObject) =>
    describedKind(kind, config, microservices, systemConfig)
  return { systems, pipes: new Set(project.pipes.keys()), datasets, described: describedKindOf }
}

function collectDatasets(sink: Json, into: Set<string>): void {
  if (!isObject(sink)) return
  const dataset = get(sink, 'dataset')
  if (typeof dataset === 'string') into.add(dataset)
  const alternatives = get(sink, 'alternatives')
  if (isObject(alternatives)) for (const each of Object.values(alternatives)) collectDatasets(each, into)
}

export function isKnownDataset(dataset: string, { datasets }: KnownNames): boolean {
  return dataset === '' || dataset.startsWith('system:') || datasets.has(dataset)
}
