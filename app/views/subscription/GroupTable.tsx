import { Download } from 'lucide-react'
import type { Project, SubscriptionEnvironment } from '../../../engine-worker/index.ts'
import { count } from '../../i18n/numbers.ts'
import { fileName, saveFile } from '../../store/save-file.ts'
import { Button } from '../../ui/Button.tsx'
import { configGroups, runsIn } from './config-groups.ts'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'

interface GroupTableProps {
  readonly environments: readonly SubscriptionEnvironment[]
  readonly content: Project
}

/** More environments than these are counted instead of named. */
const maxNames = 8

/** The config groups: where each runs, and its configuration as a file that is deployed alone. */
export function GroupTable({ environments, content }: GroupTableProps) {
  const w = useSubscriptionWords()
  return (
    <SectionCard title={w.environments.groupTable} says={w.environments.groupTableSays}>
      <table className="w-full tabular-nums">
        <thead>
          <tr className="text-left text-ink-soft">
            <th className="h-7 font-normal">{w.environments.group}</th>
            <th className="text-right font-normal">{w.environments.components}</th>
            <th className="pl-6 font-normal">{w.environments.runsIn}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {configGroups(content).map(({ name, pipes, systems, configuration }) => {
            const group = name || w.environments.defaultGroup
            const where = environments.filter((each) => runsIn(each, name)).map((each) => each.name)
            return (
              <tr key={name} className="border-t border-line">
                <th scope="row" className="h-9 text-left font-normal">
                  {name || w.environments.noGroup}
                </th>
                <td className="text-right">
                  {count(pipes)} + {count(systems)}
                </td>
                <td className={`pl-6 ${where.length === 0 ? 'text-warn' : ''}`}>
                  {where.length > maxNames
                    ? w.environments.countOf(where.length)
                    : where.join(', ') || w.environments.nowhere}
                </td>
                <td className="text-right">
                  <Button
                    small
                    icon={<Download size={14} aria-hidden />}
                    onClick={() => saveFile(configuration, `${fileName(group)}.json`, 'application/json')}
                  >
                    {w.environments.deploy(group)}
                  </Button>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </SectionCard>
  )
}
