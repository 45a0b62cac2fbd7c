/** The checks of a VPN form, each with a value that passes and one that fails, and the text for strongSwan. */
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import { problemKinds } from '../../../engine-worker/problem.ts'
import { algorithms, allowedIn, policyMembers } from '../../../engine-worker/subscription/vpn/algorithms.ts'
import { checkVpn } from '../../../engine-worker/subscription/vpn/check.ts'
import { readVpnForm } from '../../../engine-worker/subscription/vpn/form.ts'
import { vpnProblemKind } from '../../../engine-worker/subscription/vpn/problems.ts'
import { keyPlaceholder, printSwanctl } from '../../../engine-worker/subscription/vpn/swanctl.ts'

const key = 'q8Zr5vT1.wXc3Lm9Kd7Hs2Pf6Bn4Gj0_'
const policy: JsonObject = {
  ike_encryption: 'AES256',
  ike_integrity: 'SHA256',
  dh_group: 'DHGroup14',
  ipsec_encryption: 'AES256',
  ipsec_integrity: 'SHA256',
  pfs_group: 'PFS2048',
  sa_lifetime: 27000,
  sa_datasize: 102400000,
}

const connection: JsonObject = {
  _id: 7,
  gateway_address: 'edge.example.com',
  address_spaces: ['10.20.0.0/16'],
  shared_key: key,
}

function formOf(changes: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    sesam_gateway: '192.0.2.9',
    sesam_address_spaces: ['10.91.0.0/22', '10.99.1.4'],
    connections: [{ ...connection, ...changes }],
    ...more,
  }
}

function kinds(json: JsonObject): string[] {
  return checkVpn(readVpnForm(json)).map((each) => `${vpnProblemKind(each)} ${each.where.path?.slice(2).join('/')}`)
}

const bgp = { enable_bgp: true }
const peer = { asn: 65010, bgp_peering_address: '10.20.0.4' }
const withPolicy = (changes: JsonObject) => formOf({ ipsec_policy: { ...policy, ...changes } })

/** By kind: a form that passes, and one with exactly this problem. */
const checks: Readonly<Record<string, readonly [good: JsonObject, bad: JsonObject, at: string]>> = {
  'invalid-cidr': [formOf({}), formOf({ address_spaces: ['10.20.0.0/33'] }), 'address_spaces/0'],
  'host-bits': [formOf({}), formOf({ address_spaces: ['10.20.0.1/16'] }), 'address_spaces/0'],
  overlap: [
    formOf({ address_spaces: ['10.20.0.0/25', '10.20.0.128/25'] }),
    formOf({ address_spaces: ['10.20.0.0/16', '10.20.200.0/24'] }),
    'address_spaces/1',
  ],
  'overlap-with-sesam': [
    formOf({ address_spaces: ['10.99.1.5/32'] }),
    formOf({ address_spaces: ['10.99.1.0/24'] }),
    'address_spaces/0',
  ],
  'fqdn-invalid': [formOf({ gateway_address: '198.51.100.4' }), formOf({ gateway_address: 'edge' }), 'gateway_address'],
  missing: [formOf({}), formOf({ shared_key: '' }), 'shared_key'],
  'reserved-asn': [formOf(peer, bgp), formOf({ ...peer, asn: 65518 }, bgp), 'asn'],
  'asn-invalid': [formOf(peer, bgp), formOf({ ...peer, asn: 0 }, bgp), 'asn'],
  'peer-invalid': [formOf(peer, bgp), formOf({ ...peer, bgp_peering_address: 'edge' }, bgp), 'bgp_peering_address'],
  'apipa-out-of-range': [
    formOf({ ...peer, bgp_peering_address: '169.254.21.0' }, bgp),
    formOf({ ...peer, bgp_peering_address: '169.254.23.0' }, bgp),
    'bgp_peering_address',
  ],
  'key-too-long': [formOf({ shared_key: key.repeat(4) }), formOf({ shared_key: `${key.repeat(4)}x` }), 'shared_key'],
  'key-not-printable': [formOf({ shared_key: `${key} ~` }), formOf({ shared_key: `${key}é` }), 'shared_key'],
  'key-weak': [formOf({ shared_key: '********' }), formOf({ shared_key: 'x'.repeat(40) }), 'shared_key'],
  'algorithm-not-allowed': [withPolicy({}), withPolicy({ dh_group: 'DHGroup5' }), 'ipsec_policy/dh_group'],
  'combination-not-allowed': [
    withPolicy({ ipsec_encryption: 'GCMAES192', ipsec_integrity: 'GCMAES192' }),
    withPolicy({ ipsec_encryption: 'GCMAES192' }),
    'ipsec_policy/ipsec_integrity',
  ],
  'lifetime-too-short': [
    withPolicy({ sa_lifetime: 300 }),
    withPolicy({ sa_lifetime: 299 }),
    'ipsec_policy/sa_lifetime',
  ],
  'datasize-too-small': [
    withPolicy({ sa_datasize: 1024 }),
    withPolicy({ sa_datasize: 1023 }),
    'ipsec_policy/sa_datasize',
  ],
  'policy-needs-selectors': [
    formOf({ device: 'policy-based', ipsec_policy: { ...policy, use_policy_based_traffic_selectors: true } }),
    formOf({ device: 'policy-based', ipsec_policy: policy }),
    'ipsec_policy/use_policy_based_traffic_selectors',
  ],
}

describe('checkVpn', () => {
  it.each(Object.entries(checks))('finds %s where it is, and only there', (kind, [good, bad, at]) => {
    expect(kinds(good)).toEqual([])
    expect(kinds(bad)).toEqual([`${kind} ${at}`])
  })

  it('has a case here for every declared kind', () => {
    const declared = problemKinds().filter(({ code }) => code.startsWith('vpn-'))
    expect(declared.map(({ code }) => code.slice(4)).sort()).toEqual(Object.keys(checks).sort())
  })

  it('takes members of any type as a person may have pasted them', () => {
    expect(kinds({ connections: [null, 3, { address_spaces: [7], ipsec_policy: [] }] })).toContain('missing shared_key')
    expect(kinds({})).toEqual([])
  })
})

describe('printSwanctl', () => {
  it('names every algorithm that the form allows', () => {
    for (const member of policyMembers) {
      for (const name of allowedIn(member)) {
        const isCombined = algorithms[name]?.combined === true && member.startsWith('ipsec')
        const both = isCombined ? { ipsec_encryption: name, ipsec_integrity: name } : { [member]: name }
        const text = printSwanctl(readVpnForm(withPolicy(both)))
        expect(text).toMatch(/ proposals = [a-z0-9-]+\n/)
        expect(text).toMatch(/ esp_proposals = [a-z0-9-]+\n/)
      }
    }
  })

  it('never writes the key, and nothing while the form has problems', () => {
    const text = printSwanctl(readVpnForm(formOf({}))) ?? ''
    expect(text).toContain(keyPlaceholder)
    expect(text).not.toContain(key)
    expect(printSwanctl(readVpnForm(formOf({ gateway_address: 'a }\nb {' })))).toBeNull()
    expect(printSwanctl(readVpnForm(formOf({}, { sesam_gateway: '1 }\n' })))).toBeNull()
  })
})
