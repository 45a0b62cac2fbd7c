/**
 * The configuration of the customer's device as text for those who run it: strongSwan, FortiGate, Cisco IOS XE and
 * pfSense. The key is never written; a placeholder stands in its place. Only a form without problems is printed, so that
 * no value of it can change the structure of a text.
 */
import { dottedAddress, readAddress, readRangeOrAddress } from './address.ts'
import { deviceWords, isCombined, policyLimits } from './algorithms.ts'
import { bgpSession, ciscoBgp, fortiGateBgp, pfSenseBgp } from './bgp.ts'
import { checkVpn } from './check.ts'
import type { VpnConnection, VpnForm, VpnPolicy } from './form.ts'
import { isSesamSideValid, keyPlaceholder, printSwanctl } from './swanctl.ts'

/** The devices that a configuration is made for. */
export const vpnDevices = ['strongswan', 'fortigate', 'cisco', 'pfsense'] as const
type VpnDevice = (typeof vpnDevices)[number]

/** What is used where the form has no policy of its own: algorithms that Azure VPN gateways offer by themselves. */
const usualPolicy: VpnPolicy = {
  algorithms: {
    ike_encryption: 'AES256',
    ike_integrity: 'SHA256',
    dh_group: 'DHGroup2',
    ipsec_encryption: 'GCMAES256',
    ipsec_integrity: 'GCMAES256',
    pfs_group: 'None',
  },
  lifetime: policyLimits.sa_lifetime.default,
  dataSize: policyLimits.sa_datasize.default,
  hasSelectors: false,
}

/** The text for a device; null while the form has problems, or where the device lacks an algorithm of the policy. */
export function printDevice(device: VpnDevice, form: VpnForm): string | null {
  if (device === 'strongswan') return printSwanctl(form)
  if (!isSesamSideValid(form) || checkVpn(form).length > 0) return null
  const parts = form.connections.map((connection) => printers[device](form, connection, policyOf(connection)))
  return parts.some((lines) => lines === null) ? null : `${parts.flatMap((lines) => lines ?? []).join('\n')}\n`
}

function policyOf({ policy }: VpnConnection): VpnPolicy {
  return policy ?? usualPolicy
}

type Printer = (form: VpnForm, connection: VpnConnection, policy: VpnPolicy) => readonly string[] | null

const printers: Readonly<Record<Exclude<VpnDevice, 'strongswan'>, Printer>> = {
  fortigate: printFortiGate,
  cisco: printCisco,
  pfsense: printPfSense,
}

/** The words of a device for the algorithms of a policy; null where it lacks one of them. */
function wordsOf(device: Exclude<VpnDevice, 'strongswan'>, { algorithms: chosen }: VpnPolicy) {
  const word = (name: string | null) => deviceWords[device][name ?? ''] ?? null
  const espWord = (name: string | null) => deviceWords[device === 'cisco' ? 'ciscoEsp' : device][name ?? ''] ?? null
  const group = chosen.pfs_group === 'PFSMM' ? chosen.dh_group : chosen.pfs_group
  const words = {
    ikeEncryption: word(chosen.ike_encryption),
    ikeIntegrity: word(chosen.ike_integrity),
    ikeGroup: word(chosen.dh_group),
    encryption: espWord(chosen.ipsec_encryption),
    integrity: isCombined(chosen.ipsec_encryption ?? '') ? '' : espWord(chosen.ipsec_integrity),
    pfs: group === 'None' ? '' : word(group),
  }
  const { ikeEncryption, ikeIntegrity, ikeGroup, encryption, integrity, pfs } = words
  if (ikeEncryption === null || ikeIntegrity === null || ikeGroup === null) return null
  if (encryption === null || integrity === null || pfs === null) return null
  return { ikeEncryption, ikeIntegrity, ikeGroup, encryption, integrity, pfs }
}

