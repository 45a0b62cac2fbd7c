import { ArrowDownToLine, ArrowUpFromLine, GitCompare, KeyRound, Laptop, Server } from 'lucide-react'
import { useMemo } from 'react'
import { currentWords, useWords } from '../i18n/i18n.ts'
import { go } from '../route.ts'
import { useDialogs } from '../store/dialogs.ts'
import { failureText } from '../store/failure.ts'
import { useProject } from '../store/project/project.ts'
import { shortAddress } from '../store/server/address.ts'
import { disconnectFromServer, mergeServerChanges, pushEdits, sameFiles } from '../store/server/exchange.ts'
import { useServerPlace } from '../store/server/place.ts'
import { toast } from '../store/toasts.ts'
import { classes } from '../ui/classes.ts'
import { Menu } from '../ui/Menu.tsx'

/** The server that the open project is on, how the connection stands, and what can be exchanged with it. */
export function PlaceMenu({ project, address }: { readonly project: string; readonly address: string }) {
  const w = useWords().connected
  const state = useServerPlace((place) => place.state)
  const failure = useServerPlace((place) => place.failure)
  const conflict = useServerPlace((place) => place.conflict)
  const content = useProject((each) => each.document.content)
  const baseline = useProject((each) => each.baseline)
  const unpushed = useMemo(() => !sameFiles(content, baseline), [content, baseline])
  const isFine = state === 'connected'
  const says = [w.menu(address), w.states[state], ...(unpushed ? [w.unpushed] : []), ...(failure ? [failure] : [])]
  return (
    <Menu
      heading={shortAddress(address)}
      groups={[
        [
          {
            id: 'push',
            label: w.pushNow,
            icon: <ArrowUpFromLine size={14} aria-hidden />,
            disabled: !isFine || !unpushed,
            onSelect: () => void runOrToast(pushAndToast),
          },
          {
            id: 'pull',
            label: w.pullNow,
            icon: <ArrowDownToLine size={14} aria-hidden />,
            disabled: !isFine,
            onSelect: () => void runOrToast(pullAndMerge),
          },
          {
            id: 'compare',
            label: w.compare,
            icon: <GitCompare size={14} aria-hidden />,
            onSelect: () => go({ at: 'deploy', project }),
          },
        ],
        [
          {
            id: 'token',
            label: w.newToken,
            icon: <KeyRound size={14} aria-hidden />,
            onSelect: () => useDialogs.setState({ open: 'server' }),
          },
          {
            id: 'leave',
            label: w.leave,
            icon: <Laptop size={14} aria-hidden />,
            onSelect: () => void runOrToast(disconnect),
          },
        ],
      ]}
      trigger={
        <button
          type="button"
          aria-label={says.join(', ')}
          title={says.join('\n')}
          className={classes(
            'inline-flex h-5 min-w-0 items-center gap-1.5 rounded-full border px-2 text-tiny hover:bg-hover',
            conflict || state === 'lost' || state === 'refused' ? 'border-bad text-bad' : 'border-line text-ink-soft',
          )}
        >
          <Server size={11} aria-hidden className="shrink-0" />
          <span className="truncate">{w.chip(shortAddress(address))}</span>
          {!isFine && <span className="whitespace-nowrap">· {w.states[state]}</span>}
          {unpushed && <ArrowUpFromLine size={11} aria-hidden className="shrink-0 text-warn" />}
        </button>
      }
    />
  )
}

async function runOrToast(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    toast(failureText(error), 'bad')
  }
}

async function pushAndToast(): Promise<void> {
  const how = await pushEdits()
  const w = currentWords().connected
  if (how === 'conflict') toast(w.conflict(null), 'bad')
  else toast(how === 'pushed' ? w.pushed : w.nothingToPush)
}

async function pullAndMerge(): Promise<void> {
  const { revision } = useServerPlace.getState()
  await mergeServerChanges(null)
  if (useServerPlace.getState().revision === revision && !useServerPlace.getState().conflict)
    toast(currentWords().connected.upToDate)
}

async function disconnect(): Promise<void> {
  await disconnectFromServer()
  toast(currentWords().connected.left)
}
