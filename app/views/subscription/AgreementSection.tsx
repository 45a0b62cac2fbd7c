import type { Agreement, SubscriptionEnvironment } from '../../../engine-worker/index.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useQuery } from '../../store/use-query.ts'
import { FormField, Input, TextArea } from '../../ui/Field.tsx'
import { AgreementTimeline } from './AgreementTimeline.tsx'
import { Documents } from './Documents.tsx'
import { Incidents } from './Incidents.tsx'
import { Reminders } from './Reminders.tsx'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'
import type { KeepEnvironment } from './use-ledger.ts'

interface AgreementSectionProps {
  readonly environment: SubscriptionEnvironment
  readonly keep: KeepEnvironment
  /** Whether documents of an environment are shown here: those of environments that are gone, too. */
  readonly showsDocuments: (environment: string) => boolean
}

/** What was agreed, its dates, what went wrong, its documents and the days not to miss. */
export function AgreementSection({ environment, keep, showsDocuments }: AgreementSectionProps) {
  const w = useSubscriptionWords()
  const { agreement, invoices, name, settings } = environment
  const setAgreement = (change: Partial<Agreement>) => keep({ agreement: { ...agreement, ...change } })
  const { value, failure } = useQuery(JSON.stringify([agreement, invoices, name]), () =>
    ask('reminders', { environments: [{ agreement, invoices, name }] }),
  )
  const [ends] = value?.ends ?? []
  const [service] = value?.service ?? []
  const dayField = (member: 'start' | 'fixedFrom', label: string, help?: string) => (
    <FormField label={label} help={help}>
      {(ids) => (
        <Input
          {...ids}
          type="date"
          value={agreement[member]}
          onChange={({ target }) => setAgreement({ [member]: target.value })}
        />
      )}
    </FormField>
  )
  const monthsField = (member: 'minimumMonths' | 'noticeMonths', label: string) => (
    <FormField label={label}>
      {(ids) => (
        <Input
          {...ids}
          type="number"
          min={0}
          max={600}
          value={agreement[member]}
          onChange={({ target }) => setAgreement({ [member]: Math.max(0, Math.min(600, target.valueAsNumber || 0)) })}
        />
      )}
    </FormField>
  )
  return (
    <div className="grid gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="flex min-w-0 flex-col gap-4">
        <SectionCard title={w.agreement.title} says={w.agreement.says}>
          {failure !== null && <p className="py-1 text-bad">{failure}</p>}
          <dl className="grid grid-cols-2 gap-3 py-2 md:grid-cols-4">
            <Fact label={w.agreement.plan} value={w.subscription.plan(settings.plan)} />
            <Fact label={w.agreement.notice} value={w.agreement.months(agreement.noticeMonths)} />
            <Fact label={w.agreement.answerWithin} value={w.subscription.sla(settings.sla)} />
            {service !== undefined && agreement.incidents.length > 0 && (
              <Fact
                label={w.agreement.up(service.month)}
                value={w.agreement.ofTarget(`${w.subscription.money((service.available * 100).toFixed(2))} %`)}
                more={service.points === 0 ? null : w.agreement.points(service.points, service.reduction)}
              />
            )}
          </dl>
          {value !== null && ends !== undefined && agreement.start !== '' ? (
            <AgreementTimeline
              agreement={agreement}
              answer={value}
              lastDay={ends.lastDay}
              minimumTerm={ends.minimumTerm}
            />
          ) : (
            <p className="py-1 text-ink-soft">{w.agreement.noStart}</p>
          )}
          <div className="grid gap-3 py-2 sm:grid-cols-2">
            {dayField('start', w.agreement.start)}
            {monthsField('minimumMonths', w.agreement.minimumMonths)}
            {monthsField('noticeMonths', w.agreement.noticeMonths)}
            {dayField('fixedFrom', w.agreement.fixedFrom, w.agreement.fixedHelp)}
          </div>
          <FormField label={w.agreement.note}>
            {(ids) => (
              <TextArea
                {...ids}
                rows={3}
                value={agreement.note}
                onChange={({ target }) => setAgreement({ note: target.value })}
              />
            )}
          </FormField>
        </SectionCard>
        <Incidents incidents={agreement.incidents} onChange={(incidents) => setAgreement({ incidents })} />
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        {value !== null && <Reminders answer={value} />}
        <Documents environment={environment.id} isShown={showsDocuments} />
      </div>
    </div>
  )
}

function Fact({
  label,
  value,
  more = null,
}: {
  readonly label: string
  readonly value: string
  readonly more?: string | null
}) {
  return (
    <div>
      <dt className="text-tiny text-ink-faint">{label}</dt>
      <dd className="font-semibold">{value}</dd>
      {more !== null && <dd className="text-tiny text-warn">{more}</dd>}
    </div>
  )
}
