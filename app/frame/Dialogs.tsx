import type { ComponentType } from 'react'
import { projectOfRoute, type Route } from '../route.ts'
import { type DialogName, useDialogs } from '../store/dialogs.ts'
import { lazyComponent } from '../ui/lazy.tsx'
import { Palette } from './Palette.tsx'
import { ServersDialog } from './ServersDialog.tsx'
import { ShortcutSheet } from './ShortcutSheet.tsx'
import { UnsavedDialog } from './UnsavedDialog.tsx'

/** Dialogs whose code is fetched when they are first opened. */
const lazyDialogs: readonly (readonly [DialogName, ComponentType<object>])[] = [
  ['export', lazyComponent(async () => (await import('./ExportDialog.tsx')).ExportDialog)],
  ['share', lazyComponent(async () => (await import('./ShareDialog.tsx')).ShareDialog)],
  ['rename', lazyComponent(async () => (await import('./RenameDialog.tsx')).RenameDialog)],
  ['version', lazyComponent(async () => (await import('./VersionDialog.tsx')).VersionDialog)],
  ['server', lazyComponent(async () => (await import('./ServerDialog.tsx')).ServerDialog)],
]

const DayReminder = lazyComponent(async () => (await import('./DayReminder.tsx')).DayReminder)

/** The dialogs that any view can open, and the palette; each shows itself while it is open. What comes later than the frame is here too. */
export function Dialogs({ route }: { readonly route: Route }) {
  const open = useDialogs((state) => state.open)
  const project = projectOfRoute(route)
  return (
    <>
      <Palette />
      <ShortcutSheet />
      {lazyDialogs.map(([name, Dialog]) => open === name && <Dialog key={name} />)}
      <ServersDialog />
      <UnsavedDialog route={route} />
      {project !== null && <DayReminder project={project} at={route.at} />}
    </>
  )
}
