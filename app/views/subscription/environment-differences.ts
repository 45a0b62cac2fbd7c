/** What differs between two environments: groups that run, variables, choices. */
import type { Project, SubscriptionEnvironment } from '../../../engine-worker/index.ts'
import { variablesOf } from '../../canvas/flow/variables.ts'
import { configGroups, runsIn } from './config-groups.ts'

interface EnvironmentDifference {
  readonly kind: 'group' | 'variable' | 'plan' | 'sla' | 'vpn' | 'search'
  /** The group or the variable; empty for the others. */
  readonly name: string
  /** What each has: JSON text of a variable, a name of the price list, `yes` or `no`; null where it has none. */
  readonly first: string | null
  readonly second: string | null
}

/** The differences, those of the configuration first. */
export function environmentDifferences(
  content: Project,
  first: SubscriptionEnvironment,
  second: SubscriptionEnvironment,
): readonly EnvironmentDifference[] {
  const yesOrNo = (value: boolean) => (value ? 'yes' : 'no')
  const groups = configGroups(content).map(
    ({ name }): EnvironmentDifference => ({
      ...{ kind: 'group', name },
      ...{ first: yesOrNo(runsIn(first, name)), second: yesOrNo(runsIn(second, name)) },
    }),
  )
  const [own, other] = [variablesIn(content, first), variablesIn(content, second)]
  const names = [...new Set([...own.keys(), ...other.keys()])].toSorted()
  const choiceDifference = (kind: EnvironmentDifference['kind'], of: (each: SubscriptionEnvironment) => string) => ({
    ...{ kind, name: '', first: of(first), second: of(second) },
  })
  return [
    ...groups,
    ...names.map(
      (name): EnvironmentDifference => ({
        ...{ kind: 'variable', name, first: own.get(name) ?? null, second: other.get(name) ?? null },
      }),
    ),
    choiceDifference('plan', ({ settings }) => settings.plan),
    choiceDifference('sla', ({ settings }) => settings.sla),
    choiceDifference('vpn', ({ settings }) => yesOrNo(settings.vpn)),
    choiceDifference('search', ({ settings }) => yesOrNo(settings.search > 0)),
  ].filter((each) => each.first !== each.second)
}

/** The variables of an environment as JSON text. */
function variablesIn(content: Project, { profile }: SubscriptionEnvironment): ReadonlyMap<string, string> {
  const read = profile === '' ? null : variablesOf(content, profile)
  return new Map(Object.entries(read ?? {}).map(([name, value]) => [name, JSON.stringify(value)]))
}
