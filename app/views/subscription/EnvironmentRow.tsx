import { Trash2 } from 'lucide-react'
import type { AnswerOf, SubscriptionEnvironment } from '../../../engine-worker/index.ts'
import { profilesOf } from '../../store/project/profiles.ts'
import { useContent } from '../../store/project/project.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox, Input, Select } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { configGroups } from './config-groups.ts'
import { useSubscriptionWords } from './subscription-words.ts'

interface EnvironmentRowProps {
  readonly environment: SubscriptionEnvironment
  /** What it uses and costs; null until that is known. */
  readonly priced: AnswerOf<'environmentPrices'>[number] | null
  /** It has just been added: its name is what to write next. */
  readonly isNew: boolean
  readonly isOnly: boolean
  readonly onChange: (parts: Partial<SubscriptionEnvironment>) => void
  readonly onOpen: () => void
  readonly onRemove: () => void
}

/** One environment of the table: its name, what runs in it, its plan, data and price. */
export function EnvironmentRow(props: EnvironmentRowProps) {
  const { environment, priced, isNew, isOnly, onChange, onOpen, onRemove } = props
  const w = useSubscriptionWords()
  const content = useContent()
  const { name, profile, settings } = environment
  const price = priced?.price ?? null
  return (
    <tr className="border-t border-line align-middle">
      <td className="py-1 pr-3">
        <Input
          aria-label={`${w.environments.name}: ${name}`}
          autoFocus={isNew}
          onFocus={({ target }) => isNew && target.select()}
          defaultValue={name}
          maxLength={80}
          onBlur={({ target }) => {
            if (target.value.trim() !== '') onChange({ name: target.value.trim() })
            else target.value = name
          }}
        />
      </td>
      <td className="py-1 pr-3">
        <Groups environment={environment} onChange={(groups) => onChange({ groups })} />
      </td>
      <td className="py-1 pr-3">
        <Select
          aria-label={`${w.environments.profile}: ${name}`}
          value={profile}
          onChange={({ target }) => onChange({ profile: target.value })}
        >
          <option value="">{w.environments.noProfile}</option>
          {profilesOf(content).map((each) => (
            <option key={each}>{each}</option>
          ))}
        </Select>
      </td>
      <td className="py-2 pr-3">{w.subscription.plan(settings.plan)}</td>
      <td className="py-2 text-right">
        {priced === null ? '–' : w.subscription.size(priced.bytes)}
        {priced?.measured != null && (
          <span className="block text-tiny text-ink-faint">{w.environments.measuredOn(priced.measured)}</span>
        )}
      </td>
      <td className="py-2 text-right font-semibold">
        {price === null ? (
          '–'
        ) : 'problem' in price ? (
          <span className="font-normal text-warn">{w.engine.message(price.problem)}</span>
        ) : (
          w.subscription.money(price.total)
        )}
      </td>
      <td className="py-1 pl-2">
        <div className="flex items-center justify-end gap-1">
          <Button small onClick={onOpen} aria-label={w.environments.open(name)}>
            {w.common.open}
          </Button>
          <IconButton label={w.environments.remove(name)} disabled={isOnly} onClick={onRemove}>
            <Trash2 size={14} aria-hidden />
          </IconButton>
        </div>
      </td>
    </tr>
  )
}

interface GroupsProps {
  readonly environment: SubscriptionEnvironment
  readonly onChange: (groups: SubscriptionEnvironment['groups']) => void
}

/** All of the project, or some of its config groups. */
function Groups({ environment: { groups, name }, onChange }: GroupsProps) {
  const w = useSubscriptionWords()
  const content = useContent()
  const known = [...new Set([...configGroups(content).map((group) => group.name), ...(groups ?? [])])]
  if (known.length < 2 && groups === null) return <span className="inline-block py-1">{w.environments.allGroups}</span>
  return (
    <fieldset className="flex flex-wrap gap-x-3" aria-label={`${w.environments.groups}: ${name}`}>
      <Checkbox
        label={w.environments.allGroups}
        checked={groups === null}
        onChange={({ target }) => onChange(target.checked ? null : known)}
      />
      {groups !== null &&
        known.map((group) => (
          <Checkbox
            key={group}
            label={group || w.environments.noGroup}
            checked={groups.includes(group)}
            onChange={({ target }) =>
              onChange(target.checked ? [...groups, group] : groups.filter((each) => each !== group))
            }
          />
        ))}
    </fieldset>
  )
}
