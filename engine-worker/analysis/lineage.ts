/**
 * The lineage of a property through a project: the properties it is made of, all the way up, and those that are made of
 * it, all the way down. It rests on the compiled rules of each pipe (origins.ts) and, where a rule copies what there is,
 * on the properties that are really in the datasets. See features/property-lineage.rst.
 */

import { declaredKind } from '../config/model/declared.ts'
import { rulesProperty } from '../config/model/nested.ts'
import { compiledPart } from '../config/project/compiled.ts'
import type { EffectivePipe } from '../config/project/effective.ts'
import { datasetsJoined, datasetsRead, datasetWritten } from '../config/project/facts.ts'
import '../connectors/kinds.ts'
import { functionTable } from '../dtl/registry.ts'
import { localName, nextStep, originsOf, type PropertyOrigin, type PropertyStep, sameName } from './origins.ts'

/** A property on its way through the project. */
export interface LineageNode {
  readonly id: string
  /** Its dataset; null outside, and then `pipe` says whose source or sink it is. */
  readonly dataset: string | null
  readonly pipe: string | null
  /** Its name, or a path (`address.city`); `*` is the whole entity. */
  readonly property: string
  /** Where it stands to the one that was asked for, and how many pipes away. */
  readonly side: 'here' | 'up' | 'down'
  readonly depth: number
}

/** One property goes into another, through a pipe. */
export interface LineageEdge {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly pipe: string
  /** `decides`: it is a condition, or the key of a join. */
  readonly how: 'copied' | 'renamed' | 'computed' | 'decides'
  /** The step that does it, from the pipe on; empty where no step is needed. */
  readonly at: readonly (string | number)[]
}

export interface Lineage {
  readonly nodes: readonly LineageNode[]
  readonly edges: readonly LineageEdge[]
  /** There is more than this. */
  readonly cut: boolean
}

/** What the walk needs to know of a project. */
export interface LineageProject {
  readonly pipes: readonly EffectivePipe[]
  /** Names of properties that are in a dataset, most common first; none when it is empty. */
  readonly columns: (dataset: string) => Promise<readonly string[]>
}

/** The most nodes that are drawn. Choosing a property at the edge shows what lies beyond it. */
const MAX_NODES = 120

/** What a property at the end of a pipe is made of: in datasets, or (`dataset` null) outside, where its source reads. */
function pipeOrigins(pipe: EffectivePipe, path: readonly string[]): readonly PropertyOrigin[] {
  const known = originsByPipe.get(pipe) ?? new Map<string, readonly PropertyOrigin[]>()
  originsByPipe.set(pipe, known)
  const key = JSON.stringify(path)
  const before = known.get(key)
  if (before) return before
  const found = findOrigins(pipe, path)
  known.set(key, found)
  return found
}

const originsByPipe = new WeakMap<EffectivePipe, Map<string, readonly PropertyOrigin[]>>()

function findOrigins(pipe: EffectivePipe, path: readonly string[]): readonly PropertyOrigin[] {
  const joined: PropertyOrigin[] = []
  let front: readonly PathWay[] = [{ path: pipe.removeNamespaces ? anyNamespace(path) : path, how: 'copied', at: null }]
  for (const part of [...pipe.transforms].reverse()) {
    if (declaredKind('transform', part.type)?.emitsChildren === true)
      front = front.map((way) => ({ ...way, path: ['$children', ...way.path] }))
    if (rulesProperty(part.config) === null) continue
    const facts = compiledPart(part, pipe.namespaces).dtl.facts
    const next: PathWay[] = []
    for (const way of front) {
      for (const origin of originsOf(facts, way.path)) {
        const { how, at } = nextStep(way, origin.how, origin.at)
        if (origin.dataset === null) next.push({ path: origin.path, how, at })
        else joined.push({ ...origin, how, at: at ?? [] })
      }
    }
    front = next
  }
  if (pipe.addNamespaces) front = front.map((way) => ({ ...way, path: withoutNamespace(way.path) }))
  const read = datasetsRead(pipe.source)
  const sources: readonly (string | null)[] = read.length === 0 ? [null] : read
  return [
    ...front.flatMap(({ path: from, how, at }) =>
      sources.map((dataset) => ({ dataset, path: from, how, at: at ?? [] })),
    ),
    ...joined,
  ]
}

