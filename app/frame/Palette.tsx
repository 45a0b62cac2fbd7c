import { BookOpen, Boxes, Cable, Database, FunctionSquare, Tag, Terminal } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { AppCommand } from '../commands/command.ts'
import { commandContext } from '../commands/command-context.ts'
import { matchingItems } from '../commands/match.ts'
import { applicable } from '../commands/shortcuts.ts'
import { goToSymbol, projectSymbols } from '../commands/symbols.ts'
import { groupOf, shortName } from '../data/dataset.ts'
import { useWords } from '../i18n/i18n.ts'
import type { Words } from '../i18n/types.ts'
import { go } from '../route.ts'
import { pageOfKind, useCatalogue, useFunctionTable } from '../store/catalogue.ts'
import { useEngine } from '../store/engine/state.ts'
import { useContent, useProject } from '../store/project/project.ts'
import { showPalette, useSession } from '../store/session.ts'
import { classes } from '../ui/classes.ts'
import { useModalFocus } from '../ui/focus.ts'
import { Keys } from '../ui/Keys.tsx'

interface PaletteItem {
  readonly id: string
  readonly text: string
  readonly keywords: string
  readonly kind: string
  readonly icon: ReactNode
  readonly shortcut: string | undefined
  readonly run: () => void
}

/** Finds anything by name: pipes, systems, datasets, rules, properties, DTL functions, commands. */
export function Palette() {
  const w = useWords()
  const open = useSession((state) => state.palette === 'commands')
  const focus = useModalFocus()
  return (
    <Radix.Root open={open} onOpenChange={(now) => !now && showPalette('closed')}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Radix.Content
          {...focus}
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-40 flex max-h-[60vh] w-[calc(100vw-32px)] max-w-xl -translate-x-1/2 animate-fade flex-col overflow-hidden rounded-xl border border-line bg-raised shadow-high"
        >
          <Radix.Title className="sr-only">{w.palette.title}</Radix.Title>
          <Search />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Search() {
  const w = useWords()
  const listId = useId()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const everything = usePaletteItems(w)
  const places = usePositions(w, text.trim().length >= minLetters)
  const found = useMemo(() => matchingItems(text, [...everything, ...places]).slice(0, 60), [text, everything, places])
  const chosen = found[Math.min(active, found.length - 1)]
  const list = useRef<HTMLDivElement>(null)

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  })

  const runItem = (item: PaletteItem) => {
    showPalette('closed')
    item.run()
  }
  const handleKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setActive((now) => (Math.min(now, found.length - 1) + step + found.length) % Math.max(1, found.length))
    } else if (event.key === 'Enter' && chosen) {
      event.preventDefault()
      runItem(chosen)
    }
  }
  return (
    <>
      <div data-body className="contents">
        <input
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={chosen ? `${listId}-${chosen.id}` : undefined}
          aria-label={w.palette.placeholder}
          placeholder={w.palette.placeholder}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setActive(0)
          }}
          onKeyDown={handleKeyDown}
          spellCheck={false}
          className="h-12 shrink-0 border-b border-line bg-transparent px-4 text-title focus-visible:outline-none"
        />
      </div>
      <div ref={list} id={listId} role="listbox" aria-label={w.palette.title} className="min-h-0 overflow-auto p-1.5">
        {found.map((item) => (
          <div
            key={item.id}
            id={`${listId}-${item.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={item === chosen}
            onPointerMove={() => setActive(found.indexOf(item))}
            onPointerUp={() => runItem(item)}
            className={classes(
              'flex h-8 cursor-pointer items-center gap-3 rounded-md px-2.5',
              item === chosen && 'bg-accent-soft',
            )}
          >
            <span className="text-ink-faint">{item.icon}</span>
            <span className="min-w-0 flex-1 truncate">{item.text}</span>
            {item.shortcut === undefined ? (
              <span className="text-tiny text-ink-faint">{item.kind}</span>
            ) : (
              <Keys of={item.shortcut} />
            )}
          </div>
        ))}
        {found.length === 0 && <p className="p-4 text-center text-ink-soft">{w.palette.nothing(text)}</p>}
      </div>
    </>
  )
}

/** Letters that must be typed before rules and properties are searched: a project has thousands. */
const minLetters = 2
const noItems: readonly PaletteItem[] = []

function usePositions(w: Words, wanted: boolean): readonly PaletteItem[] {
  const content = useContent()
  const functions = useFunctionTable()
  return useMemo(() => {
    if (!wanted) return noItems
    return projectSymbols(content, functions).map((place) => ({
      id: `${place.what} ${place.pipe} ${place.name}`,
      text: place.name,
      keywords: place.pipe,
      kind: w.palette.in(w.palette[place.what], place.pipe),
      icon: <Tag size={15} aria-hidden />,
      shortcut: undefined,
      run: () => goToSymbol(content, place),
    }))
  }, [w, content, functions, wanted])
}

function usePaletteItems(w: Words): readonly PaletteItem[] {
  const project = useProject((state) => state.id)
  const components = useProject((state) => state.document.content.components)
  const datasets = useEngine((state) => state.datasets)
  const { functions, kinds } = useCatalogue() ?? {}
  return useMemo(() => {
    const found: PaletteItem[] = applicable()
      .filter(({ id }) => id !== 'go.find')
      .map((each) => itemOfCommand(each, w))
    if (project !== null) {
      for (const component of Object.values(components)) {
        const pipe = component.kind === 'pipe'
        found.push({
          id: `component ${component.key}`,
          text: component.id,
          keywords: '',
          kind: pipe ? w.palette.pipe : component.kind === 'system' ? w.palette.system : component.kind,
          icon: pipe ? <Cable size={15} aria-hidden /> : <Boxes size={15} aria-hidden />,
          shortcut: undefined,
          run: () => go(pipe ? { at: 'pipe', project, pipe: component.id } : { at: 'flow', project }),
        })
      }
      for (const dataset of datasets) {
        const { name } = dataset
        found.push({
          id: `dataset ${name}`,
          text: shortName(dataset),
          keywords: '',
          kind: groupOf(dataset) === 'dataset' ? w.palette.dataset : w.data.roles[groupOf(dataset)],
          icon: <Database size={15} aria-hidden />,
          shortcut: undefined,
          run: () => go({ at: 'data', project, dataset: name, entity: null }),
        })
      }
    }
    for (const each of kinds ?? []) {
      const name = pageOfKind(each)
      found.push({
        id: `reference ${name}`,
        text: each.type,
        keywords: `${each.label} ${each.says}`,
        kind: w.kindRoles[each.role],
        icon: <BookOpen size={15} aria-hidden />,
        shortcut: undefined,
        run: () => go({ at: 'dtl', project, name }),
      })
    }
    for (const { name, says, kind } of functions ?? []) {
      found.push({
        id: `${kind} ${name}`,
        text: name,
        keywords: says,
        kind: w.palette.functions[kind],
        icon: <FunctionSquare size={15} aria-hidden />,
        shortcut: undefined,
        run: () => go({ at: 'dtl', project, name }),
      })
    }
    return found
  }, [w, project, components, datasets, functions, kinds])
}

function itemOfCommand(each: AppCommand, w: Words): PaletteItem {
  return {
    id: `command ${each.id}`,
    text: each.label(w),
    keywords: each.keywords ?? '',
    kind: w.shortcuts.groups[each.group],
    icon: each.icon ?? <Terminal size={15} aria-hidden />,
    shortcut: each.shortcut,
    run: () => void each.run(commandContext()),
  }
}
