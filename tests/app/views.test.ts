/** What is derived from the declarations of views. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { goCommands } from '../../app/commands/go.ts'
import { en } from '../../app/i18n/en.ts'
import { nb } from '../../app/i18n/nb.ts'
import { href, parseRoute, plainRoute } from '../../app/route.ts'
import { views } from '../../app/views.ts'

const folder = join(import.meta.dirname, '../../app/views')

describe('the views', () => {
  it('are the folders, each with its declaration', () => {
    const folders = readdirSync(folder, { withFileTypes: true }).map((entry) => entry.name)
    expect(views).toHaveLength(folders.length)
    expect(new Set(views.map(({ name }) => name)).size).toBe(views.length)
  })

  it('have an address of their own, which is read as it is written', () => {
    for (const view of views) {
      const route = plainRoute(view, 'some project')
      if (!route) expect(view.required, view.name).toBeDefined()
      else expect(parseRoute(href(route)), view.name).toEqual(route)
    }
  })

  it('have words in every language, a shortcut and a command where they stand in the rail', () => {
    const inRail = views.flatMap(({ name, rail }) => (rail ? [{ name, ...rail }] : []))
    expect(inRail.map(({ place }) => place)).toEqual(inRail.map((_, at) => at))
    expect(inRail.map(({ digit }) => digit).toSorted()).toEqual(inRail.map((_, at) => at))
    for (const { name, digit, words } of inRail) {
      for (const w of [en, nb]) {
        expect(words(w).label, name).not.toBe('')
        expect(words(w).says, name).not.toBe('')
      }
      expect(goCommands.find(({ id }) => id === `go.${name}`)?.shortcut).toBe(`Alt+${digit}`)
    }
  })

  it('load their components when they are shown, not with their declarations', () => {
    for (const name of readdirSync(folder)) {
      const text = readFileSync(join(folder, name, 'view.ts'), 'utf8')
      const imported = [...text.matchAll(/^import .* from '([^']+)'/gm)].map(([, from]) => from)
      expect(
        imported.filter((from) => from !== 'lucide-react' && !from?.endsWith('/view-declaration.ts')),
        name,
      ).toEqual([])
    }
  })
})
