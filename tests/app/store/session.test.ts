/** The state of this tab: stored in the right place, and nothing else is stored. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { dismissToast, toast, useToasts } from '../../../app/store/toasts.ts'

const stored = new Map<string, string>()

beforeEach(() => {
  stored.clear()
  vi.resetModules()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  })
})
afterEach(() => vi.unstubAllGlobals())

describe('the panels', () => {
  it('are at the next visit as they were left; selection and palette are not', async () => {
    const first = await import('../../../app/store/session.ts')
    first.setPanels({ inspectorWidth: 400, dockOpen: false })
    first.select(['pipe:a'])
    first.showPalette('commands')
    vi.resetModules()
    const { useSession } = await import('../../../app/store/session.ts')
    expect(useSession.getState()).toMatchObject({
      inspectorWidth: 400,
      dockOpen: false,
      selection: [],
      palette: 'closed',
    })
  })

  it('have their first sizes where what is stored is not of this kind', async () => {
    for (const text of ['[', 'null', '{"inspectorWidth":"wide","dockOpen":1}']) {
      stored.set('pipewright.panels', text)
      vi.resetModules()
      const { useSession } = await import('../../../app/store/session.ts')
      expect(useSession.getState()).toMatchObject({ inspectorWidth: 320, dockOpen: false })
    }
  })
})

describe('short messages', () => {
  it('are at most three, the latest last, and go one by one', () => {
    for (const text of ['1', '2', '3', '4']) toast(text)
    const { notes } = useToasts.getState()
    expect(notes.map(({ text }) => text)).toEqual(['2', '3', '4'])
    dismissToast(notes[1]?.id ?? 0)
    expect(useToasts.getState().notes.map(({ text }) => text)).toEqual(['2', '4'])
  })
})
