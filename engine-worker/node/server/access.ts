/**
 * Who may do what (operations/security.rst): access lists of pipes and systems, read from their `permissions`, over the
 * rules of the four roles.
 */
import { get } from '../../entity/dict.ts'
import type { Json, JsonObject } from '../../entity/value.ts'
import type { Caller } from './token.ts'

export type Permission =
  | 'read_config'
  | 'write_config'
  | 'run_pump_operation'
  | 'read_data'
  | 'write_data'
  | 'read_proxy'
  | 'write_proxy'

/** What a role may do with pipes, systems and datasets whose access list says nothing of it. */
const byRole: Readonly<Record<string, readonly Permission[]>> = {
  'group:User': ['read_config', 'read_data'],
  'group:Guest': ['read_config'],
}

const owner: readonly Permission[] = [
  'read_config',
  'write_config',
  'run_pump_operation',
  'read_data',
  'write_data',
  'read_proxy',
  'write_proxy',
]

function isAdmin({ roles }: Caller): boolean {
  return roles.includes('group:Admin')
}

function isDeveloper({ roles }: Caller): boolean {
  return roles.includes('group:Admin') || roles.includes('group:Developer')
}

/**
 * Whether a caller may do something with a pipe or system. The first element of its access list that is about one of the
 * caller's roles and the permission decides; administrators are above access lists. `made`: the user who made it.
 */
export function may(caller: Caller, permission: Permission, config: JsonObject, made: string | null): boolean {
  if (isAdmin(caller)) return true
  const roles = caller.roles.includes('group:Anonymous') ? caller.roles : [...caller.roles, 'group:Everyone']
  const list = get(config, 'permissions')
  for (const element of Array.isArray(list) ? list : []) {
    if (!Array.isArray(element)) continue
    const [what, principals, permissions] = element
    if (!holds(permissions, [permission, 'all']) || !holds(principals, roles)) continue
    return what === 'allow'
  }
  if (isDeveloper(caller)) return true
  if (caller.roles.includes('group:User') && made !== null && made === caller.user) return owner.includes(permission)
  return caller.roles.some((role) => byRole[role]?.includes(permission) === true)
}

function holds(list: Json | undefined, wanted: readonly string[]): boolean {
  const items = Array.isArray(list) ? list : [list]
  return items.some((item) => typeof item === 'string' && wanted.includes(item))
}
