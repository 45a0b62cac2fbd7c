import { FileArchive, FolderOpen, Plug, Wand2 } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { componentValue, microserviceFile } from '../../../engine-worker/index.ts'
import { graphOf } from '../../canvas/flow/graph.ts'
import { useWords } from '../../i18n/i18n.ts'
import { go } from '../../route.ts'
import { useCatalogue } from '../../store/catalogue.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { failureText } from '../../store/failure.ts'
import { microservicesOfProject, useDescribedKinds } from '../../store/microservices.ts'
import {
  type ChosenFile,
  configurationFiles,
  filesOfDrop,
  filesOfInput,
} from '../../store/project/import/chosen-files.ts'
import { useContent } from '../../store/project/project.ts'
import { select } from '../../store/session.ts'
import { toast } from '../../store/toasts.ts'
import { useQuery } from '../../store/use-query.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Input } from '../../ui/Field.tsx'
import { FileInput } from '../../ui/FileInput.tsx'
import { KindIcon } from '../../ui/KindIcon.tsx'
import { lazyComponent } from '../../ui/lazy.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { ConnectorPanel } from './ConnectorPanel.tsx'
import { useConnectWords } from './connect-words.ts'
import { MicroservicePanel } from './MicroservicePanel.tsx'
import { openExtensions, useOpened, useOpenedMicroservices } from './opened-connectors.ts'
import { SystemPanel } from './SystemPanel.tsx'

type Group = 'project' | 'connectors' | 'microservices' | 'builtIn'

/** What can be chosen in the catalogue. */
interface CatalogueEntry {
  readonly key: string
  readonly group: Group
  readonly name: string
  readonly says: string
  /** The picture of its kind. */
  readonly icon: string | undefined
}

/** The address of the studio in the place of what is chosen. */
const studioKey = 'studio'

const Studio = lazyComponent<{ readonly project: string }>(
  async () => (await import('./studio/StudioPanel.tsx')).StudioPanel,
)

const groups: readonly Group[] = ['project', 'connectors', 'microservices', 'builtIn']

/** A group with more entries than this shows only the first ones beside the other groups. */
const MOST_AT_ONCE = 10
const SHOWN_OF_MANY = 6

