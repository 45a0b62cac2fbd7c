/** The static first screen, and the script that decides before the first paint how much of it is shown. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { shellMarkup } from '../../app/shell.tsx'

const boot = readFileSync(join(import.meta.dirname, '../../public/boot.js'), 'utf8')

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

interface PageVisit {
  readonly stored: string | null
  readonly language: string
  readonly dark: boolean
  readonly hash: string
}

/** The globals of a page during a visit; attributes of its root element are in `dataset`. */
function pageOf({ stored, language, dark, hash }: PageVisit) {
  const dataset: Record<string, string> = {}
  return {
    dataset,
    globals: {
      document: { documentElement: { dataset } },
      localStorage: { getItem: () => stored, setItem: () => undefined },
      matchMedia: () => ({ matches: dark, addEventListener: () => undefined }),
      navigator: { language },
      location: { hash },
      addEventListener: () => undefined,
    },
  }
}

describe('the first screen', () => {
  it('is the frame and the list of projects, inert and without projects', () => {
    const markup = shellMarkup()
    expect(markup).toMatch(/^(<link [^>]*>)?<div inert/)
    for (const text of ['<h1', 'Projects', 'New project', 'Docs']) expect(markup).toContain(text)
    expect(markup).not.toContain('Open a copy')
  })

  it('is shown in full only in English and at the list of projects', () => {
    const shownTheme = (visit: Partial<PageVisit>) => {
      const { dataset, globals } = pageOf({ stored: null, language: 'en-GB', dark: false, hash: '', ...visit })
      runInNewContext(boot, globals)
      return dataset.shell
    }
    expect(shownTheme({})).toBe('full')
    expect(shownTheme({ hash: '#/' })).toBe('full')
    expect(shownTheme({ hash: '#/p/1/flow' })).toBe('frame')
    expect(shownTheme({ language: 'nb-NO' })).toBe('frame')
    expect(shownTheme({ stored: '{"language":"nb"}' })).toBe('frame')
    expect(shownTheme({ stored: '{"language":"en"}', language: 'nb' })).toBe('full')
    expect(shownTheme({ stored: 'no JSON' })).toBe('full')
  })

  it('has the theme and the language that the settings will put into effect', async () => {
    const stored = [
      null,
      '{}',
      '{"theme":"dark"}',
      '{"theme":"light","language":"nb"}',
      '{"theme":"system"}',
      '[',
      'null',
    ]
    for (const dark of [false, true]) {
      for (const text of stored) {
        const visit = { stored: text, language: 'en', dark, hash: '' }
        const early = pageOf(visit)
        runInNewContext(boot, early.globals)
        const late = pageOf(visit)
        for (const [name, value] of Object.entries(late.globals)) vi.stubGlobal(name, value)
        vi.resetModules()
        const { startSettings, useSettings } = await import('../../app/store/settings.ts')
        await startSettings()
        expect([text, early.dataset.theme]).toEqual([text, late.dataset.theme])
        expect([text, early.dataset.shell === 'full']).toEqual([text, useSettings.getState().language === 'en'])
        vi.unstubAllGlobals()
      }
    }
  })
})
