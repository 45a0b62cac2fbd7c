/** Dragging a datatype of a system onto a concept. */
import { type DragEvent, useState } from 'react'
import { useProject } from '../../store/project/project.ts'

/** A datatype of a system. */
export interface DatatypePlace {
  readonly system: string
  readonly datatype: string
}

const dragType = 'application/x-pipewright-datatype'

/** Begins to drag a datatype. */
export function dragDatatype(event: DragEvent, place: DatatypePlace): void {
  event.dataTransfer.effectAllowed = 'link'
  event.dataTransfer.setData(dragType, JSON.stringify([place.system, place.datatype]))
}

function isDatatype(event: DragEvent): boolean {
  return event.dataTransfer.types.includes(dragType)
}

/** The datatype that was dropped; null for anything else. */
function droppedDatatype(event: DragEvent): DatatypePlace | null {
  const text = event.dataTransfer.getData(dragType)
  if (text === '') return null
  const read: unknown = JSON.parse(text)
  const [system, datatype]: unknown[] = Array.isArray(read) ? read : []
  return typeof system === 'string' && typeof datatype === 'string' ? { system, datatype } : null
}

interface DatatypeDrop {
  /** Whether a datatype is above it. */
  readonly over: boolean
  readonly handlers: {
    readonly onDragOver: (event: DragEvent) => void
    readonly onDragLeave: () => void
    readonly onDrop: (event: DragEvent) => void
  }
}

/** A place that datatypes can be dropped on, unless the project can only be read. The innermost place takes them. */
export function useDatatypeDrop(onDatatype: (place: DatatypePlace) => void): DatatypeDrop {
  const readOnly = useProject((state) => state.readOnly)
  const [over, setOver] = useState(false)
  const preventDefault = (event: DragEvent) => {
    event.preventDefault()
    event.stopPropagation()
  }
  return {
    over,
    handlers: {
      onDragOver: (event) => {
        if (!isDatatype(event) || readOnly) return
        preventDefault(event)
        setOver(true)
      },
      onDragLeave: () => setOver(false),
      onDrop: (event) => {
        setOver(false)
        const place = droppedDatatype(event)
        if (place === null) return
        preventDefault(event)
        onDatatype(place)
      },
    },
  }
}
