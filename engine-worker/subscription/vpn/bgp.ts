/**
 * The part of a device's configuration that exchanges routes with Sesam's gateway (BGP): the own addresses of the tunnel,
 * the neighbour behind it, and the ranges that are announced. strongSwan has none; there it is for the bgpd of FRR.
 */
import { dottedAddress, readRangeOrAddress } from './address.ts'
import type { VpnConnection, VpnForm } from './form.ts'

/** The number of Azure VPN gateways, where Sesam's side says no other. */
const usualSesamAsn = 65515

/** What BGP needs; null where the form is without it or Sesam's side is not filled in. */
interface BgpSession {
  readonly asn: number
  readonly address: string
  readonly sesamAsn: number
  readonly sesamAddress: string
  /** Announced ranges as address and mask. */
  readonly networks: readonly { readonly address: string; readonly mask: string; readonly range: string }[]
}

export function bgpSession(form: VpnForm, { asn, peeringAddress, ranges }: VpnConnection): BgpSession | null {
  if (!form.hasBgp || asn === null || peeringAddress === null || form.sesamPeer === null) return null
  const networks = ranges.flatMap((range) => {
    const read = readRangeOrAddress(range)
    if (read === null) return []
    return [{ address: dottedAddress(read.first), mask: dottedAddress(2 ** 32 - (read.last - read.first + 1)), range }]
  })
  return {
    asn,
    address: peeringAddress,
    sesamAsn: form.sesamAsn ?? usualSesamAsn,
    sesamAddress: form.sesamPeer,
    networks,
  }
}

const hostMask = '255.255.255.255'

export function fortiGateBgp(name: string, { asn, address, sesamAsn, sesamAddress, networks }: BgpSession): string[] {
  return [
    'config system interface',
    `  edit "${name}"`,
    `    set ip ${address} ${hostMask}`,
    `    set remote-ip ${sesamAddress} ${hostMask}`,
    '  next',
    'end',
    'config router bgp',
    `  set as ${asn}`,
    '  config neighbor',
    `    edit "${sesamAddress}"`,
    `      set remote-as ${sesamAsn}`,
    '      set ebgp-enforce-multihop enable',
    `      set update-source "${name}"`,
    '    next',
    '  end',
    '  config network',
    ...networks.flatMap(({ address, mask }) => ['    edit 0', `      set prefix ${address} ${mask}`, '    next']),
    '  end',
    'end',
  ]
}

export function ciscoBgp(tunnel: string, { asn, sesamAsn, sesamAddress, networks }: BgpSession): string[] {
  return [
    `ip route ${sesamAddress} ${hostMask} ${tunnel}`,
    `router bgp ${asn}`,
    ` neighbor ${sesamAddress} remote-as ${sesamAsn}`,
    ` neighbor ${sesamAddress} ebgp-multihop 255`,
    ` neighbor ${sesamAddress} update-source ${tunnel}`,
    ' address-family ipv4',
    `  neighbor ${sesamAddress} activate`,
    ...networks.map(({ address, mask }) => `  network ${address} mask ${mask}`),
  ]
}

/** The values for the pages of the FRR package, in their order. */
export function pfSenseBgp({ asn, address, sesamAsn, sesamAddress, networks }: BgpSession): string[] {
  return [
    `Interfaces > the assigned IPsec interface: IPv4 Address ${address}/32, gateway ${sesamAddress}`,
    'Services > FRR BGP > BGP',
    `  Local AS: ${asn}`,
    ...networks.map(({ range }) => `  Networks to Distribute: ${range}`),
    'Services > FRR BGP > Neighbors > Add',
    `  Name/Address: ${sesamAddress}`,
    `  Remote AS: ${sesamAsn}`,
    `  Update Source: ${address}`,
    '  eBGP multi-hop: 255',
  ]
}

/** Commands for the bgpd of FRR, as comments. */
export function frrBgp(id: string, { asn, address, sesamAsn, sesamAddress, networks }: BgpSession): string[] {
  return [
    `# Routes of sesam-${id}: the XFRM interface has the address ${address}/32 and a route to ${sesamAddress}/32. For bgpd (FRR):`,
    `# router bgp ${asn}`,
    `#  neighbor ${sesamAddress} remote-as ${sesamAsn}`,
    `#  neighbor ${sesamAddress} ebgp-multihop 255`,
    `#  neighbor ${sesamAddress} update-source ${address}`,
    '#  address-family ipv4 unicast',
    ...networks.map(({ range }) => `#   network ${range}`),
  ]
}
