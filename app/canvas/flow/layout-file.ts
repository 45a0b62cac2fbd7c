/**
 * The layout of the Flow canvas: positions, notes and folded groups. Kept apart from the configuration in
 * `.pipewright.json`, so that moving a box never changes a deployed file. What the file holds and this app does not
 * know stays in it.
 */
import { fileText, layoutFile, type Project, putFile } from '../../../engine-worker/index.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** Where nodes stand, by their ids. */
export type Positions = Readonly<Record<string, Point>>

interface Note {
  readonly id: string
  readonly text: string
  readonly x: number
  readonly y: number
}

/** The saved state of the canvas. */
interface LayoutFile {
  /** By node id (`pipe:<_id>` …). */
  readonly positions: Positions
  readonly notes: readonly Note[]
  /** Headings of the groups that are folded. */
  readonly folded: readonly string[]
}

const emptyLayoutFile: LayoutFile = { positions: {}, notes: [], folded: [] }

/** The arrangement a project has saved; an unreadable file counts as none. */
export function layoutFileOf(content: Project): LayoutFile {
  const file = fileText(content, content.root + layoutFile)
  if (file === null) return emptyLayoutFile
  const known = parsedTexts.get(file)
  if (known) return known
  const arrangement = parseLayout(file)
  parsedTexts.clear()
  parsedTexts.set(file, arrangement)
  return arrangement
}

/** One text is open at a time; parsing it once is enough. */
const parsedTexts = new Map<string, LayoutFile>()

/** The project with its arrangement changed; what else the layout file holds stays. */
export function withLayoutFile(content: Project, change: (before: LayoutFile) => LayoutFile): Project {
  const path = content.root + layoutFile
  const before = layoutFileOf(content)
  const after = change(before)
  if (after === before) return content
  const others = recordOrNull(parseJson(fileText(content, path) ?? '{}')) ?? {}
  const positions = Object.fromEntries(
    Object.entries(after.positions)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { x, y }]) => [id, [Math.round(x), Math.round(y)]]),
  )
  const body = { ...others, version: 1, positions, notes: after.notes, folded: after.folded }
  return putFile(content, path, `${layoutLines(body)}\n`).value
}

/** The number of engines that a project says; 1 where it says none. */
export function savedEngines(content: Project): number {
  const engines = recordOrNull(parseJson(fileText(content, content.root + layoutFile) ?? '{}'))?.engines
  return typeof engines === 'number' && Number.isInteger(engines) && engines > 1 ? engines : 1
}

/** The project with a number of engines (1: it says none), which run its pipes wherever it is opened. */
export function withEngines(content: Project, count: number): Project {
  if (savedEngines(content) === count) return content
  const path = content.root + layoutFile
  const { engines: _, ...others } = recordOrNull(parseJson(fileText(content, path) ?? '{}')) ?? {}
  const body = { version: 1, ...others, ...(count > 1 ? { engines: count } : {}) }
  return putFile(content, path, `${layoutLines(body)}\n`).value
}

/** The project with nodes at new places. */
export function movedTo(content: Project, places: Positions): Project {
  return withLayoutFile(content, (before) => ({ ...before, positions: { ...before.positions, ...places } }))
}

/** One position or note a line, so that a change is a small difference in git. */
function layoutLines(body: Record<string, unknown>): string {
  const entries = Object.entries(body).map(([key, value]) => {
    const inner = recordOrNull(value)
    if (key === 'positions' && inner) {
      const each = Object.entries(inner).map(([id, at]) => `    ${JSON.stringify(id)}: ${JSON.stringify(at)}`)
      return `  "positions": ${each.length === 0 ? '{}' : `{\n${each.join(',\n')}\n  }`}`
    }
    if (key === 'notes' && Array.isArray(value) && value.length > 0) {
      return `  "notes": [\n${value.map((note) => `    ${JSON.stringify(note)}`).join(',\n')}\n  ]`
    }
    return `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`
  })
  return `{\n${entries.join(',\n')}\n}`
}

function parseLayout(text: string): LayoutFile {
  const body = recordOrNull(parseJson(text))
  if (!body) return emptyLayoutFile
  const positions: [string, Point][] = []
  for (const [id, at] of Object.entries(recordOrNull(body.positions) ?? {})) {
    if (Array.isArray(at) && isCoordinate(at[0]) && isCoordinate(at[1])) positions.push([id, { x: at[0], y: at[1] }])
  }
  const notes: Note[] = []
  for (const each of Array.isArray(body.notes) ? body.notes : []) {
    const note = recordOrNull(each)
    if (!note) continue
    const { id, text: words, x, y } = note
    if (typeof id === 'string' && typeof words === 'string' && isCoordinate(x) && isCoordinate(y)) {
      notes.push({ id, text: words, x, y })
    }
  }
  const folded = (Array.isArray(body.folded) ? body.folded : []).filter((name) => typeof name === 'string')
  return { positions: Object.fromEntries(positions), notes, folded }
}

function isCoordinate(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 1e7
}

function recordOrNull(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return null
  }
}
