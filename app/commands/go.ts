/** Going from view to view. */
import { go, plainRoute } from '../route.ts'
import { showPalette } from '../store/session.ts'
import { views } from '../views.ts'
import { type AppCommand, appCommand } from './command.ts'

/** A command for each view that has a place in the rail. */
const toViews: readonly AppCommand[] = views.flatMap((view) => {
  const { name, scope, rail } = view
  if (!rail) return []
  return appCommand({
    id: `go.${name}`,
    group: 'go',
    label: (w) => w.go.to(rail.words(w).label),
    shortcut: `Alt+${rail.digit}`,
    when: ({ project }) => scope === 'app' || project !== null,
    run: ({ project }) => {
      const route = plainRoute(view, project)
      if (route) go(route)
    },
  })
})

export const goCommands: readonly AppCommand[] = [
  appCommand({
    id: 'go.find',
    group: 'go',
    label: (w) => w.go.find,
    shortcut: 'Mod+K',
    run: () => showPalette('commands'),
  }),
  appCommand({
    id: 'go.search',
    group: 'go',
    label: (w) => w.go.search,
    shortcut: 'Mod+Shift+F',
    when: ({ project }) => project !== null,
    run: ({ project }) => {
      if (project !== null) go({ at: 'search', project, query: null, picks: null, dataset: null, entity: null })
    },
  }),
  appCommand({
    id: 'go.subscription',
    group: 'go',
    label: (w) => w.go.to(w.views.subscription.label),
    when: ({ project }) => project !== null,
    run: ({ project }) => {
      if (project !== null) go({ at: 'subscription', project, section: null, environment: null })
    },
  }),
  ...toViews,
]
