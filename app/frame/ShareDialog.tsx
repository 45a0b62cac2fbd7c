import { Copy } from 'lucide-react'
import { useId, useMemo, useState } from 'react'
import { useWords } from '../i18n/i18n.ts'
import { useDeclared } from '../store/catalogue.ts'
import { copyToClipboard } from '../store/clipboard.ts'
import { closeDialog, useDialogs } from '../store/dialogs.ts'
import { shareLink } from '../store/project/exports.ts'
import { useProject } from '../store/project/project.ts'
import { toast } from '../store/toasts.ts'
import { useQuery } from '../store/use-query.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'

/** Longer links are cut by some chat and mail programs. */
const longLink = 8_000

/** The dialog that shares the open project by link. */
export function ShareDialog() {
  const open = useDialogs((state) => state.open === 'share')
  const inProject = useProject((state) => state.id !== null)
  return open && inProject ? <Sharing /> : null
}

function Sharing() {
  const w = useWords()
  const id = useId()
  const [data, setData] = useState(false)
  /** Whether values that may be secret are included; asked where there are any. */
  const [possible, setPossible] = useState<'ask' | 'goes' | 'stays'>('ask')
  const catalogue = useDeclared()
  const { content, name } = useProject((state) => state.document)
  const request = useMemo(
    () => catalogue && { content, name, options: { data, withoutPossible: possible === 'stays', catalogue } },
    [content, name, data, possible, catalogue],
  )
  const { value: link } = useQuery(
    request,
    async () => (request ? await shareLink(request.content, request.name, request.options) : null),
    // A link that was made otherwise may hold what is to be left out.
    { about: request, onFailure: (text) => toast(text, 'bad') },
  )
  const ask = possible === 'ask' && link !== null && link.suspects.length > 0
  const ready = ask ? null : link
  const copy = async () => {
    if (await copyToClipboard(ready?.link ?? '', w.sharing.copied)) closeDialog()
  }
  return (
    <Dialog
      open
      onClose={closeDialog}
      title={w.sharing.title}
      says={w.sharing.says}
      footer={
        <>
          <Button onClick={() => useDialogs.setState({ open: 'export' })}>{w.project.export}</Button>
          <Button
            look="main"
            disabled={ready === null}
            icon={<Copy size={14} aria-hidden />}
            onClick={() => void copy()}
          >
            {w.sharing.copy}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div>
          <label className="flex cursor-pointer items-start gap-3">
            <input
              type="checkbox"
              className="mt-1 accent-accent"
              checked={data}
              onChange={(event) => {
                setData(event.currentTarget.checked)
                setPossible('ask')
              }}
            />
            <span>
              <span className="block font-semibold">{w.sharing.data}</span>
              <span className="block text-ink-soft">{w.sharing.dataSays}</span>
            </span>
          </label>
        </div>
        {ask && (
          <div role="group" aria-label={w.sharing.suspects(link.suspects.length)} className="flex flex-col gap-2">
            <Names title={w.sharing.suspects} findings={link.suspects} />
            <p className="text-ink-soft">{w.sharing.suspectsSays}</p>
            <div className="flex flex-wrap gap-2">
              <Button onClick={() => setPossible('stays')}>{w.sharing.leaveOut}</Button>
              <Button onClick={() => setPossible('goes')}>{w.sharing.takeAlong}</Button>
            </div>
          </div>
        )}
        {ready && (
          <>
            <div className="flex flex-col gap-1">
              <label htmlFor={id} className="font-semibold">
                {w.sharing.link}
              </label>
              <input
                id={id}
                readOnly
                value={ready.link}
                onFocus={(event) => event.currentTarget.select()}
                className="h-8 w-full rounded-md border border-line bg-sunken px-2 font-mono text-ink-soft"
              />
              <p className={ready.link.length > longLink ? 'text-warn' : 'text-ink-soft'}>
                {w.sharing.characters(ready.link.length)} {ready.link.length > longLink && w.sharing.long}
              </p>
            </div>
            <Names title={w.sharing.leftOut} findings={ready.leftOut} />
            <Names title={w.sharing.suspectsGo} findings={ready.suspects} />
            <Names title={w.sharing.embedded} findings={ready.embedded.map((of) => ({ of, name: '' }))} />
          </>
        )}
      </div>
    </Dialog>
  )
}

interface NamesProps {
  readonly title: (n: number) => string
  readonly findings: readonly { readonly of: string; readonly name: string }[]
}

/** A note to read before sharing, with a list that scrolls when it is long. */
function Names({ title, findings }: NamesProps) {
  const names = [...new Set(findings.map(({ of, name }) => (name === '' ? of : `${of} · ${name}`)))]
  if (names.length === 0) return null
  return (
    <div>
      <p>{title(names.length)}</p>
      <ul tabIndex={0} aria-label={title(names.length)} className="mt-1 max-h-28 overflow-auto text-ink-soft">
        {names.map((name) => (
          <li key={name} className="break-all">
            {name}
          </li>
        ))}
      </ul>
    </div>
  )
}
