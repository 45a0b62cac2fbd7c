/** `$SECRET(name)` inside arguments that are keys or passwords. */
import { Fault, problem } from '../../problem.ts'
import type { Context } from '../evaluation.ts'

const missingSecret = problem<{ secret: string }>({
  code: 'dtl-missing-secret',
  severity: 'error',
  says: (f) => `There is no secret named “${f.secret}”.`,
  fix: () => 'Add it to the secrets of the project, or of the system.',
})

/** The text with every `$SECRET(name)` replaced. */
export function withSecrets(text: string, ctx: Context): string {
  if (!text.includes('$SECRET(')) return text
  return text.replace(/\$SECRET\(([^)]*)\)/g, (_, name: string) => {
    const secret = ctx.secret(name)
    if (secret === null) throw new Fault(missingSecret({ secret: name }))
    return secret
  })
}
