/** What is dragged on the Pipe canvas: a step or stage to another place, or a property to where it should go. */

import type { DragEvent } from 'react'
import type { JsonPath } from '../../engine-worker/index.ts'

const stepType = 'application/x-pipewright-step'
const stageType = 'application/x-pipewright-stage'
const propertyType = 'application/x-pipewright-property'

/** Starts to drag a step. */
export function dragStep(event: DragEvent, path: JsonPath): void {
  event.stopPropagation()
  event.dataTransfer.setData(stepType, JSON.stringify(path))
  event.dataTransfer.effectAllowed = 'move'
}

/** Starts to drag a transform, by its place among the transforms. */
export function dragStage(event: DragEvent, place: number): void {
  event.dataTransfer.setData(stageType, String(place))
  event.dataTransfer.effectAllowed = 'move'
}

/** Whether a transform is dragged. */
export function isStage(event: DragEvent): boolean {
  return event.dataTransfer.types.includes(stageType)
}

/** The place of the transform that was dropped, or null. */
export function droppedStage(event: DragEvent): number | null {
  const text = event.dataTransfer.getData(stageType)
  return text === '' ? null : Number(text)
}

/** Starts to drag a property of the source, as the path string that reads it. */
export function dragProperty(event: DragEvent, expression: string): void {
  event.stopPropagation()
  event.dataTransfer.setData(propertyType, expression)
  event.dataTransfer.setData('text/plain', expression)
  event.dataTransfer.effectAllowed = 'copy'
}

/** Whether something that a list of steps takes is dragged over it. */
export function isForSteps(event: DragEvent): boolean {
  return event.dataTransfer.types.includes(stepType) || isProperty(event)
}

/** Whether a property is dragged. */
export function isProperty(event: DragEvent): boolean {
  return event.dataTransfer.types.includes(propertyType)
}

/** The step that was dropped, or null. */
export function droppedStep(event: DragEvent): JsonPath | null {
  const text = event.dataTransfer.getData(stepType)
  if (text === '') return null
  const path: unknown = JSON.parse(text)
  return Array.isArray(path) ? path : null
}

/** The property that was dropped, or null. */
export function droppedProperty(event: DragEvent): string | null {
  return event.dataTransfer.getData(propertyType) || null
}
