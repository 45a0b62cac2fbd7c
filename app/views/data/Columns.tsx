import { Columns3 } from 'lucide-react'
import { useWords } from '../../i18n/i18n.ts'
import { setSettings, useSettings } from '../../store/settings.ts'
import { Checkbox } from '../../ui/Field.tsx'
import { PanelButton } from '../../ui/PanelButton.tsx'

interface ColumnsProps {
  readonly all: readonly string[]
  readonly hidden: ReadonlySet<string>
  readonly onHidden: (hidden: ReadonlySet<string>) => void
  readonly profiled: boolean
  readonly onProfiled: (on: boolean) => void
}

/** Which properties are columns. */
export function Columns({ all, hidden, onHidden, profiled, onProfiled }: ColumnsProps) {
  const w = useWords()
  const raw = useSettings(({ values }) => values === 'raw')
  const toggle = (column: string, shown: boolean) => {
    const next = new Set(hidden)
    if (shown) next.delete(column)
    else next.add(column)
    onHidden(next)
  }
  return (
    <PanelButton
      icon={<Columns3 size={14} aria-hidden />}
      label={w.data.columns}
      className="flex max-h-80 w-64 flex-col gap-1.5 overflow-auto"
    >
      {() => (
        <>
          <Checkbox
            label={w.data.profile.show}
            checked={profiled}
            onChange={(event) => onProfiled(event.target.checked)}
          />
          <Checkbox
            className="border-b border-line pb-1.5"
            label={w.data.rawValues}
            checked={raw}
            onChange={(event) => setSettings({ values: event.target.checked ? 'raw' : 'human' })}
          />
          {all
            .filter((column) => column !== '_id')
            .map((column) => (
              <Checkbox
                key={column}
                label={<span className="mono break-all">{column}</span>}
                checked={!hidden.has(column)}
                onChange={(event) => toggle(column, event.target.checked)}
              />
            ))}
        </>
      )}
    </PanelButton>
  )
}