/** The ranges of both sides, pair by pair; a route-based device has one pair of all addresses. */
function pairsOf(form: VpnForm, { device, ranges }: VpnConnection): readonly (readonly [string, string])[] {
  if (device === 'route-based') return [['0.0.0.0/0', '0.0.0.0/0']]
  return ranges.flatMap((local) => form.sesamRanges.map((remote) => [local, remote] as const))
}

/** `address mask` in dotted form. */
function dottedRange(range: string): string {
  const read = readRangeOrAddress(range)
  if (read === null) return ''
  const size = read.last - read.first + 1
  return `${dottedAddress(read.first)} ${dottedAddress(2 ** 32 - size)}`
}

function isAddress(text: string | null): boolean {
  return text !== null && readAddress(text) !== null
}

function printFortiGate(form: VpnForm, connection: VpnConnection, policy: VpnPolicy): readonly string[] | null {
  const words = wordsOf('fortigate', policy)
  if (words === null) return null
  const name = `sesam-${connection.id}`
  const gateway = form.sesamGateway ?? ''
  const prf = isCombined(policy.algorithms.ike_encryption ?? '') ? `prf${words.ikeIntegrity}` : words.ikeIntegrity
  const selectors = pairsOf(form, connection).flatMap(([local, remote], index) => [
    `  edit "${name}-${index + 1}"`,
    `    set phase1name "${name}"`,
    `    set proposal ${[words.encryption, words.integrity].filter((word) => word !== '').join('-')}`,
    ...(words.pfs === '' ? ['    set pfs disable'] : ['    set pfs enable', `    set dhgrp ${words.pfs}`]),
    `    set src-subnet ${dottedRange(local)}`,
    `    set dst-subnet ${dottedRange(remote)}`,
    '    set keylife-type both',
    `    set keylifeseconds ${policy.lifetime ?? policyLimits.sa_lifetime.default}`,
    `    set keylifekbs ${policy.dataSize ?? policyLimits.sa_datasize.default}`,
    '  next',
  ])
  const session = bgpSession(form, connection)
  const routes = form.sesamRanges.flatMap((range) => [
    '  edit 0',
    `    set dst ${dottedRange(range)}`,
    `    set device "${name}"`,
    '  next',
  ])
  return [
    'config vpn ipsec phase1-interface',
    `  edit "${name}"`,
    '    set interface "wan1"',
    '    set ike-version 2',
    ...(isAddress(gateway)
      ? [`    set remote-gw ${gateway}`]
      : ['    set type ddns', `    set remotegw-ddns "${gateway}"`]),
    `    set localid "${connection.gateway ?? ''}"`,
    `    set proposal ${words.ikeEncryption}-${prf}`,
    `    set dhgrp ${words.ikeGroup}`,
    `    set keylife ${policyLimits.ikeLifetime}`,
    `    set psksecret ${keyPlaceholder}`,
    '  next',
    'end',
    'config vpn ipsec phase2-interface',
    ...selectors,
    'end',
    ...(session === null ? ['config router static', ...routes, 'end'] : fortiGateBgp(name, session)),
  ]
}

