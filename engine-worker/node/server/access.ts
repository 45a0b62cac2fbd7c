/**
 * Who may do what (operations/security.rst): access lists of pipes and systems, read from their `permissions`, over the
 * rules of the four roles.
 */
import { get } from '../../entity/dict.ts'
import type { Json, JsonObject } from '../../entity/value.ts'
import type { Caller } from './token.ts'

/** What may be allowed; `all` stands for each of them in an access list. */
const permissions = [
  'read_config',
  'write_config',
  'run_pump_operation',
  'read_data',
  'write_data',
  'read_proxy',
  'write_proxy',
] as const
export type Permission = (typeof permissions)[number]

/** What a role may do with pipes, systems and datasets whose access list says nothing of it. */
const permissionsByRole: Readonly<Record<string, readonly Permission[]>> = {
  'group:User': ['read_config', 'read_data'],
  'group:Guest': ['read_config'],
}

function isAdmin({ roles }: Caller): boolean {
  return roles.includes('group:Admin')
}

function isDeveloper({ roles }: Caller): boolean {
  return roles.includes('group:Admin') || roles.includes('group:Developer')
}

/**
 * What an access list says of a caller and a permission: the first element that is about both decides; null where none is.
 * Administrators are above access lists.
 */
export function decidedPermissions(caller: Caller, permission: Permission, list: Json | undefined): boolean | null {
  if (isAdmin(caller)) return true
  const roles = caller.roles.includes('group:Anonymous') ? caller.roles : [...caller.roles, 'group:Everyone']
  for (const element of Array.isArray(list) ? list : []) {
    if (!Array.isArray(element)) continue
    const [what, principals, permissions] = element
    if (!includesAny(permissions, [permission, 'all']) || !includesAny(principals, roles)) continue
    return what === 'allow'
  }
  return null
}

/**
 * Whether a caller may do something with a pipe or system. The access list that was set for it by the API decides, then
 * the one of its configuration, then its role. `made`: the user who made it.
 */
export function isPermitted(
  caller: Caller,
  permission: Permission,
  config: JsonObject,
  made: string | null,
  list: Json | undefined = undefined,
): boolean {
  const decided =
    decidedPermissions(caller, permission, list) ?? decidedPermissions(caller, permission, get(config, 'permissions'))
  if (decided !== null) return decided
  if (isDeveloper(caller)) return true
  if (caller.roles.includes('group:User') && made !== null && made === caller.user) return true
  return caller.roles.some((role) => permissionsByRole[role]?.includes(permission) === true)
}

function includesAny(list: Json | undefined, wanted: readonly string[]): boolean {
  const items = Array.isArray(list) ? list : [list]
  return items.some((item) => typeof item === 'string' && wanted.includes(item))
}

/** Why a value is no access list, or null. */
export function accessListProblem(list: Json): string | null {
  if (!Array.isArray(list)) return 'An access list must be a list.'
  for (const element of list) {
    const [what, principals, allowed] = Array.isArray(element) ? element : []
    if (!Array.isArray(element) || element.length !== 3 || (what !== 'allow' && what !== 'deny'))
      return 'Each element of an access list must be ["allow" or "deny", [roles], [permissions]].'
    if (!areTexts(principals) || !areTexts(allowed)) return 'Roles and permissions must be lists of texts.'
    const unknown = allowed.find((name) => name !== 'all' && !permissions.some((each) => each === name))
    if (unknown !== undefined) return `There is no permission ${unknown}.`
  }
  return null
}

function areTexts(list: Json | undefined): list is string[] {
  return Array.isArray(list) && list.every((item) => typeof item === 'string')
}
