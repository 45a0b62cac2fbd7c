/** Actions on the Flow canvas: each is one named step of history. */

import type { JsonObject } from '../../../engine-worker/index.ts'
import {
  componentById,
  componentText,
  componentValue,
  freeAlias,
  type KindDeclaration,
  type Project,
  readPasted,
  sourceOfDataset,
} from '../../../engine-worker/index.ts'
import { go } from '../../route.ts'
import { bringFiles, forgetDataFiles } from '../../store/project/import/data-files.ts'
import { fileOfText } from '../../store/project/import/file-drop.ts'
import { editContent, useProject } from '../../store/project/project.ts'
import { select, useSession } from '../../store/session.ts'
import { toast } from '../../store/toasts.ts'
import {
  addDatasetToSource,
  componentsText,
  connectHops,
  datasetConnectionOf,
  datasetOf,
  disconnectDataset,
  dtlPipe,
  freeId,
  insertBetween,
  removeAndHeal,
  withComponent,
  withPasted,
} from './edits.ts'
import { currentFlowWords } from './flow-words.ts'
import type { GraphEdge, GraphNode } from './graph.ts'
import { movedTo, type Point, withLayoutFile } from './layout-file.ts'
import { setNextPosition } from './positions.ts'
import type { AddOffer } from './QuickAdd.tsx'

/** The dataset that leaves a node: a pipe's own, or the dataset node itself; null for the outside. */
export function datasetOut(content: Project, node: GraphNode | string): string | null {
  const id = typeof node === 'string' ? node : node.id
  if (id.startsWith('dataset:')) return id.slice('dataset:'.length)
  if (!id.startsWith('pipe:')) return null
  const component = componentById(content, id.slice('pipe:'.length), 'pipe')
  return component ? datasetOf(componentValue(component)) : null
}

/** Adds what the palette offers, at a place of the canvas. */
export function addOffer({ kind }: AddOffer, at: Point): void {
  const { content } = useProject.getState().document
  const template = typeof kind.template === 'object' && kind.template !== null ? (kind.template as JsonObject) : {}
  const name = kind.type.replace(/^system:/, '').replaceAll('_', '-')
  const system = kind.role === 'system'
  const id = freeId(content, system ? name : kind.readsDatasets === 'merge' ? 'global-new' : `${name}-pipe`)
  const config: JsonObject = system
    ? { ...template, _id: id, type: kind.type }
    : { _id: id, type: 'pipe', source: chosenSource(content, kind, template) }
  setNextPosition(`${system ? 'system' : 'pipe'}:${id}`, at)
  editContent(currentFlowWords().flow.step.create(id), (before) => withComponent(before, config))
  select([`${system ? 'system' : 'pipe'}:${id}`])
}

/** A new dataset source reads what is selected. */
function chosenSource(
  content: Project,
  { type, fields, readsDatasets }: KindDeclaration,
  template: JsonObject,
): JsonObject {
  const datasets = useSession.getState().selection.flatMap((id) => datasetOut(content, id) ?? [])
  const [first] = datasets
  if (first === undefined || readsDatasets === undefined) return template
  if (readsDatasets === 'merge') return { ...template, type, datasets: datasets.map((name, n) => `${name} d${n + 1}`) }
  return fields.some(({ name }) => name === 'datasets')
    ? { ...template, type, datasets }
    : { ...template, type, dataset: first }
}

/** The pipes that can be created where a wire is dropped on empty canvas. */
export const followers = ['pipe', 'merge', 'endpoint', 'csv'] as const
export type Follower = (typeof followers)[number]

/** Makes a pipe that reads a dataset. */
export function addFollower(dataset: string, how: Follower, at: Point): void {
  const { content } = useProject.getState().document
  const id = freeId(
    content,
    {
      pipe: `${dataset}-transform`,
      merge: `global-${dataset}`,
      endpoint: `${dataset}-endpoint`,
      csv: `${dataset}-csv`,
    }[how],
  )
  const source = sourceOfDataset(dataset)
  const config: Record<Follower, JsonObject> = {
    pipe: dtlPipe(id, dataset),
    merge: {
      _id: id,
      type: 'pipe',
      source: { type: 'merge', datasets: [`${dataset} a`], equality: [], identity: 'first', version: 2 },
      metadata: { global: true },
    },
    endpoint: { _id: id, type: 'pipe', source, sink: { type: 'http_endpoint' } },
    csv: { _id: id, type: 'pipe', source, sink: { type: 'csv_endpoint', columns: ['_id'] } },
  }
  setNextPosition(`pipe:${id}`, at)
  editContent(currentFlowWords().flow.step.create(id), (before) => withComponent(before, config[how]))
  select([`pipe:${id}`])
}

/** Makes a pipe that merges the datasets of several nodes into one. */
export function mergeNodes(datasets: readonly string[], at: Point): void {
  const { content } = useProject.getState().document
  const [first = ''] = datasets
  const id = freeId(content, `global-${first}`)
  const aliases = new Set<string>()
  const named = datasets.map((dataset) => {
    const alias = freeAlias(dataset, aliases)
    aliases.add(alias)
    return `${dataset} ${alias}`
  })
  setNextPosition(`pipe:${id}`, at)
  editContent(currentFlowWords().flow.step.create(id), (before) =>
    withComponent(before, {
      _id: id,
      type: 'pipe',
      source: { type: 'merge', datasets: named, equality: [], identity: 'first', version: 2 },
      metadata: { global: true },
    }),
  )
  select([`pipe:${id}`])
}

