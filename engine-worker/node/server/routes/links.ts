/** Shareable links of endpoints; swagger_public.yaml, /publishers/{pipe_id}/shareable-links. */
import { numberSetting, textSetting } from '../../../config/model/setting.ts'
import type { OpenPipe } from '../../../connectors/open.ts'
import { isObject, type JsonObject } from '../../../entity/value.ts'
import { foundOr404, HttpError, jsonAnswer } from '../answer.ts'
import { bodyJson } from '../body.ts'
import { encodedPart, LINK_PARAMETER, type ShareableLink } from '../links.ts'
import { type ApiRoute, param, pipeOf, type RouteCall, route } from '../route.ts'

/** Below `/publishers/<pipe>/`, by the type of the sink. */
const publishedEndpoints: Readonly<Record<string, readonly string[]>> = {
  http_endpoint: ['entities', 'sdshare-collection', 'sdshare-fragments'],
  csv_endpoint: ['csv', 'excel'],
  xml_endpoint: ['xml'],
}

export const linkRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/publishers/{pipe}/shareable-links',
    says: 'The links by which anybody may read what a pipe publishes.',
    needs: { is: 'pipe', may: 'write_config' },
    answer: 'list',
    run: async (call) => {
      const pipe = endpointOf(call)
      return jsonAnswer(call.instance.links.of(pipe.effective.id).map((link) => linkJson(call, pipe, link)))
    },
  }),
  route({
    method: 'POST',
    path: '/publishers/{pipe}/shareable-links',
    says: 'Makes a link: `{"description", "exp"}`, with the time at which it expires in seconds since 1970.',
    needs: { is: 'pipe', may: 'write_config' },
    body: 'json',
    answer: 'object',
    run: async (call) => {
      const pipe = endpointOf(call)
      const body = bodyJson(await call.body())
      if (!isObject(body)) throw new HttpError(400, 'The body must be a JSON object with description and exp.')
      const { instance } = call
      const exp = numberSetting(body, 'exp')
      if (exp === undefined || !Number.isFinite(exp) || exp * 1000 <= instance.now())
        throw new HttpError(400, 'exp must be a time to come, in seconds since 1970.')
      const created_ts = String(instance.options.environment.now())
      const about = { description: textSetting(body, 'description', ''), exp, created_ts }
      const link = await instance.links.add(pipe.effective.id, about, (states) => instance.commitStates(states))
      return jsonAnswer(linkJson(call, pipe, link))
    },
  }),
  route({
    method: 'DELETE',
    path: '/publishers/{pipe}/shareable-links/{link}',
    says: 'Removes a link, which opens nothing from then on.',
    needs: { is: 'pipe', may: 'write_config' },
    answer: 'object',
    run: async (call) => {
      const pipe = endpointOf(call)
      const id = param(call, 'link')
      const { instance } = call
      const isGone = await instance.links.remove(pipe.effective.id, id, (states) => instance.commitStates(states))
      foundOr404(isGone ? id : null, 'link', id)
      return jsonAnswer({})
    },
  }),
]

function endpointOf(call: RouteCall): OpenPipe {
  const pipe = pipeOf(call)
  if (!publishedEndpoints[pipe.effective.sink.type]) throw new HttpError(404, `${pipe.effective.id} publishes nothing.`)
  return pipe
}

function linkJson({ url, instance }: RouteCall, { effective }: OpenPipe, link: ShareableLink): JsonObject {
  const [base = ''] = url.pathname.split('/publishers/')
  const secret = instance.links.secretOf(effective.id, link)
  const words = publishedEndpoints[effective.sink.type] ?? []
  const pipe = encodedPart(effective.id)
  return {
    ...link,
    urls: words.map((word) => `${url.origin}${base}/publishers/${pipe}/${word}?${LINK_PARAMETER}=${secret}`),
  }
}
