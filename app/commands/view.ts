/** How the app looks. */

import { languages } from '../i18n/i18n.ts'
import { setPanels, showPalette, useSession } from '../store/session.ts'
import { setSettings, type Theme, useSettings } from '../store/settings.ts'
import { type AppCommand, appCommand } from './command.ts'

const theme = (value: Theme): AppCommand =>
  appCommand({
    id: `view.theme.${value}`,
    group: 'view',
    label: (w) => w.theme.use(w.theme[value]),
    keywords: 'colour color mode',
    run: () => setSettings({ theme: value }),
  })

export const viewCommands: readonly AppCommand[] = [
  appCommand({
    id: 'view.inspector',
    group: 'view',
    label: (w) => w.view.inspector,
    shortcut: 'Mod+I',
    when: ({ project }) => project !== null,
    run: () => setPanels({ inspectorOpen: !useSession.getState().inspectorOpen }),
  }),
  appCommand({
    id: 'view.dock',
    group: 'view',
    label: (w) => w.view.dock,
    shortcut: 'Mod+J',
    when: ({ project }) => project !== null,
    run: () => setPanels({ dockOpen: !useSession.getState().dockOpen }),
  }),
  appCommand({
    id: 'view.values',
    group: 'view',
    label: (w) => w.view.rawValues,
    keywords: 'raw transit json',
    run: () => setSettings({ values: useSettings.getState().values === 'raw' ? 'human' : 'raw' }),
  }),
  theme('light'),
  theme('dark'),
  theme('system'),
  ...languages.map(({ id, name }) =>
    appCommand({
      id: `view.language.${id}`,
      group: 'view',
      label: (w) => w.view.language(name),
      keywords: 'language språk',
      run: () => setSettings({ language: id }),
    }),
  ),
]

export const helpCommands: readonly AppCommand[] = [
  appCommand({
    id: 'help.shortcuts',
    group: 'help',
    label: (w) => w.shortcuts.title,
    shortcut: '?',
    run: () => showPalette('shortcuts'),
  }),
]
