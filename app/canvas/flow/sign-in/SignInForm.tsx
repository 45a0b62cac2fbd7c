import { useEffect, useRef, useState } from 'react'
import type { SignedInAccount, SignInChoices } from '../../../../engine-worker/index.ts'
import { ask } from '../../../store/engine/open-project.ts'
import { failureText } from '../../../store/failure.ts'
import { redirectAddress, SignInStopped, signInByWindow, signInHere } from '../../../store/sign-in/windows.ts'
import { Button } from '../../../ui/Button.tsx'
import { FormField, Input } from '../../../ui/Field.tsx'
import { CopyText } from './CopyText.tsx'
import { useSignInWords } from './sign-in-words.ts'

interface SignInFormProps {
  readonly system: string
  /** The account that is used, whose settings the form begins with. */
  readonly used: SignedInAccount | null
  readonly onSaid: (words: string) => void
}

interface Draft {
  readonly authorizationUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scope: string
  readonly found: SignInChoices['found']
}

/** What a person adds to the configuration to sign in, and the windows to do it in. */
export function SignInForm({ system, used, onSaid }: SignInFormProps) {
  const w = useSignInWords().signIn
  const [draft, setDraft] = useState<Draft>(() => draftOf(used))
  const [tokenUrl, setTokenUrl] = useState('')
  const [failure, setFailure] = useState<{ readonly words: string; readonly isOffline: boolean } | null>(null)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState<'find' | 'sign-in' | null>(null)
  const waiting = useRef<AbortController | null>(null)
  useEffect(() => {
    let isShown = true
    const fillFromConfiguration = async () => {
      const known = await ask('signInConfiguration', system)
      if (!isShown) return
      setTokenUrl(known.tokenUrl)
      setDraft((before) => ({
        ...before,
        clientId: before.clientId || known.clientId,
        scope: before.scope || known.scope,
      }))
    }
    void fillFromConfiguration().catch((error: unknown) => setFailure({ words: failureText(error), isOffline: false }))
    return () => {
      isShown = false
      waiting.current?.abort()
    }
  }, [system])
  const missing = { authorizationUrl: draft.authorizationUrl === '', clientId: draft.clientId === '' }
  const runAttempt = async (what: 'find' | 'sign-in', work: () => Promise<void>) => {
    setBusy(what)
    setFailure(null)
    onSaid('')
    try {
      await work()
    } catch (error) {
      if (error instanceof SignInStopped) setFailure({ words: w.stopped[error.why], isOffline: false })
      else setFailure({ words: failureText(error), isOffline: isUnreachable(error) })
    } finally {
      setBusy(null)
    }
  }
  const discoverSettings = () =>
    runAttempt('find', async () => {
      const found = await ask('discoverSignIn', new URL(tokenUrl).origin)
      setDraft((before) => ({ ...before, authorizationUrl: found.authorizationUrl, found }))
      onSaid(w.found)
    })
  const signIn = (isAnother: boolean, isHere = false) => {
    setTried(true)
    if (missing.authorizationUrl || missing.clientId) return
    const choices = choicesOf(draft, isAnother)
    void runAttempt('sign-in', async () => {
      if (isHere) return signInHere(system, choices)
      waiting.current = new AbortController()
      onSaid(w.signedIn(await signInByWindow(system, choices, waiting.current.signal)))
    })
  }
  const editDraft = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }))
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        signIn(used !== null)
      }}
    >
      <details open={used === null || (tried && (missing.authorizationUrl || missing.clientId))}>
        <summary className="text-ink-soft">{w.settings}</summary>
        <div className="mt-2 flex flex-col gap-2">
          <FormField
            label={w.authorizationUrl}
            required
            help={w.authorizationHelp}
            problem={tried && missing.authorizationUrl ? w.missing.authorizationUrl : null}
            aside={
              <Button
                small
                look="quiet"
                disabled={busy !== null || !URL.canParse(tokenUrl)}
                onClick={() => void discoverSettings()}
              >
                {w.findOut}
              </Button>
            }
          >
            {(ids) => (
              <Input
                {...ids}
                mono
                type="url"
                value={draft.authorizationUrl}
                placeholder="https://"
                onChange={({ target: { value } }) => editDraft({ authorizationUrl: value.trim() })}
              />
            )}
          </FormField>
          <FormField
            label={w.clientId}
            required
            help={w.clientHelp}
            problem={tried && missing.clientId ? w.missing.clientId : null}
          >
            {(ids) => (
              <Input
                {...ids}
                mono
                value={draft.clientId}
                onChange={({ target: { value } }) => editDraft({ clientId: value.trim() })}
              />
            )}
          </FormField>
          <details>
            <summary className="text-ink-soft">
              {w.scope}, {w.clientSecret.toLowerCase()}
            </summary>
            <div className="mt-2 flex flex-col gap-2">
              <FormField label={w.scope}>
                {(ids) => (
                  <Input
                    {...ids}
                    mono
                    value={draft.scope}
                    onChange={({ target: { value } }) => editDraft({ scope: value })}
                  />
                )}
              </FormField>
              <FormField label={w.clientSecret} help={w.secretHelp}>
                {(ids) => (
                  <Input
                    {...ids}
                    mono
                    type="password"
                    autoComplete="off"
                    value={draft.clientSecret}
                    onChange={({ target: { value } }) => editDraft({ clientSecret: value })}
                  />
                )}
              </FormField>
            </div>
          </details>
          <CopyText label={w.redirect} text={redirectAddress()} />
        </div>
      </details>
      {failure !== null && (
        <div role="alert" className="rounded-md bg-bad-soft px-2 py-1 text-bad [overflow-wrap:anywhere]">
          <p>{failure.words}</p>
          {failure.isOffline && (
            <p className="mt-1 text-tiny">
              {w.commandLine} <code>pipewright login DIR {system}</code>
            </p>
          )}
        </div>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {busy === 'sign-in' ? (
          <>
            <span role="status" className="text-ink-soft">
              {w.waiting}
            </span>
            <Button onClick={() => waiting.current?.abort()}>{w.cancel}</Button>
          </>
        ) : (
          <>
            <Button look={used === null ? 'main' : 'plain'} type="submit" disabled={busy !== null}>
              {used === null ? w.signIn : w.another}
            </Button>
            <Button look="quiet" disabled={busy !== null} onClick={() => signIn(used !== null, true)}>
              {w.here}
            </Button>
          </>
        )}
      </div>
    </form>
  )
}

function draftOf(used: SignedInAccount | null): Draft {
  if (!used) return { authorizationUrl: '', clientId: '', clientSecret: '', scope: '', found: undefined }
  const { client, authorizationUrl, ...told } = used.settings
  return {
    authorizationUrl,
    clientId: client.clientId,
    clientSecret: '',
    scope: client.scope ?? '',
    found: { ...told, authorizationUrl, tokenUrl: client.tokenUrl },
  }
}

/** Another account is asked for by name, where the service would take the one that is signed in there. */
function choicesOf({ clientSecret, scope, found, ...rest }: Draft, isAnother: boolean): SignInChoices {
  return {
    ...rest,
    ...(clientSecret === '' ? {} : { clientSecret }),
    ...(scope.trim() === '' ? {} : { scope: scope.trim() }),
    ...(found ? { found } : {}),
    ...(isAnother ? { parameters: { prompt: 'login' } } : {}),
  }
}

function isUnreachable(error: unknown): boolean {
  return error instanceof Error && 'problem' in error && codeOf(error.problem) === 'sign-in-unreachable'
}

function codeOf(problem: unknown): unknown {
  return typeof problem === 'object' && problem !== null && 'code' in problem ? problem.code : null
}
