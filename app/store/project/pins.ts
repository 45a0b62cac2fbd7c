/**
 * Entities pinned behind stages of pipes: previews go on with them in the place of what really comes. They belong to this
 * browser and to no configuration; no run reads them.
 */
import { create } from 'zustand'
import type { Pins } from '../../../engine-worker/index.ts'
import { disk } from '../disk/disk.ts'
import { useProject } from './project.ts'

/** Pins of the open project by pipe. */
export const usePins = create<Readonly<Record<string, Pins>>>(() => ({}))

/** Reads the pins of a project that is being opened. */
export async function openPins(project: string): Promise<void> {
  usePins.setState(await disk.pins(project), true)
}

/** Pins entities (JSON texts) behind a stage of a pipe; none takes those that were there away. */
export async function setPins(pipe: string, stage: string, entities: readonly string[]): Promise<void> {
  const { id } = useProject.getState()
  if (id === null) return
  const before = usePins.getState()[pipe] ?? {}
  const others = Object.entries(before).filter(([name]) => name !== stage)
  const pins = Object.fromEntries(entities.length > 0 ? [...others, [stage, entities]] : others)
  usePins.setState({ [pipe]: pins })
  await disk.setPins(id, pipe, pins)
}
