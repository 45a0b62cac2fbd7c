import { count } from '../../i18n/numbers.ts'
import { type BroughtFile, changeFile } from '../../store/project/import/data-files.ts'
import { Input } from '../../ui/Field.tsx'
import { FileColumns } from './FileColumns.tsx'
import { FileForm } from './FileForm.tsx'
import { FirstRows } from './FirstRows.tsx'
import { useFilesWords } from './files-words.ts'

/** One file: how it is written, what its columns become, its first rows as they will be. */
export function FileCard({ file }: { readonly file: BroughtFile }) {
  const w = useFilesWords()
  const { report, failure } = file
  return (
    <article
      aria-label={file.name}
      aria-busy={report === null && failure === null}
      className="overflow-hidden rounded-xl border border-line bg-surface shadow-low"
    >
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
        <h2 className="text-title">{file.name}</h2>
        <span className="min-w-40 flex-1 text-ink-soft">
          {report && w.dataFiles.rowsColumns(report.rows, report.columns.length)}
          {report && !report.complete && <span className="text-warn"> · {w.dataFiles.beginning}</span>}
        </span>
        <label htmlFor="file-pipe" className="flex items-center gap-2 whitespace-nowrap text-ink-soft">
          {w.dataFiles.becomes}
          <Input
            id="file-pipe"
            mono
            className="w-40"
            value={file.pipe}
            onChange={({ target }) => changeFile(file.id, () => ({ pipe: target.value }))}
          />
        </label>
      </header>
      {failure !== null && (
        <p role="alert" className="border-t border-line px-4 py-3 text-bad">
          {failure}
        </p>
      )}
      {report && (
        <>
          <FileForm file={file} report={report} />
          <FileColumns file={file} report={report} />
          <FirstRows file={file} report={report} />
          <footer className="border-t border-line px-4 py-2 text-tiny text-ink-soft">
            {w.dataFiles.rowCount(Math.min(report.rows, report.columns[0]?.first.length ?? 0), report.rows)}
            {report.complete ? ` · ${w.dataFiles.countsAll}` : ` · ${w.dataFiles.beginning}: ${count(report.rows)}`}
          </footer>
        </>
      )}
    </article>
  )
}
