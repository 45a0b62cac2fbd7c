import { useState } from 'react'
import type { FileReport } from '../../../engine-worker/index.ts'
import { humanOf } from '../../data/readable-values.ts'
import type { BroughtFile } from '../../store/project/import/data-files.ts'
import { useSettings } from '../../store/settings.ts'
import { classes } from '../../ui/classes.ts'
import { Segments } from '../../ui/Segments.tsx'
import { useFilesWords } from './files-words.ts'

/** Rows and columns drawn. */
const maxRows = 12
const maxColumns = 40

interface FirstRowsProps {
  readonly file: BroughtFile
  readonly report: FileReport
}

/** The first rows as they will be, or as they stand in the file. */
export function FirstRows({ file, report }: FirstRowsProps) {
  const w = useFilesWords().dataFiles
  const language = useSettings((state) => state.language)
  const [shown, setShown] = useState<'after' | 'before'>('after')
  const columns = report.columns.slice(0, maxColumns)
  const rows = Array.from({ length: Math.min(maxRows, columns[0]?.first.length ?? 0) }, (_, at) => at)
  const staying = report.columns.reduce(
    (sum, { name, conversion }) => sum + (conversion && file.converted.has(name) ? conversion.of - conversion.read : 0),
    0,
  )
  return (
    <section aria-label={w.firstRows} className="border-t border-line">
      <div className="flex flex-wrap items-center gap-3 px-4 py-2">
        <h3>{w.firstRows}</h3>
        <Segments
          label={w.firstRows}
          options={[
            { id: 'after', label: w.asTheyWillBe },
            { id: 'before', label: w.asInFile },
          ]}
          value={shown}
          onChange={setShown}
        />
        <span className="flex-1" />
        {staying > 0 && (
          <span className="rounded-full bg-warn-soft px-2 text-tiny text-warn">{w.staying(staying)}</span>
        )}
      </div>
      <div tabIndex={0} role="group" aria-label={w.rows} className="overflow-x-auto -outline-offset-2">
        <table className="mono w-full">
          <thead>
            <tr className="text-left text-ink-soft">
              {columns.map(({ name }) => (
                <th key={name} className="max-w-44 truncate px-4 py-1 font-normal whitespace-nowrap">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((at) => (
              <tr key={at} className="border-t border-line">
                {columns.map((column) => {
                  const isOn = file.converted.has(column.name) && shown === 'after'
                  const raw = column.first[at] ?? null
                  const value = isOn ? (column.firstConverted[at] ?? null) : raw
                  const stays = isOn && raw !== null && value === raw && isUnread(column, raw)
                  return (
                    <td
                      key={column.name}
                      className={classes(
                        'max-w-44 truncate px-4 py-0.5 whitespace-nowrap',
                        stays ? 'bg-warn-soft text-warn' : isOn && 'bg-accent-soft/60',
                        isNumber(value) && 'text-right',
                      )}
                    >
                      {value === null ? '' : humanOf(value, language)}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function isUnread({ conversion }: FileReport['columns'][number], raw: string): boolean {
  return conversion?.unread.some((text) => JSON.stringify(text) === raw) ?? false
}

function isNumber(text: string | null): boolean {
  return text !== null && /^(?:"~f|-?\d)/.test(text)
}