/** Makes a pipe that reads the first dataset and joins the others, as one step. */
export function joinNodes(datasets: readonly string[], at: Point): void {
  const { content } = useProject.getState().document
  const [first = '', ...others] = datasets
  const id = freeId(content, `${first}-${others.join('-')}`.slice(0, 60))
  setNextPosition(`pipe:${id}`, at)
  editContent(currentFlowWords().flow.step.create(id), (before) =>
    others.reduce((project, dataset) => connectHops(project, dataset, id), withComponent(before, dtlPipe(id, first))),
  )
  select([`pipe:${id}`])
}

/** Connects two nodes; says why when that is not possible. */
export function connectNodes(from: string, to: string, kind: 'flow' | 'hops'): void {
  const { content } = useProject.getState().document
  const target = to.replace(/^pipe:/, '')
  const dataset = datasetOut(content, from)
  const connection = datasetConnectionOf(content, dataset, target, kind)
  const w = currentFlowWords().flow
  if (!connection.legal || dataset === null) {
    toast(connection.legal ? w.refused['nothing-out'] : w.refused[connection.why], 'bad')
    return
  }
  if (kind === 'hops') editContent(w.step.join(dataset, target), (before) => connectHops(before, dataset, target))
  else editContent(w.step.connect(dataset, target), (before) => addDatasetToSource(before, dataset, target))
  toast(`${dataset} → ${target}: ${w.connecting[connection.how]}`)
}

/** Puts a new pipe onto a wire. */
export function insertInto(edge: GraphEdge): void {
  const reader = edge.to.replace(/^pipe:/, '')
  const { project, id } = insertBetween(useProject.getState().document.content, edge.dataset, reader)
  editContent(currentFlowWords().flow.step.insert(id), () => project)
  select([`pipe:${id}`])
}

/** Takes wires away. */
export function removeWires(edges: readonly GraphEdge[]): void {
  const [first] = edges
  if (!first) return
  const target = first.to.replace(/^pipe:/, '')
  editContent(currentFlowWords().flow.step.disconnect(first.dataset, target), (before) =>
    edges.reduce((content, edge) => disconnectDataset(content, edge.dataset, edge.to.replace(/^pipe:/, '')), before),
  )
}

/** Deletes what is selected and heals the wires. */
export function removeNodes(nodes: readonly GraphNode[]): void {
  const keys = nodes.flatMap(({ component }) => component ?? [])
  if (keys.length === 0) return
  editContent(currentFlowWords().flow.step.remove(keys.length), (before) => removeAndHeal(before, keys))
  select([])
}

/** The texts of the selected components, for any clipboard. */
export function copyText(nodes: readonly GraphNode[]): string | null {
  const { content } = useProject.getState().document
  const texts = nodes.flatMap(({ component }) => (component ? (componentText(content, component) ?? []) : []))
  if (texts.length === 0) return null
  toast(currentFlowWords().flow.copied(texts.length))
  return texts.length === 1 ? `${texts[0]}\n` : `[\n${texts.join(',\n')}\n]\n`
}

/** Adds the components of a text from anywhere; a table or data becomes a pipe by way of the view of files. */
export function pasteComponents(text: string): void {
  const read = readPasted(text)
  const { flow, engine, dataFiles } = currentFlowWords()
  if (read.is === 'components') {
    addComponents(read.components, flow.step.paste)
    toast(flow.pasted(read.components.length))
    return
  }
  const { id } = useProject.getState()
  const table = fileOfText(text, dataFiles.pastedName)
  if (!table) {
    toast(read.is === 'broken' ? engine.message(read.problem) : flow.pasteNothing, 'bad')
    return
  }
  forgetDataFiles()
  go({ at: 'files', project: id })
  void bringFiles([table])
}

/** Makes copies of what is selected. */
export function duplicateNodes(nodes: readonly GraphNode[]): void {
  const keys = nodes.flatMap(({ component }) => component ?? [])
  const configs = componentsText(useProject.getState().document.content, keys)
  if (configs.length > 0) addComponents(configs, currentFlowWords().flow.step.duplicate)
}

function addComponents(configs: readonly JsonObject[], label: string): void {
  const { project, ids } = withPasted(useProject.getState().document.content, configs)
  editContent(label, () => project)
  select(ids.map((id, index) => `${isSystem(configs[index]) ? 'system' : 'pipe'}:${id}`))
}

function isSystem(config: JsonObject | undefined): boolean {
  return typeof config?.type === 'string' && config.type.startsWith('system:')
}

/** Moves nodes; all of one gesture are one step. */
export function moveNodes(places: Readonly<Record<string, Point>>, gesture: string | null = null): void {
  if (Object.keys(places).length > 0) {
    editContent(currentFlowWords().flow.step.move, (content) => movedTo(content, places), gesture)
  }
}

/** Folds a group into one card. */
export function foldGroup(name: string): void {
  changeFolded((names) => [...names, name])
}

/** Opens a folded group. */
export function unfoldGroup(name: string): void {
  changeFolded((names) => names.filter((each) => each !== name))
}

function changeFolded(change: (names: readonly string[]) => readonly string[]): void {
  editContent(currentFlowWords().flow.step.fold, (content) =>
    withLayoutFile(content, (before) => ({ ...before, folded: change(before.folded) })),
  )
}
