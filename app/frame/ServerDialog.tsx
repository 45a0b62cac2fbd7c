import { useEffect, useState } from 'react'
import type { ServerInfo } from '../../engine-worker/index.ts'
import { currentWords, useWords } from '../i18n/i18n.ts'
import { go } from '../route.ts'
import { closeDialog, useDialogs } from '../store/dialogs.ts'
import { ask } from '../store/engine/open-project.ts'
import { useAllProblems } from '../store/engine/state.ts'
import { failureText } from '../store/failure.ts'
import { useProject } from '../store/project/project.ts'
import { startFollowing } from '../store/project/projects.ts'
import { addFromServer } from '../store/server/add.ts'
import { isTokenKept, rememberToken, serverAddress, tokenFor } from '../store/server/address.ts'
import { serverInfo } from '../store/server/calls.ts'
import { putOnServer } from '../store/server/exchange.ts'
import { connectAgain } from '../store/server/follow.ts'
import { useServerPlace } from '../store/server/place.ts'
import { toast } from '../store/toasts.ts'
import { useQuery } from '../store/use-query.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Checkbox, FormField, Input } from '../ui/Field.tsx'

/** Connects to a server: opens its project here, or puts the open project there. */
export function ServerDialog() {
  const open = useDialogs((state) => state.open === 'server')
  return open ? <OpenServerDialog /> : null
}

/** A server that has answered. */
interface FoundServer {
  readonly address: string
  readonly info: ServerInfo
}

function OpenServerDialog() {
  const w = useWords()
  const [found, setFound] = useState<FoundServer | null>(null)
  const place = useServerPlace((state) => state.address)
  if (found) return <FoundDialog found={found} onBack={() => setFound(null)} />
  return (
    <Dialog open onClose={closeDialog} title={w.connected.title} says={w.connected.says}>
      <AddressForm
        first={place}
        onFound={(server) => {
          if (server.address !== place) return setFound(server)
          // The project is there already: only the token was asked for.
          closeDialog()
          connectAgain()
        }}
      />
    </Dialog>
  )
}

/** The server that this page came from, where it is one: it says so with each file. */
async function ownServer(): Promise<string | null> {
  const response = await fetch('./build.txt').catch(() => null)
  return response?.headers.has('x-pipewright-server') ? new URL('.', document.baseURI).href.replace(/\/$/, '') : null
}

function AddressForm({
  first,
  onFound,
}: {
  readonly first: string | null
  readonly onFound: (server: FoundServer) => void
}) {
  const w = useWords().connected
  const [typed, setTyped] = useState(first ?? '')
  const [token, setToken] = useState('')
  const [keep, setKeep] = useState(first !== null && isTokenKept(first))
  const [checking, setChecking] = useState(false)
  const [failure, setFailure] = useState<{ readonly at: 'address' | 'token'; readonly text: string } | null>(null)
  useEffect(() => {
    if (first !== null) return
    void ownServer().then((own) => own !== null && setTyped((now) => now || own))
  }, [first])
  const address = serverAddress(typed)
  const known = address === null ? null : tokenFor(address)
  const checkServer = async () => {
    if (address === null) return setFailure({ at: 'address', text: w.addressWrong })
    const used = token.trim() || known
    if (used === null) return setFailure({ at: 'token', text: w.tokenMissing })
    setChecking(true)
    setFailure(null)
    try {
      const info = await serverInfo(address, used)
      rememberToken(address, used, keep)
      onFound({ address, info })
    } catch (error) {
      const isToken = error instanceof Error && 'kind' in error && (error.kind === 'token' || error.kind === 'roles')
      setFailure({ at: isToken ? 'token' : 'address', text: failureText(error) })
    } finally {
      setChecking(false)
    }
  }
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void checkServer()
      }}
    >
      <FormField
        label={w.address}
        help={w.addressHelp}
        required
        problem={failure?.at === 'address' ? failure.text : null}
      >
        {(ids) => (
          <Input
            {...ids}
            mono
            inputMode="url"
            autoComplete="url"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        )}
      </FormField>
      <FormField label={w.token} help={w.tokenHelp} required problem={failure?.at === 'token' ? failure.text : null}>
        {(ids) => (
          <Input
            {...ids}
            mono
            type="password"
            autoComplete="off"
            placeholder={known === null ? '' : '••••••••'}
            value={token}
            onChange={({ target }) => setToken(target.value)}
          />
        )}
      </FormField>
      <Checkbox label={w.keep} checked={keep} onChange={({ target }) => setKeep(target.checked)} />
      <div className="flex justify-end">
        <Button type="submit" look="main" disabled={checking} aria-live="polite">
          {checking ? w.checking : w.check}
        </Button>
      </div>
    </form>
  )
}

/** What the server has, and what can be done with it. */
function FoundDialog({ found, onBack }: { readonly found: FoundServer; readonly onBack: () => void }) {
  const w = useWords()
  const { address, info } = found
  const id = useProject((state) => state.id)
  const name = useProject((state) => state.document.name)
  const readOnly = useProject((state) => state.readOnly)
  const place = useServerPlace((state) => state.address)
  const errors = useAllProblems().filter(({ severity }) => severity === 'error').length
  const [force, setForce] = useState(false)
  const [working, setWorking] = useState(false)
  const canPut = id !== null && !readOnly && place === null
  const hosts = useQuery(canPut ? id : null, () => ask('hosts', null))
  const isEmpty = info.pipes === 0
  const runAttempt = async (work: () => Promise<void>) => {
    setWorking(true)
    try {
      await work()
      closeDialog()
    } catch (error) {
      toast(failureText(error), 'bad')
    } finally {
      setWorking(false)
    }
  }
  const openProject = () =>
    runAttempt(async () => {
      const added = await addFromServer(address, info.configuration || w.projects.untitled)
      await startFollowing()
      go({ at: 'flow', project: added })
      toast(currentWords().connected.opened(info.configuration || address))
    })
  const putProject = () =>
    runAttempt(async () => {
      await putOnServer(address, { replaces: info.revision, force })
      await startFollowing()
      toast(currentWords().connected.done(name))
    })
  const named = hosts.value?.map(({ host }) => host) ?? []
  return (
    <Dialog
      open
      onClose={closeDialog}
      title={w.connected.title}
      says={w.connected.found(info.version, info.user, info.roles.join(', '))}
      footer={
        <>
          <Button onClick={onBack}>{w.common.back}</Button>
          {canPut && (
            <Button
              look={isEmpty ? 'main' : 'danger'}
              disabled={working || (errors > 0 && !force)}
              onClick={() => void putProject()}
            >
              {isEmpty ? w.connected.putThere(name) : w.connected.replace(name, info.pipes)}
            </Button>
          )}
          {(!isEmpty || !canPut) && (
            <Button look="main" disabled={working} onClick={() => void openProject()}>
              {isEmpty ? w.connected.startEmpty : w.connected.open}
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p>{isEmpty ? w.connected.hasNothing : w.connected.has(info.pipes)}</p>
        {canPut && (
          <>
            <p className="text-ink-soft">{w.connected.putSays}</p>
            <p className="text-ink-soft [overflow-wrap:anywhere]">
              {named.length > 0 ? w.connected.hosts(named.join(', ')) : w.connected.noHosts}
            </p>
            {errors > 0 && (
              <>
                <p className="text-bad">{w.connected.errors(errors)}</p>
                <Checkbox
                  label={w.connected.force}
                  checked={force}
                  onChange={({ target }) => setForce(target.checked)}
                />
              </>
            )}
          </>
        )}
      </div>
    </Dialog>
  )
}
