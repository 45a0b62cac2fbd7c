import { Gauge } from 'lucide-react'
import { useState } from 'react'
import { PageLayout } from '../../frame/PageLayout.tsx'
import { go } from '../../route.ts'
import { useEngine } from '../../store/engine/state.ts'
import { runPipes } from '../../store/project/runs.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { InvoiceSection } from './InvoiceSection.tsx'
import { PriceSection } from './PriceSection.tsx'
import { useSubscriptionWords } from './subscription-words.ts'
import { UsageSection } from './UsageSection.tsx'
import { priceIn, useCosts } from './use-costs.ts'
import { useLedger } from './use-ledger.ts'
import { VpnSection } from './VpnSection.tsx'

const sections = ['usage', 'price', 'vpn', 'invoices'] as const

interface SubscriptionViewProps {
  readonly project: string
  readonly section: string | null
}

/** What the project uses and what that costs, from its own data: nothing is fetched or sent. */
export function SubscriptionView({ project, section: asked }: SubscriptionViewProps) {
  const w = useSubscriptionWords()
  const section = sections.find((name) => name === asked) ?? 'usage'
  const { ledger, keep } = useLedger()
  const [addedGb, setAddedGb] = useState(0)
  const hasData = useEngine((state) => state.datasets.length > 0)
  const isReady = useEngine((state) => state.state === 'ready')
  const { costs, failure } = useCosts(ledger, addedGb)
  const total = costs === null ? null : priceIn(costs.now)
  return (
    <PageLayout>
      <header className="flex flex-wrap items-end gap-3 px-5 pt-4 pb-2">
        <div className="min-w-60 flex-1">
          <h1 className="text-head">{w.subscription.title}</h1>
          <p className="text-ink-soft">{w.subscription.says}</p>
        </div>
        {total !== null && costs !== null && (
          <output className="text-ink-soft" aria-label={w.subscription.monthly}>
            <strong className="mr-2 text-head text-ink tabular-nums">{w.subscription.money(total.total)}</strong>
            {w.subscription.aMonth(costs.table.currency)}
          </output>
        )}
      </header>
      <Tabs
        className="flex-1 [&>div:first-child]:px-5"
        label={w.subscription.title}
        value={section}
        onChange={(next) => go({ at: 'subscription', project, section: next }, 'replace')}
        tabs={sections.map((id) => ({ id, label: w.subscription.sections[id] }))}
      >
        <div className="flex min-h-0 flex-1 flex-col overflow-auto p-5">
          {failure !== null && <p className="mb-3 rounded-md bg-bad-soft px-3 py-2 text-bad">{failure}</p>}
          {ledger === null || costs === null ? (
            failure === null && <p className="text-ink-soft">{w.common.loading}</p>
          ) : section === 'invoices' ? (
            <InvoiceSection ledger={ledger} keep={keep} costs={costs} />
          ) : section === 'vpn' ? (
            <VpnSection ledger={ledger} keep={keep} />
          ) : section === 'price' ? (
            <PriceSection ledger={ledger} keep={keep} costs={costs} addedGb={addedGb} onAddedGb={setAddedGb} />
          ) : isReady && !hasData ? (
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
          ) : (
            <UsageSection project={project} ledger={ledger} costs={costs} />
          )}
        </div>
      </Tabs>
    </PageLayout>
  )
}
