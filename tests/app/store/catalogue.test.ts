/**
 * The declared functions and kinds in the chosen language: names stay, texts change, and each language has one object.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { currentWords, setLanguage } from '../../../app/i18n/i18n.ts'
import type { Words } from '../../../app/i18n/types.ts'
import { functionTableOf, pageOfKind, translatedCatalogue } from '../../../app/store/catalogue.ts'
import type { Catalogue } from '../../../engine-worker/index.ts'
import { testEngine } from '../../support/engine.ts'
import { memoryPlatform } from '../../support/platform.ts'

let declared: Catalogue
let english: Words
let norwegian: Words

beforeAll(async () => {
  declared = await testEngine(memoryPlatform()).catalogue()
  english = currentWords()
  await setLanguage('nb')
  norwegian = currentWords()
  await setLanguage('en')
})

describe('the catalogue in a language', () => {
  it('is what the engine says, in English', () => {
    const { functions } = translatedCatalogue(declared, english)
    expect(functions.map(({ name, says }) => [name, says])).toEqual(
      declared.functions.map(({ name, says }) => [name, says]),
    )
  })

  it('has other words for functions, arguments, kinds and fields, and the same names and types', () => {
    const said = translatedCatalogue(declared, norwegian)
    for (const [at, each] of said.functions.entries()) {
      const before = declared.functions[at]
      expect(each).toMatchObject({ name: before?.name, kind: before?.kind, gives: before?.gives })
      expect(each.says, each.name).not.toBe(before?.says)
      expect(each.takes.map(({ name, type }) => [name, type])).toEqual(
        before?.takes.map(({ name, type }) => [name, type]),
      )
    }
    for (const [at, kind] of said.kinds.entries()) {
      expect(kind.says, kind.type).not.toBe(declared.kinds[at]?.says)
      expect(kind.fields.map(({ name }) => name)).toEqual(declared.kinds[at]?.fields.map(({ name }) => name))
    }
  })

  it('marks properties that only Sesam heeds', () => {
    const sesamOnly = declared.kinds.flatMap(({ fields }) => fields).filter((field) => field.sesamOnly)
    const said = translatedCatalogue(declared, english)
      .kinds.flatMap(({ fields }) => fields)
      .filter((field) => field.sesamOnly)
    expect(sesamOnly.length).toBeGreaterThan(0)
    expect(said.every(({ says }) => says.endsWith(english.forms.sesamOnlySays))).toBe(true)
  })

  it('is the same object whenever it is asked for, so that nothing is drawn anew', () => {
    expect(translatedCatalogue(declared, norwegian)).toBe(translatedCatalogue(declared, norwegian))
    expect(translatedCatalogue(declared, english)).not.toBe(translatedCatalogue(declared, norwegian))
  })
})

describe('the table of functions', () => {
  it('finds steps and expressions by name, and is empty before the engine has said them', () => {
    const table = functionTableOf(declared)
    expect(table.expressions.get('upper')?.name).toBe('upper')
    expect(table.transforms.get('copy')?.name).toBe('copy')
    expect(functionTableOf(declared)).toBe(table)
    expect([...functionTableOf(null).expressions.keys()]).toEqual([])
  })
})

describe('the page of a kind', () => {
  it('has an address of its own, also where roles share a type', () => {
    const pages = declared.kinds.map(pageOfKind)
    expect(new Set(pages).size).toBe(pages.length)
  })
})
