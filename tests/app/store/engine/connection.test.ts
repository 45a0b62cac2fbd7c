/** Errors of the engine on the page: in the chosen language, whatever was thrown. */
import { expose, transferHandlers, wrap } from 'comlink'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setLanguage } from '../../../../app/i18n/i18n.ts'
import { translated } from '../../../../app/store/engine/connection.ts'
import { brokenJson } from '../../../../engine-worker/entity/json.ts'
import { Fault } from '../../../../engine-worker/problem.ts'
import { sentFault } from '../../../../engine-worker/thrown.ts'

describe('an error that crosses from the worker', () => {
  const { port1, port2 } = new MessageChannel()
  const handler = transferHandlers.get('throw')
  beforeAll(async () => {
    if (!handler) throw new Error('comlink sends errors in another way')
    const serialize: typeof handler.serialize = (thrown) => {
      const fault = sentFault(thrown)
      return fault ? [fault, []] : handler.serialize(thrown)
    }
    transferHandlers.set('throw', { ...handler, serialize })
    await setLanguage('nb')
  })
  afterAll(async () => {
    if (handler) transferHandlers.set('throw', handler)
    await setLanguage('en')
    port1.close()
    port2.close()
  })

  it('is said from the code and facts of its problem', async () => {
    const found = brokenJson({ reason: 'it ends inside an object' }, { line: 3 })
    const engine = {
      fails: () => {
        throw new Fault(found)
      },
      breaks: () => {
        throw new RangeError('a mistake')
      },
    }
    expose(engine, port1)
    const remote = wrap<typeof engine>(port2)
    const caught = async (work: () => Promise<unknown>) => translated(await work().catch((error: unknown) => error))
    const fault = await caught(() => remote.fails())
    expect(fault).toMatchObject({ problem: { code: found.code, facts: found.facts, where: { line: 3 } } })
    expect((fault as Error).message).not.toBe(found.message)
    expect((fault as Error).message).toContain('objekt')
    expect(await caught(() => remote.breaks())).toMatchObject({ message: 'a mistake', name: 'RangeError' })
  })
})
