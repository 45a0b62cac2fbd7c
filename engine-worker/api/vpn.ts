/** The form of a VPN connection: its checks, what it becomes for devices and for the subscription API. */
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import type { Problem } from '../problem.ts'
import { allowedIn, policyMembers } from '../subscription/vpn/algorithms.ts'
import { checkVpn, unchangedKey } from '../subscription/vpn/check.ts'
import { printDevice, vpnDevices } from '../subscription/vpn/devices.ts'
import { readVpnForm } from '../subscription/vpn/form.ts'
import { overlapsOf, type VpnOverlap } from '../subscription/vpn/overlaps.ts'
import { type VpnVerdicts, vpnVerdicts } from '../subscription/vpn/verdicts.ts'
import { capability } from './capability.ts'

interface VpnAnswer {
  readonly problems: readonly Problem[]
  readonly overlaps: readonly VpnOverlap[]
  /** In the order of the connections. */
  readonly verdicts: readonly VpnVerdicts[]
  /** By device, without the key; null while there are problems, or where the device lacks what was chosen. */
  readonly configurations: Readonly<Record<string, string | null>>
  /** `products.vpn` for the subscription API, with the key masked. */
  readonly request: string
  /** What may be chosen in each member of a policy. */
  readonly allowed: Readonly<Record<string, readonly string[]>>
}

/** Checks a form (`products.vpn` of the subscription API, with the key) and makes what it becomes; nothing is kept. */
export const vpn = capability('vpn', 'page', async (form: JsonObject): Promise<VpnAnswer> => {
  const read = readVpnForm(form)
  return {
    problems: checkVpn(read),
    overlaps: overlapsOf(read),
    verdicts: read.connections.map(vpnVerdicts),
    configurations: Object.fromEntries(vpnDevices.map((device) => [device, printDevice(device, read)])),
    request: JSON.stringify({ products: { vpn: requestOf(form) } }, null, 2),
    allowed: Object.fromEntries(policyMembers.map((member) => [member, allowedIn(member)])),
  }
})

/** What is sent: without Sesam's side, which is read only, and without questions of the form. */
function requestOf({
  sesam_gateway: _,
  sesam_address_spaces: __,
  sesam_bgp_address: ___,
  connections,
  ...more
}: JsonObject): JsonObject {
  const sent = (Array.isArray(connections) ? connections : []).map((connection: Json) => {
    if (!isObject(connection)) return connection
    const { device: _, ...others } = connection
    return 'shared_key' in others ? { ...others, shared_key: unchangedKey } : others
  })
  return { type: 'route-based', ...more, connections: sent }
}
