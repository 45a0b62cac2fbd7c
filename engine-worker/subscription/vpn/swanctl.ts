/**
 * The configuration of the customer's device for strongSwan 5.9 (swanctl.conf): Sesam's gateway is the remote side. The
 * key is never written; a placeholder stands in its place. Only a form without problems is printed, so that no value of it
 * can change the structure of the file.
 */
import { isHostName, readAddress, readRangeOrAddress } from './address.ts'
import { algorithms, isCombined, policyLimits } from './algorithms.ts'
import { bgpSession, frrBgp } from './bgp.ts'
import { checkVpn } from './check.ts'
import type { VpnConnection, VpnForm, VpnPolicy } from './form.ts'

/** What stands in the place of the pre-shared key. */
export const keyPlaceholder = 'REPLACE-WITH-THE-PRE-SHARED-KEY'

/** Any address: a route-based device decides by its routes what goes through the tunnel. */
const anyAddress = '0.0.0.0/0'

/** The text of swanctl.conf, one connection for each of the form's; null while the form has problems. */
export function printSwanctl(form: VpnForm): string | null {
  if (!isSesamSideValid(form) || checkVpn(form).length > 0) return null
  const connections = form.connections.map((connection) => connectionLines(form, connection))
  const secrets = form.connections.map(({ id }) => blockLines(`ike-sesam-${id}`, [`secret = "${keyPlaceholder}"`]))
  const routing = form.connections.flatMap((connection) => {
    const session = bgpSession(form, connection)
    return session === null ? [] : frrBgp(connection.id, session)
  })
  return `${[...blockLines('connections', connections.flat()), ...blockLines('secrets', secrets.flat()), ...routing].join('\n')}\n`
}

/** Sesam's side is read only in the form, but comes from a file like everything else. */
export function isSesamSideValid({ sesamGateway, sesamRanges, hasBgp, sesamPeer }: VpnForm): boolean {
  const isGateway = sesamGateway !== null && (readAddress(sesamGateway) !== null || isHostName(sesamGateway))
  const hasPeer = !hasBgp || (sesamPeer !== null && readAddress(sesamPeer) !== null)
  return isGateway && hasPeer && sesamRanges.every((range) => readRangeOrAddress(range) !== null)
}

function connectionLines(form: VpnForm, connection: VpnConnection): string[] {
  const { id, gateway, policy } = connection
  return blockLines(`sesam-${id}`, [
    'version = 2',
    `remote_addrs = ${form.sesamGateway ?? ''}`,
    ...(policy === null ? [] : [`proposals = ${ikeProposal(policy)}`]),
    `rekey_time = ${policyLimits.ikeLifetime}s`,
    ...blockLines('local', ['auth = psk', `id = ${gateway ?? ''}`]),
    ...blockLines('remote', ['auth = psk', `id = ${form.sesamGateway ?? ''}`]),
    ...blockLines('children', childLines(form, connection)),
  ])
}

/** A policy-based device has one child for each pair of ranges, a route-based one a single child for all addresses. */
function childLines(form: VpnForm, { id, ranges, policy, device }: VpnConnection): string[] {
  const lifetime = [
    ...(policy === null ? [] : [`esp_proposals = ${espProposal(policy)}`]),
    `life_time = ${policy?.lifetime ?? policyLimits.sa_lifetime.default}s`,
    `life_bytes = ${(policy?.dataSize ?? policyLimits.sa_datasize.default) * 1024}`,
    'start_action = trap',
  ]
  if (device === 'route-based')
    return blockLines(`sesam-${id}`, [
      `local_ts = ${anyAddress}`,
      `remote_ts = ${anyAddress}`,
      ...lifetime,
      // The same number for the XFRM interface, to which routes lead.
      `if_id_in = ${id}`,
      `if_id_out = ${id}`,
    ])
  const pairs = ranges.flatMap((local) => form.sesamRanges.map((remote) => ({ local, remote })))
  return pairs.flatMap(({ local, remote }, index) =>
    blockLines(`sesam-${id}-${index + 1}`, [`local_ts = ${local}`, `remote_ts = ${remote}`, ...lifetime]),
  )
}

function keyword(name: string | null): string {
  return algorithms[name ?? '']?.strongSwan ?? ''
}

/** Phase 1; an algorithm that protects by itself needs a pseudo-random function in the place of an integrity. */
function ikeProposal({ algorithms: chosen }: VpnPolicy): string {
  const integrity = keyword(chosen.ike_integrity)
  const protection = isCombined(chosen.ike_encryption ?? '') ? `prf${integrity}` : integrity
  return joinedProposal([keyword(chosen.ike_encryption), protection, keyword(chosen.dh_group)])
}

function espProposal({ algorithms: chosen }: VpnPolicy): string {
  const { ipsec_encryption: encryption, ipsec_integrity: integrity, dh_group, pfs_group } = chosen
  return joinedProposal([
    encryption === 'None' ? 'null' : keyword(encryption),
    isCombined(encryption ?? '') ? '' : keyword(integrity),
    // "PFSMM" takes the group of phase 1.
    keyword(pfs_group === 'PFSMM' ? dh_group : pfs_group),
  ])
}

function joinedProposal(words: readonly string[]): string {
  return words.filter((word) => word !== '').join('-')
}

function blockLines(name: string, lines: readonly string[]): string[] {
  return [`${name} {`, ...lines.map((line) => `  ${line}`), '}']
}
