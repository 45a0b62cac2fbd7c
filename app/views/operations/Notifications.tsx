import { BellRing, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import {
  type AnswerOf,
  isObject,
  type Json,
  type JsonObject,
  type Notification,
  type Problem,
} from '../../../engine-worker/index.ts'
import { ago } from '../../i18n/i18n.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { failureText } from '../../store/failure.ts'
import { changeRule, rulesIn } from '../../store/project/notification-rules.ts'
import { useContent, useProject } from '../../store/project/project.ts'
import { toast } from '../../store/toasts.ts'
import { useQuery } from '../../store/use-query.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { NotificationDialog } from './NotificationDialog.tsx'
import { deliveryMethodOf } from './notification-ways.ts'
import { useNotificationWords } from './notification-words.ts'
import { Panel } from './Panel.tsx'

/** Notifications that are shown at once. */
const maxNotifications = 5

/** The notification rules of the project, and the notifications that they have sent. */
export function Notifications({ project }: { readonly project: string }) {
  const w = useNotificationWords()
  const content = useContent()
  const readOnly = useProject((state) => state.readOnly)
  const version = useEngine((state) => state.version)
  const rules = rulesIn(content)
  const [edited, setEdited] = useState<{ readonly index: number | null; readonly rule: JsonObject } | null>(null)
  const key = JSON.stringify([project, version, rules])
  const { value } = useQuery(key, () => ask('notifications', null), { about: project })
  if (value === null) return null
  const { kinds, problems, notifications } = value
  const labelOf = (type: string) => {
    const label = kinds.find((kind) => kind.type === type)?.label ?? type
    return w.notifications.declared[label] ?? label
  }
  return (
    <Panel
      title={w.notifications.title}
      framed={false}
      aside={
        <IconButton
          label={w.notifications.add}
          disabled={readOnly || rules === null}
          onClick={() => setEdited({ index: null, rule: { type: 'pump_failed', recipients: [] } })}
        >
          <Plus size={14} aria-hidden />
        </IconButton>
      }
    >
      {rules?.length === 0 && value.rules.length === 0 && <p className="text-ink-soft">{w.notifications.none}</p>}
      <ul>
        {(rules ?? []).map((rule, index) => (
          // The place in the file is what a rule is known by.
          <li key={index} className="flex items-center gap-1 border-line border-b py-1 last:border-b-0">
            <Rule
              rule={rule}
              label={labelOf(textOf(rule, 'type'))}
              isOfPipes={kinds.find(({ type }) => type === textOf(rule, 'type'))?.about !== 'project'}
              id={textOf(rule, 'id') || String(index + 1)}
              readOnly={readOnly}
              onEdit={() => isObject(rule) && setEdited({ index, rule })}
              onRemove={() => changeRule(w.notifications.steps.remove, index, null)}
            />
          </li>
        ))}
        {value.rules
          .filter(({ id }) => id.includes('/'))
          .map(({ id, name, pipe }) => (
            <li key={id} className="border-line border-b py-1 last:border-b-0">
              {name} <span className="text-ink-soft">{pipe}</span>
            </li>
          ))}
      </ul>
      {problems.length > 0 && (
        <ul className="mt-1 text-bad">
          {problems.map((problem) => (
            <li key={JSON.stringify(problem.where) + problem.code}>{w.engine.message(problem)}</li>
          ))}
        </ul>
      )}
      {(notifications.length > 0 || value.rules.length > 0) && (
        <Told notifications={notifications.slice(0, maxNotifications)} />
      )}
      {edited && (
        <NotificationDialog
          kinds={kinds}
          rule={edited.rule}
          onClose={() => setEdited(null)}
          onSave={(rule) => {
            const { steps } = w.notifications
            changeRule(edited.index === null ? steps.add : steps.change, edited.index, rule)
            setEdited(null)
          }}
        />
      )}
    </Panel>
  )
}

interface RuleProps {
  readonly rule: Json
  readonly label: string
  readonly isOfPipes: boolean
  readonly id: string
  readonly readOnly: boolean
  readonly onEdit: () => void
  readonly onRemove: () => void
}

function Rule({ rule, label, isOfPipes, id, readOnly, onEdit, onRemove }: RuleProps) {
  const w = useNotificationWords()
  const name = textOf(rule, 'name') || label
  const tryRule = async () => {
    try {
      const deliveries = await ask('tryNotification', { rule: id })
      const failed = deliveries.find(({ state, reason }) => state !== 'sent' && state !== 'listed' && reason !== '')
      if (failed) toast(`${failed.recipient}: ${reasonOf(failed.reason, w.notifications.noChannel)}`, 'bad')
      else toast(w.notifications.tried(name))
    } catch (error) {
      toast(failureText(error), 'bad')
    }
  }
  return (
    <>
      <span className="min-w-0 flex-1 truncate" title={name}>
        {name}{' '}
        {isOfPipes && <span className="text-ink-soft">{textOf(rule, 'pipe_id') || w.notifications.allPipes}</span>}
      </span>
      <IconButton label={w.notifications.tryIt(name)} disabled={readOnly} onClick={() => void tryRule()}>
        <BellRing size={14} aria-hidden />
      </IconButton>
      <IconButton label={w.notifications.edit(name)} disabled={readOnly} onClick={onEdit}>
        <Pencil size={14} aria-hidden />
      </IconButton>
      <IconButton label={w.notifications.remove(name)} disabled={readOnly} onClick={onRemove}>
        <Trash2 size={14} aria-hidden />
      </IconButton>
    </>
  )
}

function Told({ notifications }: { readonly notifications: AnswerOf<'notifications'>['notifications'] }) {
  const w = useNotificationWords()
  return (
    <div className="mt-2">
      <h3 className="text-ink-soft text-tiny">{w.notifications.last}</h3>
      {notifications.length === 0 && <p className="text-ink-soft">{w.notifications.nothingTold}</p>}
      <ul>
        {notifications.map((notification) => (
          <li key={notification.number} className="border-line border-b py-1 last:border-b-0">
            <p className="flex gap-2">
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                {w.engine.message(problemOf(notification))} {w.notifications.found(notification.count)}
              </span>
              <span className="shrink-0 text-ink-soft text-tiny">{ago(notification.at, w)}</span>
            </p>
            <ul className="text-ink-soft text-tiny">
              {notification.deliveries.map(({ type, recipient, state, reason }) => (
                <li key={`${type} ${recipient}`} className={state === 'failed' ? 'text-bad' : ''}>
                  {recipient || w.notifications.ways[deliveryMethodOf(type)]}: {w.notifications.states[state]}
                  {reason !== '' && ` (${reasonOf(reason, w.notifications.noChannel)})`}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  )
}

function problemOf({ problem, pipe }: Notification): Problem {
  return { ...problem, where: { pipe } }
}

function reasonOf(reason: string, noChannel: string): string {
  return reason === 'no-channel' ? noChannel : reason
}

/** A text member of a rule as it is written; empty where it has none. */
function textOf(rule: Json, name: string): string {
  const value = isObject(rule) ? rule[name] : undefined
  return typeof value === 'string' ? value : ''
}
