/**
 * The project as a graph: pipes, the systems they talk to, and the datasets between them. Derived from the configuration
 * and the engine's facts, never stored. Pipes that hand a dataset to each other are joined directly; a dataset stands as
 * a node of its own where the view asks for it, or where no pipe of the project produces it.
 */
import {
  type Component,
  componentValue,
  DEFAULT_SINK,
  declaredKind,
  isObject,
  type JsonObject,
  type PipeFacts,
  type Problem,
  type Project,
} from '../../../engine-worker/index.ts'
import { describedIn } from '../../store/microservices.ts'

/** What a node stands for; the colour of its bar follows. */
export type Role = 'source' | 'transform' | 'sink' | 'global' | 'dataset' | 'system'

export interface GraphNode {
  /** `pipe:<_id>`, `system:<_id>` (`system-out:` where it is written to), `dataset:<name>` or, folded, `group:<by>:<name>`: also the key of its saved position. */
  readonly id: string
  readonly kind: 'pipe' | 'system' | 'dataset' | 'group'
  readonly name: string
  readonly role: Role
  /** Key of the component, null for datasets. */
  readonly component: string | null
  /** The second line of the card: what it is made of. */
  readonly says: readonly string[]
  readonly composite: number
  readonly disabled: boolean
  /** Why it cannot run here without supplied data, or null. */
  readonly needs: Problem | null
  /** Heading of the group it belongs to, by each way of grouping. */
  readonly groups: Readonly<Record<Grouping, string | null>>
  /** The picture of its kind (config/model/icons.ts), null where it has none. */
  readonly icon: string | null
  /** The concept of a model that a generated pipe is about. */
  readonly concept: string | null
}

export interface GraphEdge {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly kind: 'flow' | 'hops' | 'system'
  /** The dataset that passes, or the system's name. */
  readonly dataset: string
}

export interface Graph {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
}

/** Ways of putting nodes into boxes. */
export const groupings = ['none', 'system', 'config-group', 'model'] as const
export type Grouping = (typeof groupings)[number]

interface GraphView {
  readonly datasets: boolean
  readonly systems: boolean
}

/** The graph of a project; pipes the engine has no facts of (they do not compile) stand there without wires. */
export function graphOf(content: Project, facts: readonly PipeFacts[], view: GraphView): Graph {
  const byPipe = new Map(facts.map((fact) => [fact.pipe, fact]))
  const producers = producersOf(facts)
  const nodes = new Map<string, GraphNode>()
  const edges = new Map<string, GraphEdge>()
  const systems = new Map<string, Component>()
  const pipes: Component[] = []
  for (const component of Object.values(content.components)) {
    if (component.kind === 'system') systems.set(component.id, component)
    else if (component.kind === 'pipe') pipes.push(component)
  }

  const addNode = (node: GraphNode) => {
    if (!nodes.has(node.id)) nodes.set(node.id, node)
  }
  const addEdge = (from: string, to: string, kind: GraphEdge['kind'], dataset: string) => {
    const id = `${kind} ${dataset} ${from} ${to}`
    edges.set(id, { id, from, to, kind, dataset })
  }

  for (const component of pipes) addNode(pipeNode(component, byPipe.get(component.id) ?? null, producers))

  for (const component of pipes) {
    const fact = byPipe.get(component.id)
    if (!fact) continue
    const to = `pipe:${component.id}`
    const addReads = (dataset: string, kind: 'flow' | 'hops') => {
      const makers = producers.get(dataset) ?? []
      if (makers.length === 0 || view.datasets) {
        addNode(datasetNode(dataset, makers.length > 0))
        addEdge(`dataset:${dataset}`, to, kind, dataset)
      } else for (const maker of makers) addEdge(`pipe:${maker}`, to, kind, dataset)
    }
    for (const dataset of fact.reads) addReads(dataset, 'flow')
    for (const dataset of fact.hops) if (!fact.reads.includes(dataset) || view.datasets) addReads(dataset, 'hops')
    if (view.datasets && fact.writes !== null) {
      addNode(datasetNode(fact.writes, true))
      addEdge(to, `dataset:${fact.writes}`, 'flow', fact.writes)
    }
    if (view.systems) {
      const ends = systemEnds(componentValue(component))
      for (const system of ends.source) if (systems.has(system)) addEdge(`system:${system}`, to, 'system', system)
      for (const system of ends.sink) if (systems.has(system)) addEdge(to, `system-out:${system}`, 'system', system)
    }
  }
  if (view.systems) addSystems(content, systems, [...edges.values()], addNode)
  return { nodes: [...nodes.values()], edges: [...edges.values()] }
}

/** A system that is read and written stands on both sides, so that wires go from the left to the right. */
function addSystems(
  content: Project,
  systems: ReadonlyMap<string, Component>,
  edges: readonly GraphEdge[],
  add: (node: GraphNode) => void,
): void {
  const used = new Set(edges.flatMap(({ kind, from, to }) => (kind === 'system' ? [from, to] : [])))
  for (const [id, component] of systems) {
    const written = used.has(`system-out:${id}`)
    if (used.has(`system:${id}`) || !written) add(systemNode(content, component, `system:${id}`))
    if (written) add(systemNode(content, component, `system-out:${id}`))
  }
}

