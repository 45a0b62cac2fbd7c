import type { ReactNode } from 'react'
import type { FileKey, FileReport } from '../../../engine-worker/index.ts'
import { type BroughtFile, changeFile, readAgain } from '../../store/project/import/data-files.ts'
import { Select } from '../../ui/Field.tsx'
import { useFilesWords } from './files-words.ts'

const delimiters = [';', ',', '\t', '|'] as const
const encodings = ['utf-8', 'windows-1252', 'iso-8859-1', 'iso-8859-15', 'utf-16le'] as const
/** Rows of a sheet that can be said to name its columns; 0 stands for none. */
const headRows = Array.from({ length: 11 }, (_, row) => row)

interface FileFormProps {
  readonly file: BroughtFile
  readonly report: FileReport
}

/** How a file is written, as it was found out; each can be said otherwise. */
export function FileForm({ file, report }: FileFormProps) {
  const w = useFilesWords().dataFiles
  const { form, sheets, sheet, headRow } = report
  const readWith = (settings: BroughtFile['settings']) => void readAgain(file.id, settings)
  return (
    <div className="grid border-t border-line bg-sunken grid-cols-[repeat(auto-fit,minmax(8.6rem,1fr))]">
      {form && (
        <>
          <Cell
            label={w.separated}
            note={`${w.regular(form.regular, report.rows)}${form.quoted ? ` · ${w.quoted}` : ''}`}
          >
            <Select
              aria-label={w.separated}
              value={form.delimiter}
              onChange={({ target }) => readWith({ delimiter: target.value })}
            >
              {delimiters.map((each) => (
                <option key={each} value={each}>
                  {w.delimiters[each]}
                </option>
              ))}
            </Select>
          </Cell>
          <Cell
            label={w.encoding}
            note={report.otherwise ? w.otherwise(report.otherwise.encoding, report.otherwise.text) : w.onlyAscii}
          >
            <Select
              aria-label={w.encoding}
              value={form.encoding}
              onChange={({ target }) => readWith({ encoding: target.value })}
            >
              {[...new Set([form.encoding, ...encodings])].map((each) => (
                <option key={each}>{each}</option>
              ))}
            </Select>
          </Cell>
          <Cell label={w.header} note={report.columns.map(({ name }) => name).join(', ')}>
            <Select
              aria-label={w.header}
              value={form.header ? 'row' : 'none'}
              onChange={({ target }) => readWith({ header: target.value === 'row' })}
            >
              <option value="row">{w.headerRow}</option>
              <option value="none">{w.headerNone}</option>
            </Select>
          </Cell>
        </>
      )}
      {sheet !== null && (
        <Cell label={w.sheet} note={sheets.join(', ')}>
          <Select
            aria-label={w.sheet}
            value={sheet}
            onChange={({ target }) => readWith({ sheet: target.value, headRow: undefined })}
          >
            {sheets.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </Select>
        </Cell>
      )}
      {headRow !== null && (
        <Cell label={w.header} note={report.columns.map(({ name }) => name).join(', ')}>
          <Select
            aria-label={w.header}
            value={headRow}
            onChange={({ target }) => readWith({ headRow: Number(target.value) })}
          >
            {[...new Set([headRow, ...headRows])]
              .sort((a, b) => a - b)
              .map((row) => (
                <option key={row} value={row}>
                  {row === 0 ? w.headerNone : w.headerRowAt(row)}
                </option>
              ))}
          </Select>
        </Cell>
      )}
      <Key file={file} report={report} />
      {form && (
        <Cell label={w.empty} note="">
          <Select
            aria-label={w.empty}
            value={file.keepEmpty ? 'kept' : 'out'}
            onChange={({ target }) => changeFile(file.id, () => ({ keepEmpty: target.value === 'kept' }))}
          >
            <option value="out">{w.emptyOut}</option>
            <option value="kept">{w.emptyKept}</option>
          </Select>
        </Cell>
      )}
    </div>
  )
}

/** What tells the rows apart: a column, several, or one that is added. */
function Key({ file, report }: FileFormProps) {
  const w = useFilesWords().dataFiles
  const { keys } = report
  const columns = [...new Set([...keys.single, ...keys.columns])]
  const several = keys.several?.join(' + ')
  const value = 'add' in file.key ? `add:${file.key.add}` : file.key.columns.join(' + ')
  const [only] = 'columns' in file.key ? file.key.columns : []
  const distinct = report.columns.find(({ name }) => name === only)?.distinct ?? 0
  const tells = 'add' in file.key || value === several || keys.single.includes(value)
  const setKey = (key: FileKey) => changeFile(file.id, () => ({ key }))
  const note =
    'add' in file.key && keys.single.length === 0
      ? w.keyNone
      : tells
        ? w.keyDiffers(report.rows)
        : w.keyRepeats(distinct, report.rows)
  return (
    <Cell label={w.key} note={note} warn={!tells}>
      <Select
        aria-label={w.key}
        value={value}
        onChange={({ target }) => {
          if (target.value.startsWith('add:')) setKey({ add: target.value === 'add:row' ? 'row' : 'hash' })
          else setKey({ columns: target.value === several ? (keys.several ?? []) : [target.value] })
        }}
      >
        {several !== undefined && <option value={several}>{several}</option>}
        {columns.map((column) => (
          <option key={column} value={column}>
            {column}
          </option>
        ))}
        <option value="add:row">{w.keyRow}</option>
        <option value="add:hash">{w.keyHash}</option>
      </Select>
    </Cell>
  )
}

interface CellProps {
  readonly label: string
  readonly note: string
  readonly warn?: boolean
  readonly children: ReactNode
}

function Cell({ label, note, warn = false, children }: CellProps) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5 border-r border-b border-line px-2 py-2 last:border-r-0">
      <span className="truncate text-tiny text-ink-soft">{label}</span>
      {children}
      <span className={`truncate text-tiny ${warn ? 'text-warn' : 'text-ink-soft'}`} title={note}>
        {note}
      </span>
    </div>
  )
}
