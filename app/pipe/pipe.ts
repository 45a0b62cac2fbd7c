/** The open pipe and its edits; cards, forms, mapping and text change it through here, so every edit shows in all. */
import { createContext, useContext, useLayoutEffect } from 'react'
import { create } from 'zustand'
import {
  type Component,
  componentById,
  componentValue,
  type Json,
  type JsonObject,
  type JsonPath,
  type Project,
} from '../../engine-worker/index.ts'
import { useContent, useProject } from '../store/project/project.ts'
import { valueAtPath } from './json-edits.ts'

/** The `_id` of the pipe (or system, or node metadata) that the forms around a component are about. */
export const PipeContext = createContext('')

/** Configuration that is part of no component, such as an expression of a model: forms around it read and change it. */
interface Draft {
  readonly value: JsonObject
  readonly change: (label: string, value: JsonObject, gesture: string | null) => void
}

/** Configurations that are edited outside of the project, by pipe. */
export const useDrafts = create<Readonly<Record<string, Draft>>>(() => ({}))

/** Makes forms below a {@link PipeContext} of this id edit the draft, for as long as the component is mounted. */
export function useDraft(id: string, draft: Draft): void {
  useLayoutEffect(() => {
    useDrafts.setState({ [id]: draft })
    return () => {
      useDrafts.setState((drafts) => Object.fromEntries(Object.entries(drafts).filter(([name]) => name !== id)), true)
    }
  }, [id, draft])
}

/** The value of the pipe around this component. */
export function usePipe(): { readonly id: string; readonly value: JsonObject; readonly readOnly: boolean } {
  const id = useContext(PipeContext)
  const component = componentToEdit(useContent(), id)
  const draft = useDrafts((drafts) => drafts[id])
  const readOnly = useProject((state) => state.readOnly)
  return { id, value: draft?.value ?? (component ? componentValue(component) : emptyObject), readOnly }
}

const emptyObject: JsonObject = {}

/** A pipe goes first where a system has the same `_id`. */
export function componentToEdit(content: Project, id: string): Component | undefined {
  return componentById(content, id, 'pipe') ?? componentById(content, id)
}

/** The value at a place of the pipe. */
export function usePlace(path: JsonPath): Json | undefined {
  return valueAtPath(usePipe().value, path)
}
