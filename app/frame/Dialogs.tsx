import type { Route } from '../route.ts'
import { ExportDialog } from './ExportDialog.tsx'
import { Palette } from './Palette.tsx'
import { RenameDialog } from './RenameDialog.tsx'
import { ServerDialog } from './ServerDialog.tsx'
import { ServersDialog } from './ServersDialog.tsx'
import { ShareDialog } from './ShareDialog.tsx'
import { ShortcutSheet } from './ShortcutSheet.tsx'
import { UnsavedDialog } from './UnsavedDialog.tsx'
import { VersionDialog } from './VersionDialog.tsx'

/** The dialogs that any view can open, and the palette; each shows itself while it is open. */
export function Dialogs({ route }: { readonly route: Route }) {
  return (
    <>
      <Palette />
      <ShortcutSheet />
      <ExportDialog />
      <ShareDialog />
      <RenameDialog />
      <VersionDialog />
      <ServerDialog />
      <ServersDialog />
      <UnsavedDialog route={route} />
    </>
  )
}
