/**
 * What manifests of microservices add to declared kinds: the system that runs the image has its own fields, and parts of
 * pipes that talk to it have its paths to choose from. Forms, checks and completion read these kinds as all others.
 */
import { get } from '../../entity/dict.ts'
import { isObject, type JsonObject } from '../../entity/value.ts'
import type { Field, FieldType, KindDeclaration, KindRole } from '../model/define.ts'
import { iconFault } from '../model/icons.ts'
import { imageRepository } from './image.ts'
import type { Microservice, MicroserviceVariable, PathUse } from './manifest.ts'

/** The manifest of the image that a system runs, or null. */
export function microserviceOfSystem(system: JsonObject, all: readonly Microservice[]): Microservice | null {
  const docker = get(system, 'docker')
  const image = isObject(docker) ? get(docker, 'image') : undefined
  if (typeof image !== 'string') return null
  const wanted = imageRepository(image)
  return all.find(({ manifest }) => imageRepository(manifest.docker.image) === wanted) ?? null
}

/** The use of a path that a part of a pipe makes. */
export function pathUseOf(role: KindRole): PathUse | null {
  return role === 'source' ? 'read' : role === 'transform' ? 'transform' : role === 'sink' ? 'write' : null
}

/** The paths of a microservice that have a use. */
export function pathsFor({ manifest }: Microservice, use: PathUse): readonly string[] {
  return Object.entries(manifest.paths ?? {})
    .filter(([, { uses }]) => uses.includes(use))
    .map(([path]) => path)
}

/**
 * A kind as it is for one configuration.
 * @param ofSystem the manifest of a system by its `_id`
 */
export function describedKind(
  kind: KindDeclaration,
  config: JsonObject,
  all: readonly Microservice[],
  ofSystem: (id: string) => Microservice | null,
): KindDeclaration {
  if (all.length === 0) return kind
  if (kind.runsImage) {
    const described = microserviceOfSystem(config, all)
    return described === null ? kind : systemKind(kind, described)
  }
  const use = pathUseOf(kind.role)
  const system = get(config, 'system')
  const described = use === null || typeof system !== 'string' ? null : ofSystem(system)
  if (use === null || described === null) return kind
  const suggestions = pathsFor(described, use).map((value) => {
    const { title, description } = described.manifest.paths?.[value] ?? {}
    return { value, says: title ?? description ?? '' }
  })
  return {
    ...kind,
    fields: kind.fields.map((field) => (field.name === 'url' ? withSuggestions(field, suggestions) : field)),
  }
}

type Suggestions = NonNullable<Extract<FieldType, { is: 'text' }>['suggestions']>

function withSuggestions(field: Field, suggestions: Suggestions): Field {
  return field.type.is === 'text' ? { ...field, type: { ...field.type, suggestions } } : field
}

/** The kind of the systems that run a described image, as a kind of its own: it is what a catalogue shows. */
export function systemKind(kind: KindDeclaration, { manifest }: Microservice): KindDeclaration {
  const { title, description, documentation, icon, docker, authentication, use_https: isSecure, environment } = manifest
  const fields = kind.fields.map((field) =>
    field.name === 'docker' ? { ...field, type: containerType(field.type, manifest.docker, environment ?? {}) } : field,
  )
  const template = {
    ...(isObject(kind.template) ? kind.template : {}),
    docker: { ...docker, ...initialEnvironment(environment ?? {}) },
    ...(authentication === undefined ? {} : { authentication }),
    ...(isSecure === undefined ? {} : { use_https: isSecure }),
  }
  return {
    ...kind,
    label: title,
    says: description ?? kind.says,
    fields,
    template,
    example: { config: template },
    ...(icon === undefined || iconFault(icon) !== null ? {} : { icon }),
    doc: documentation ?? kind.doc,
  }
}

type Variables = Readonly<Record<string, MicroserviceVariable>>

function containerType(type: FieldType, docker: Microservice['manifest']['docker'], variables: Variables): FieldType {
  if (type.is !== 'object') return type
  const defaults = new Map<string, Field['default']>(
    Object.entries({ memory: docker.memory, cpu_quota: docker.cpu_quota }).filter(([, value]) => value !== undefined),
  )
  const fields = type.fields.map((field): Field => {
    if (field.name === 'environment') {
      const own = Object.entries(variables).map(([name, variable]) => variableField(name, variable))
      const isNeeded = own.some(({ required }) => required)
      return own.length === 0 ? field : { ...field, type: { is: 'object', fields: own }, required: isNeeded }
    }
    const value = defaults.get(field.name)
    return value === undefined ? field : { ...field, default: value }
  })
  return { ...type, fields }
}

function variableField(name: string, variable: MicroserviceVariable): Field {
  const { title, description, required, default: otherwise } = variable
  return {
    name,
    type: variableType(variable),
    says: [title, description]
      .filter((each) => each !== undefined)
      .join('. ')
      .replace(/([^.!?])$/, '$1.'),
    ...(required === undefined ? {} : { required }),
    ...(otherwise === undefined ? {} : { default: otherwise }),
  }
}

function variableType({ secret, choices, type = 'text' }: MicroserviceVariable): FieldType {
  if (secret) return { is: 'secret' }
  return choices === undefined ? { is: type } : { is: 'choice', of: choices }
}

/** Secrets by name, and what a required variable is by default, so that a new system is whole at once. */
function initialEnvironment(variables: Variables): JsonObject {
  const set = Object.entries(variables).flatMap(([name, { secret, required, default: otherwise }]) => {
    if (secret) return required ? [[name, `$SECRET(${name.toLowerCase()})`] as const] : []
    return required && otherwise !== undefined ? [[name, otherwise] as const] : []
  })
  return set.length === 0 ? {} : { environment: Object.fromEntries(set) }
}
