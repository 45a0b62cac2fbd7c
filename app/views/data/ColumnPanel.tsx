import { FlaskConical, ListFilter, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { PropertyProfile } from '../../../engine-worker/index.ts'
import { useBrowseWords } from '../../data/browse-words.ts'
import { useTextOfTransit } from '../../data/ShownValue.tsx'
import { count, percent } from '../../i18n/numbers.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { ColumnChecks } from './ColumnChecks.tsx'
import { SpreadChart } from './SpreadChart.tsx'
import { type TableControl, withFilter } from './table-state.ts'
import { useProfile } from './use-profile.ts'

interface ColumnPanelProps {
  readonly dataset: string
  readonly property: string
  readonly table: TableControl
}

/** Values that are named. */
const maxValues = 8

/** The values of one column in depth: how many, how spread, which are commonest, their shapes, and what can be expected. */
export function ColumnPanel({ dataset, property, table }: ColumnPanelProps) {
  const words = useBrowseWords().browse
  const { search, filters } = table.state
  const profile = useProfile({ dataset, properties: [property], search, filters })
  const found = profile?.properties.get(property) ?? null
  const isPart = profile !== null && profile.read < profile.entities
  const filterBy = (how: 'is' | 'present' | 'missing', value: string) =>
    table.change({ filters: withFilter(filters, { property, how, value }) })
  const closePanel = () => {
    table.change({ looked: null })
    document.querySelector<HTMLElement>('main [role=grid]')?.focus()
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-auto px-4 py-3">
      <header className="flex items-center gap-1">
        <h2 className="mono min-w-0 flex-1 truncate text-title" title={property}>
          {property}
        </h2>
        <IconButton label={words.profile.close} onClick={closePanel}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      {found === null || profile === null ? (
        <p className="text-ink-soft">{words.profile.working}</p>
      ) : (
        <>
          {isPart && <p className="text-warn">{words.profile.part(count(profile.read), count(profile.entities))}</p>}
          <Presence profile={found} entities={profile.read} />
          <div className="flex flex-wrap gap-2">
            <Button small icon={<ListFilter size={13} aria-hidden />} onClick={() => filterBy('present', '')}>
              {words.profile.showPresent}
            </Button>
            {found.present.all < profile.read && (
              <Button small icon={<ListFilter size={13} aria-hidden />} onClick={() => filterBy('missing', '')}>
                {words.profile.showMissing}
              </Button>
            )}
          </div>
          {found.spread && (
            <Section title={words.profile.spread[found.spread.is]}>
              <SpreadChart
                label={`${property}: ${words.profile.spread[found.spread.is]}`}
                spread={found.spread}
                isFound={profile.found < profile.read}
              />
            </Section>
          )}
          <Section title={words.profile.values}>
            {found.top.length === 0 && <p className="text-ink-soft">{words.profile.none}</p>}
            <TopValues profile={found} onFilter={(value) => filterBy('is', value)} />
          </Section>
          {found.shapes.length > 0 && (
            <Section title={words.profile.shapes} note={words.profile.shapesSays}>
              <Bars
                rows={found.shapes.map(({ shape, count: times }) => ({ name: shape === '' ? '""' : shape, times }))}
                of={found.present.all}
              />
            </Section>
          )}
          {!isPart && (
            <Section
              title={words.profile.checks}
              note={words.profile.checksSays}
              icon={<FlaskConical size={13} aria-hidden />}
            >
              <ColumnChecks dataset={dataset} profile={found} entities={profile.entities} />
            </Section>
          )}
        </>
      )}
    </div>
  )
}

function Presence({ profile, entities }: { readonly profile: PropertyProfile; readonly entities: number }) {
  const words = useBrowseWords().browse.profile
  const { present, nulls, kinds, distinct, repeated } = profile
  const missing = entities - present.all - nulls.all
  const once = present.all - repeated.entities
  const parts = [
    { id: 'once', value: once, text: words.once, className: 'bg-good' },
    { id: 'shared', value: repeated.entities, text: words.shared, className: 'bg-source' },
    { id: 'nulls', value: nulls.all, text: words.nulls, className: 'bg-line-strong' },
    { id: 'missing', value: missing, text: words.missing, className: 'bg-warn' },
  ].filter(({ value }) => value > 0)
  return (
    <div className="flex flex-col gap-1.5">
      <p className="text-ink-soft">
        {words.title(
          kinds.map(({ kind, count: times }) => (kinds.length > 1 ? `${kind} (${count(times)})` : kind)).join(', '),
          percent(present.all / Math.max(1, entities)),
          count(entities),
        )}
      </p>
      <div aria-hidden className="flex h-2 overflow-hidden rounded-full">
        {parts.map(({ id, value, className }) => (
          <span key={id} className={className} style={{ width: `${(100 * value) / Math.max(1, entities)}%` }} />
        ))}
      </div>
      <ul className="flex flex-wrap gap-x-4 gap-y-0.5">
        {parts.map(({ id, value, text, className }) => (
          <li key={id} className="flex items-center gap-1.5">
            <span aria-hidden className={`size-2 rounded-full ${className}`} />
            <span className="font-semibold tabular-nums">{count(value)}</span> {text}
          </li>
        ))}
        <li>
          <span className="font-semibold tabular-nums">{count(distinct)}</span> {words.unique}
        </li>
      </ul>
    </div>
  )
}

interface SectionProps {
  readonly title: string
  readonly note?: string
  readonly icon?: ReactNode
  readonly children: ReactNode
}

function Section({ title, note, icon, children }: SectionProps) {
  return (
    <section className="flex flex-col gap-1">
      <h3 className="eyebrow flex items-center gap-1.5">
        {icon}
        {title}
      </h3>
      {note !== undefined && <p className="text-tiny text-ink-faint">{note}</p>}
      {children}
    </section>
  )
}

function TopValues({
  profile,
  onFilter,
}: {
  readonly profile: PropertyProfile
  readonly onFilter: (value: string) => void
}) {
  const words = useBrowseWords().browse.profile
  const textOf = useTextOfTransit()
  return (
    <Bars
      rows={profile.top.slice(0, maxValues).map(({ value, all }) => ({ name: textOf(value), times: all }))}
      of={profile.present.all}
      onChoose={(name) => onFilter(name)}
      chooseLabel={words.filterBy}
    />
  )
}

interface BarsProps {
  readonly rows: readonly { readonly name: string; readonly times: number }[]
  readonly of: number
  readonly onChoose?: (name: string) => void
  readonly chooseLabel?: (name: string) => string
}

/** Names with a bar and a number each; a list, so that it is its own table. */
function Bars({ rows, of, onChoose, chooseLabel }: BarsProps) {
  const most = Math.max(1, ...rows.map(({ times }) => times))
  return (
    <ul className="flex flex-col">
      {rows.map(({ name, times }, at) => {
        const line = (
          <>
            <span className="mono min-w-0 flex-1 truncate text-left" title={name}>
              {name}
            </span>
            <span aria-hidden className="h-1 w-16 shrink-0 overflow-hidden rounded-full bg-line">
              <span className="block h-full bg-source" style={{ width: `${(100 * times) / most}%` }} />
            </span>
            <span className="w-20 shrink-0 text-right tabular-nums" title={percent(times / Math.max(1, of))}>
              {count(times)}
            </span>
          </>
        )
        return (
          <li key={`${at} ${name}`}>
            {onChoose ? (
              <button
                type="button"
                aria-label={`${chooseLabel?.(name) ?? name}: ${count(times)}`}
                className="flex h-6 w-full items-center gap-2 rounded-sm px-1 hover:bg-hover"
                onClick={() => onChoose(name)}
              >
                {line}
              </button>
            ) : (
              <div className="flex h-6 items-center gap-2 px-1">{line}</div>
            )}
          </li>
        )
      })}
    </ul>
  )
}