/** The catalogue of connectors and systems, and what the chosen one would bring into the project. */
export function ConnectView({ project, item }: { readonly project: string; readonly item: string | null }) {
  const w = useConnectWords()
  const words = useWords()
  const [text, setText] = useState('')
  const [group, setGroup] = useState<Group | 'all'>('all')
  const opened = useOpened()
  const openedServices = useOpenedMicroservices()
  const describeKind = useDescribedKinds()
  const content = useContent()
  const services = microservicesOfProject(content)
  const isReady = useEngine((state) => state.state === 'ready')
  const linked = useQuery(isReady ? content : null, () => ask('connectors', null), { about: project }).value ?? []
  const kinds = useCatalogue()?.kinds ?? null
  const systems = (kinds ?? []).filter(({ role }) => role === 'system')
  const known = new Set(linked.map(({ folder }) => folder))
  const ofConnectors = new Set(linked.map(({ system }) => system))
  const entries: readonly CatalogueEntry[] = [
    ...linked.map(({ folder, system, datatypes }) => ({
      key: `connector:${folder}`,
      group: 'project' as const,
      name: system,
      says: w.datatypesOf(datatypes.length),
      icon: 'blocks',
    })),
    ...Object.values(content.components)
      .filter(({ kind, id }) => kind === 'system' && !ofConnectors.has(id))
      .map((component) => {
        const config = componentValue(component)
        const declared = systems.find((each) => each.type === config.type)
        const kind = declared && describeKind(declared, config)
        const [says, icon] = [kind?.label ?? String(config.type), kind?.icon]
        return { key: `system:${component.key}`, group: 'project' as const, name: component.id, says, icon }
      }),
    ...opened
      .filter(({ folder }) => !known.has(folder))
      .map(({ folder }) => ({
        key: `connector:${folder}`,
        group: 'connectors' as const,
        name: folder,
        says: 'manifest.json',
        icon: 'blocks',
      })),
    ...services.map(({ name, manifest: { title, icon, docker } }) => ({
      key: `microservice:${name}`,
      group: 'microservices' as const,
      name: title,
      says: docker.image,
      icon: icon ?? 'container',
    })),
    ...openedServices
      .filter(({ name }) => !services.some((each) => each.name === name))
      .map(({ name }) => ({
        key: `microservice:${name}`,
        group: 'microservices' as const,
        name,
        says: microserviceFile,
        icon: 'container',
      })),
    ...systems.map(({ type, label, says, icon }) => ({
      key: `kind:${type}`,
      group: 'builtIn' as const,
      name: label,
      says,
      icon,
    })),
  ]
  const isThere = (each: Group) => each === group || entries.some((entry) => entry.group === each)
  const wanted = text.trim().toLowerCase()
  const shown = entries.filter(
    (each) =>
      (group === 'all' || each.group === group) &&
      (wanted === '' || `${each.name} ${each.says}`.toLowerCase().includes(wanted)),
  )
  const showItem = (key: string) => {
    if (!key.startsWith('system:')) return go({ at: 'connect', project, item: key })
    // A system of the project has its form beside the flow.
    const { nodes } = graphOf(content, useEngine.getState().facts, { datasets: false, systems: true })
    const node = nodes.find(({ component }) => component === key.slice('system:'.length))
    select(node ? [node.id] : [])
    go({ at: 'flow', project })
  }
  const openFiles = async (chosen: Promise<readonly ChosenFile[]> | readonly ChosenFile[]) => {
    try {
      const [first] = await openExtensions(await chosen, new AbortController().signal)
      if (first === undefined) toast(w.noManifest, 'bad')
      else showItem(first)
    } catch (error) {
      toast(w.failed(failureText(error)), 'bad')
    }
  }
  const file = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const [kind, name] = [item?.split(':')[0], item?.slice(item.indexOf(':') + 1)]
  const link = kind === 'connector' ? (linked.find((each) => each.folder === name) ?? null) : null
  const fresh = kind === 'connector' ? (opened.find((each) => each.folder === name) ?? null) : null
  const service = kind === 'microservice' ? (services.find((each) => each.name === name) ?? null) : null
  const freshService = kind === 'microservice' ? (openedServices.find((each) => each.name === name) ?? null) : null
  const system = kind === 'kind' ? systems.find(({ type }) => type === name) : undefined
  const handleDrop = (event: DragEvent) => {
    event.preventDefault()
    event.stopPropagation()
    void openFiles(filesOfDrop([...event.dataTransfer.items]))
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a place to drop on; the buttons do the same by keyboard
    <div
      className="flex min-h-0 flex-1 max-md:flex-col"
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes('Files')) event.preventDefault()
      }}
      onDrop={handleDrop}
    >
      <nav
        aria-label={w.catalogue}
        className="flex min-h-0 w-80 shrink-0 xl:w-96 flex-col gap-2 border-r border-line bg-surface p-3 max-md:max-h-64 max-md:w-full"
      >
        <h1 className="sr-only">{words.views.connect.label}</h1>
        <Input
          type="search"
          aria-label={w.find}
          placeholder={w.find}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <Segments
          label={w.catalogue}
          value={group}
          options={[
            { id: 'all', label: w.all },
            ...groups
              .filter(isThere)
              .map((each) => ({ id: each, label: <span className="whitespace-nowrap">{w.short[each]}</span> })),
          ]}
          onChange={setGroup}
        />
        <div className="flex flex-wrap gap-1">
          <Button small icon={<FileArchive size={12} aria-hidden />} onClick={() => file.current?.click()}>
            {w.file}
          </Button>
          <Button small icon={<FolderOpen size={12} aria-hidden />} onClick={() => folder.current?.click()}>
            {w.folder}
          </Button>
          <Button small icon={<Wand2 size={12} aria-hidden />} onClick={() => showItem(studioKey)}>
            {w.make}
          </Button>
        </div>
        <FileInput
          ref={file}
          accept={configurationFiles}
          testId="connector-file"
          onFiles={(list) => void openFiles(filesOfInput(list))}
        />
        <FileInput
          ref={folder}
          folder
          testId="connector-folder"
          onFiles={(list) => void openFiles(filesOfInput(list))}
        />
        <div className="min-h-0 flex-1 overflow-auto">
          {groups.map((each) => {
            const inside = shown.filter((entry) => entry.group === each)
            if (inside.length === 0) return null
            // A long list would hide the groups behind it; what is chosen stays in sight.
            const isShort = group !== 'all' || wanted !== '' || inside.length <= MOST_AT_ONCE || each === groups.at(-1)
            const listed = inside.filter(({ key }, at) => isShort || at < SHOWN_OF_MANY || key === item)
            return (
              <section key={each} aria-label={w.groups[each]} className="mb-3">
                <div className="mb-1 flex items-baseline gap-2">
                  <h2 className="eyebrow min-w-0 flex-1">
                    {w.groups[each]} <span className="text-ink-faint">{inside.length}</span>
                  </h2>
                  {listed.length < inside.length && (
                    <button type="button" className="link text-tiny" onClick={() => setGroup(each)}>
                      {w.more(inside.length - listed.length)}
                    </button>
                  )}
                </div>
                <ul className="flex flex-col gap-1">
                  {listed.map((entry) => (
                    <li key={entry.key}>
                      <button
                        type="button"
                        aria-current={entry.key === item ? 'true' : undefined}
                        onClick={() => showItem(entry.key)}
                        className={classes(
                          'flex w-full items-center gap-2 rounded-md border px-2 py-1 text-left',
                          entry.key === item ? 'border-accent bg-accent-soft' : 'border-line hover:bg-hover',
                        )}
                      >
                        <span className="flex size-7 shrink-0 items-center justify-center rounded-md border border-line bg-sunken text-ink-soft">
                          <KindIcon icon={entry.icon} size={15} />
                        </span>
                        <span className="flex min-w-0 flex-1 flex-col">
                          <span className="truncate font-semibold">{entry.name}</span>
                          <span className="truncate text-tiny text-ink-soft" title={entry.says}>
                            {entry.says}
                          </span>
                        </span>
                      </button>
                    </li>
                  ))}
                </ul>
              </section>
            )
          })}
          {kinds === null ? (
            <p className="text-ink-soft">{words.common.loading}</p>
          ) : (
            shown.length === 0 && <p className="text-ink-soft">{wanted === '' ? w.noneYet : w.nothingFound}</p>
          )}
        </div>
      </nav>
      <section className="flex min-h-0 min-w-0 flex-1 flex-col bg-canvas" aria-label={words.views.connect.label}>
        {item === studioKey ? (
          <Studio project={project} />
        ) : link !== null || fresh !== null ? (
          <ConnectorPanel key={`${name} ${link === null}`} project={project} link={link} fresh={fresh} />
        ) : service !== null || freshService !== null ? (
          <MicroservicePanel key={name} project={project} name={name ?? ''} linked={service} fresh={freshService} />
        ) : system !== undefined ? (
          <SystemPanel key={system.type} project={project} kind={system} />
        ) : (
          <Empty icon={<Plug size={20} aria-hidden />} title={w.start}>
            {w.startSays}
          </Empty>
        )}
      </section>
    </div>
  )
}
