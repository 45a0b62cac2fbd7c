/**
 * Commands that only a view on screen can carry out (add a step, fit the canvas): the view offers them while it is
 * mounted, and the list, the palette and the shortcuts find them here.
 */
import { useEffect, useRef } from 'react'
import { create } from 'zustand'

type Offer = () => void | Promise<void>

const useOffers = create<{ readonly offers: ReadonlyMap<string, Offer> }>(() => ({ offers: new Map() }))

/** Offers to carry out commands, by id, for as long as the component is mounted. */
export function useViewHandlers(offers: Readonly<Record<string, Offer>>): void {
  const latest = useRef(offers)
  latest.current = offers
  const ids = Object.keys(offers).sort().join(' ')
  useEffect(() => {
    const mine = ids.split(' ').filter(Boolean)
    const entries = mine.map((id): [string, Offer] => [id, () => latest.current[id]?.()])
    useOffers.setState((state) => ({ offers: new Map([...state.offers, ...entries]) }))
    return () =>
      useOffers.setState((state) => ({
        offers: new Map(
          [...state.offers].filter(([id, offer]) => entries.every((entry) => entry[0] !== id || entry[1] !== offer)),
        ),
      }))
  }, [ids])
}

/** The ids that are offered now, for components. */
export function useHandledCommands(): ReadonlyMap<string, Offer> {
  return useOffers((state) => state.offers)
}

/** The ids that are offered now. */
export function offered(): ReadonlySet<string> {
  return new Set(useOffers.getState().offers.keys())
}

/** Carries out a command that a view has offered. */
export function take(id: string): void | Promise<void> {
  return useOffers.getState().offers.get(id)?.()
}
