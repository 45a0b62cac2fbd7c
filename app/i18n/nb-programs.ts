/** What is said of programs in transforms, in Norwegian, by the code of the problem. */
import type { Facts } from '../../engine-worker/index.ts'
import { phrase } from './nb-phrases.ts'

interface Said {
  readonly says: (facts: Facts) => string
  readonly fix?: (facts: Facts) => string
}

type Fact = Facts[string] | undefined

const said: Readonly<Record<string, (reason: Fact, limit: Fact) => string>> = {
  code: (reason) => `kan ikke kjøres: ${phrase(reason)}`,
  error: (reason) => `feiler: ${phrase(reason)}`,
  time: (_, limit) => `bruker mer enn ${limit} ms på én entitet, og ble stoppet`,
  memory: (_, limit) => `trenger mer enn ${limit} MB minne, og ble stoppet`,
  stack: () => 'kaller seg selv for dypt, og ble stoppet',
  output: (reason) => `gir ingen entitet: ${phrase(reason)}`,
}

const fixes: Readonly<Record<string, string>> = {
  time: 'Se etter en løkke som ikke tar slutt; milliseconds gir mer tid.',
  memory: 'Se etter en liste som bare vokser; memory gir mer.',
  stack: 'Se etter en funksjon som kaller seg selv uten ende.',
  output: 'Returner et objekt, en liste av objekter, eller null for ingen.',
}

export const ofPrograms: Readonly<Record<string, Said>> = {
  'javascript-failed': {
    says: ({ why, reason, line, limit }) =>
      `Programmet ${Number(line) > 0 ? `i linje ${line} ` : ''}${said[String(why)]?.(reason, limit) ?? String(reason)}.`,
    fix: ({ why }) => fixes[String(why)] ?? 'Rett koden i transformen.',
  },
  'javascript-no-sandbox': { says: () => 'Programmer i transformer kan ikke kjøres her.' },
}
