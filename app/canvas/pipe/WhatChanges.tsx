import { useState } from 'react'
import { componentById } from '../../../engine-worker/index.ts'
import { currentWords } from '../../i18n/i18n.ts'
import { count } from '../../i18n/numbers.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { requestPreview } from '../../store/engine/preview.ts'
import { failureText } from '../../store/failure.ts'
import { useContent, useProject } from '../../store/project/project.ts'
import { toast } from '../../store/toasts.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { type EntityChange, type OutputChange, outputChange } from './change.ts'
import { EntityJson } from './EntityJson.tsx'

/** Entities that both configurations are tried on. */
const sampleSize = 1000
const maxShown = 50

/** Shows what the edits since the import or last export change in the output of a pipe; nothing is written. */
export function WhatChanges({ pipe }: { readonly pipe: string }) {
  const w = usePipeWords()
  const now = componentById(useContent(), pipe, 'pipe')
  const baseline = useProject((state) => state.baseline)
  const before = componentById(baseline, pipe, 'pipe')
  const [found, setFound] = useState<OutputChange | null>(null)
  const [busy, setBusy] = useState(false)
  if (!now || !before || before.text === now.text) return null
  const compareOutputs = async () => {
    setBusy(true)
    try {
      const [old, fresh] = await Promise.all([outputOf(before.text), outputOf(now.text)])
      setFound(outputChange(old, fresh))
    } catch (error) {
      toast(failureText(error), 'bad')
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button small disabled={busy} onClick={() => void compareOutputs()}>
        {w.pipe.changes.ask}
      </Button>
      {found && (
        <Dialog
          open
          wide
          onClose={() => setFound(null)}
          title={w.pipe.changes.title(count(found.changed.length), count(found.of))}
          says={w.pipe.changes.says(count(sampleSize))}
        >
          <ul className="flex flex-col gap-3">
            {found.changed.slice(0, maxShown).map((change) => (
              <Change key={change.id} change={change} />
            ))}
          </ul>
          {found.changed.length > maxShown && (
            <p className="mt-2 text-ink-soft">{w.pipe.changes.more(count(found.changed.length - maxShown))}</p>
          )}
        </Dialog>
      )}
    </>
  )
}

function Change({ change: { id, before, after } }: { readonly change: EntityChange }) {
  const w = usePipeWords()
  return (
    <li className="overflow-hidden rounded-lg border border-line">
      <h3 className="border-b border-line bg-sunken px-3 py-1">
        <code>{id}</code>
        <span className="ml-2 text-ink-soft">
          {before === null ? w.pipe.changes.appears : after === null ? w.pipe.changes.disappears : ''}
        </span>
      </h3>
      <div className="grid grid-cols-2 divide-x divide-line">
        <div className="min-w-0 p-2">
          {before !== null && <EntityJson text={before} other={after} tone="bad" drags={false} />}
        </div>
        <div className="min-w-0 p-2">
          {after !== null && <EntityJson text={after} other={before} tone="good" drags={false} />}
        </div>
      </div>
    </li>
  )
}

/** What comes out of the last stage of a configuration, as it enters the sink. */
async function outputOf(pipe: string): Promise<readonly string[]> {
  const { stages, problems } = await requestPreview({ pipe, limit: sampleSize })
  const failed = problems.find(({ severity }) => severity === 'error')
  if (failed && stages.length === 0) throw new Error(currentWords().engine.message(failed))
  return stages.at(-1)?.entities ?? []
}
