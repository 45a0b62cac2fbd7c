/** The variables of an environment: a flat JSON object in `<profile>-env.json`, edited without touching other keys. */
import {
  editFile,
  fileText,
  formatPart,
  type Json,
  type JsonObject,
  type Project,
  putFile,
  readConfig,
  textInRoot,
} from '../../../engine-worker/index.ts'

/** The file of an environment, below the configuration's folder. */
export function variablesFile(profile: string): string {
  return `${profile}-env.json`
}

/** The variables of an environment; null where the file cannot be read (it is then left alone). */
export function variablesOf(content: Project, profile: string): JsonObject | null {
  const text = textInRoot(content, variablesFile(profile))
  if (text === null) return {}
  try {
    const value = readConfig(text)
    return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
      ? (value as JsonObject)
      : null
  } catch {
    return null
  }
}

/** The project with a variable set, or without it (`undefined`). */
export function withVariable(content: Project, profile: string, name: string, value: Json | undefined): Project {
  const before = variablesOf(content, profile)
  if (before === null) return content
  const after: JsonObject = { ...before, [name]: value ?? null }
  if (value === undefined) delete after[name]
  const path = content.root + variablesFile(profile)
  if (fileText(content, path) !== null) return editFile(content, path, () => after)
  return putFile(content, path, `${formatPart(after).trimEnd()}\n`).value
}

/** The names that the configuration asks for with `$ENV(name)`, in order of their first use. */
export function variablesUsed(content: Project): readonly string[] {
  return namesIn(content, /\$ENV\(([^)\s]+)\)/g)
}

/** The same for `$SECRET(name)`. */
export function secretsUsed(content: Project): readonly string[] {
  return namesIn(content, /\$SECRET\(([^)\s]+)\)/g)
}

function namesIn(content: Project, pattern: RegExp): readonly string[] {
  const names = new Set<string>()
  for (const { text } of Object.values(content.components)) {
    for (const [, name] of text.matchAll(pattern)) if (name !== undefined) names.add(name)
  }
  return [...names]
}

/** What was typed as the value of a variable: JSON where it reads as such, text otherwise. */
export function variableValue(text: string): Json {
  if (!/^(true|false|null|-?\d|[[{"])/.test(text.trim())) return text
  try {
    return readConfig(text)
  } catch {
    return text
  }
}
