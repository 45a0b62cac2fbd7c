/** The VPN form as the page holds it: `products.vpn` of the subscription API with one connection, or two redundant ones. */
import { isObject, type Json, type JsonObject } from '../../../engine-worker/index.ts'

/** The members of a policy that name an algorithm, in the order of the form, with what Sesam's examples say. */
const examplePolicy = {
  ike_encryption: 'AES256',
  ike_integrity: 'SHA384',
  dh_group: 'ECP384',
  ipsec_encryption: 'GCMAES256',
  ipsec_integrity: 'GCMAES256',
  pfs_group: 'ECP384',
} as const

export const policyFields = Object.keys(examplePolicy)

function plainObject(value: Json | undefined): JsonObject | null {
  return value !== undefined && isObject(value) ? value : null
}

/** The connections: one at least. */
export function connectionsOf({ connections }: JsonObject): readonly JsonObject[] {
  const listed = Array.isArray(connections) ? connections : []
  return listed.length === 0 ? [{ _id: 1 }] : listed.map((each, at) => plainObject(each) ?? { _id: at + 1 })
}

/** The form with a change of the connection at a place. */
export function withConnection(form: JsonObject, at: number, change: JsonObject): JsonObject {
  return {
    ...form,
    connections: connectionsOf(form).map((each, index) => (index === at ? { ...each, ...change } : each)),
  }
}

/** The form with one more connection, which is made redundant with the first: same policy and number, another device. */
export function withNewConnection(form: JsonObject): JsonObject {
  const all = connectionsOf(form)
  const [first] = all
  const ids = all.map(({ _id }) => (typeof _id === 'number' ? _id : 0))
  const { ipsec_policy = null, asn = null } = first ?? {}
  return { ...form, connections: [...all, { _id: Math.max(0, ...ids) + 1, ipsec_policy, asn }] }
}

/** The form without the connection at a place. */
export function withConnectionRemoved(form: JsonObject, at: number): JsonObject {
  return { ...form, connections: connectionsOf(form).filter((_, index) => index !== at) }
}

export function policyAt(connection: JsonObject): JsonObject | null {
  return plainObject(connection.ipsec_policy)
}

/** The policy of a connection with a change; one like the examples where it has none. */
export function withPolicy(connection: JsonObject, change: JsonObject): JsonObject {
  return { ...examplePolicy, ...policyAt(connection), ...change }
}

export function formText(json: JsonObject, member: string): string {
  const value = json[member]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

export function formLines(json: JsonObject, member: string): readonly string[] {
  const value = json[member]
  return Array.isArray(value) ? value.map(String) : []
}
