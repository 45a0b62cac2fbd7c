/**
 * Which servers the open project may send requests to. The engine asks before each request; for a server without a
 * decision the person is asked. Decisions are kept by project, in this browser only, and can be changed in the settings
 * of the project.
 */
import { create } from 'zustand'
import { disk } from '../disk/disk.ts'
import { useProject } from './project.ts'

/** What a person decided about a server. */
type HostDecision = 'allowed' | 'refused'

interface PermissionsState {
  /** Decisions of the open project, by host. */
  readonly hosts: Readonly<Record<string, HostDecision>>
  /** Hosts that requests are waiting for; empty when there is no question. */
  readonly asked: readonly string[]
}

export const usePermissions = create<PermissionsState>(() => ({ hosts: {}, asked: [] }))

interface WaitingRequest {
  readonly host: string
  readonly answer: (allowed: boolean) => void
}

let waitingRequests: readonly WaitingRequest[] = []
/** Hosts whose question was closed without a decision: they are not asked about again before a person starts a run. */
const dismissedHosts = new Set<string>()

/** Reads the decisions of a project that is being opened. */
export async function openPermissions(project: string): Promise<void> {
  dismissQuestion()
  dismissedHosts.clear()
  usePermissions.setState({ hosts: await disk.permissions(project) })
}

/** A person starts a run: what was left open before may be asked again. */
export function askAgain(): void {
  dismissedHosts.clear()
}

/** Whether a request may go to a host; waits for the person where nothing was decided. */
export async function isHostAllowed(host: string): Promise<boolean> {
  const { hosts } = usePermissions.getState()
  if (Object.hasOwn(hosts, host)) return hosts[host] === 'allowed'
  if (dismissedHosts.has(host)) return false
  return new Promise((answer) => {
    waitingRequests = [...waitingRequests, { host, answer }]
    usePermissions.setState({ asked: [...new Set(waitingRequests.map((request) => request.host))] })
  })
}

/** Keeps decisions about hosts; `null` forgets one, so that it is asked about again. */
export async function decideHosts(decisions: Readonly<Record<string, HostDecision | null>>): Promise<void> {
  const { id } = useProject.getState()
  const merged = { ...usePermissions.getState().hosts, ...decisions }
  const hosts = Object.fromEntries(
    Object.entries(merged).flatMap(([host, decision]) => (decision === null ? [] : [[host, decision] as const])),
  )
  usePermissions.setState({ hosts })
  answerWaiting(({ host }) => (Object.hasOwn(hosts, host) ? hosts[host] === 'allowed' : null))
  if (id !== null) await disk.setPermissions(id, hosts)
}

/** Closes the question without a decision: the requests that wait are not sent. */
export function dismissQuestion(): void {
  for (const { host } of waitingRequests) dismissedHosts.add(host)
  answerWaiting(() => false)
}

function answerWaiting(decide: (request: WaitingRequest) => boolean | null): void {
  const open: WaitingRequest[] = []
  for (const request of waitingRequests) {
    const allowed = decide(request)
    if (allowed === null) open.push(request)
    else request.answer(allowed)
  }
  waitingRequests = open
  usePermissions.setState({ asked: [...new Set(open.map(({ host }) => host))] })
}
