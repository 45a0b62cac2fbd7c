/**
 * Accounts of systems (OAuth 2.0). A person signs in on a machine with a browser (`pipewright login --server`, RFC 8252),
 * which puts the tokens here; they are renewed here, and never answered.
 */
import { effectiveSystem } from '../../../config/project/effective.ts'
import { accountRows, takeBack } from '../../../connectors/auth/account-list.ts'
import { readAccount, type SignedInAccount, withAccount, withoutAccount } from '../../../connectors/auth/accounts.ts'
import { mustHaveSafeAddresses } from '../../../connectors/auth/sign-in.ts'
import { get } from '../../../entity/dict.ts'
import { isObject } from '../../../entity/value.ts'
import { type Answer, foundOr404, HttpError, jsonAnswer } from '../answer.ts'
import { bodyJson } from '../body.ts'
import { type ApiRoute, type Need, param, type RouteCall, route } from '../route.ts'

const needsAdmin: Need = { is: 'admin' }
const accountPath = '/systems/{system}/accounts/{account}'
/** Accounts of one system, and characters of a name. */
const MAX_ACCOUNTS = 100
const MAX_NAME_LENGTH = 200

export const accountRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/accounts',
    says: 'The accounts that systems are signed in with by OAuth 2.0: whose, until when; never their tokens.',
    needs: needsAdmin,
    answer: 'list',
    run: async ({ instance: { accounts } }) =>
      jsonAnswer(accounts.systems().flatMap((system) => accountRows(system, accounts.of(system)).map(rowJson))),
  }),
  route({
    method: 'GET',
    path: '/systems/{system}/accounts',
    says: 'The accounts of a system. 400 where it has no `oauth2`.',
    needs: needsAdmin,
    answer: 'list',
    run: async (call) => listOf(call, systemWithOAuth(call)),
  }),
  route({
    method: 'PUT',
    path: accountPath,
    says: 'Keeps the tokens of an account, encrypted, and uses it from now on; `pipewright login --server` calls it.',
    needs: needsAdmin,
    body: 'json',
    answer: 'list',
    run: async (call) => {
      const system = systemWithOAuth(call)
      const account = accountIn(call, await call.body())
      await call.instance.accounts.change(system, (before) => {
        const after = withAccount(before, account)
        if (after.accounts.length > MAX_ACCOUNTS)
          throw new HttpError(400, `A system may have ${MAX_ACCOUNTS} accounts.`)
        return after
      })
      return listOf(call, system)
    },
  }),
  route({
    method: 'POST',
    path: `${accountPath}/use`,
    says: 'Uses another account of the system that is signed in already.',
    needs: needsAdmin,
    answer: 'list',
    run: async (call) => {
      const system = systemWithOAuth(call)
      await call.instance.accounts.change(system, (before) => ({
        ...before,
        used: accountNamed(call, before.accounts).name,
      }))
      return listOf(call, system)
    },
  }),
  route({
    method: 'DELETE',
    path: accountPath,
    says: 'Takes an account back at the service, where it says how (RFC 7009), and removes its tokens here in any case.',
    needs: needsAdmin,
    answer: 'object',
    run: async (call) => {
      const { accounts, options } = call.instance
      const system = param(call, 'system')
      let taken: Awaited<ReturnType<typeof takeBack>> | null = null
      await accounts.change(system, async (before) => {
        const account = accountNamed(call, before.accounts)
        taken = await takeBack(account, { fetch: options.fetch ?? noNetwork })
        return withoutAccount(before, account.name)
      })
      return takenAnswer(call, taken)
    },
  }),
]

function takenAnswer(call: RouteCall, taken: Awaited<ReturnType<typeof takeBack>> | null): Answer {
  const { revoked = false, problem = null } = taken ?? {}
  return jsonAnswer({ account: param(call, 'account'), revoked, message: problem?.message ?? null })
}

const noNetwork: typeof globalThis.fetch = () => Promise.reject(new Error('there is no network'))

function listOf({ instance: { accounts } }: RouteCall, system: string): Answer {
  return jsonAnswer(accountRows(system, accounts.of(system)).map(rowJson))
}

function rowJson(row: ReturnType<typeof accountRows>[number]) {
  return { ...row }
}

/** The system that the path names; 404 where there is none, 400 where nobody signs in to it. */
function systemWithOAuth(call: RouteCall): string {
  const id = param(call, 'system')
  foundOr404(call.instance.configuration.system(id), 'system', id)
  const system = effectiveSystem(call.instance.session.project, id)
  if (!isObject(get(system?.config ?? {}, 'oauth2')))
    throw new HttpError(400, `The system ${id} has no oauth2 to sign in with.`)
  return id
}

function accountNamed(call: RouteCall, accounts: readonly SignedInAccount[]): SignedInAccount {
  const name = param(call, 'account')
  return foundOr404(accounts.find((each) => each.name === name) ?? null, 'account', name)
}

function accountIn(call: RouteCall, body: Buffer): SignedInAccount {
  const [name, json] = [param(call, 'account'), bodyJson(body)]
  if (name.length > MAX_NAME_LENGTH)
    throw new HttpError(400, `The name of an account may have ${MAX_NAME_LENGTH} characters.`)
  const account = isObject(json) ? readAccount({ ...json, name }) : null
  if (!account) throw new HttpError(400, 'An account needs settings (with client) and tokens, as login sends them.')
  mustHaveSafeAddresses(account.settings)
  return account
}
