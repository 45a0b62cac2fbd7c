import { useMemo, useState } from 'react'
import {
  addComponent,
  componentById,
  componentValue,
  type EnvironmentTexts,
  type JsonObject,
  type Microservice,
  microserviceFile,
  microserviceOfSystem,
  printJson,
  putFile,
  readingPipe,
  readMicroservice,
  references,
  removeComponent,
  runningSystem,
  systemKind,
} from '../../../engine-worker/index.ts'
import { ProblemList } from '../../frame/ProblemList.tsx'
import { useWords } from '../../i18n/i18n.ts'
import { valuesOf } from '../../pipe/names.ts'
import { go } from '../../route.ts'
import { documentationOf, useCatalogue, useFunctionTable } from '../../store/catalogue.ts'
import { editContent, useContent, useProject } from '../../store/project/project.ts'
import { setSecret } from '../../store/project/secrets.ts'
import { toast } from '../../store/toasts.ts'
import { Button } from '../../ui/Button.tsx'
import { FormField, Input } from '../../ui/Field.tsx'
import { KindIcon } from '../../ui/KindIcon.tsx'
import { useConnectWords } from './connect-words.ts'
import { MicroserviceEntities } from './MicroserviceEntities.tsx'
import { MicroservicePaths } from './MicroservicePaths.tsx'
import { MicroserviceSettings } from './MicroserviceSettings.tsx'
import type { OpenedMicroservice } from './opened-connectors.ts'
import { isSystemName } from './system-name.ts'

interface MicroservicePanelProps {
  readonly project: string
  readonly name: string
  /** The microservice as the project has it; null where it has not. */
  readonly linked: Microservice | null
  /** A manifest that was opened here. */
  readonly fresh: OpenedMicroservice | null
}

/** A microservice by its manifest: what it asks for, its paths and entities, and the system and pipes that it becomes. */
export function MicroservicePanel({ project, name, linked, fresh }: MicroservicePanelProps) {
  const w = useConnectWords()
  const words = useWords()
  const content = useContent()
  const readOnly = useProject((state) => state.readOnly)
  const file = `microservices/${name}/${microserviceFile}`
  const text = fresh?.text ?? textOf(content.files[content.root + file])
  const { manifest, problems } = readMicroservice(text, file)
  const [system, setSystem] = useState(name.toLowerCase().replace(/[^a-z0-9_-]/g, '-'))
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [texts, setTexts] = useState<EnvironmentTexts>({})
  const [quotas, setQuotas] = useState<JsonObject>({})
  const declared = useCatalogue()?.kinds.find(({ runsImage }) => runsImage === true)
  const functions = useFunctionTable()
  const named = useMemo(() => references(valuesOf(content), functions), [content, functions])
  const list = (
    <section
      aria-label={w.problems}
      className="max-h-40 shrink-0 overflow-auto rounded-lg border border-line bg-surface"
    >
      <ProblemList problems={problems} project={project} />
    </section>
  )
  if (manifest === null || declared === undefined) return <div className="p-3">{problems.length > 0 ? list : null}</div>
  const service: Microservice = { name, file, manifest }
  const kind = systemKind(declared, service)
  const running = Object.values(content.components).filter(
    (component) => component.kind === 'system' && microserviceOfSystem(componentValue(component), [service]) !== null,
  )
  const ids = new Set(running.map(({ id }) => id))
  const { config, secrets } = runningSystem(system, kind.template, service, { texts, quotas })
  const pipes = chosen.map((path) => readingPipe(system, path, service))
  const takenName = [system, ...pipes.map(({ id }) => id)].find((id) => componentById(content, id) !== undefined)
  const problem = !isSystemName(system) ? w.badName : takenName !== undefined ? w.taken(takenName) : null
  const withManifest = (before: typeof content) => putFile(before, before.root + file, text).value
  const create = () => {
    editContent(w.createStep(system), (before) => {
      let next = addComponent(withManifest(before), config).project
      for (const pipe of pipes) {
        next = addComponent(next, pipe.config).project
        if (pipe.examples.length === 0) continue
        const data = `${printJson([...pipe.examples])}\n`
        next = putFile(next, `${next.root}testdata/${pipe.id}.json`, data).value
      }
      return next
    })
    for (const [secret, value] of Object.entries(secrets)) setSecret(project, secret, value)
    toast(w.done(system))
    go({ at: 'flow', project })
  }
  const remove = () => {
    editContent(w.microservice.removeStep(name), (before) =>
      running.reduce((all, { key }) => removeComponent(all, key), putFile(before, before.root + file, null).value),
    )
    toast(w.removed(name))
    go({ at: 'connect', project, item: null })
  }
  const isUsed = named.some(({ what, name: id, definition }) => what === 'system' && !definition && ids.has(id))
  const isNewer = linked !== null && fresh !== null && textOf(content.files[content.root + file]) !== fresh.text
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <header className="flex flex-wrap items-end gap-3 border-b border-line bg-surface p-3">
        <span className="flex size-9 shrink-0 items-center justify-center rounded-md border border-line bg-sunken">
          <KindIcon icon={kind.icon ?? 'container'} size={20} />
        </span>
        <div className="min-w-48 flex-1">
          <h2 className="text-head">{manifest.title}</h2>
          <p className="text-tiny text-ink-soft [overflow-wrap:anywhere]">
            {w.microservice.says} <code>{manifest.docker.image}</code> ·{' '}
            <a className="link" href={documentationOf(kind)} target="_blank" rel="noreferrer">
              {words.forms.documentation}
            </a>
          </p>
        </div>
        <div className="w-52">
          <FormField label={w.name} problem={problem}>
            {(ids) => <Input mono {...ids} value={system} onChange={({ target }) => setSystem(target.value)} />}
          </FormField>
        </div>
        {linked !== null && (
          <Button
            look="quiet"
            disabled={readOnly || isUsed}
            title={isUsed ? w.microservice.stillUsed : undefined}
            onClick={remove}
          >
            {w.remove}
          </Button>
        )}
        {isNewer && (
          <Button disabled={readOnly} onClick={() => editContent(w.microservice.updateStep(name), withManifest)}>
            {w.microservice.update}
          </Button>
        )}
        <Button look="main" disabled={readOnly || problem !== null} onClick={create}>
          {w.microservice.create(pipes.length)}
        </Button>
      </header>
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-auto p-3">
        {problems.length > 0 && list}
        {manifest.description !== undefined && <p className="max-w-prose">{manifest.description}</p>}
        {running.length > 0 && (
          <p className="max-w-prose text-ink-soft">{w.microservice.usedBy(running.map(({ id }) => id).join(', '))}</p>
        )}
        <div className="grid grid-cols-2 gap-3 max-lg:grid-cols-1">
          <MicroservicePaths service={service} chosen={chosen} onChoose={setChosen} />
          <MicroserviceSettings
            service={service}
            texts={texts}
            quotas={quotas}
            onTexts={setTexts}
            onQuotas={setQuotas}
          />
        </div>
        <MicroserviceEntities service={service} made={[config, ...pipes.map((pipe) => pipe.config)]} />
      </div>
    </div>
  )
}

function textOf(content: unknown): string {
  return typeof content === 'string' ? content : ''
}
