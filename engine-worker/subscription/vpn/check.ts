/** The checks of a VPN form, as Azure VPN gateways demand them (to which hub/features/vpn.rst leads). */
import type { JsonPath } from '../../path.ts'
import type { Problem } from '../../problem.ts'
import { type AddressRange, dottedAddress, isHostName, readAddress, readRange } from './address.ts'
import { allowedIn, isCombined, policyLimits, policyMembers } from './algorithms.ts'
import type { VpnConnection, VpnForm, VpnPolicy } from './form.ts'
import { overlapsOf } from './overlaps.ts'
import * as found from './problems.ts'

/** Longest key, least length of a key that is not called weak, and the length of a good one. */
const keyLengths = { most: 128, least: 12, good: 32 } as const

/** What the API answers in place of a key; sent back it means "unchanged". */
export const unchangedKey = '********'

const reservedAsns: readonly (readonly [number, number])[] = [
  [8074, 8075],
  [12076, 12076],
  [65515, 65515],
  [65517, 65520],
]

const linkLocal = { first: 0xa9fe0000, last: 0xa9feffff }
const allowedLinkLocal = { first: 0xa9fe1500, last: 0xa9fe16ff }

/** Every problem of the form; paths are relative to it. An empty list means that it can be sent. */
export function checkVpn(form: VpnForm): readonly Problem[] {
  return [
    ...form.connections.flatMap((connection, index) =>
      checkConnection(connection, form.hasBgp, ['connections', index]),
    ),
    ...checkOverlaps(form),
  ]
}

function checkConnection(connection: VpnConnection, hasBgp: boolean, path: JsonPath): Problem[] {
  const { gateway, ranges, policy, device } = connection
  const at = (...more: JsonPath) => ({ path: [...path, ...more] })
  const problems: Problem[] = []
  if (gateway === null) problems.push(found.missingField({ member: 'gateway_address' }, at('gateway_address')))
  else if (readAddress(gateway) === null && !isHostName(gateway))
    problems.push(found.invalidGateway({ gateway }, at('gateway_address')))
  // With BGP the ranges are announced by the device itself.
  if (ranges.length === 0 && !hasBgp)
    problems.push(found.missingField({ member: 'address_spaces' }, at('address_spaces')))
  ranges.forEach((range, index) => {
    const read = readRange(range)
    if (read === null) problems.push(found.invalidCidr({ range }, at('address_spaces', index)))
    else if (!read.isNetwork)
      problems.push(found.hostBits({ range, network: networkOf(range, read) }, at('address_spaces', index)))
  })
  problems.push(...checkKey(connection.key, at('shared_key')))
  if (hasBgp) problems.push(...checkBgp(connection, path))
  if (policy !== null) problems.push(...checkPolicy(policy, [...path, 'ipsec_policy']))
  if (device === 'policy-based' && policy?.hasSelectors !== true)
    problems.push(found.policyNeedsSelectors({}, at('ipsec_policy', 'use_policy_based_traffic_selectors')))
  return problems
}

function networkOf(range: string, { first }: AddressRange): string {
  return `${dottedAddress(first)}/${range.split('/')[1]}`
}

function checkKey(key: string | null, where: { readonly path: JsonPath }): Problem[] {
  if (key === null) return [found.missingField({ member: 'shared_key' }, where)]
  if (key === unchangedKey) return []
  const { most, least, good } = keyLengths
  const length = [...key].length
  const problems: Problem[] = []
  if (!/^[\x20-\x7e]*$/.test(key)) problems.push(found.keyNotPrintable({}, where))
  if (length > most) problems.push(found.keyTooLong({ length, most }, where))
  if (problems.length === 0 && (length < least || new Set(key).size === 1))
    problems.push(found.keyWeak({ least: good }, where))
  return problems
}

function checkBgp({ asn, peeringAddress }: VpnConnection, path: JsonPath): Problem[] {
  const problems: Problem[] = []
  const atAsn = { path: [...path, 'asn'] }
  if (asn === null) problems.push(found.missingField({ member: 'asn' }, atAsn))
  else if (!Number.isInteger(asn) || asn < 1 || asn > 4_294_967_294) problems.push(found.invalidAsn({ asn }, atAsn))
  else if (reservedAsns.some(([first, last]) => asn >= first && asn <= last))
    problems.push(found.reservedAsn({ asn }, atAsn))
  const atPeer = { path: [...path, 'bgp_peering_address'] }
  if (peeringAddress === null) return [...problems, found.missingField({ member: 'bgp_peering_address' }, atPeer)]
  const address = readAddress(peeringAddress)
  if (address === null) problems.push(found.invalidPeer({ address: peeringAddress }, atPeer))
  else if (isIn(linkLocal, address) && !isIn(allowedLinkLocal, address))
    problems.push(found.apipaOutOfRange({ address: peeringAddress }, atPeer))
  return problems
}

function isIn(range: { readonly first: number; readonly last: number }, address: number): boolean {
  return address >= range.first && address <= range.last
}

function checkPolicy(policy: VpnPolicy, path: JsonPath): Problem[] {
  const problems: Problem[] = []
  for (const member of policyMembers) {
    const algorithm = policy.algorithms[member]
    const where = { path: [...path, member] }
    const allowed = allowedIn(member)
    if (algorithm === null) problems.push(found.missingField({ member }, where))
    else if (!allowed.includes(algorithm))
      problems.push(found.algorithmNotAllowed({ algorithm, member, allowed: allowed.join(', ') }, where))
  }
  const { ipsec_encryption: encryption, ipsec_integrity: integrity } = policy.algorithms
  const areKnown =
    encryption !== null &&
    integrity !== null &&
    allowedIn('ipsec_encryption').includes(encryption) &&
    allowedIn('ipsec_integrity').includes(integrity)
  if (areKnown && encryption !== integrity && (isCombined(encryption) || isCombined(integrity)))
    problems.push(found.combinationNotAllowed({ encryption, integrity }, { path: [...path, 'ipsec_integrity'] }))
  const { lifetime, dataSize } = policy
  const { sa_lifetime, sa_datasize } = policyLimits
  if (lifetime !== null && lifetime < sa_lifetime.least)
    problems.push(
      found.lifetimeTooShort({ seconds: lifetime, least: sa_lifetime.least }, { path: [...path, 'sa_lifetime'] }),
    )
  if (dataSize !== null && dataSize < sa_datasize.least)
    problems.push(
      found.dataSizeTooSmall({ size: dataSize, least: sa_datasize.least }, { path: [...path, 'sa_datasize'] }),
    )
  return problems
}

/** Overlaps are found at the later of two ranges, over all connections; a range that is not valid takes no part. */
function checkOverlaps(form: VpnForm): Problem[] {
  return overlapsOf(form).map(({ connection, index, range, other, isSesam }) => {
    const where = { path: ['connections', connection, 'address_spaces', index] }
    return isSesam ? found.overlappingSesam({ range, other }, where) : found.overlappingRanges({ range, other }, where)
  })
}
