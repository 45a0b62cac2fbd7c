/** How a described service wants to be signed in to, and what that means for a connector's system and manifest. */
import { get } from '../../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import type { Resolver } from './reference.ts'
import { hasTemplateSigns, type ServiceSignIn } from './service.ts'

/** The way that a description asks for; of several the first that Sesam can take. */
export function signInOf(document: JsonObject, resolver: Resolver): ServiceSignIn {
  const components = get(document, 'components')
  const schemes = isObject(components) ? get(components, 'securitySchemes') : get(document, 'securityDefinitions')
  if (!isObject(schemes)) return { way: 'none' }
  const wanted = requiredSchemes(document)
  const names = Object.keys(schemes).sort((a, b) => Number(wanted.has(b)) - Number(wanted.has(a)))
  const ways = names.map((name) => resolver.follow(get(schemes, name))).map((each) => each && wayOf(each))
  const known = ways.filter((way) => way !== null)
  return known.find(({ way }) => way !== 'bearer') ?? known[0] ?? { way: 'none' }
}

/** The schemes that count for the whole service. */
function requiredSchemes(document: JsonObject): ReadonlySet<string> {
  const security = get(document, 'security')
  return new Set(Array.isArray(security) ? security.filter(isObject).flatMap((each) => Object.keys(each)) : [])
}

function wayOf(scheme: JsonObject): ServiceSignIn | null {
  const type = get(scheme, 'type')
  if (type === 'basic') return { way: 'basic' }
  if (type === 'http')
    return String(get(scheme, 'scheme')).toLowerCase() === 'basic' ? { way: 'basic' } : { way: 'bearer' }
  if (type === 'apiKey') {
    const [name, place] = [get(scheme, 'name'), get(scheme, 'in')]
    if (typeof name !== 'string' || hasTemplateSigns(name)) return null
    // Many descriptions of version 2.0 say by an API key in this header that a bearer token is wanted.
    return place === 'header' || place === 'query' ? { way: place, name } : null
  }
  return type === 'oauth2' ? oauth2Of(scheme) : null
}

/** Flows that Sesam can take: it needs an address that gives tokens. What gives them to browsers alone ends in a bearer token. */
function oauth2Of(scheme: JsonObject): ServiceSignIn | null {
  const flows = get(scheme, 'flows')
  const named = isObject(flows) ? [get(flows, 'authorizationCode'), get(flows, 'clientCredentials')] : [scheme]
  const flow = named.find(isObject)
  const tokenUrl = isObject(flow) ? webAddress(get(flow, 'tokenUrl')) : ''
  if (!isObject(flow) || tokenUrl === '') return { way: 'bearer' }
  const scopes = get(flow, 'scopes')
  return {
    way: 'oauth2',
    loginUrl: webAddress(get(flow, 'authorizationUrl')),
    tokenUrl,
    scopes: isObject(scopes) ? Object.keys(scopes).filter((each) => !hasTemplateSigns(each)) : [],
  }
}

function webAddress(json: Json | undefined): string {
  return typeof json === 'string' && /^https?:\/\//.test(json) && !hasTemplateSigns(json) ? json : ''
}
