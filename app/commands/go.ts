/** Going from view to view. */
import { go, plainRoute } from '../route.ts'
import { showPalette } from '../store/session.ts'
import { views } from '../views.ts'
import { type Command, command } from './command.ts'

/** A command for each view that has a place in the rail. */
const toViews: readonly Command[] = views.flatMap((view) => {
  const { name, scope, rail } = view
  if (!rail) return []
  return command({
    id: `go.${name}`,
    group: 'go',
    label: (w) => w.go.to(rail.words(w).label),
    shortcut: `Alt+${rail.place}`,
    when: ({ project }) => scope === 'app' || project !== null,
    run: ({ project }) => {
      const route = plainRoute(view, project)
      if (route) go(route)
    },
  })
})

export const goCommands: readonly Command[] = [
  command({
    id: 'go.find',
    group: 'go',
    label: (w) => w.go.find,
    shortcut: 'Mod+K',
    run: () => showPalette('commands'),
  }),
  ...toViews,
]
