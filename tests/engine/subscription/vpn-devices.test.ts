/**
 * The configurations of devices: their settings, that none contains the key, and that no value can change their
 * structure.
 */
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import { allowedIn, deviceWords } from '../../../engine-worker/subscription/vpn/algorithms.ts'
import { printDevice, vpnDevices } from '../../../engine-worker/subscription/vpn/devices.ts'
import { readVpnForm } from '../../../engine-worker/subscription/vpn/form.ts'
import { keyPlaceholder } from '../../../engine-worker/subscription/vpn/swanctl.ts'
import { testEngine } from '../../support/engine.ts'
import { memoryPlatform } from '../../support/platform.ts'
import { strongPolicy } from './strong-policy.ts'

const key = 'q8Zr5vT1.wXc3Lm9Kd7Hs2Pf6Bn4Gj0_'
const formOf = (changes: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
  sesam_gateway: '192.0.2.9',
  sesam_address_spaces: ['10.91.0.0/22'],
  connections: [
    {
      _id: 7,
      gateway_address: '198.51.100.24',
      address_spaces: ['10.20.0.0/16'],
      shared_key: key,
      ipsec_policy: strongPolicy,
      ...changes,
    },
  ],
  ...more,
})
const printFor = (device: (typeof vpnDevices)[number], json: JsonObject) => printDevice(device, readVpnForm(json))

describe('the configuration of a device', () => {
  it('names both sides, the proposals and the routes', () => {
    const lines = (device: (typeof vpnDevices)[number]) =>
      printFor(device, formOf())
        ?.split('\n')
        .map((each) => each.trim())
    expect(lines('strongswan')).toEqual(expect.arrayContaining(['proposals = aes256-sha384-ecp384']))
    expect(lines('fortigate')).toEqual(
      expect.arrayContaining([
        'set remote-gw 192.0.2.9',
        'set proposal aes256-sha384',
        'set proposal aes256gcm',
        'set dhgrp 20',
        'set keylifekbs 102400000',
        'set dst 10.91.0.0 255.255.252.0',
      ]),
    )
    expect(lines('cisco')).toEqual(
      expect.arrayContaining([
        'encryption aes-cbc-256',
        'integrity sha384',
        'group 20',
        'crypto ipsec transform-set SESAM-7 esp-gcm 256',
        'set pfs group20',
        'identity local address 198.51.100.24',
        'ip route 10.91.0.0 255.255.252.0 Tunnel7',
      ]),
    )
    expect(lines('pfsense')).toEqual(
      expect.arrayContaining(['Remote Gateway: 192.0.2.9', 'Hash: SHA384', 'PFS key group: 20', 'Mode: Routed (VTI)']),
    )
  })

  it('has one selector for each pair of ranges where the device is policy-based', () => {
    const based = formOf(
      {
        device: 'policy-based',
        address_spaces: ['10.20.0.0/16', '10.30.0.0/24'],
        ipsec_policy: { ...strongPolicy, use_policy_based_traffic_selectors: true },
      },
      { sesam_address_spaces: ['10.91.0.0/22', '10.99.1.4'] },
    )
    expect(printFor('fortigate', based)?.match(/set src-subnet/g)).toHaveLength(4)
    expect(printFor('fortigate', based)).toContain('set src-subnet 10.30.0.0 255.255.255.0')
    expect(printFor('pfsense', based)?.match(/Mode: Tunnel IPv4/g)).toHaveLength(4)
    expect(printFor('cisco', based)).toBeNull()
  })

  it('never has the key, and says where it goes', () => {
    for (const device of vpnDevices) {
      const text = printFor(device, formOf())
      expect(text, device).toContain(keyPlaceholder)
      expect(text, device).not.toContain(key)
    }
  })

  it('is not made from a form with problems, whatever stands in it', () => {
    const odd = ['x\nset psksecret y', '1.2.3.4"; x', 'a b.example.com', '10.0.0.0/8\nend', '$(x).example.com']
    for (const text of odd)
      for (const device of vpnDevices) {
        expect(printFor(device, formOf({ gateway_address: text })), device).toBeNull()
        expect(printFor(device, formOf({ address_spaces: [text] })), device).toBeNull()
        expect(printFor(device, formOf({}, { sesam_gateway: text })), device).toBeNull()
        expect(printFor(device, formOf({}, { sesam_address_spaces: [text] })), device).toBeNull()
      }
  })

  it('is not made where the device lacks an algorithm', () => {
    expect(printFor('pfsense', formOf({ ipsec_policy: { ...strongPolicy, ike_integrity: 'MD5' } }))).toBeNull()
    expect(printFor('cisco', formOf({ ipsec_policy: { ...strongPolicy, dh_group: 'None' } }))).toBeNull()
    const known = [...allowedIn('ike_encryption'), ...allowedIn('ike_integrity'), ...allowedIn('dh_group')]
    known.push(...allowedIn('ipsec_encryption'), ...allowedIn('ipsec_integrity'), ...allowedIn('pfs_group'))
    for (const words of Object.values(deviceWords))
      expect(Object.keys(words).filter((name) => !known.includes(name))).toEqual([])
  })
})

describe('the form over the wall', () => {
  const engine = testEngine(memoryPlatform())

  it('answers problems, texts and the request with the key masked', async () => {
    const { problems, request, allowed } = await engine.vpn(formOf())
    expect(problems).toEqual([])
    expect(request).not.toContain(key)
    expect(JSON.parse(request).products.vpn).toMatchObject({
      type: 'route-based',
      connections: [{ _id: 7, shared_key: '********', ipsec_policy: strongPolicy }],
    })
    expect(allowed.dh_group).toContain('ECP384')
    expect((await engine.vpn(formOf({ address_spaces: ['10.91.1.0/24'] }))).problems).toHaveLength(1)
  })

  it('makes keys that pass the checks', async () => {
    const made = await engine.makeVpnKey()
    expect(made).toMatch(/^[\w-]{48}$/)
    expect(await engine.makeVpnKey()).not.toBe(made)
    expect((await engine.vpn(formOf({ shared_key: made }))).problems).toEqual([])
  })
})
