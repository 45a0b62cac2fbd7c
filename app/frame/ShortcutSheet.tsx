import type { CommandGroup } from '../commands/command.ts'
import { commands } from '../commands/list.ts'
import { useWords } from '../i18n/i18n.ts'
import { showPalette, useSession } from '../store/session.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Keys } from '../ui/Keys.tsx'

const groups: readonly CommandGroup[] = ['go', 'run', 'edit', 'project', 'canvas', 'view', 'help']

/** All shortcuts, from the one list of commands. */
export function ShortcutSheet() {
  const w = useWords()
  const open = useSession((state) => state.palette === 'shortcuts')
  return (
    <Dialog open={open} onClose={() => showPalette('closed')} title={w.shortcuts.title} wide>
      <div className="gap-8 sm:columns-2">
        {groups.map((group) => {
          const shown = commands.filter((command) => command.group === group && command.shortcut !== undefined)
          return shown.length === 0 ? null : (
            <section key={group} className="mb-4 break-inside-avoid">
              <h3 className="eyebrow mb-1">{w.shortcuts.groups[group]}</h3>
              <dl>
                {shown.map((command) => (
                  <div key={command.id} className="flex items-center justify-between gap-4 border-b border-line py-1">
                    <dt>{command.label(w)}</dt>
                    <dd>
                      <Keys of={command.shortcut ?? ''} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        })}
      </div>
    </Dialog>
  )
}
