/**
 * The servers that a project would send requests to, found in its configuration through the declarations of its parts:
 * texts of declared properties, with variables put in, that are web addresses. Sinks are left out: what they would send is
 * kept here. A host that only data, a template or a secret decides is not known before the request.
 */
import { declaredKind } from '../config/model/declared.ts'
import type { Field, FieldType, KindDeclaration, KindRole } from '../config/model/define.ts'
import { fieldsInside } from '../config/model/field-type.ts'
import { effectivePipes, effectiveSystem } from '../config/project/effective.ts'
import type { Configuration } from '../config/project/project.ts'
import { get } from '../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'

/** A server and the components whose configuration names it. */
interface HostUse {
  /** Host and, where the address has one, port: `api.example.org`, `127.0.0.1:8080`. */
  readonly host: string
  readonly components: readonly string[]
}

/** The servers that a project names, in the order of their names. */
export function hostsNamed(project: Configuration): readonly HostUse[] {
  const found = new Map<string, Set<string>>()
  const visit = (component: string, role: KindRole, type: string, config: JsonObject) => {
    const kind = declaredKind(role, type)
    if (!kind || !mayAsk(kind)) return
    for (const host of kind.fields.flatMap((field) => hostsIn(get(config, field.name), field.type)))
      found.set(host, (found.get(host) ?? new Set()).add(component))
  }
  for (const id of project.systems.keys()) {
    const system = effectiveSystem(project, id)
    if (system) visit(id, 'system', system.type, system.config)
  }
  for (const { id, source, transforms } of effectivePipes(project)) {
    visit(id, 'source', source.type, source.config)
    for (const { type, config } of transforms) visit(id, 'transform', type, config)
  }
  return [...found]
    .map(([host, components]) => ({ host, components: [...components] }))
    .sort((a, b) => (a.host < b.host ? -1 : 1))
}

/** Whether parts of this kind may send requests from here; sources that take supplied data may ask for a file instead. */
function mayAsk({ runs, sendsRequests }: KindDeclaration): boolean {
  return runs === 'fetch' || runs === 'supplied' || sendsRequests === true
}

/** The host of a web address, or null when the text is none or its host is still to be decided. */
export function hostOf(address: string): string | null {
  const authority = /^\s*https?:\/\/(?:[^/?#@]*@)?([^/?#]+)/i.exec(address)?.[1]
  if (authority === undefined || /[{}$%\s]/.test(authority)) return null
  try {
    return new URL(`http://${authority}`).host || null
  } catch {
    return null
  }
}

function hostsIn(value: Json | undefined, type: FieldType): readonly string[] {
  if (value === undefined) return []
  if (typeof value === 'string') return [hostOf(value)].filter((host) => host !== null)
  switch (type.is) {
    case 'list':
      return Array.isArray(value) ? value.flatMap((item) => hostsIn(item, type.of)) : []
    case 'map':
      return isObject(value) ? Object.values(value).flatMap((item) => hostsIn(item, type.of)) : []
    case 'object':
    case 'variants':
      return isObject(value)
        ? fieldsInside(type).flatMap((field: Field) => hostsIn(get(value, field.name), field.type))
        : []
    case 'either':
      return type.of.flatMap((each) => hostsIn(value, each))
    case 'json':
      return Array.isArray(value) || isObject(value)
        ? Object.values(value).flatMap((item: Json) => hostsIn(item, type))
        : []
    default:
      return []
  }
}
