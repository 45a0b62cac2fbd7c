/** Going from view to view. */
import { go, type Route, type View } from '../route.ts'
import { showPalette } from '../store/session.ts'
import { type Command, command } from './command.ts'

/** The address of a view of a project. */
export function viewRoute(view: View, project: string): Route {
  switch (view) {
    case 'data':
      return { at: 'data', project, dataset: null, entity: null }
    case 'lineage':
      return { at: 'lineage', project, dataset: null, property: null }
    case 'dtl':
      return { at: 'dtl', project, name: null }
    default:
      return { at: view, project }
  }
}

const toView = (view: View, digit: number): Command =>
  command({
    id: `go.${view}`,
    group: 'go',
    label: (w) => w.go.to(w.views[view]),
    shortcut: `Alt+${digit}`,
    when: ({ project }) => project !== null,
    run: ({ project }) => {
      if (project !== null) go(viewRoute(view, project))
    },
  })

export const goCommands: readonly Command[] = [
  command({
    id: 'go.find',
    group: 'go',
    label: (w) => w.go.find,
    shortcut: 'Mod+K',
    run: () => showPalette('commands'),
  }),
  command({
    id: 'go.projects',
    group: 'go',
    label: (w) => w.go.to(w.views.projects),
    shortcut: 'Alt+0',
    run: () => go({ at: 'projects' }),
  }),
  toView('flow', 1),
  toView('data', 2),
  toView('runs', 3),
  toView('lineage', 4),
  toView('tests', 5),
  toView('deploy', 6),
  toView('dtl', 7),
]
