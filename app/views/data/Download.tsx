import { Download as DownloadIcon } from 'lucide-react'
import { useState } from 'react'
import type { RowsRequest } from '../../../engine-worker/index.ts'
import { useBrowseWords } from '../../data/browse-words.ts'
import { type TableFormat, tableFile, tableFormats } from '../../data/table-file.ts'
import { ask } from '../../store/engine/open-project.ts'
import { failureText } from '../../store/failure.ts'
import { saveFile } from '../../store/save-file.ts'
import { toast } from '../../store/toasts.ts'
import { Button } from '../../ui/Button.tsx'
import { Menu } from '../../ui/Menu.tsx'

/** Entities asked for at once. */
const batchSize = 5000

interface DownloadProps {
  readonly query: Omit<RowsRequest, 'from' | 'count'>
  readonly columns: readonly string[]
  readonly hidden: ReadonlySet<string>
}

/** Saves what the table shows: the whole dataset, or what search and filters select. */
export function Download({ query, columns, hidden }: DownloadProps) {
  const w = useBrowseWords()
  const [busy, setBusy] = useState(false)
  const saveAs = async (format: TableFormat) => {
    setBusy(true)
    try {
      const entities: string[] = []
      for (;;) {
        const { rows, total } = await ask('rows', { ...query, from: entities.length, count: batchSize })
        for (const row of rows) entities.push(row)
        if (rows.length === 0 || entities.length >= total) break
      }
      const { content, ending, type } = await tableFile(format, entities, columns, hidden)
      saveFile(content, `${query.dataset.replace(/[^\p{L}\p{N}._-]+/gu, '-')}.${ending}`, type)
    } catch (error) {
      toast(failureText(error), 'bad')
    } finally {
      setBusy(false)
    }
  }
  return (
    <Menu
      align="end"
      heading={w.browse.data.downloadAs}
      groups={[
        tableFormats.map((format) => ({
          id: format,
          label: w.browse.data.formats[format],
          onSelect: () => void saveAs(format),
        })),
      ]}
      trigger={
        <Button small disabled={busy} icon={<DownloadIcon size={13} aria-hidden />}>
          {w.browse.data.download}
        </Button>
      }
    />
  )
}
