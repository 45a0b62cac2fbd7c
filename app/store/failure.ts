/** What went wrong, in the chosen language: problems from their code, everything else in the words that it brings. */
import type { Problem } from '../../engine-worker/index.ts'
import { currentWords } from '../i18n/i18n.ts'
import { DiskError } from './disk/failure.ts'

/** The text of whatever was thrown. */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof DiskError) return currentWords().status[error.reason]
  return 'problem' in error && isProblem(error.problem) ? currentWords().engine.message(error.problem) : error.message
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'facts' in value && 'where' in value
}
