/** Accounts that a server keeps, over its API (server/routes/accounts.ts). */
import process from 'node:process'
import { textSetting } from '../../config/model/setting.ts'
import type { AccountRow } from '../../connectors/auth/account-list.ts'
import { get } from '../../entity/dict.ts'
import { readJson } from '../../entity/json.ts'
import { isObject, type Json } from '../../entity/value.ts'
import { reasonOf } from '../../problem.ts'
import type { Arguments, Option } from '../commands/arguments.ts'
import { UsageError } from '../commands/usage-error.ts'
import { printable } from '../problem-text.ts'
import { type AccountPlace, fileOfAccounts } from './account-place.ts'

/** Milliseconds that a server has to answer. */
const TIMEOUT_MILLISECONDS = 60_000

export const serverOptions: Readonly<Record<'server' | 'token', Option>> = {
  server: {
    value: 'URL',
    says: 'Keeps the account on a server, for what runs there; one of the addresses that pipewright serve prints.',
  },
  token: {
    value: 'TOKEN',
    says: 'An administrator’s token for the server; by default the environment variable PIPEWRIGHT_TOKEN.',
  },
}

/** The server that was named, or else the file of this machine. */
export async function accountPlaceOf(given: Arguments): Promise<AccountPlace> {
  const server = given.one('server')
  if (server === undefined) return fileOfAccounts(given.argument)
  const token = given.one('token') ?? process.env.PIPEWRIGHT_TOKEN
  if (!token) throw new UsageError('--server needs --token TOKEN, or the environment variable PIPEWRIGHT_TOKEN.')
  const base = baseOf(server)
  const callServer = (method: string, path: string, body?: object) => answerOf(base, token, { method, path, body })
  const listAccounts = async (path: string) => rowsIn((await callServer('GET', path)).json)
  const pathOf = (system: string) => `/systems/${encodeURIComponent(system)}/accounts`
  const pathTo = (system: string, account: string) => `${pathOf(system)}/${encodeURIComponent(account)}`
  return {
    where: `on ${base}, encrypted`,
    rows: () => listAccounts('/accounts'),
    before: async (system) => {
      await listAccounts(pathOf(system))
      return null
    },
    add: async (system, { name, settings, tokens }) => {
      await callServer('PUT', pathTo(system, name), { settings, tokens })
    },
    use: async (system, account) => {
      if (!(await listAccounts(pathOf(system))).some((row) => row.account === account)) return false
      await callServer('POST', `${pathTo(system, account)}/use`)
      return true
    },
    remove: async (system, named) => {
      const rows = (await listAccounts('/accounts')).filter((row) => row.system === system)
      const account = rows.find((row) => (named === undefined ? row.used : row.account === named))?.account
      if (account === undefined) return null
      const { json } = await callServer('DELETE', pathTo(system, account))
      const answer = isObject(json) ? json : {}
      const message = textSetting(answer, 'message')
      return {
        account,
        revoked: get(answer, 'revoked') === true,
        message: message === undefined ? null : printable(message),
      }
    },
  }
}

/** The address of the API. Tokens go over TLS, or stay on this machine. */
function baseOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const isHere = url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (!url || (url.protocol !== 'https:' && !isHere) || url.username !== '' || url.search !== '' || url.hash !== '')
    throw new UsageError('--server needs an address that begins with https://, or one on this machine.')
  const path = url.pathname.replace(/\/+$/, '')
  return `${url.origin}${path.endsWith('/api') ? path : `${path}/api`}`
}

interface AccountCall {
  readonly method: string
  readonly path: string
  readonly body: object | undefined
}

async function answerOf(base: string, token: string, { method, path, body }: AccountCall): Promise<{ json: Json }> {
  let response: Response
  let text: string
  try {
    response = await fetch(base + path, {
      method,
      redirect: 'error',
      headers: { Authorization: `Bearer ${token}`, ...(body ? { 'Content-Type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    })
    text = await response.text()
  } catch (error) {
    throw new UsageError(`${base} cannot be reached: ${reasonOf(error)}`)
  }
  const json = jsonIn(text)
  if (response.ok && json !== null) return { json }
  const errorMessage = isObject(json) ? textSetting(json, 'message') : undefined
  throw new UsageError(
    `${base} answers with status ${response.status}${errorMessage ? `: ${printable(errorMessage)}` : '.'}`,
  )
}

function jsonIn(text: string): Json | null {
  try {
    return readJson(text)
  } catch {
    return null
  }
}

function rowsIn(json: Json): AccountRow[] {
  return (Array.isArray(json) ? json : []).flatMap((row) => {
    if (!isObject(row)) return []
    const text = (name: string) => textSetting(row, name, '')
    const isSet = (name: string) => get(row, name) === true
    return [
      {
        system: text('system'),
        account: text('account'),
        expires: text('expires'),
        used: isSet('used'),
        renews: isSet('renews'),
        ended: isSet('ended'),
      },
    ]
  })
}