interface PathWay extends PropertyStep {
  readonly path: readonly string[]
}

function anyNamespace([name = '', ...rest]: readonly string[]): readonly string[] {
  return /^[_$]|:/.test(name) ? [name, ...rest] : [`*:${name}`, ...rest]
}

function withoutNamespace([name = '', ...rest]: readonly string[]): readonly string[] {
  return [localName(name), ...rest]
}

/** The lineage of a property of a dataset, both ways; nodes further than the picture holds are left out and said so. */
export async function lineageOf(project: LineageProject, dataset: string, property: string): Promise<Lineage> {
  const walk = new LineageWalk(project)
  const start = walk.node('here', 0, { dataset, pipe: null, property })
  if (start) {
    await walk.up(start)
    await walk.down(start)
  }
  return { nodes: [...walk.nodes.values()], edges: [...walk.edges.values()], cut: walk.cut }
}

/** What the dataset's log adds to every entity. */
const STORE_FIELDS = new Set(['_updated', '_previous', '_hash', '_ts', '_deleted'])

/** The properties of a dataset: those that are in it, and those that the rules of its pipes write by name. */
export async function propertiesOf({ pipes, columns }: LineageProject, dataset: string): Promise<readonly string[]> {
  const there = (await columns(dataset)).filter((name) => !STORE_FIELDS.has(name))
  const written = pipes.filter(({ sink }) => datasetWritten(sink) === dataset).flatMap(namesWritten)
  return [...new Set([...there, ...written])]
}

/** The properties that a pipe gives names to and that reach its end. */
function namesWritten(pipe: EffectivePipe): readonly string[] {
  const names = new Set(
    pipe.transforms.flatMap((part) => (rulesProperty(part.config) === null ? [] : namesIn(part, pipe))),
  )
  const there = [...names].filter((name) => pipeOrigins(pipe, [name]).length > 0)
  return pipe.removeNamespaces ? [...new Set(there.map(localName))] : there
}

function namesIn(part: EffectivePipe['transforms'][number], pipe: EffectivePipe): readonly string[] {
  const facts = compiledPart(part, pipe.namespaces).dtl.facts
  const written = facts.rules.flatMap(({ writes, copies }) => [
    ...writes.map(({ property }) => property ?? '*'),
    ...copies.flatMap(({ include }) => include),
  ])
  return written.filter((name) => !/[*?]|^\$children$/.test(name))
}

class LineageWalk {
  readonly nodes = new Map<string, LineageNode>()
  readonly edges = new Map<string, LineageEdge>()
  cut = false

  constructor(private readonly project: LineageProject) {}

  /** A node, made when it is new; null when there is no room for it. */
  node(
    side: LineageNode['side'],
    depth: number,
    of: Pick<LineageNode, 'dataset' | 'pipe' | 'property'>,
  ): LineageNode | null {
    const id = JSON.stringify([of.dataset, of.pipe, of.property])
    const before = this.nodes.get(id)
    if (before) return before
    if (this.nodes.size >= MAX_NODES) {
      this.cut = true
      return null
    }
    const node = { id, side, depth, ...of }
    this.nodes.set(id, node)
    return node
  }

  async up(start: LineageNode): Promise<void> {
    const open = [start]
    const seen = new Set<string>()
    for (let node = open.shift(); node !== undefined; node = open.shift()) {
      if (seen.has(node.id) || node.dataset === null) continue
      seen.add(node.id)
      for (const pipe of this.project.pipes) {
        if (datasetWritten(pipe.sink) !== node.dataset) continue
        for (const origin of await this.resolvedOrigins(pipe, pipeOrigins(pipe, pathOf(node.property)))) {
          const outside = origin.dataset === null ? pipe.id : null
          const property = textOf(origin.path)
          const from = this.node('up', node.depth + 1, { dataset: origin.dataset, pipe: outside, property })
          if (!from) continue
          this.addEdge(from, node, pipe, origin)
          open.push(from)
        }
      }
    }
  }

