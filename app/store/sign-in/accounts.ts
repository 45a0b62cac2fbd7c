/**
 * Accounts of the services of the open project. They live in this tab alone, or encrypted with a passphrase in this browser;
 * never in the project, so in no export, backup, link or version. The engine has a copy of the tokens that are used, and
 * waits with renewed ones until they are kept here.
 */
import { create } from 'zustand'
import {
  type AnswerOf,
  type EventOf,
  noAccounts,
  readAccounts,
  type SignedInAccount,
  type SystemAccounts,
  tokensOfSystem,
  withAccount,
  withoutAccount,
  withTokens,
} from '../../../engine-worker/index.ts'
import { disk } from '../disk/disk.ts'
import { ask, onceOpened } from '../engine/open-project.ts'
import { failureText } from '../failure.ts'
import { useProject } from '../project/project.ts'
import { seal, unseal, type VaultKey, vaultKey } from './vault.ts'

/** Where accounts are kept: in this tab, or in this browser with a passphrase, which was given (`open`) or not. */
type AccountPlace = 'tab' | 'locked' | 'open'

interface AccountsState {
  readonly project: string | null
  readonly systems: Readonly<Record<string, SystemAccounts>>
  readonly place: AccountPlace
}

const initialState: AccountsState = { project: null, systems: {}, place: 'tab' }

export const useAccounts = create<AccountsState>(() => initialState)

/** The key of this tab; the same for all projects that were unlocked with it. */
let openVaultKey: VaultKey | null = null

/** Reads what is kept for a project; it stays locked until the passphrase was given. */
export async function openAccounts(project: string): Promise<void> {
  if (useAccounts.getState().project === project) return
  const sealed = await disk.accounts(project)
  if (useProject.getState().id !== project || useAccounts.getState().project === project) return
  useAccounts.setState({ project, systems: {}, place: sealed === null ? 'tab' : 'locked' })
  onceOpened(giveTokens)
}

useProject.subscribe(({ id }) => {
  const { project } = useAccounts.getState()
  if (project === null || project === id) return
  useAccounts.setState(initialState)
  tokenController?.abort()
})

/** What is kept for a system. */
export function accountsOf(system: string): SystemAccounts {
  const { systems } = useAccounts.getState()
  return Object.hasOwn(systems, system) ? (systems[system] ?? noAccounts) : noAccounts
}

/** Unlocks what is kept in this browser; whether the passphrase was right. What this tab has already wins. */
export async function unlockAccounts(passphrase: string): Promise<boolean> {
  const { project } = useAccounts.getState()
  const sealed = project === null ? null : await disk.accounts(project)
  if (project === null || sealed === null) return false
  const newKey = await vaultKey(passphrase, sealed)
  const text = await unseal(newKey, project, sealed)
  if (text === null) return false
  openVaultKey = newKey
  const before = useAccounts.getState().systems
  useAccounts.setState({ systems: { ...systemsIn(text), ...before }, place: 'open' })
  await storeAccounts()
  giveTokens()
  return true
}

function systemsIn(text: string): Record<string, SystemAccounts> {
  const json: unknown = JSON.parse(text)
  if (typeof json !== 'object' || json === null) return {}
  return Object.fromEntries(Object.entries(json).map(([system, kept]) => [system, readAccounts(kept)]))
}

/** From now on accounts are kept in this browser, encrypted with the passphrase. */
export async function keepAccounts(passphrase: string): Promise<void> {
  openVaultKey = await vaultKey(passphrase)
  useAccounts.setState({ place: 'open' })
  await storeAccounts()
}

/** From now on accounts live in this tab alone, and what was kept in this browser is gone. */
export async function forgetKept(): Promise<void> {
  const { project } = useAccounts.getState()
  if (project !== null) await disk.setAccounts(project, null)
  useAccounts.setState({ place: 'tab' })
}

/** Adds an account of a system, which is used from now on. */
export async function addAccount(system: string, account: SignedInAccount): Promise<void> {
  await changeAccounts(system, (before) => withAccount(before, account))
}

/** Uses another account of a system. */
export async function chooseAccount(system: string, name: string): Promise<void> {
  await changeAccounts(system, (before) => ({ ...before, used: name }))
}

/** Takes an account back at the service where it says how, and forgets its tokens here; whether the service was asked. */
export async function signOut(
  system: string,
  { name, settings, tokens }: SignedInAccount,
): Promise<AnswerOf<'revokeSignIn'>> {
  try {
    return await ask('revokeSignIn', { settings, tokens })
  } finally {
    await changeAccounts(system, (before) => withoutAccount(before, name))
  }
}

async function changeAccounts(system: string, edit: (before: SystemAccounts) => SystemAccounts): Promise<void> {
  const { systems } = useAccounts.getState()
  useAccounts.setState({ systems: { ...systems, [system]: edit(accountsOf(system)) } })
  giveTokens()
  await storeAccounts()
}

/** The last write in the queue: writes happen in the order of the changes. */
let writeQueue: Promise<void> = Promise.resolve()

/** Writes everything, where it is kept in this browser. */
function storeAccounts(): Promise<void> {
  const write = async () => {
    const { project, systems, place } = useAccounts.getState()
    if (project === null || openVaultKey === null || place !== 'open') return
    await disk.setAccounts(project, await seal(openVaultKey, project, JSON.stringify(systems)))
  }
  const written = writeQueue.then(write)
  writeQueue = written.catch(() => undefined)
  return written
}

let tokenController: AbortController | null = null

/** Gives the engine the tokens that are used, and listens for new ones. */
function giveTokens(): void {
  const { project, systems } = useAccounts.getState()
  tokenController?.abort()
  if (project === null || project !== useProject.getState().id) return
  tokenController = new AbortController()
  const used = Object.entries(systems).flatMap(([system, kept]) => {
    const tokens = tokensOfSystem(kept)
    return tokens ? [[system, tokens] as const] : []
  })
  const onEvent = (event: EventOf<'useTokens'>) => void storeNewTokens(event)
  const options = { early: true, lasting: true, onEvent, signal: tokenController.signal }
  void ask('useTokens', Object.fromEntries(used), options).catch(() => undefined)
}

/** Keeps new tokens; the engine uses them then. */
async function storeNewTokens({ question, system, tokens }: EventOf<'useTokens'>): Promise<void> {
  const { systems } = useAccounts.getState()
  useAccounts.setState({ systems: { ...systems, [system]: withTokens(accountsOf(system), tokens) } })
  const failure = await storeAccounts().then(
    () => null,
    (error: unknown) => failureText(error),
  )
  await ask('tokensKept', { question, failure }, { early: true }).catch(() => undefined)
}
