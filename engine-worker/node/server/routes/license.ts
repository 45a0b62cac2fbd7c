/** The licence of the service: kept as it was uploaded; nothing here depends on it. */
import { createHash } from 'node:crypto'
import { get } from '../../../entity/dict.ts'
import { isObject, type JsonObject } from '../../../entity/value.ts'
import { HttpError, jsonAnswer } from '../answer.ts'
import { bodyText } from '../body.ts'
import type { Instance } from '../instance.ts'
import { type ApiRoute, route } from '../route.ts'

const LICENSE_KEY = 'server/license'
const MAX_LENGTH = 100_000

export const licenseRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/license',
    says: 'The licence that was uploaded, if any. None is needed here.',
    needs: { is: 'token' },
    answer: 'object',
    run: async ({ instance }) => jsonAnswer(await licenseOf(instance)),
  }),
  route({
    method: 'PUT',
    path: '/license',
    says: 'Keeps a licence key, in the place of the one before.',
    needs: { is: 'admin' },
    body: 'any',
    answer: 'object',
    run: async (call) => {
      const text = bodyText(await call.body()).trim()
      if (text === '' || text.length > MAX_LENGTH)
        throw new HttpError(400, 'The body must be the text of a licence key.')
      const { instance } = call
      const uploaded = new Date(instance.now()).toISOString()
      const fingerprint = createHash('sha256').update(text).digest('hex')
      await instance.commitStates([{ key: LICENSE_KEY, value: { uploaded, fingerprint } }])
      return jsonAnswer(await licenseOf(instance))
    },
  }),
]

/** Only a fingerprint of the key is kept and shown. */
async function licenseOf({ store }: Instance): Promise<JsonObject> {
  const kept = await store.state(LICENSE_KEY)
  const license = kept && !(kept instanceof Uint8Array) && isObject(kept) ? kept : {}
  return {
    required: false,
    valid: true,
    uploaded: get(license, 'uploaded') ?? null,
    fingerprint: get(license, 'fingerprint') ?? null,
  }
}
