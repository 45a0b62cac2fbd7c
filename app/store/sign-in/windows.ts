/**
 * The windows of a sign-in: a person goes to the service, and comes back to `oauth.html`, which hands the query of its
 * address to this tab alone (public/oauth.js).
 */
import type { PendingSignIn, SignInChoices } from '../../../engine-worker/index.ts'
import { ask } from '../engine/open-project.ts'
import { useProject } from '../project/project.ts'
import { accountsOf, addAccount, openAccounts } from './accounts.ts'

/** The same names as in public/oauth.js. */
const channelName = 'pipewright.sign-in'
const startedKey = 'pipewright.sign-in'
const callbackKey = 'pipewright.sign-in.answer'

/** The address that services lead back to. */
export function redirectAddress(): string {
  return new URL('oauth.html', document.baseURI).href
}

/** A sign-in that ended without an account, in no way that is a problem of the service. */
export class SignInStopped extends Error {
  constructor(readonly why: 'blocked' | 'cancelled' | 'lost') {
    super(`the sign-in was stopped: ${why}`)
    this.name = 'SignInStopped'
  }
}

/**
 * Signs in to a system in a window of its own; gives the name of the account. Call it when a person has just clicked, or
 * the browser opens no window.
 */
export async function signInByWindow(system: string, choices: SignInChoices, signal: AbortSignal): Promise<string> {
  sessionStorage.removeItem(startedKey)
  const opened = open('about:blank', '_blank', 'popup,width=520,height=720')
  if (opened === null) throw new SignInStopped('blocked')
  // The page of the service gets no hold of this one.
  opened.opener = null
  const closed = new AbortController()
  try {
    const { address, pending } = await ask('beginSignIn', { system, choices, redirectUri: redirectAddress() })
    const answered = answerOf(pending.state, AbortSignal.any([signal, closed.signal]))
    opened.location.replace(address)
    return await finishSignIn(system, choices, pending, await answered)
  } finally {
    closed.abort()
    opened.close()
  }
}

/** The query that comes back with this state. Answers to sign-ins of other tabs are theirs. */
function answerOf(state: string, signal: AbortSignal): Promise<string> {
  const channel = new BroadcastChannel(channelName)
  return new Promise<string>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new SignInStopped('cancelled')))
    channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'string' && new URLSearchParams(data).get('state') === state) resolve(data)
    })
  }).finally(() => channel.close())
}

async function finishSignIn(
  system: string,
  choices: SignInChoices,
  pending: PendingSignIn,
  query: string,
): Promise<string> {
  const { settings, tokens, account } = await ask('finishSignIn', { system, choices, pending, query })
  const name = account ?? unusedName(system)
  await addAccount(system, { name, settings, tokens })
  return name
}

/** A name for an account that the service does not name. */
function unusedName(system: string): string {
  const taken = new Set(accountsOf(system).accounts.map(({ name }) => name))
  for (let number = 1; ; number++) if (!taken.has(`${system} ${number}`)) return `${system} ${number}`
}

/** What a sign-in in this window needs when the person is back; used once. */
interface StartedSignIn {
  readonly project: string
  readonly system: string
  readonly choices: SignInChoices
  readonly pending: PendingSignIn
  readonly back: string
}

/** Goes to the service in this window; the app is opened anew when the person is back. A client secret cannot come along. */
export async function signInHere(system: string, { clientSecret: _, ...choices }: SignInChoices): Promise<void> {
  const { id } = useProject.getState()
  if (id === null) return
  const { address, pending } = await ask('beginSignIn', { system, choices, redirectUri: redirectAddress() })
  const started: StartedSignIn = { project: id, system, choices, pending, back: location.hash }
  sessionStorage.setItem(startedKey, JSON.stringify(started))
  location.assign(address)
}

/**
 * Finishes a sign-in that was begun in this window, after the app has been opened anew: gives the system and the account.
 * Null where none was begun here.
 */
export async function resumeSignIn(): Promise<{ readonly system: string; readonly account: string } | null> {
  const [begun, query] = [sessionStorage.getItem(startedKey), sessionStorage.getItem(callbackKey)]
  sessionStorage.removeItem(startedKey)
  sessionStorage.removeItem(callbackKey)
  if (begun === null || query === null) return null
  // It was written by signInHere in this very tab.
  const { project, system, choices, pending } = JSON.parse(begun) as StartedSignIn
  await whenOpen(project)
  await openAccounts(project)
  return { system, account: await finishSignIn(system, choices, pending, query) }
}

/** Resolves when a project is open. */
function whenOpen(project: string): Promise<void> {
  return new Promise((resolve) => {
    const checkOpen = () => {
      if (useProject.getState().id !== project) return
      stop()
      resolve()
    }
    const stop = useProject.subscribe(checkOpen)
    checkOpen()
  })
}
