/** The notification rules of the open project, as they stand in `notifications.json`. Each edit is one step of history. */
import {
  editFile,
  formatPart,
  isObject,
  type Json,
  type JsonObject,
  notificationsFile,
  type Project,
  putFile,
  readJson,
} from '../../../engine-worker/index.ts'
import { editContent } from './project.ts'

/** The rules of a project as they are written; null where the file cannot be read. */
export function rulesIn(content: Project): readonly Json[] | null {
  const text = content.files[content.root + notificationsFile]
  if (text === undefined) return []
  try {
    return typeof text === 'string' ? listIn(readJson(text.replace(/^\uFEFF/, ''))) : null
  } catch {
    return null
  }
}

function listIn(json: Json): readonly Json[] | null {
  const rules = isObject(json) ? (json.rules ?? []) : json
  return Array.isArray(rules) ? rules : null
}

/** Puts a rule in the place of the one at an index, behind all others (null), or takes one out (no rule). */
export function changeRule(label: string, index: number | null, rule: JsonObject | null): void {
  editContent(label, (content) => {
    const path = content.root + notificationsFile
    const started = path in content.files ? content : putFile(content, path, `${formatPart({ rules: [] })}\n`).value
    return editFile(started, path, (json) => {
      const before = listIn(json) ?? []
      const after = [...before]
      if (index === null) after.push(rule)
      else if (rule === null) after.splice(index, 1)
      else after[index] = rule
      return isObject(json) ? { ...json, rules: after } : after
    })
  })
}
