import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import type { ColumnReport, FileReport } from '../../../engine-worker/index.ts'
import { humanOf } from '../../data/readable-values.ts'
import { type BroughtFile, convertColumns } from '../../store/project/import/data-files.ts'
import { useSettings } from '../../store/settings.ts'
import { Input } from '../../ui/Field.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { type FilesWords, useFilesWords } from './files-words.ts'

/** Columns drawn at once; the others are found by typing. */
const maxColumns = 60

interface ColumnsProps {
  readonly file: BroughtFile
  readonly report: FileReport
}

/** What each column looks like, how many values are so, and what it becomes; each conversion has a switch. */
export function FileColumns({ file, report }: ColumnsProps) {
  const w = useFilesWords().dataFiles
  const [text, setText] = useState('')
  const converting = report.columns.filter(({ conversion }) => conversion !== null)
  const searchText = text.trim().toLowerCase()
  // Where there are very many columns, those with a conversion come first.
  const many = report.columns.length > maxColumns
  const ordered = many
    ? [...report.columns].sort((a, b) => Number(b.conversion !== null) - Number(a.conversion !== null))
    : report.columns
  const found = ordered.filter(({ name }) => name.toLowerCase().includes(searchText))
  const convertAll = (on: boolean) =>
    convertColumns(
      file.id,
      converting.map(({ name }) => name),
      on,
    )
  return (
    <>
      {many && (
        <div className="border-t border-line px-4 py-2">
          <Input
            aria-label={w.findColumn}
            placeholder={w.findColumn}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        </div>
      )}
      <table className="w-full table-fixed border-t border-line">
        <thead>
          <tr className="text-left text-tiny text-ink-soft">
            <th className="w-[20%] px-4 py-1.5 font-normal">{w.column}</th>
            <th className="px-2 font-normal">{w.looksLike}</th>
            <th className="w-[26%] px-2 font-normal">{w.soMany}</th>
            <th className="w-44 px-4 text-right font-normal">
              <button type="button" className="rounded-sm px-1 text-accent underline" onClick={() => convertAll(true)}>
                {w.all}
              </button>
              ·
              <button type="button" className="rounded-sm px-1 text-accent underline" onClick={() => convertAll(false)}>
                {w.none}
              </button>
            </th>
          </tr>
        </thead>
        <tbody>
          {found.slice(0, maxColumns).map((column) => (
            <ColumnRow key={column.name} file={file} column={column} rows={report.rows} />
          ))}
        </tbody>
      </table>
      {found.length > maxColumns && (
        <p className="px-4 py-2 text-tiny text-ink-soft">{w.moreColumns(found.length - maxColumns)}</p>
      )}
    </>
  )
}

interface ColumnRowProps {
  readonly file: BroughtFile
  readonly column: ColumnReport
  readonly rows: number
}

function ColumnRow({ file, column, rows }: ColumnRowProps) {
  const words = useFilesWords()
  const language = useSettings((state) => state.language)
  const w = words.dataFiles
  const { name, conversion, look, filled, example, becomes } = column
  const isKey = 'columns' in file.key && file.key.columns.includes(name)
  const isOn = file.converted.has(name)
  const into = conversion ? w.into[conversion.shape] : look.is === 'typed' || look.is === 'mixed' ? '' : w.text
  const read = conversion?.read ?? filled
  const unread = conversion ? conversion.of - conversion.read : 0
  return (
    <tr className="border-t border-line align-middle">
      <th scope="row" className="truncate px-4 py-1.5 text-left font-semibold" title={name}>
        <code className="font-semibold">{name}</code>
      </th>
      <td className="min-w-0 px-2 py-1.5">
        <span className="block">
          {conversion ? shapeText(conversion, w) : lookText(look, filled, column.distinct, w)}
        </span>
        <span className="mono block truncate text-ink-soft">
          {example === null ? '' : humanOf(example, language)}
          {becomes !== null && becomes !== example && (
            <>
              {' → '}
              <b className={isOn ? 'font-semibold text-good' : 'font-normal text-ink-faint'}>
                {humanOf(becomes, language)}
              </b>
            </>
          )}
        </span>
      </td>
      <td className="px-2 py-1.5">
        <Share read={read} of={rows} isOn={isOn} />
        <span className="flex flex-wrap gap-x-3 text-tiny">
          <span className="text-ink-soft">
            <b className="text-ink">{w.ofAll(read, conversion?.of ?? rows)}</b>
            {rows > filled && `, ${w.emptyCount(rows - filled)}`}
          </span>
          {unread > 0 ? (
            <span className="text-warn" title={conversion?.unread.join(', ')}>
              {w.stay(unread)}
            </span>
          ) : (
            <span className="text-ink-soft">
              {look.is === 'digits' && look.zeros ? w.zerosStay : conversion ? '' : w.differ(column.distinct)}
            </span>
          )}
        </span>
      </td>
      <td className="px-4 py-1.5">
        <span className="flex items-center justify-end gap-2">
          {isKey && (
            <span className="flex items-center gap-1 rounded-full bg-accent-soft px-2 text-tiny text-accent">
              <KeyRound size={11} aria-hidden /> {w.isKey}
            </span>
          )}
          {into !== '' && (
            <span
              className={`rounded-full px-2 text-tiny ${isOn ? 'bg-accent-soft text-accent' : 'bg-sunken text-ink-soft'}`}
            >
              {into}
            </span>
          )}
          {conversion ? (
            <Switch
              label={w.convert(name, into)}
              checked={isOn}
              onChange={(on) => convertColumns(file.id, [name], on)}
            />
          ) : (
            <span className="w-9" />
          )}
        </span>
      </td>
    </tr>
  )
}

function Share({ read, of, isOn }: { readonly read: number; readonly of: number; readonly isOn: boolean }) {
  return (
    <span aria-hidden className="my-1 block h-1 max-w-28 overflow-hidden rounded-full bg-sunken">
      <span
        className={`block h-full ${isOn ? 'bg-accent' : 'bg-line-strong'}`}
        style={{ width: `${of === 0 ? 0 : (100 * read) / of}%` }}
      />
    </span>
  )
}

function shapeText({ shape, format }: NonNullable<ColumnReport['conversion']>, w: FilesWords['dataFiles']): string {
  return format === undefined ? w.shapes[shape] : `${w.shapes[shape]}, ${format}`
}

function lookText(look: ColumnReport['look'], filled: number, distinct: number, w: FilesWords['dataFiles']): string {
  if (look.is === 'typed') return w.looks.typed(look.kind)
  if (look.is !== 'digits') return w.looks[look.is]
  if (distinct === filled) return w.looks.unique
  return look.width === null ? w.looks.digits : w.looks.width(look.width)
}
