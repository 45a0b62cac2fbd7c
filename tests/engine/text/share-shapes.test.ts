/** Secrets as real configuration has them, and what only looks like one: the first never go into a link unasked. */
import { expect, test } from 'vitest'
import { allKinds } from '../../../engine-worker/config/model/declared.ts'
import '../../../engine-worker/connectors/kinds.ts'
import { functions } from '../../../engine-worker/dtl/registry.ts'
import { fileText, projectOf } from '../../../engine-worker/text/project.ts'
import { shareable } from '../../../engine-worker/text/share.ts'
import { innocent, secrets } from '../../corpus/secrets.json'

const catalogue = { functions, kinds: allKinds() }

/** The system as it is shared, and what was found in it. */
function shared(members: unknown, withoutPossible: boolean) {
  const content = JSON.stringify(Object.assign({ _id: 'p', type: 'system:rest' }, members))
  const { value } = projectOf([{ path: 'systems/p.conf.json', content }])
  const { project, leftOut, suspects } = shareable(value, { data: false, withoutPossible, catalogue })
  return { text: fileText(project, 'systems/p.conf.json') ?? '', found: [...leftOut, ...suspects] }
}

test.each(secrets)('$name is left out, or asked about', ({ system, values }) => {
  const { text } = shared(system, true)
  expect(values.filter((value) => text.includes(JSON.stringify(value).slice(1, -1)))).toEqual([])
  expect(shared(system, false).found.length).toBeGreaterThan(0)
})

test.each(innocent)('$name is no secret', ({ system }) => {
  expect(shared(system, false).found).toEqual([])
})
