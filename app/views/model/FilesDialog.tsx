import { FilePlus2, X } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { count } from '../../i18n/numbers.ts'
import { useEngine } from '../../store/engine/state.ts'
import { failureText } from '../../store/failure.ts'
import { useModel } from '../../store/project/model-file.ts'
import { toast } from '../../store/toasts.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Checkbox, FormField, Input, Select } from '../../ui/Field.tsx'
import { FileInput } from '../../ui/FileInput.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { addDatasets, addFiles } from './add-records.ts'
import { modelName } from './edits.ts'
import {
  changeQuestion,
  dropQuestion,
  endQuestion,
  type QuestionedFile,
  questionFiles,
  useFileQuestion,
} from './file-question.ts'
import { useModelWords } from './model-words.ts'

/** Files and datasets of the project that become datatypes: of which system, what they are, what identifies a record. */
export function FilesDialog() {
  const w = useModelWords()
  const { open, files } = useFileQuestion()
  const { model } = useModel()
  const input = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [busy, setBusy] = useState(false)
  const systems = Object.keys(model?.systems ?? {})
  const list = useId()
  const close = () => {
    endQuestion()
    setChosen([])
  }
  const isReady =
    !busy &&
    (files.length > 0 || chosen.length > 0) &&
    files.every(
      ({ report, failure, system, datatype }) => failure !== null || (report && system !== '' && datatype !== ''),
    )
  const add = async () => {
    setBusy(true)
    try {
      const names = [...files.map(({ file }) => file.name), ...chosen]
      const label = w.files.step(names.join(', '))
      if (files.length > 0) await addFiles(label, files)
      if (chosen.length > 0) await addDatasets(label, chosen.map(datasetNames))
      close()
    } catch (error) {
      toast(failureText(error), 'bad')
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      open={open}
      onClose={close}
      wide
      title={w.files.title}
      says={w.files.says}
      footer={
        <>
          <Button onClick={close}>{w.files.cancel}</Button>
          <Button look="main" disabled={!isReady} onClick={() => void add()}>
            {w.files.add(files.length + chosen.length)}
          </Button>
        </>
      }
    >
      <datalist id={list}>
        {systems.map((system) => (
          <option key={system} value={system} />
        ))}
      </datalist>
      <FileInput ref={input} testId="model-files" onFiles={(found) => void questionFiles(found)} />
      <Button icon={<FilePlus2 size={14} aria-hidden />} onClick={() => input.current?.click()}>
        {w.files.choose}
      </Button>
      <ul className="mt-3 flex flex-col gap-3">
        {files.map((file) => (
          <FileQuestionRow key={file.id} file={file} list={list} />
        ))}
      </ul>
      <Datasets chosen={chosen} onChoose={setChosen} />
    </Dialog>
  )
}

/** A dataset's name as system and datatype: what stands before the first `-`, and the rest without layers. */
function datasetNames(dataset: string): {
  readonly dataset: string
  readonly system: string
  readonly datatype: string
} {
  const bare = dataset.replace(/-(collect|enrich|all)$/, '')
  const [, system, rest] = /^([^-]+)-(.+)$/.exec(bare) ?? []
  return {
    dataset,
    system: modelName(system ?? bare) || 'system',
    datatype: modelName(rest ?? bare).replaceAll('-', '') || 'record',
  }
}

function FileQuestionRow({ file, list }: { readonly file: QuestionedFile; readonly list: string }) {
  const w = useModelWords()
  const { id, report, failure, system, datatype, key } = file
  const { name } = file.file
  return (
    <li className="rounded-lg border border-line p-3" aria-label={name}>
      <div className="flex items-center gap-2">
        <b className="min-w-0 flex-1 truncate">{name}</b>
        <span className="text-tiny text-ink-soft">
          {failure !== null
            ? ''
            : report === null
              ? w.files.reading
              : w.files.rows(count(report.rows), report.columns.length)}
        </span>
        <IconButton label={w.files.remove(name)} onClick={() => dropQuestion(id)}>
          <X size={14} aria-hidden />
        </IconButton>
      </div>
      {failure !== null ? (
        <p className="text-bad">{failure}</p>
      ) : (
        <div className="mt-2 grid grid-cols-3 gap-3 max-md:grid-cols-1">
          <FormField label={w.files.system} required help={w.files.systemHelp}>
            {(ids) => (
              <Input
                {...ids}
                list={list}
                value={system}
                onChange={(event) => changeQuestion(id, { system: event.target.value.replace(/[^\w-]/g, '') })}
                onBlur={() => changeQuestion(id, { system: modelName(system) })}
              />
            )}
          </FormField>
          <FormField label={w.files.datatype} required help={w.files.datatypeHelp}>
            {(ids) => (
              <Input
                {...ids}
                value={datatype}
                onChange={(event) => changeQuestion(id, { datatype: event.target.value.replace(/[^\w-]/g, '') })}
                onBlur={() => changeQuestion(id, { datatype: modelName(datatype) })}
              />
            )}
          </FormField>
          <FormField label={w.files.key}>
            {(ids) => (
              <Select
                {...ids}
                value={'columns' in key ? key.columns.join(' ') : ''}
                onChange={(event) => {
                  const column = report?.columns.find((each) => each.name === event.target.value)
                  changeQuestion(id, { key: column ? { columns: [column.name] } : { add: 'row' } })
                }}
              >
                {'columns' in key && key.columns.length > 1 && (
                  <option value={key.columns.join(' ')}>{key.columns.join(' + ')}</option>
                )}
                {report?.columns.map((column) => (
                  <option key={column.name} value={column.name}>
                    {column.name}
                  </option>
                ))}
                <option value="">{w.files.rowNumber}</option>
              </Select>
            )}
          </FormField>
        </div>
      )}
    </li>
  )
}

interface DatasetsProps {
  readonly chosen: readonly string[]
  readonly onChoose: (chosen: readonly string[]) => void
}

/** Datasets of the project that are not part of the model's own pipes. */
function Datasets({ chosen, onChoose }: DatasetsProps) {
  const w = useModelWords()
  const { model } = useModel()
  const datasets = useEngine((state) => state.datasets)
  const used = new Set(
    Object.values(model?.systems ?? {}).flatMap(({ datatypes }) =>
      Object.values(datatypes).map(({ source }) => nameIn(source)),
    ),
  )
  const free = datasets.filter(
    ({ name, role, live }) =>
      role === 'dataset' &&
      live > 0 &&
      !used.has(name) &&
      !/-(enrich|set|key|transform|transform-split|share)$|^global-/.test(name),
  )
  const offered = free.filter(({ name }) => !isCollected(Object.entries(model?.systems ?? {}), name))
  if (offered.length === 0) return null
  return (
    <fieldset className="mt-4">
      <legend className="eyebrow">{w.files.datasets}</legend>
      <ul className="mt-1 flex max-h-48 flex-col gap-1 overflow-auto">
        {offered.map(({ name, live }) => (
          <li key={name}>
            <Checkbox
              label={`${name} · ${count(live)}`}
              checked={chosen.includes(name)}
              onChange={(event) =>
                onChoose(event.target.checked ? [...chosen, name] : chosen.filter((each) => each !== name))
              }
            />
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

function nameIn(source: unknown): string | null {
  return typeof source === 'object' && source !== null && 'dataset' in source && typeof source.dataset === 'string'
    ? source.dataset
    : null
}

function isCollected(
  systems: readonly (readonly [string, { readonly datatypes: Readonly<Record<string, unknown>> }])[],
  dataset: string,
): boolean {
  return systems.some(([system, { datatypes }]) =>
    Object.keys(datatypes).some((datatype) => dataset === `${system.toLowerCase()}-${datatype.toLowerCase()}-collect`),
  )
}
