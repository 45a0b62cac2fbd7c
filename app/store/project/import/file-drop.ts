/** Files and tables that a person drops or pastes anywhere: configuration is imported, everything else is data. */
import { create } from 'zustand'
import type { ChosenFile } from './chosen-files.ts'

interface FileDropState {
  /** What the view on screen does with files of configuration; null where they have no place. */
  readonly onConfiguration: ((files: readonly ChosenFile[]) => void) | null
}

export const useFileDrop = create<FileDropState>(() => ({ onConfiguration: null }))

/** Bytes of a JSON file that are looked at to tell configuration from data. */
const examinedBytes = 65_536

/** Whether files are Sesam configuration: a folder, an archive, or JSON that describes pipes or systems. */
export async function holdsConfiguration(files: readonly ChosenFile[]): Promise<boolean> {
  for (const { path, file } of files) {
    if (path.includes('/') || /\.(?:zip|conf\.json)$/i.test(path)) return true
    if (/\.json$/i.test(path) && isConfigurationText(await file.slice(0, examinedBytes).text())) return true
  }
  return false
}

/** Whether the beginning of a JSON text describes pipes, systems or metadata. */
function isConfigurationText(text: string): boolean {
  return /^\s*[[{]/.test(text) && /"type"\s*:\s*"(?:pipe|metadata|system:[\w-]+)"/.test(text)
}

/** A pasted text as a file, when it is a table or data; null for other texts, and for configuration. */
export function fileOfText(text: string, name: string): File | null {
  const trimmed = text.trim()
  if (trimmed === '' || isConfigurationText(trimmed)) return null
  if (/^[[{]/.test(trimmed)) return isJson(trimmed) ? new File([text], `${name}.json`) : null
  const lines = trimmed.split(/\r?\n/)
  const separator = ['\t', ';', ',', '|'].find((each) => {
    const fields = (lines[0] ?? '').split(each).length
    return fields > 1 && lines.slice(0, 10).every((line) => line.split(each).length === fields)
  })
  return lines.length > 1 && separator !== undefined ? new File([text], `${name}.csv`) : null
}

function isJson(text: string): boolean {
  try {
    return JSON.parse(text) !== undefined
  } catch {
    // One object a line is data, too.
    return /^\{.*\}\s*\n\s*\{/.test(text)
  }
}
