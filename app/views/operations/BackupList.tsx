import { Archive, Download, FileUp, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import type { RequestOf } from '../../../engine-worker/index.ts'
import { ask } from '../../store/engine/open-project.ts'
import { downloadBackup, restoreData } from '../../store/project/safety.ts'
import { toast } from '../../store/toasts.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { FileInput } from '../../ui/FileInput.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Switch } from '../../ui/Switch.tsx'
import type { SafetyPartProps } from './CopyPlace.tsx'
import { useDurableWords } from './durable-words.ts'

interface BackupListProps extends SafetyPartProps {
  readonly onDaily: (daily: boolean) => void
  /** The last restore of which the datasets know. */
  readonly restored: string | null
}

/** What a restore was asked for, until it is confirmed. */
interface RestoreQuestion {
  readonly name: string
  readonly from: RequestOf<'restoreBackup'>
}

/** The backups, newest first: made now or every day, downloaded, deleted, restored after a question. */
export function BackupList({ state, isBlocked, work, onDaily, restored }: BackupListProps) {
  const w = useDurableWords().durable
  const [question, setQuestion] = useState<RestoreQuestion | null>(null)
  const file = useRef<HTMLInputElement | null>(null)
  const isServer = state.place.kind === 'server'
  const restoreFrom = (from: RestoreQuestion['from']): Promise<void> =>
    work(async () => {
      const { datasets, before } = await restoreData(from)
      toast(w.restored(datasets), 'good', { label: w.back, run: () => void restoreFrom({ id: before }) })
    })
  return (
    <section aria-label={w.backupsTitle}>
      <div className="mb-1 flex items-center gap-2">
        <h3 className="eyebrow flex-1">{w.backupsTitle}</h3>
        {state.canRestore && (
          <Button
            small
            icon={<FileUp size={14} aria-hidden />}
            disabled={isBlocked}
            onClick={() => file.current?.click()}
          >
            {w.fromFile}
          </Button>
        )}
        <Button
          small
          icon={<Archive size={14} aria-hidden />}
          disabled={isBlocked}
          onClick={() =>
            void work(async () => {
              await ask('makeBackup', null)
              toast(w.made)
            })
          }
        >
          {w.now}
        </Button>
      </div>
      <FileInput
        ref={file}
        accept=".pwbackup"
        testId="backup-file"
        onFiles={([given]) => given && setQuestion({ name: w.file(given.name), from: { file: given } })}
      />
      {!isServer && (
        <div className="flex items-center gap-2">
          <Switch label={w.daily} checked={state.isDaily} onChange={onDaily} />
          <span>{w.daily}.</span>
          <span className="text-ink-soft">{w.rule}</span>
        </div>
      )}
      {state.backups.length === 0 && <p className="mt-2 text-ink-soft">{w.noBackups}</p>}
      <ul className="mt-1 max-h-56 overflow-auto">
        {state.backups.toReversed().map(({ id, created, bytes }) => {
          const when = new Date(created).toLocaleString()
          return (
            <li key={id} className="flex items-center gap-2 border-line border-b py-1 last:border-b-0">
              <span className="min-w-0 flex-1 truncate">{when}</span>
              <span className="text-ink-soft text-tiny">{w.bytes(bytes)}</span>
              {state.canRestore && (
                <>
                  <Button
                    small
                    disabled={isBlocked}
                    aria-label={w.restoreOf(when)}
                    onClick={() => setQuestion({ name: when, from: { id } })}
                  >
                    {w.restore}
                  </Button>
                  <IconButton
                    label={w.download(when)}
                    disabled={isBlocked}
                    onClick={() => void work(() => downloadBackup(id))}
                  >
                    <Download size={14} aria-hidden />
                  </IconButton>
                </>
              )}
              <IconButton
                label={w.remove(when)}
                disabled={isBlocked}
                onClick={() => void work(() => ask('removeBackup', id))}
              >
                <Trash2 size={14} aria-hidden />
              </IconButton>
            </li>
          )
        })}
      </ul>
      {restored !== null && <p className="mt-2 text-ink-soft">{w.wasRestored(restored)}</p>}
      {isServer && <p className="mt-2 text-ink-soft">{w.byCommand}</p>}
      {question && (
        <ConfirmRestore
          name={question.name}
          onClose={() => setQuestion(null)}
          onConfirm={() => {
            setQuestion(null)
            void restoreFrom(question.from)
          }}
        />
      )}
    </section>
  )
}

interface ConfirmRestoreProps {
  readonly name: string
  readonly onClose: () => void
  readonly onConfirm: () => void
}

/** What a restore replaces, before it does. */
function ConfirmRestore({ name, onClose, onConfirm }: ConfirmRestoreProps) {
  const w = useDurableWords()
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.durable.confirmTitle(name)}
      says={w.durable.confirm}
      footer={
        <>
          <Button onClick={onClose}>{w.common.cancel}</Button>
          <Button look="danger" onClick={onConfirm}>
            {w.durable.confirmDo}
          </Button>
        </>
      }
    />
  )
}
