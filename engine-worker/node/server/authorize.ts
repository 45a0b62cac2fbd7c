/** Whether the caller of a route may use it. */
import { get } from '../../entity/dict.ts'
import { decidedPermissions, isPermitted, type Permission } from './access.ts'
import type { ProtectedKind } from './access-lists.ts'
import { foundOr404, HttpError } from './answer.ts'
import type { ConfigItem } from './configuration.ts'
import type { Instance } from './instance.ts'
import { LINK_PARAMETER } from './links.ts'
import { type Need, param, type RouteCall } from './route.ts'
import { type Caller, isAnonymous } from './token.ts'

/** The answer to a caller without a valid token. */
export function unauthorized(): HttpError {
  const headers = { 'WWW-Authenticate': 'Bearer' }
  return new HttpError(401, 'A valid token is needed: Authorization: Bearer …', undefined, headers)
}

/** Throws 401 without a token, 403 where the caller may not, and 404 for what is not there. */
export function authorize(call: RouteCall, needs: Need): void {
  switch (needs.is) {
    case 'nothing':
      return
    case 'token':
      if (isAnonymous(call.caller)) throw unauthorized()
      return
    case 'admin':
      needsRole(call, ['group:Admin'])
      return
    case 'developer':
      needsRole(call, ['group:Admin', 'group:Developer'])
      return
    case 'everything':
      requireEverything(call)
      return
    default:
      if (hasLink(call, needs)) return
      requirePermission(call, needs.is, needs.may)
  }
}

/** Throws 401 or 403 unless the caller has one of the roles. */
export function needsRole({ caller }: RouteCall, wanted: readonly string[]): void {
  if (isAnonymous(caller)) throw unauthorized()
  if (!wanted.some((role) => caller.roles.includes(role))) throw new HttpError(403, 'Your roles do not allow that.')
}

/** Access lists may keep things from developers; administrators are above them. */
function requireEverything(call: RouteCall): void {
  const { configuration, access } = call.instance
  const inside = configuration.items.some(({ config }) => get(config, 'permissions') !== undefined)
  const hasLists = inside || !access.isEmpty
  needsRole(call, hasLists ? ['group:Admin'] : ['group:Admin', 'group:Developer'])
}

function requirePermission(call: RouteCall, is: 'pipe' | 'system' | 'dataset', permission: Permission): void {
  const { caller } = call
  const item = protectedItem(call, is)
  if (!item) {
    if (isAnonymous(caller)) throw unauthorized()
    if (is !== 'dataset') foundOr404(null, is, param(call, is))
  }
  // Dead letters and logs show what the configuration says, too.
  const needed = is === 'dataset' && item && isInternal(call, item) ? 'read_config' : permission
  if (mayUse(call.instance, caller, needed, item, is === 'dataset' ? param(call, is) : null)) return
  if (isAnonymous(caller)) throw unauthorized()
  throw new HttpError(403, `You have no permission ${needed} on the ${is} "${param(call, is)}".`)
}

/** What carries the access list; of a dataset it is the pipe that writes it. */
function protectedItem(call: RouteCall, is: 'pipe' | 'system' | 'dataset'): ConfigItem | null {
  const { configuration } = call.instance
  if (is === 'pipe') return configuration.pipe(param(call, 'pipe'))
  if (is === 'system') return configuration.system(param(call, 'system'))
  const owner = call.instance.datasets.ownerOf(param(call, 'dataset'))
  return owner === null ? null : configuration.pipe(owner)
}

/** Whether a dataset is one that a pipe keeps besides its output. */
function isInternal({ instance, params }: RouteCall, { id }: ConfigItem): boolean {
  return instance.datasets.writerOf(params.dataset ?? '')?.effective.id !== id
}

/** Whether a caller may do something with a component, or (`dataset`) with a dataset of one, or of none. */
export function mayUse(
  { access }: Instance,
  caller: Caller,
  permission: Permission,
  item: ConfigItem | null,
  dataset: string | null = null,
): boolean {
  const own = dataset === null ? undefined : access.of('dataset', dataset)
  const kind = item?.path.startsWith('systems/') ? 'system' : 'pipe'
  const list = own ?? (item ? access.of(kind, item.id) : undefined)
  return isPermitted(caller, permission, item?.config ?? {}, item?.madeBy ?? null, list)
}

/** Throws 403 where the access list of all things of a kind says no; without one, nothing is said. */
export function checkCollection({ instance, caller }: RouteCall, kind: ProtectedKind, permission: Permission): void {
  const list = instance.access.at(`${kind}_collection`) ?? undefined
  if (decidedPermissions(caller, permission, list) === false)
    throw new HttpError(403, `You have no permission ${permission} on the list of ${kind}s.`)
}

/** Whether the address of a request is a shareable link to what it reads. */
function hasLink({ instance, url, params, request }: RouteCall, needs: Need): boolean {
  const secret = url.searchParams.get(LINK_PARAMETER)
  const reads = needs.is === 'pipe' && needs.may === 'read_data' && request.method !== 'POST'
  if (secret === null || !reads || !/\/publishers\/[^/]+\/(?!shareable-links)/.test(url.pathname)) return false
  return instance.links.opens(params.pipe ?? '', secret, instance.now())
}
