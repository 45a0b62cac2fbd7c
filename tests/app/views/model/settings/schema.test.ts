/** The settings of a model: each has texts in both languages and a valid initial value. */
import { describe, expect, test } from 'vitest'
import { enModelForm } from '../../../../../app/i18n/en-modelform.ts'
import { nbModelForm } from '../../../../../app/i18n/nb-modelform.ts'
import { firstValue, settingOf, settingsIn } from '../../../../../app/views/model/settings/schema.ts'
import { choiceWords, settingLabel, settingSays } from '../../../../../app/views/model/settings/settings-words.ts'
import type { JsonObject } from '../../../../../engine-worker/entity/value.ts'
import { modelParts } from '../../../../../engine-worker/model/model.ts'

const parts = Object.entries(modelParts).map(([part, { schema }]) => [part, schema] as const)

/** All settings of a part by their paths, including nested ones. */
function settingsBelow(schema: JsonObject, place: string): (readonly [string, JsonObject])[] {
  const setting = settingOf(schema)
  if (setting.is === 'list' || setting.is === 'record') return settingsBelow(setting.item, place)
  if (setting.is !== 'object') return []
  return Object.entries(setting.parts).flatMap(([key, part]) => [
    [`${place}.${key}`, part] as const,
    ...settingsBelow(part, `${place}.${key}`),
  ])
}

describe.each(parts)('settings of a %s', (part, schema) => {
  const all = settingsIn(schema).flatMap(([key, each]) => [
    [`${part}.${key}`, each] as const,
    ...settingsBelow(each, `${part}.${key}`),
  ])

  test('have words in both languages', () => {
    expect(all.length).toBeGreaterThan(1)
    for (const [place, each] of all) {
      for (const words of [enModelForm, nbModelForm])
        expect(settingLabel(words, place), place).not.toBe(place.slice(place.lastIndexOf('.') + 1))
      expect(settingSays(enModelForm, place, each), place).not.toBe('')
      expect(nbModelForm.says, place).toHaveProperty([place])
    }
  })

  test('have words for each choice', () => {
    for (const [place, each] of all) {
      const setting = settingOf(each)
      const of = setting.is === 'list' ? settingOf(setting.item) : setting
      if (of.is !== 'choice') continue
      for (const choice of of.of)
        for (const words of [enModelForm, nbModelForm])
          expect(Object.hasOwn(words.choices, choice), `${place} ${choiceWords(words, choice)}`).toBe(true)
    }
  })

  test('begin with a value that the model can hold', () => {
    const declared = Object.entries(modelParts).find(([name]) => name === part)?.[1]
    for (const [key, each] of settingsIn(schema)) {
      const problems: unknown[] = []
      const needed = settingOf(schema)
      const base =
        needed.is === 'object' ? needed.needed.map((name) => [name, firstValue(needed.parts[name] ?? {})]) : []
      declared?.read(
        { ...Object.fromEntries(base), ...(part === 'mapping' ? { name: 'a' } : {}), [key]: firstValue(each) },
        { at: [], report: (found) => problems.push(found) },
      )
      expect(problems, key).toEqual([])
    }
  })
})
