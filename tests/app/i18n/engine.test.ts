/**
 * The engine's texts in Norwegian: each text of a declaration and each problem is translated, and no translation is
 * unused.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { en } from '../../../app/i18n/en.ts'
import { nb } from '../../../app/i18n/nb.ts'
import { args, argumentNames } from '../../../app/i18n/nb-arguments.ts'
import { fieldNames } from '../../../app/i18n/nb-fields.ts'
import { nbFunctions as functionWords } from '../../../app/i18n/nb-functions.ts'
import { phrase } from '../../../app/i18n/nb-phrases.ts'
import { pipes } from '../../../app/i18n/nb-pipes.ts'
import { problems } from '../../../app/i18n/nb-problems.ts'
import { restTemplates } from '../../../app/i18n/nb-rest-templates.ts'
import { sources } from '../../../app/i18n/nb-sources.ts'
import { systems } from '../../../app/i18n/nb-systems.ts'
import { targets } from '../../../app/i18n/nb-targets.ts'
import { translatedCatalogue } from '../../../app/store/catalogue.ts'
import type { Catalogue } from '../../../engine-worker/config/model/catalogue.ts'
import { allKinds } from '../../../engine-worker/config/model/declared.ts'
import type { Field } from '../../../engine-worker/config/model/define.ts'
import { fieldsInside } from '../../../engine-worker/config/model/field-type.ts'
import '../../../engine-worker/connectors/kinds.ts'
import { functions, functionTable } from '../../../engine-worker/dtl/registry.ts'
import { type Facts, problemKinds } from '../../../engine-worker/problem.ts'
import { splitPoints } from '../../../engine-worker/text/split-points.ts'

const catalogue: Catalogue = { functions, kinds: allKinds() }

/** All texts that a catalogue shows in the language of the app. */
function textsOf(declared: Catalogue): string[] {
  const asked: string[] = []
  const recordText = (text: string) => {
    asked.push(text)
    return text
  }
  translatedCatalogue(declared, { ...en, engine: { ...en.engine, declared: recordText } })
  return [...asked, ...declared.functions.map(({ group }) => group)]
}

/** The names of all fields, including nested ones. */
function fieldsOf(type: Field['type'] | readonly Field[]): readonly string[] {
  if (Array.isArray(type)) return type.flatMap((field: Field) => [field.name, ...fieldsOf(field.type)])
  if (!('is' in type)) return []
  return fieldsOf(fieldsInside(type))
}

describe('what is declared, in Norwegian', () => {
  it('labels fields that exist, and none twice', () => {
    const known = new Set(catalogue.kinds.flatMap(({ fields }) => fieldsOf(fields)))
    expect([...fieldNames.keys()].filter((name) => !known.has(name))).toEqual([])
  })

  const files = [functionWords, args, pipes, sources, targets, restTemplates, systems]
  const translated = files.flatMap((file) => Object.keys(file))

  it('has words for every declared text, and none that nothing declares', () => {
    expect([...new Set(translated)].sort()).toEqual([...new Set(textsOf(catalogue))].sort())
  })
  it('has a label for every argument of a function, and none that no function takes', () => {
    const names = functions.flatMap(({ takes }) => takes.map(({ name }) => name))
    expect([...argumentNames.keys()].sort()).toEqual([...new Set(names)].sort())
    expect(en.engine.argument('keep-if')).toBe('Keep if')
    expect(nb.engine.argument('keep-if')).toBe('Behold hvis')
  })
  it('says each thing once', () => expect(translated.length).toBe(new Set(translated).size))
  it('is never empty', () => {
    expect(files.flatMap((file) => Object.values(file)).filter((text) => text.trim() === '')).toEqual([])
  })
  it('keeps the code that a text quotes', () => {
    const code = (text: string) => [...text.matchAll(/`[^`]+`|\$[a-z_]+|\{\{.*?\}\}/g)].map(([found]) => found).sort()
    const other = files
      .flatMap((file) => Object.entries(file))
      .filter(([english, norwegian]) => JSON.stringify(code(english)) !== JSON.stringify(code(norwegian)))
    expect(other).toEqual([])
  })
  it('comes with the sentences of functions, and the same catalogue comes once', () => {
    const said = translatedCatalogue(catalogue, nb)
    expect(said.functions.find(({ name }) => name === 'upper')?.says).toBe('Gjør tekster om til store bokstaver.')
    expect(translatedCatalogue(catalogue, nb)).toBe(said)
  })
})

describe('problems in Norwegian', () => {
  beforeAll(async () => {
    const engine = join(import.meta.dirname, '../../../engine-worker')
    const files = readdirSync(engine, { recursive: true, encoding: 'utf8' })
    // Problems are declared where they are found, so all files of the engine are loaded, except its entry points.
    for (const file of files) {
      if (file.endsWith('.ts') && !['worker.ts', 'sandbox-worker.ts', 'cli.ts'].includes(file))
        await import(join(engine, file))
    }
  }, 60_000)

  it('are there for every declared one, and for nothing else', () => {
    expect(Object.keys(problems).sort()).toEqual(
      problemKinds()
        .map(({ code }) => code)
        .sort(),
    )
  })
  it('advise where the English ones do', () => {
    const advised = problemKinds().filter(({ fix }) => fix !== undefined)
    expect(
      Object.keys(problems)
        .filter((code) => problems[code]?.fix !== undefined)
        .sort(),
    ).toEqual(advised.map(({ code }) => code).sort())
  })
  it('say something of the same facts', () => {
    const factNames = (...said: (((facts: Facts) => string) | undefined)[]) => {
      const names = new Set<string>()
      const facts = new Proxy({} as Facts, {
        get: (_, name) => {
          names.add(String(name))
          return `<${String(name)}>`
        },
      })
      for (const each of said) each?.(facts)
      return [...names].sort()
    }
    for (const { code, says, fix } of problemKinds())
      expect([code, factNames(problems[code]?.says, problems[code]?.fix)]).toEqual([code, factNames(says, fix)])
  })
  it('put the words of the engine into Norwegian, too', () => {
    const message = nb.engine.message({
      code: 'json-broken',
      severity: 'error',
      message: '',
      where: {},
      facts: { reason: 'the word tru stands where a value is expected' },
    })
    expect(message).toBe('Dette er ikke gyldig JSON: ordet tru står der en verdi ventes.')
    expect(phrase('number or string')).toBe('tall eller tekst')
    expect(phrase('net::ERR_FAILED')).toBe('net::ERR_FAILED')
  })
  it('give the reasons for every cut', () => {
    const rules = { default: [['add', 'o', ['hops', { datasets: ['o o'], where: ['eq', '_S.a', 'o.b'] }]]] }
    const [cut] = splitPoints({ _id: 'p', source: { type: 'rest' }, transform: { type: 'dtl', rules } }, functionTable)
    expect(cut && nb.engine.cut(cut)).toMatch(/er den rest\.$/)
  })
})
