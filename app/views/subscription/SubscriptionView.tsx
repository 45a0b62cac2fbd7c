import { Gauge } from 'lucide-react'
import { useState } from 'react'
import type { Ledger } from '../../../engine-worker/index.ts'
import { PageLayout } from '../../frame/PageLayout.tsx'
import { ViewHeader } from '../../frame/ViewHeader.tsx'
import { go } from '../../route.ts'
import { useEngine } from '../../store/engine/state.ts'
import { runPipes } from '../../store/project/runs.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { AgreementSection } from './AgreementSection.tsx'
import { EnvironmentPicker } from './EnvironmentPicker.tsx'
import { EnvironmentsSection } from './EnvironmentsSection.tsx'
import { InvoiceSection } from './InvoiceSection.tsx'
import { MeasuredUsage } from './MeasuredUsage.tsx'
import { PriceSection } from './PriceSection.tsx'
import { useSubscriptionWords } from './subscription-words.ts'
import { UsageSection } from './UsageSection.tsx'
import { priceIn, useCosts } from './use-costs.ts'
import { type KeepEnvironment, useLedger, withEnvironment } from './use-ledger.ts'
import { VpnSection } from './VpnSection.tsx'

const sectionNames = ['usage', 'price', 'agreement', 'invoices', 'vpn', 'environments'] as const
type SectionName = (typeof sectionNames)[number]

interface SubscriptionViewProps {
  readonly project: string
  readonly section: string | null
  readonly environment: string | null
}

/** What the project uses and what that costs, from its own data: nothing is fetched or sent. */
export function SubscriptionView({ project, section: asked, environment: askedId }: SubscriptionViewProps) {
  const w = useSubscriptionWords()
  const section = sectionNames.find((name) => name === asked) ?? 'usage'
  const { ledger, keep } = useLedger()
  const [addedGb, setAddedGb] = useState(0)
  const environments = ledger?.environments ?? []
  const environment = environments.find(({ id }) => id === askedId) ?? environments[0] ?? null
  const { costs, failure } = useCosts(environment, ledger ?? noLedger, addedGb)
  const total = costs === null ? null : priceIn(costs.now)
  const showSection = (next: SectionName, id: string | null = askedId) =>
    go({ at: 'subscription', project, section: next, environment: id }, 'replace')
  return (
    <PageLayout>
      <ViewHeader title={w.subscription.title} says={w.subscription.says}>
        {environment !== null && (
          <EnvironmentPicker
            environments={environments}
            chosen={environment.id}
            onChoose={(id) => showSection(section, id)}
          />
        )}
        {total !== null && costs !== null && (
          <output className="text-ink-soft" aria-label={w.subscription.monthly}>
            <strong className="mr-2 text-head text-ink tabular-nums">{w.subscription.money(total.total)}</strong>
            {w.subscription.aMonth(costs.table.currency)}
          </output>
        )}
      </ViewHeader>
      <Tabs
        className="flex-1 [&>div:first-child]:px-5"
        label={w.subscription.title}
        value={section}
        onChange={(next) => showSection(next)}
        tabs={sectionNames.map((id) => ({ id, label: w.subscription.sections[id] }))}
      >
        <div className="flex min-h-0 flex-1 flex-col overflow-auto p-5">
          {failure !== null && <p className="mb-3 rounded-md bg-bad-soft px-3 py-2 text-bad">{failure}</p>}
          {ledger === null || environment === null || costs === null ? (
            failure === null && <p className="text-ink-soft">{w.common.loading}</p>
          ) : section === 'environments' ? (
            <EnvironmentsSection
              ledger={ledger}
              currency={costs.table.currency}
              onChange={(environments) => keep({ environments })}
              onOpen={(id) => showSection('usage', id)}
            />
          ) : (
            <EnvironmentSection
              key={environment.id}
              {...{ project, section, environment, costs, addedGb, setAddedGb }}
              prices={ledger.prices}
              keepPrices={(prices) => keep({ prices })}
              hosting={ledger.hosting}
              keepHosting={(hosting) => keep({ hosting })}
              showsDocuments={(id) => id === environment.id || !environments.some((each) => each.id === id)}
              keep={(parts) => keep(withEnvironment(ledger, environment.id, parts))}
            />
          )}
        </div>
      </Tabs>
    </PageLayout>
  )
}

const noLedger = {
  prices: {},
  hosting: { machine: '0', storage: '0', coreHour: '0', cores: '0', hours: '0' },
} as const

interface EnvironmentSectionProps {
  readonly project: string
  readonly section: Exclude<SectionName, 'environments'>
  readonly environment: Ledger['environments'][number]
  readonly costs: NonNullable<ReturnType<typeof useCosts>['costs']>
  readonly prices: Ledger['prices']
  readonly addedGb: number
  readonly setAddedGb: (gb: number) => void
  readonly keep: KeepEnvironment
  readonly keepPrices: (prices: Ledger['prices']) => void
  readonly hosting: Ledger['hosting']
  readonly keepHosting: (hosting: Ledger['hosting']) => void
  readonly showsDocuments: (environment: string) => boolean
}

function EnvironmentSection({ project, section, environment, costs, prices, keep, ...more }: EnvironmentSectionProps) {
  const w = useSubscriptionWords()
  const hasData = useEngine((state) => state.datasets.length > 0)
  const isReady = useEngine((state) => state.state === 'ready')
  if (section === 'agreement')
    return <AgreementSection environment={environment} keep={keep} showsDocuments={more.showsDocuments} />
  if (section === 'invoices') return <InvoiceSection environment={environment} own={prices} keep={keep} />
  if (section === 'vpn') return <VpnSection environment={environment} keep={keep} />
  if (section === 'price')
    return (
      <PriceSection
        environment={environment}
        keep={keep}
        prices={prices}
        onPrices={more.keepPrices}
        hosting={more.hosting}
        onHosting={more.keepHosting}
        costs={costs}
        addedGb={more.addedGb}
        onAddedGb={more.setAddedGb}
      />
    )
  if (isReady && !hasData && costs.usage.measured === null)
    return (
      <>
        <Empty
          icon={<Gauge size={20} aria-hidden />}
          title={w.subscription.nothing}
          action={
            <Button look="main" onClick={() => void runPipes({})}>
              {w.run.all}
            </Button>
          }
        >
          {w.subscription.nothingSays}
        </Empty>
        <MeasuredUsage environment={environment.id} measured={null} />
      </>
    )
  return <UsageSection project={project} environment={environment} own={prices} costs={costs} />
}
