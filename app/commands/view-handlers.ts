/**
 * Commands that only a view on screen can carry out (add a step, fit the canvas): the view gives their handlers
 * while it is mounted, and the list, the palette and the shortcuts find them here.
 */
import { useEffect, useRef } from 'react'
import { create } from 'zustand'

type ViewHandler = () => void | Promise<void>

const useHandlerStore = create<{ readonly handlers: ReadonlyMap<string, ViewHandler> }>(() => ({ handlers: new Map() }))

/** Handles commands, by id, for as long as the component is mounted. */
export function useViewHandlers(handlers: Readonly<Record<string, ViewHandler>>): void {
  const latest = useRef(handlers)
  latest.current = handlers
  const ids = Object.keys(handlers).sort().join(' ')
  useEffect(() => {
    const ownIds = ids.split(' ').filter(Boolean)
    const entries = ownIds.map((id): [string, ViewHandler] => [id, () => latest.current[id]?.()])
    useHandlerStore.setState((state) => ({ handlers: new Map([...state.handlers, ...entries]) }))
    return () =>
      useHandlerStore.setState((state) => ({
        handlers: new Map(
          [...state.handlers].filter(([id, handler]) =>
            entries.every((entry) => entry[0] !== id || entry[1] !== handler),
          ),
        ),
      }))
  }, [ids])
}

/** The handlers of the view on screen by command, for components. */
export function useHandledCommands(): ReadonlyMap<string, ViewHandler> {
  return useHandlerStore((state) => state.handlers)
}

/** The commands that the view on screen handles. */
export function handledCommandIds(): ReadonlySet<string> {
  return new Set(useHandlerStore.getState().handlers.keys())
}

/** Runs the handler that the view on screen has for a command; nothing where it has none. */
export function invokeViewHandler(id: string): void | Promise<void> {
  return useHandlerStore.getState().handlers.get(id)?.()
}
