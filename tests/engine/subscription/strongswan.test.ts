/**
 * The configuration for strongSwan against a real charon: it is loaded, and two network namespaces set up a tunnel with it
 * through which packets go. Needs root on Debian; left out elsewhere.
 */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import { readVpnForm } from '../../../engine-worker/subscription/vpn/form.ts'
import { keyPlaceholder, printSwanctl } from '../../../engine-worker/subscription/vpn/swanctl.ts'
import { strongPolicy } from './strong-policy.ts'

const charon = '/usr/sbin/charon-systemd'
const key = 'q8Zr5vT1wXc3Lm9Kd7Hs2Pf6Bn4Gj0aa'

/** strongSwan, installed from Debian where that is possible. */
function hasStrongSwan(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  if (!existsSync(charon) || !existsSync('/usr/sbin/swanctl'))
    try {
      const packages = [
        'strongswan-swanctl',
        'charon-systemd',
        'libstrongswan-standard-plugins',
        'libcharon-extra-plugins',
        'iproute2',
      ]
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
      execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env, timeout: 120_000 })
      execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
        stdio: 'ignore',
        env,
        timeout: 120_000,
      })
    } catch {
      return false
    }
  return existsSync(charon) && existsSync('/usr/sbin/swanctl')
}

const folder = mkdtempSync(join(tmpdir(), 'pipewright-vpn-'))
const names = { customer: `pw-c-${process.pid}`, sesam: `pw-s-${process.pid}` }
const runningPrograms: ReturnType<typeof spawn>[] = []

const runProgram = (program: string, ...args: readonly string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 30_000 })
const runInside = (name: string, program: string, ...args: readonly string[]): string =>
  runProgram('ip', 'netns', 'exec', name, program, ...args)

/** Whether this machine lets namespaces with links between them be made. */
function hasNamespaces(): boolean {
  try {
    runProgram('ip', 'netns', 'add', names.customer)
    runInside(names.customer, 'ip', 'link', 'add', 'probe', 'type', 'veth', 'peer', 'name', 'other')
    runInside(names.customer, 'ip', 'tuntap', 'add', 'probe-tun', 'mode', 'tun')
    return true
  } catch {
    return false
  } finally {
    try {
      runProgram('ip', 'netns', 'del', names.customer)
    } catch {
      // It does not exist.
    }
  }
}

const isInstalled = hasStrongSwan()
const isAllowed = isInstalled && hasNamespaces()

const socketOf = (name: string) => `unix://${join(folder, name)}.vici`

/**
 * Starts a charon with a control socket of its own; with a namespace, inside of it. There strongSwan encrypts packets
 * itself (kernel-libipsec), because kernels of test machines seldom can.
 */
async function startCharon(name: string, namespace: string | null): Promise<void> {
  const configuration = join(folder, `${name}.conf`)
  writeFileSync(
    configuration,
    `charon-systemd {
      load_modular = yes
      plugins {
        include /etc/strongswan.d/charon/*.conf
        kernel-libipsec {
          load = ${namespace === null ? 'no' : 'yes'}
        }
        vici {
          socket = ${socketOf(name)}
        }
      }
      journal {
        default = -1
      }
    }
    `,
  )
  const env = { ...process.env, STRONGSWAN_CONF: configuration }
  const [program, args] = namespace === null ? [charon, []] : ['ip', ['netns', 'exec', namespace, charon]]
  runningPrograms.push(spawn(program, args, { env, stdio: 'ignore' }))
  await vi.waitFor(() => expect(existsSync(join(folder, `${name}.vici`))).toBe(true), { timeout: 20_000 })
}

