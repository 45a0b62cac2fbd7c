import { Download, Plug } from 'lucide-react'
import { useMemo } from 'react'
import { exportZip, projectOf } from '../../../../engine-worker/index.ts'
import { ProblemList } from '../../../frame/ProblemList.tsx'
import { go } from '../../../route.ts'
import { ask } from '../../../store/engine/open-project.ts'
import { saveFile } from '../../../store/save-file.ts'
import { useQuery } from '../../../store/use-query.ts'
import { Button } from '../../../ui/Button.tsx'
import { FailureBar } from '../../../ui/FailureBar.tsx'
import { FormField, Input } from '../../../ui/Field.tsx'
import { useOpened } from '../opened-connectors.ts'
import { type ConnectorDesign, changeDesign, useDesign } from './design.ts'
import { StudioDatatypes } from './StudioDatatypes.tsx'
import { StudioOperations } from './StudioOperations.tsx'
import { StudioSource } from './StudioSource.tsx'
import { StudioTrial } from './StudioTrial.tsx'
import { useStudioWords } from './studio-words.ts'

/** The studio: a connector is designed from a description of its service, tried, and added or downloaded. */
export function StudioPanel({ project }: { readonly project: string }) {
  const w = useStudioWords()
  const design = useDesign((state) => state.design)
  if (design !== null) return <Design project={project} design={design} />
  return (
    <div className="min-h-0 flex-1 overflow-auto p-4">
      <h2 ref={focusHeading} tabIndex={-1} className="text-head outline-none">
        {w.title}
      </h2>
      <p className="mb-3 text-ink-soft">{w.says}</p>
      <StudioSource />
    </div>
  )
}

/** Whoever goes by keyboard begins with what has just come, not with the catalogue before it. */
function focusHeading(heading: HTMLElement | null): void {
  heading?.focus()
}

function Design({ project, design }: { readonly project: string; readonly design: ConnectorDesign }) {
  const w = useStudioWords()
  const shown = useDesign((state) => state.datatype)
  const isNamed = /^[a-z0-9]{1,40}$/.test(design.name)
  const isPlaced = design.address === '' || /^https?:\/\/[^\s{}$%?#@]+[^\s{}$%?#@/]$/.test(design.address)
  const studioFiles = useQuery(design, () => ask('studioFiles', design), { delay: 150 })
  const folder = `${design.name}-connector`
  const chosen = design.datatypes.filter(({ isOn }) => isOn)
  const isReady = isNamed && isPlaced && chosen.length > 0 && studioFiles.value !== null && !studioFiles.stale
  const datatype = design.datatypes.find(({ name }) => name === shown)
  const problems = useMemo(
    () => [...design.problems, ...(studioFiles.value?.facts.problems ?? [])],
    [design, studioFiles.value],
  )
  const add = () => {
    if (studioFiles.value === null) return
    const connector = { folder, files: studioFiles.value.files, chosen: chosen.map(({ name }) => name) }
    useOpened.setState([...useOpened.getState().filter((each) => each.folder !== folder), connector], true)
    go({ at: 'connect', project, item: `connector:${folder}` })
  }
  const download = () => {
    const files = Object.entries(studioFiles.value?.files ?? {})
    const entries = files.map(([path, content]) => ({ path: `${folder}/${path}`, content }))
    saveFile(exportZip(projectOf(entries).value), `${folder}.zip`, 'application/zip')
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <header className="flex flex-wrap items-start gap-x-3 gap-y-2 border-b border-line bg-surface p-3">
        <div className="flex w-full flex-wrap items-baseline gap-x-3">
          <h2 ref={focusHeading} tabIndex={-1} className="text-head outline-none">
            {w.title}
          </h2>
          <p className="text-tiny text-ink-soft">
            {design.title} · {w.signIn} {w.ways[design.signIn.way]}
          </p>
        </div>
        <div className="w-36">
          <FormField label={w.name} problem={isNamed ? null : w.badName}>
            {(ids) => (
              <Input
                mono
                {...ids}
                value={design.name}
                onChange={({ target }) => changeDesign({ name: target.value })}
              />
            )}
          </FormField>
        </div>
        <div className="min-w-52 flex-1">
          <FormField label={w.base} help={w.baseHint} problem={isPlaced ? null : w.badBase}>
            {(ids) => (
              <Input
                mono
                {...ids}
                value={design.address}
                onChange={({ target }) => changeDesign({ address: target.value })}
              />
            )}
          </FormField>
        </div>
        <div className="flex flex-wrap gap-2 self-center">
          <Button look="quiet" onClick={() => useDesign.setState({ design: null })}>
            {w.again}
          </Button>
          <Button icon={<Download size={14} aria-hidden />} disabled={!isReady} onClick={download}>
            {w.download}
          </Button>
          <Button look="main" icon={<Plug size={14} aria-hidden />} disabled={!isReady} onClick={add}>
            {w.add}
          </Button>
        </div>
      </header>
      <FailureBar failure={studioFiles.failure} />
      <div className="flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-auto">
        <StudioDatatypes design={design} />
        <div className="min-h-0 min-w-0 flex-1 p-3 lg:overflow-auto">
          {problems.length > 0 && (
            <section
              aria-label={w.problems}
              className="mb-3 max-h-32 overflow-auto rounded-lg border border-line bg-surface"
            >
              <ProblemList problems={problems} project={null} />
            </section>
          )}
          {datatype !== undefined && (
            <div className="grid grid-cols-2 items-start gap-3 max-xl:grid-cols-1">
              <StudioOperations key={datatype.name} datatype={datatype} />
              <StudioTrial
                key={`try ${datatype.name}`}
                design={design}
                datatype={datatype}
                facts={studioFiles.value?.facts ?? null}
              />
            </div>
          )}
        </div>
      </div>
    </div>
  )
}
