import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { type AnswerOf, isObject, type Json, type JsonObject } from '../../../engine-worker/index.ts'
import { useEngine } from '../../store/engine/state.ts'
import { askForDesktop } from '../../store/notify.ts'
import { useServerPlace } from '../../store/server/place.ts'
import { toast } from '../../store/toasts.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormField, Input, Select } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { type DeliveryMethod, deliveryMethodOf, deliveryMethods } from './notification-ways.ts'
import { useNotificationWords } from './notification-words.ts'

type Kinds = AnswerOf<'notifications'>['kinds']
type RuleField = Kinds[number]['fields'][number]

interface NotificationDialogProps {
  readonly kinds: Kinds
  readonly rule: JsonObject
  readonly onClose: () => void
  readonly onSave: (rule: JsonObject) => void
}

/** A notification rule as a form, made of what its kind declares. */
export function NotificationDialog({ kinds, rule: given, onClose, onSave }: NotificationDialogProps) {
  const w = useNotificationWords().notifications
  const common = useNotificationWords().common
  const facts = useEngine((state) => state.facts)
  const [rule, setRule] = useState(given)
  const setMember = (name: string, value: Json | undefined) => {
    const { [name]: _, ...others } = rule
    setRule(value === undefined || value === '' ? others : { ...others, [name]: value })
  }
  const kind = kinds.find(({ type }) => type === rule.type) ?? kinds[0]
  const info = isObject(rule.extra_rule_info) ? rule.extra_rule_info : {}
  const translatedText = (text: string) => w.declared[text] ?? text
  const isComplete = kind?.fields.every(({ name, default: otherwise }) => (info[name] ?? otherwise) !== undefined)
  const textOf = (name: string) => (typeof rule[name] === 'string' ? rule[name] : '')
  return (
    <Dialog open onClose={onClose} title={w.dialogTitle} says={w.dialogSays}>
      <form
        className="flex flex-col gap-3 pt-1"
        onSubmit={(event) => {
          event.preventDefault()
          onSave(withId(rule))
        }}
      >
        <FormField label={w.kind} help={kind && translatedText(kind.says)}>
          {(ids) => (
            <Select
              {...ids}
              value={kind?.type}
              onChange={(event) => {
                // What another kind asks for means nothing to this one.
                const { extra_rule_info: _, pipe_id: __, ...others } = rule
                setRule({ ...others, type: event.target.value })
              }}
            >
              {kinds.map(({ type, label }) => (
                <option key={type} value={type}>
                  {translatedText(label)}
                </option>
              ))}
            </Select>
          )}
        </FormField>
        {kind?.fields.map((field) => (
          <RuleFieldInput
            key={field.name}
            field={field}
            label={translatedText(field.label)}
            value={info[field.name]}
            onChange={(value) => {
              const { [field.name]: _, ...others } = info
              const next = value === undefined ? others : { ...others, [field.name]: value }
              setMember('extra_rule_info', Object.keys(next).length === 0 ? undefined : next)
            }}
          />
        ))}
        {kind?.about !== 'project' && (
          <FormField label={w.pipe}>
            {(ids) => (
              <Select {...ids} value={textOf('pipe_id')} onChange={(event) => setMember('pipe_id', event.target.value)}>
                <option value="">{w.allPipes}</option>
                {facts.map(({ pipe }) => (
                  <option key={pipe}>{pipe}</option>
                ))}
              </Select>
            )}
          </FormField>
        )}
        <FormField label={w.name}>
          {(ids) => (
            <Input
              {...ids}
              value={textOf('name')}
              placeholder={kind && translatedText(kind.label)}
              onChange={(event) => setMember('name', event.target.value)}
            />
          )}
        </FormField>
        <Recipients
          recipients={Array.isArray(rule.recipients) ? rule.recipients : []}
          onChange={(recipients) => setMember('recipients', [...recipients])}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" look="main" disabled={!isComplete}>
            {w.save}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** A rule has an `id` of its own, so that its notifications stay with it when earlier rules are removed. */
function withId(rule: JsonObject): JsonObject {
  return typeof rule.id === 'string' && rule.id !== '' ? rule : { id: crypto.randomUUID(), ...rule }
}

interface RuleFieldInputProps {
  readonly field: RuleField
  readonly label: string
  readonly value: Json | undefined
  readonly onChange: (value: Json | undefined) => void
}

function RuleFieldInput({ field, label, value, onChange }: RuleFieldInputProps) {
  const w = useNotificationWords().notifications
  const { is, of, default: otherwise, min } = field
  const shown = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  const missing = value === undefined && otherwise === undefined ? w.missing : null
  return (
    <FormField
      label={is === 'seconds' ? `${label} (${w.seconds})` : label}
      problem={missing}
      required={otherwise === undefined}
    >
      {(ids) =>
        is === 'choice' ? (
          <Select {...ids} value={shown || String(otherwise)} onChange={(event) => onChange(event.target.value)}>
            {of?.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </Select>
        ) : (
          <Input
            {...ids}
            type={is === 'text' ? 'text' : 'number'}
            {...(min === undefined ? {} : { min })}
            step="any"
            value={shown}
            placeholder={otherwise === undefined ? '' : String(otherwise)}
            onChange={({ target }) => {
              if (target.value === '') onChange(undefined)
              else onChange(is === 'text' ? target.value : Number(target.value))
            }}
          />
        )
      }
    </FormField>
  )
}

interface RecipientsProps {
  readonly recipients: readonly Json[]
  readonly onChange: (recipients: readonly Json[]) => void
}

function Recipients({ recipients, onChange }: RecipientsProps) {
  const w = useNotificationWords().notifications
  const isServed = useServerPlace((state) => state.address) !== null
  const replaceRecipient = (at: number, type: DeliveryMethod, id: string) => {
    const method = type === 'role' || type === 'user_id' ? 'portal' : type
    onChange(recipients.map((one, index) => (index === at ? { type, id, methods: [method] } : one)))
  }
  const chooseRecipient = async (at: number, type: DeliveryMethod, id: string) => {
    replaceRecipient(at, type, type === 'desktop' ? '' : id)
    if (type === 'desktop' && !(await askForDesktop())) toast(w.desktopBlocked, 'bad')
  }
  const help: Readonly<Record<DeliveryMethod, string>> = {
    webhook: isServed ? '' : w.webhookHere,
    email: isServed ? w.mailThere : w.mailHere,
    desktop: w.desktopSays,
    role: w.listedOnly,
    user_id: w.listedOnly,
  }
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="text-ink-soft">{w.recipients}</legend>
      {recipients.map((recipient, at) => {
        const [type, id] = recipientParts(recipient)
        return (
          <div key={at} className="flex items-start gap-2">
            <Select
              className="max-w-32"
              aria-label={w.how}
              value={type}
              onChange={({ target }) => void chooseRecipient(at, deliveryMethodOf(target.value), id)}
            >
              {deliveryMethods.map((way) => (
                <option key={way} value={way}>
                  {w.ways[way]}
                </option>
              ))}
            </Select>
            <div className="min-w-0 flex-1">
              {type !== 'desktop' && (
                <Input
                  aria-label={w.recipient}
                  value={id}
                  placeholder={type === 'webhook' ? w.webhookHint : type === 'email' ? w.mailHint : ''}
                  onChange={({ target }) => replaceRecipient(at, type, target.value)}
                />
              )}
              {help[type] !== '' && <p className="text-ink-faint text-tiny">{help[type]}</p>}
            </div>
            <IconButton
              label={w.removeRecipient}
              onClick={() => onChange(recipients.filter((_, index) => index !== at))}
            >
              <Trash2 size={14} aria-hidden />
            </IconButton>
          </div>
        )
      })}
      <div>
        <Button
          icon={<Plus size={14} aria-hidden />}
          onClick={() => onChange([...recipients, { type: 'webhook', id: '', methods: ['webhook'] }])}
        >
          {w.addRecipient}
        </Button>
      </div>
    </fieldset>
  )
}

/** The way and the address of a recipient; a text alone is an address of mail, or a role. */
function recipientParts(recipient: Json): readonly [DeliveryMethod, string] {
  if (typeof recipient === 'string') return [recipient.includes('@') ? 'email' : 'role', recipient]
  if (!isObject(recipient)) return ['role', '']
  return [deliveryMethodOf(recipient.type), typeof recipient.id === 'string' ? recipient.id : '']
}
