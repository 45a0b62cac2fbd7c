/** The text around the components of a file (`Frame` of project-files.ts): what it says about layout, and how it heals. */
import type { FileOutline } from './project-files.ts'

/** Whether the file holds an array of components. */
export function isList(frame: FileOutline): boolean {
  const first = frame[0]
  return (
    typeof first === 'string' &&
    first
      .replace(/^\uFEFF/, '')
      .trimStart()
      .startsWith('[')
  )
}

/** The white space at the beginning of the line that the component's text begins on. */
export function indentOf(frame: FileOutline, component: string): string {
  const before = frame[placeOf(frame, component) - 1]
  if (typeof before !== 'string') return ''
  return /^[ \t]*/.exec(before.slice(before.lastIndexOf('\n') + 1))?.[0] ?? ''
}

/** The line ending of the file that the component's text is in. */
export function newlineOf(frame: FileOutline, text: string): '\n' | '\r\n' {
  const all = [text, ...frame.filter((piece) => typeof piece === 'string')]
  return all.some((piece) => piece.includes('\r\n')) ? '\r\n' : '\n'
}

/** The frame without a component and its comma; null when nothing but brackets and white space is left. */
export function withoutPiece(frame: FileOutline, component: string): FileOutline | null {
  const at = placeOf(frame, component)
  const before = frame[at - 1] ?? ''
  const after = frame[at + 1] ?? ''
  if (!isList(frame) || typeof before !== 'string' || typeof after !== 'string') return null
  const healed = /^\s*,/.test(after) ? before + after.replace(/^\s*,\s*/, '') : before.replace(/\s*,\s*$/, '') + after
  const rest = [...frame.slice(0, Math.max(0, at - 1)), healed, ...frame.slice(at + 2)]
  const empty = rest.length === 1 && /^\uFEFF?\s*\[\s*\]\s*$/.test(healed)
  return empty ? null : rest
}

function placeOf(frame: FileOutline, component: string): number {
  return frame.findIndex((piece) => typeof piece !== 'string' && piece.component === component)
}
