/** The config groups of a project, each as the configuration that Sesam takes for it (features/api-config-groups.rst). */
import {
  componentText,
  componentValue,
  isObject,
  type JsonObject,
  type Project,
  type SubscriptionEnvironment,
} from '../../../engine-worker/index.ts'

interface ConfigGroup {
  /** Empty for components that name no group. */
  readonly name: string
  readonly pipes: number
  readonly systems: number
  /** The body of `PUT /api/config/<group>`: the components as they are written, in a list. */
  readonly configuration: string
}

/** The groups by name. */
export function configGroups(project: Project): readonly ConfigGroup[] {
  const keys = new Map<string, string[]>()
  for (const [key, component] of Object.entries(project.components)) {
    const name = groupOf(componentValue(component))
    keys.set(name, [...(keys.get(name) ?? []), key])
  }
  return [...keys]
    .map(([name, own]) => ({
      name,
      pipes: own.filter((key) => project.components[key]?.kind === 'pipe').length,
      systems: own.filter((key) => project.components[key]?.kind === 'system').length,
      configuration: `[\n${own.map((key) => componentText(project, key) ?? '').join(',\n')}\n]\n`,
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function groupOf({ metadata }: JsonObject): string {
  const group = metadata !== undefined && isObject(metadata) ? metadata['$config-group'] : undefined
  return typeof group === 'string' ? group : ''
}

/** Whether a group runs in an environment. */
export function runsIn({ groups }: SubscriptionEnvironment, group: string): boolean {
  return groups === null || groups.includes(group)
}
