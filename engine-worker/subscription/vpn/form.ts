/** The VPN part of a subscription (`products.vpn` of the subscription API), as a form holds it: nothing in it is trusted. */
import { get } from '../../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import { type PolicyMember, policyMembers } from './algorithms.ts'

/** One connection; a member that is absent or of another type is null. */
export interface VpnConnection {
  /** The integer that the subscription API gave, as text. */
  readonly id: string
  readonly gateway: string | null
  readonly ranges: readonly string[]
  readonly key: string | null
  readonly asn: number | null
  readonly peeringAddress: string | null
  readonly policy: VpnPolicy | null
  /** A question of the form, not sent to Sesam. */
  readonly device: 'route-based' | 'policy-based'
}

export interface VpnPolicy {
  readonly algorithms: Readonly<Record<PolicyMember, string | null>>
  /** Seconds. */
  readonly lifetime: number | null
  /** Kilobytes. */
  readonly dataSize: number | null
  readonly hasSelectors: boolean
}

export interface VpnForm {
  readonly sesamGateway: string | null
  readonly sesamRanges: readonly string[]
  readonly hasBgp: boolean
  /** The number of Sesam's gateway for BGP; null where it is not said. */
  readonly sesamAsn: number | null
  /** The BGP address of Sesam's gateway: a question of the form, not sent to Sesam. */
  readonly sesamPeer: string | null
  readonly connections: readonly VpnConnection[]
}

/** Reads the form from JSON; what is of another type counts as absent. */
export function readVpnForm(json: JsonObject): VpnForm {
  return {
    sesamGateway: textOf(get(json, 'sesam_gateway')),
    sesamRanges: textsOf(get(json, 'sesam_address_spaces')),
    hasBgp: get(json, 'enable_bgp') === true,
    sesamAsn: numberOf(get(json, 'asn')),
    sesamPeer: textOf(get(json, 'sesam_bgp_address')),
    connections: listOf(get(json, 'connections')).map((each, index) =>
      readConnection(isObject(each) ? each : {}, index),
    ),
  }
}

function readConnection(json: JsonObject, index: number): VpnConnection {
  const policy = get(json, 'ipsec_policy')
  const id = get(json, '_id')
  return {
    id: typeof id === 'number' || typeof id === 'bigint' ? String(id) : String(index + 1),
    gateway: textOf(get(json, 'gateway_address')),
    ranges: textsOf(get(json, 'address_spaces')),
    key: textOf(get(json, 'shared_key')),
    asn: numberOf(get(json, 'asn')),
    peeringAddress: textOf(get(json, 'bgp_peering_address')),
    policy: isObject(policy) ? readPolicy(policy) : null,
    device: get(json, 'device') === 'policy-based' ? 'policy-based' : 'route-based',
  }
}

function readPolicy(json: JsonObject): VpnPolicy {
  const algorithms = Object.fromEntries(policyMembers.map((member) => [member, textOf(get(json, member))]))
  return {
    algorithms: algorithms as Record<PolicyMember, string | null>,
    lifetime: numberOf(get(json, 'sa_lifetime')),
    dataSize: numberOf(get(json, 'sa_datasize')),
    hasSelectors: get(json, 'use_policy_based_traffic_selectors') === true,
  }
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function numberOf(value: Json | undefined): number | null {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : null
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

/** The texts of a list; other values become empty texts, so that indexes stay the same. */
function textsOf(value: Json | undefined): readonly string[] {
  return listOf(value).map((each) => (typeof each === 'string' ? each : ''))
}