function printCisco(form: VpnForm, connection: VpnConnection, policy: VpnPolicy): readonly string[] | null {
  const words = wordsOf('cisco', policy)
  // A tunnel interface has one pair of all addresses; its key ring takes an address.
  if (words === null || connection.device !== 'route-based' || !isAddress(form.sesamGateway)) return null
  const gateway = form.sesamGateway ?? ''
  const name = `SESAM-${connection.id}`
  const session = bgpSession(form, connection)
  const tunnel = `Tunnel${connection.id}`
  const isCombinedIke = isCombined(policy.algorithms.ike_encryption ?? '')
  return [
    `crypto ikev2 proposal ${name}`,
    ` encryption ${words.ikeEncryption}`,
    ` ${isCombinedIke ? 'prf' : 'integrity'} ${words.ikeIntegrity}`,
    ` group ${words.ikeGroup}`,
    `crypto ikev2 policy ${name}`,
    ` proposal ${name}`,
    `crypto ikev2 keyring ${name}`,
    ' peer sesam',
    `  address ${gateway}`,
    `  pre-shared-key ${keyPlaceholder}`,
    `crypto ikev2 profile ${name}`,
    ` match identity remote address ${gateway} 255.255.255.255`,
    ` identity local ${isAddress(connection.gateway) ? 'address' : 'fqdn'} ${connection.gateway ?? ''}`,
    ' authentication remote pre-share',
    ' authentication local pre-share',
    ` keyring local ${name}`,
    ` lifetime ${policyLimits.ikeLifetime}`,
    `crypto ipsec transform-set ${name} ${[words.encryption, words.integrity].filter((word) => word !== '').join(' ')}`,
    ' mode tunnel',
    `crypto ipsec profile ${name}`,
    ` set transform-set ${name}`,
    ` set security-association lifetime seconds ${policy.lifetime ?? policyLimits.sa_lifetime.default}`,
    ` set security-association lifetime kilobytes ${policy.dataSize ?? policyLimits.sa_datasize.default}`,
    ...(words.pfs === '' ? [] : [` set pfs group${words.pfs}`]),
    ` set ikev2-profile ${name}`,
    `interface ${tunnel}`,
    session === null ? ' ip unnumbered GigabitEthernet1' : ` ip address ${session.address} 255.255.255.255`,
    ' tunnel source GigabitEthernet1',
    ' tunnel mode ipsec ipv4',
    ` tunnel destination ${gateway}`,
    ` tunnel protection ipsec profile ${name}`,
    ...(session === null
      ? form.sesamRanges.map((range) => `ip route ${dottedRange(range)} ${tunnel}`)
      : ciscoBgp(tunnel, session)),
  ]
}

/** The values for the pages of pfSense, in their order: its configuration is one file that is not to be edited in parts. */
function printPfSense(form: VpnForm, connection: VpnConnection, policy: VpnPolicy): readonly string[] | null {
  const words = wordsOf('pfsense', policy)
  if (words === null) return null
  const isRouted = connection.device === 'route-based'
  const session = bgpSession(form, connection)
  return [
    `VPN > IPsec > Tunnels > Add P1: sesam-${connection.id}`,
    '  Key Exchange version: IKEv2',
    `  Remote Gateway: ${form.sesamGateway ?? ''}`,
    '  Authentication Method: Mutual PSK',
    `  My identifier: ${isAddress(connection.gateway) ? 'IP address' : 'Fully qualified domain name'} ${connection.gateway ?? ''}`,
    '  Peer identifier: Peer IP address',
    `  Pre-Shared Key: ${keyPlaceholder}`,
    `  Encryption Algorithm: ${words.ikeEncryption}`,
    `  Hash: ${words.ikeIntegrity}`,
    `  DH Group: ${words.ikeGroup}`,
    `  Life Time: ${policyLimits.ikeLifetime}`,
    ...pairsOf(form, connection).flatMap(([local, remote]) => [
      'VPN > IPsec > Tunnels > Add P2',
      `  Mode: ${isRouted ? 'Routed (VTI)' : 'Tunnel IPv4'}`,
      `  Local Network: ${local}`,
      `  Remote Network: ${remote}`,
      `  Encryption Algorithm: ${words.encryption}`,
      ...(words.integrity === '' ? [] : [`  Hash Algorithm: ${words.integrity}`]),
      `  PFS key group: ${words.pfs === '' ? 'off' : words.pfs}`,
      `  Life Time: ${policy.lifetime ?? policyLimits.sa_lifetime.default}`,
    ]),
    ...(session !== null ? pfSenseBgp(session) : []),
    ...(isRouted && session === null
      ? form.sesamRanges.map((range) => `System > Routing > Static Routes > Add: ${range} by the IPsec gateway`)
      : []),
  ]
}