  async down(start: LineageNode): Promise<void> {
    const open = [start]
    const visitedNodes = new Set<string>()
    for (let node = open.shift(); node !== undefined; node = open.shift()) {
      const { dataset } = node
      if (visitedNodes.has(node.id) || dataset === null) continue
      visitedNodes.add(node.id)
      const [name = ''] = pathOf(node.property)
      for (const pipe of this.project.pipes) {
        if (!readsDataset(pipe, dataset)) continue
        const writes = datasetWritten(pipe.sink)
        for (const property of await this.outputNames(pipe, writes, name)) {
          const origin = pipeOrigins(pipe, [property]).find(
            (each) => each.dataset === dataset && sameName(each.path[0] ?? '', name),
          )
          if (!origin) continue
          const to = this.node('down', node.depth + 1, {
            dataset: writes,
            pipe: writes === null ? pipe.id : null,
            property,
          })
          if (!to || (to.side !== 'down' && to.id !== start.id)) continue
          this.addEdge(node, to, pipe, origin)
          open.push(to)
        }
      }
    }
  }

  private addEdge(from: LineageNode, to: LineageNode, pipe: EffectivePipe, { how, at }: PropertyOrigin): void {
    const id = `${from.id} ${to.id} ${pipe.id}`
    if (!this.edges.has(id)) this.edges.set(id, { id, from: from.id, to: to.id, pipe: pipe.id, how, at })
  }

  /** Origins as they are in the data: names in a namespace for `*:x`, and only those datasets of many that have it. */
  private async resolvedOrigins(
    pipe: EffectivePipe,
    origins: readonly PropertyOrigin[],
  ): Promise<readonly PropertyOrigin[]> {
    const found: PropertyOrigin[] = []
    const several = datasetsRead(pipe.source)
    for (const origin of origins) {
      const [name = '', ...rest] = origin.path
      const columns = origin.dataset === null ? [] : await this.project.columns(origin.dataset)
      const names = name === '' ? [''] : columns.filter((column) => sameName(column, name))
      const isUnknown = names.length === 0 && columns.length > 0 && !/^[_$]/.test(name)
      // One of many datasets that does not have it gives nothing to it.
      if (isUnknown && several.length > 1 && several.includes(origin.dataset ?? '')) continue
      for (const real of names.length === 0 ? [name.replace(/^\*:/, '')] : names)
        found.push({ ...origin, path: real === '' ? [] : [real, ...rest] })
    }
    return found
  }

  /** Properties at the end of a pipe that a property may have gone into. */
  private async outputNames(pipe: EffectivePipe, writes: string | null, name: string): Promise<readonly string[]> {
    const there = writes === null ? [] : await this.project.columns(writes)
    const written = namesWritten(pipe)
    const same = pipe.removeNamespaces ? localName(name) : name
    const passes = there.length === 0 || there.includes(same)
    return [...new Set([...there, ...written, ...(passes ? [same] : [])])]
  }
}

function readsDataset(pipe: EffectivePipe, dataset: string): boolean {
  return (
    datasetsRead(pipe.source).includes(dataset) ||
    pipe.transforms.some((part) => datasetsJoined(part, functionTable).includes(dataset))
  )
}

/** A path as one text, `*` for the whole entity. A name that holds a dot is in quotes, as in DTL. */
function textOf(path: readonly string[]): string {
  return path.length === 0 ? '*' : path.map((name) => (name.includes('.') ? `'${name}'` : name)).join('.')
}

function pathOf(text: string): readonly string[] {
  return text === '*' ? [] : [...text.matchAll(/'([^']*)'|[^.]+/g)].map(([whole, quoted]) => quoted ?? whole)
}
