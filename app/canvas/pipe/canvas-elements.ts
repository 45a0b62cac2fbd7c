/**
 * The stages of a pipe on the canvas: one below the other, all of one width; at their right the datasets that the source
 * reads and those that hops reach, each beside the step that joins it. Heights come from what is drawn.
 */
import { type Edge, type Node, Position } from '@xyflow/react'
import { isWithin, type JsonObject, type JsonPath, type SplitPoint } from '../../../engine-worker/index.ts'
import type { Stage } from '../../pipe/stages.ts'

/** A stage with what stands between it and the stage before. */
type StageNodeData = {
  readonly stage: Stage
  /** Number in the pipe, from 0. */
  readonly number: number
  /** Name of the stage before; null for the source. */
  readonly before: string | null
  readonly transforms: number
  readonly cut: SplitPoint | null
}

/** Datasets that come in from the side. */
type SideNodeData = {
  readonly how: 'source' | 'hops'
  readonly inputs: readonly SideInput[]
}

interface SideInput {
  readonly dataset: string
  readonly alias: string
}

/** Datasets beside a stage, with the step that reads them. */
export interface SideGroup extends SideNodeData {
  readonly id: string
  readonly stage: string
  readonly path: JsonPath | null
}

export type StageNode = Node<StageNodeData, 'stage'>
export type SideNode = Node<SideNodeData, 'side'>
export type PipeNode = StageNode | SideNode
export type PipeEdge = Edge<{ readonly how: 'flow' | 'cut' | 'source' | 'hops' }, 'pipe'>

/** Pixels between two stages: room for a wire, a button and the words of a cut. */
export const gapHeight = 28
const sideGap = 36
const sideWidth = 232
const wireX = 24
const minWidth = 460
const maxWidth = 880

/** The width of the stages in a room of some width. */
export function stageWidth(room: number, hasSides: boolean): number {
  const free = room - 32 - (hasSides ? sideGap + sideWidth : 0)
  return Math.max(minWidth, Math.min(maxWidth, free))
}

/** The height of a card beside the stages. */
function sideHeight({ how, inputs }: SideNodeData): number {
  return how === 'source' ? 26 + inputs.length * 24 + 6 : 24 + inputs.length * 22 + 4
}

/** The datasets beside the stages: those of the source, and those that hops reach by the stage that names them. */
export function sideGroups(
  pipe: JsonObject,
  stages: readonly Stage[],
  hops: readonly { readonly dataset: string; readonly alias: string; readonly path: JsonPath }[],
): readonly SideGroup[] {
  const groups: SideGroup[] = []
  const source = stages[0]
  const inputs = sourceInputs(pipe)
  if (source && inputs.length > 0) groups.push({ id: 'sources', how: 'source', stage: source.id, path: null, inputs })
  for (const { dataset, alias, path } of hops) {
    const stage = stages.find((each) => isWithin(path, each.path)) ?? stages[1]
    if (stage === undefined) continue
    const same = groups.find((each) => each.how === 'hops' && each.inputs.some((input) => input.dataset === dataset))
    if (same === undefined || same.stage !== stage.id)
      groups.push({
        id: `hops ${stage.id} ${dataset}`,
        how: 'hops',
        stage: stage.id,
        path,
        inputs: [{ dataset, alias }],
      })
  }
  return groups
}

/** The datasets that the source of a pipe reads. */
export function sourceDatasetsOf(pipe: JsonObject): readonly string[] {
  return sourceInputs(pipe).map(({ dataset }) => dataset)
}

function sourceInputs({ source }: JsonObject): readonly SideInput[] {
  if (typeof source !== 'object' || source === null || Array.isArray(source)) return []
  const config: JsonObject = { ...source }
  const names = typeof config.dataset === 'string' ? [config.dataset] : config.datasets
  return (Array.isArray(names) ? names : []).flatMap((name) => {
    const [dataset = '', alias = ''] = typeof name === 'string' ? name.split(/\s+/) : []
    return dataset === '' ? [] : [{ dataset, alias }]
  })
}

interface Measured {
  readonly width: number
  /** By stage, with the gap above it. */
  readonly heights: Readonly<Record<string, number>>
  /** By group of datasets: how far below the top of its stage its step stands. */
  readonly offsets: Readonly<Record<string, number>>
  /** A finger on a stage pans, as there is no wheel; a mouse drags what it holds. */
  readonly pansOver: boolean
}

const estimatedHeight = 80

/** React Flow's nodes and wires for the stages and what stands beside them. */
export function stageNodes(
  stages: readonly Omit<StageNodeData, 'transforms'>[],
  groups: readonly SideGroup[],
  { width, heights, offsets, pansOver }: Measured,
): { readonly nodes: readonly PipeNode[]; readonly edges: readonly PipeEdge[]; readonly height: number } {
  const nodes: PipeNode[] = []
  const edges: PipeEdge[] = []
  const transforms = stages.length - 2
  let top = 0
  let free = 0
  for (const data of stages) {
    const { id } = data.stage
    const height = heights[id] ?? estimatedHeight
    const gap = data.number === 0 ? 0 : gapHeight
    const beside = groups.filter(({ stage }) => stage === id)
    const joints = beside.map((group) => gap + (offsets[group.id] ?? 18))
    nodes.push({
      id,
      type: 'stage',
      position: { x: 0, y: top },
      width,
      measured: { width, height },
      handles: [
        { id: 'in', type: 'target', position: Position.Top, x: wireX, y: gap, width: 1, height: 1 },
        { id: 'out', type: 'source', position: Position.Bottom, x: wireX, y: height, width: 1, height: 1 },
        ...beside.map((group, at) => ({
          id: group.id,
          type: 'target' as const,
          position: Position.Right,
          x: width,
          y: joints[at] ?? 0,
          width: 1,
          height: 1,
        })),
      ],
      className: pansOver ? '' : 'nopan',
      // React Flow takes nodes that are neither dragged nor selected out of the pointer's way.
      style: { pointerEvents: 'all' },
      data: { ...data, transforms },
    })
    const previous = stages[data.number - 1]
    if (previous)
      edges.push({
        id: `${previous.stage.id} ${id}`,
        type: 'pipe',
        source: previous.stage.id,
        sourceHandle: 'out',
        target: id,
        targetHandle: 'in',
        data: { how: data.cut ? 'cut' : 'flow' },
      })
    for (const [at, group] of beside.entries()) {
      const tall = sideHeight(group)
      const y = Math.max(free, top + (joints[at] ?? 0) - tall / 2)
      free = y + tall + 12
      nodes.push({
        id: group.id,
        type: 'side',
        position: { x: width + sideGap, y },
        width: sideWidth,
        height: tall,
        measured: { width: sideWidth, height: tall },
        handles: [{ id: 'out', type: 'source', position: Position.Left, x: 0, y: tall / 2, width: 1, height: 1 }],
        className: pansOver ? '' : 'nopan',
        style: { pointerEvents: 'all' },
        data: { how: group.how, inputs: group.inputs },
      })
      edges.push({
        id: `${group.id} ${id}`,
        type: 'pipe',
        source: group.id,
        sourceHandle: 'out',
        target: id,
        targetHandle: group.id,
        data: { how: group.how },
      })
    }
    top += height
  }
  return { nodes, edges, height: top }
}
