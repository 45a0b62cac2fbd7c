import { useState } from 'react'
import { TextDiff } from '../../data/TextDiff.tsx'
import { useWords } from '../../i18n/i18n.ts'
import { ChoiceList } from '../../ui/ChoiceList.tsx'
import { classes } from '../../ui/classes.ts'
import type { Change } from './changes.ts'

const changeSigns = { added: '+', changed: '~', removed: '−' } as const
const changeColours = { added: 'text-good', changed: 'text-warn', removed: 'text-bad' } as const

/** The files that differ, and how the chosen one does. */
export function Changes({ changes }: { readonly changes: readonly Change[] }) {
  const w = useWords()
  const [path, setPath] = useState<string | null>(null)
  const shown = changes.find((change) => change.path === path) ?? changes[0]
  return (
    <div className="flex min-h-0 flex-1">
      <ChoiceList
        label={w.deploy.files}
        items={changes}
        keyOf={({ path }) => path}
        chosen={shown}
        onChoose={(change) => setPath(change.path)}
      >
        {(change) => (
          <>
            <span className={classes('mono w-3', changeColours[change.kind])}>
              <span aria-hidden>{changeSigns[change.kind]}</span>
              <span className="sr-only">{w.deploy.kinds[change.kind]}</span>
            </span>
            <span className="min-w-0 flex-1 break-all">{change.path}</span>
          </>
        )}
      </ChoiceList>
      {shown && (
        <div className="flex min-h-0 min-w-0 flex-1 flex-col overflow-auto bg-surface">
          <TextDiff before={shown.before} after={shown.after} label={shown.path} />
        </div>
      )}
    </div>
  )
}
