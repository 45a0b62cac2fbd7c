/** Dragging a datatype of a system onto a concept. */
import type { DragEvent } from 'react'

/** A datatype of a system. */
export interface DatatypePlace {
  readonly system: string
  readonly datatype: string
}

const type = 'application/x-pipewright-datatype'

/** Begins to drag a datatype. */
export function dragDatatype(event: DragEvent, place: DatatypePlace): void {
  event.dataTransfer.effectAllowed = 'link'
  event.dataTransfer.setData(type, JSON.stringify([place.system, place.datatype]))
}

/** Whether a datatype is dragged. */
export function isDatatype(event: DragEvent): boolean {
  return event.dataTransfer.types.includes(type)
}

/** The datatype that was dropped; null for anything else. */
export function droppedDatatype(event: DragEvent): DatatypePlace | null {
  const text = event.dataTransfer.getData(type)
  if (text === '') return null
  const read: unknown = JSON.parse(text)
  const [system, datatype]: unknown[] = Array.isArray(read) ? read : []
  return typeof system === 'string' && typeof datatype === 'string' ? { system, datatype } : null
}