const control = (name: string, ...args: readonly string[]): string =>
  execFileSync('swanctl', [...args, '--uri', socketOf(name)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

function load(name: string, text: string): string {
  mkdirSync(join(folder, name), { recursive: true })
  const file = join(folder, name, 'swanctl.conf')
  writeFileSync(file, text)
  return control(name, '--load-all', '--file', file)
}

const formOf = (connections: readonly JsonObject[], more: JsonObject = {}): JsonObject => ({
  sesam_gateway: '192.0.2.9',
  sesam_address_spaces: ['10.91.0.0/22'],
  connections: connections.map((each, at) => ({ _id: at + 1, shared_key: key, ...each })),
  ...more,
})
const printForm = (json: JsonObject) => printSwanctl(readVpnForm(json))?.replaceAll(keyPlaceholder, key) ?? ''

afterAll(() => {
  for (const child of runningPrograms) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

describe.skipIf(!isInstalled)('strongSwan', () => {
  beforeAll(() => startCharon('loads', null))

  const device = { gateway_address: '198.51.100.24', address_spaces: ['10.20.0.0/16'] }
  it.each<readonly [string, JsonObject]>([
    ['a route-based connection', formOf([device])],
    ['a policy of its own', formOf([{ ...device, ipsec_policy: strongPolicy }])],
    [
      'a policy-based device',
      formOf([
        {
          ...device,
          device: 'policy-based',
          ipsec_policy: { ...strongPolicy, use_policy_based_traffic_selectors: true },
        },
      ]),
    ],
    [
      'two redundant connections with BGP',
      formOf(
        [
          { ...device, asn: 65010, bgp_peering_address: '169.254.21.5' },
          { gateway_address: 'edge.example.com', asn: 65010, bgp_peering_address: '169.254.21.9' },
        ],
        { enable_bgp: true, sesam_bgp_address: '10.91.0.30' },
      ),
    ],
  ])('loads %s', (_, json) => {
    const said = load('loads', printForm(json))
    const { connections } = readVpnForm(json)
    expect(said).toContain(`successfully loaded ${connections.length} connections`)
    for (const { id } of connections) expect(said).toContain(`loaded ike secret 'ike-sesam-${id}'`)
  })
})

describe.skipIf(!isAllowed)('two namespaces', () => {
  beforeAll(async () => {
    runProgram('ip', 'netns', 'add', names.customer)
    runProgram('ip', 'netns', 'add', names.sesam)
    runProgram(
      'ip',
      'link',
      'add',
      'pwc',
      'netns',
      names.customer,
      'type',
      'veth',
      'peer',
      'name',
      'pws',
      'netns',
      names.sesam,
    )
    const sides = [
      {
        name: names.customer,
        link: 'pwc',
        address: '198.51.100.24',
        inner: '10.20.0.1',
        far: '192.0.2.9',
      },
      {
        name: names.sesam,
        link: 'pws',
        address: '192.0.2.9',
        inner: '10.91.0.1',
        far: '198.51.100.24',
      },
    ]
    for (const { name, link, address, inner, far } of sides) {
      runInside(name, 'ip', 'link', 'set', 'lo', 'up')
      runInside(name, 'ip', 'address', 'add', `${address}/32`, 'dev', link)
      runInside(name, 'ip', 'address', 'add', `${inner}/32`, 'dev', 'lo')
      runInside(name, 'ip', 'link', 'set', link, 'up')
      runInside(name, 'ip', 'route', 'add', `${far}/32`, 'dev', link)
    }
    await startCharon('customer', names.customer)
    await startCharon('sesam', names.sesam)
  }, 60_000)

  afterAll(() => {
    for (const name of Object.values(names))
      try {
        runProgram('ip', 'netns', 'del', name)
      } catch {
        // It does not exist.
      }
  })

  it('set up the tunnel that the form describes, and packets go through it', () => {
    // A policy-based device: kernels of test machines seldom have the XFRM interface that a route-based one needs.
    const selectors = { ...strongPolicy, use_policy_based_traffic_selectors: true }
    const device = { gateway_address: '198.51.100.24', address_spaces: ['10.20.0.0/16'], device: 'policy-based' }
    const json = formOf([{ ...device, ipsec_policy: selectors }])
    load('customer', printForm(json))
    // Sesam's side, as an Azure VPN gateway with the same policy would be.
    load(
      'sesam',
      `connections {
        customer {
          version = 2
          local_addrs = 192.0.2.9
          proposals = aes256-sha384-ecp384
          local {
            auth = psk
            id = 192.0.2.9
          }
          remote {
            auth = psk
            id = 198.51.100.24
          }
          children {
            customer {
              local_ts = 10.91.0.0/22
              remote_ts = 10.20.0.0/16
              esp_proposals = aes256gcm16-ecp384
            }
          }
        }
      }
      secrets {
        ike-customer {
          secret = "${key}"
        }
      }
      `,
    )
    control('customer', '--initiate', '--child', 'sesam-1-1', '--timeout', '20')
    const sas = control('customer', '--list-sas')
    expect(sas).toMatch(/sesam-1: #\d+, ESTABLISHED, IKEv2/)
    expect(sas).toContain('AES_CBC-256/HMAC_SHA2_384_192/PRF_HMAC_SHA2_384/ECP_384')
    expect(sas).toContain('ESP:AES_GCM_16-256')
    // A service behind Sesam's gateway answers a client of the customer's network.
    const service = "require('net').createServer((socket) => socket.end('through')).listen(7000, '10.91.0.1')"
    runningPrograms.push(
      spawn('ip', ['netns', 'exec', names.sesam, process.execPath, '-e', service], { stdio: 'ignore' }),
    )
    const ask =
      "const ask = () => require('net').connect(7000, '10.91.0.1').on('data', (said) => console.log(String(said))).on('error', () => setTimeout(ask, 100)); ask()"
    expect(runInside(names.customer, process.execPath, '-e', ask).trim()).toBe('through')
    // The packets were encrypted: the counters of the tunnel increase.
    expect(control('sesam', '--list-sas')).toMatch(/in +[0-9a-f]+.*, +[1-9]\d* bytes, +[1-9]\d* packets/)
  }, 60_000)
})
