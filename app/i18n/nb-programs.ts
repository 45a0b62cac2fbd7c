/** The problems of programs in transforms in Norwegian, by their code. */
import type { Facts } from '../../engine-worker/index.ts'
import { phrase } from './nb-phrases.ts'

interface Translation {
  readonly says: (facts: Facts) => string
  readonly fix?: (facts: Facts) => string
}

type Fact = Facts[string] | undefined

const failureReasons: Readonly<Record<string, (reason: Fact, limit: Fact) => string>> = {
  code: (reason) => `kan ikke kjøres: ${phrase(reason)}`,
  error: (reason) => `feiler: ${phrase(reason)}`,
  time: (_, limit) => `bruker mer enn ${limit} ms på én entitet, og ble stoppet`,
  memory: (_, limit) => `trenger mer enn ${limit} MB minne, og ble stoppet`,
  stack: () => 'kaller seg selv for dypt, og ble stoppet',
  output: (reason) => `gir ingen entitet: ${phrase(reason)}`,
}

const failureFixes: Readonly<Record<string, string>> = {
  time: 'Se etter en løkke som ikke tar slutt; milliseconds gir mer tid.',
  memory: 'Se etter en liste som bare vokser; memory gir mer.',
  stack: 'Se etter en funksjon som kaller seg selv uten ende.',
  output: 'Returner et objekt, en liste av objekter, eller null for ingen.',
}

export const ofPrograms: Readonly<Record<string, Translation>> = {
  'javascript-failed': {
    says: ({ why, reason, line, limit }) =>
      `Programmet ${Number(line) > 0 ? `i linje ${line} ` : ''}${failureReasons[String(why)]?.(reason, limit) ?? String(reason)}.`,
    fix: ({ why }) => failureFixes[String(why)] ?? 'Rett koden i transformen.',
  },
  'javascript-no-sandbox': { says: () => 'Programmer i transformer kan ikke kjøres her.' },
}
