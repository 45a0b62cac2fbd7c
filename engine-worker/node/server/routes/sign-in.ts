/** Tokens for a name and a password; api.rst. */
import { HttpError } from '../answer.ts'
import { formFields } from '../body.ts'
import { perInstance } from '../per-instance.ts'
import { type ApiRoute, route } from '../route.ts'
import { RateLimit } from '../traffic.ts'

/** Wrong passwords that an address may send in a minute. */
const MAX_WRONG_ATTEMPTS = 60
const limitOf = perInstance(() => new RateLimit(MAX_WRONG_ATTEMPTS))

export const signInRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/jwt',
    says: 'A token for a user that `pipewright serve user` has made.',
    needs: { is: 'nothing' },
    body: 'form',
    form: { email: 'The name of the user.', password: 'The password.' },
    answer: 'text',
    run: async (call) => {
      const form = formFields(await call.body(), call.contentType)
      const [user, password] = [form.get('email') ?? '', form.get('password') ?? '']
      if (user === '' || password === '') throw new HttpError(400, 'email and password are missing.')
      const limit = limitOf(call.instance)
      const address = call.request.socket.remoteAddress ?? ''
      if (limit.isBarred(address, performance.now()))
        throw new HttpError(429, 'Too many wrong passwords; wait a minute.')
      const token = await call.instance.options.signIn(user, password)
      if (token === null) {
        limit.refused(address, performance.now())
        throw new HttpError(401, 'The name or the password is wrong.')
      }
      return { status: 200, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: token }
    },
  }),
]
