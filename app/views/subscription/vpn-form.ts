/** The VPN form as the page holds it: `products.vpn` of the subscription API with one connection. */
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

/** The first connection. */
export function connectionOf(form: JsonObject): JsonObject {
  const { connections } = form
  return plainObject(Array.isArray(connections) ? connections[0] : undefined) ?? { _id: 1 }
}

/** The form with a change of its first connection. */
export function withConnection(form: JsonObject, change: JsonObject): JsonObject {
  const { connections } = form
  const others = Array.isArray(connections) ? connections.slice(1) : []
  return { ...form, connections: [{ ...connectionOf(form), ...change }, ...others] }
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