/** Which pipes write each dataset. */
function producersOf(facts: readonly PipeFacts[]): ReadonlyMap<string, readonly string[]> {
  const producers = new Map<string, string[]>()
  for (const { pipe, writes } of facts) {
    if (writes === null) continue
    const known = producers.get(writes)
    if (known) known.push(pipe)
    else producers.set(writes, [pipe])
  }
  return producers
}

/** Everything that flows into a node, or out of it, however far. */
export function reachableNodes(edges: readonly GraphEdge[], start: string, way: 'up' | 'down'): ReadonlySet<string> {
  const next = new Map<string, string[]>()
  for (const { from, to } of edges) {
    const [key, value] = way === 'down' ? [from, to] : [to, from]
    const known = next.get(key)
    if (known) known.push(value)
    else next.set(key, [value])
  }
  const found = new Set([start])
  for (const id of found) for (const other of next.get(id) ?? []) found.add(other)
  return found
}

function pipeNode(
  component: Component,
  fact: PipeFacts | null,
  producers: ReadonlyMap<string, readonly string[]>,
): GraphNode {
  const value = componentValue(component)
  const concept = textOrNull(valueAt(value, 'metadata', 'concept'))
  const says = fact ? [fact.sourceType, ...fact.transforms] : []
  if (fact && fact.sinkType !== DEFAULT_SINK) says.push(fact.sinkType)
  return {
    id: `pipe:${component.id}`,
    kind: 'pipe',
    name: component.id,
    role: roleOf(fact, producers),
    component: component.key,
    says: says.length > 4 ? [...says.slice(0, 3), '…'] : says,
    composite: fact?.composite ? fact.transforms.length + 1 : 0,
    disabled: fact?.disabled ?? false,
    needs: fact?.needs ?? null,
    groups: {
      none: null,
      system: fact?.systems[0] ?? null,
      'config-group': textOrNull(valueAt(value, 'metadata', '$config-group')),
      model: concept ?? (component.id.includes('-') ? (component.id.split('-')[0] ?? null) : null),
    },
    icon: iconOfPipe(fact),
    concept,
  }
}

/** The picture of what a pipe reads from outside, or writes to outside. */
function iconOfPipe(fact: PipeFacts | null): string | null {
  if (!fact) return null
  const sink = fact.sinkType === DEFAULT_SINK ? undefined : declaredKind('sink', fact.sinkType)
  const source = declaredKind('source', fact.sourceType)
  return (sink ?? (source?.readsDatasets === undefined ? source : undefined))?.icon ?? null
}

function roleOf(fact: PipeFacts | null, producers: ReadonlyMap<string, readonly string[]>): Role {
  if (!fact) return 'transform'
  if (fact.global || declaredKind('source', fact.sourceType)?.readsDatasets === 'merge') return 'global'
  if (fact.sinkType !== DEFAULT_SINK) return 'sink'
  const inner = fact.reads.some((dataset) => producers.has(dataset))
  return inner || fact.reads.length > 0 ? 'transform' : 'source'
}

function systemNode(content: Project, component: Component, id: string): GraphNode {
  const config = componentValue(component)
  const type = textOrNull(config.type ?? null) ?? 'system'
  const kind = declaredKind('system', type)
  const described = kind && describedIn(content, kind, config)
  return {
    id,
    kind: 'system',
    name: component.id,
    role: 'system',
    component: component.key,
    says: [described !== kind && described ? described.label : type.replace(/^system:/, '')],
    composite: 0,
    disabled: false,
    needs: null,
    groups: { none: null, system: component.id, 'config-group': null, model: null },
    icon: described?.icon ?? null,
    concept: null,
  }
}

function datasetNode(name: string, produced: boolean): GraphNode {
  return {
    id: `dataset:${name}`,
    kind: 'dataset',
    name,
    role: 'dataset',
    component: null,
    says: produced ? ['dataset'] : ['dataset', 'no pipe writes it'],
    composite: 0,
    disabled: false,
    needs: null,
    groups: { none: null, system: null, 'config-group': null, model: null },
    icon: null,
    concept: null,
  }
}

/** The systems at both ends of a pipe; every alternative of a conditional end counts. */
function systemEnds(pipe: JsonObject): { readonly source: readonly string[]; readonly sink: readonly string[] } {
  return { source: systemsIn(pipe.source ?? null), sink: systemsIn(pipe.sink ?? null) }
}

function systemsIn(part: JsonObject[string]): readonly string[] {
  if (!isObject(part)) return []
  const own = textOrNull(part.system ?? null)
  const alternatives = part.alternatives
  const others = isObject(alternatives ?? null) ? Object.values(alternatives as JsonObject).flatMap(systemsIn) : []
  return [...new Set([...(own === null ? [] : [own]), ...others])]
}

function valueAt(value: JsonObject, ...keys: readonly string[]): JsonObject[string] {
  let here: JsonObject[string] = value
  for (const key of keys) {
    if (!isObject(here) || !Object.hasOwn(here, key)) return null
    here = here[key] ?? null
  }
  return here
}

function textOrNull(value: JsonObject[string]): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
