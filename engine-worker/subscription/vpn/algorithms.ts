/**
 * The algorithms of an IPsec policy by the names of Azure VPN gateways, which Sesam's form uses: where each may stand,
 * and its keyword in strongSwan. Forms, checks and device configurations read this one table.
 */

/** The members of `ipsec_policy` that name an algorithm. */
export const policyMembers = [
  'ike_encryption',
  'ike_integrity',
  'dh_group',
  'ipsec_encryption',
  'ipsec_integrity',
  'pfs_group',
] as const
export type PolicyMember = (typeof policyMembers)[number]

/** An algorithm: in which members it may stand, and how strongSwan names it there (empty where it names none). */
interface Algorithm {
  readonly in: readonly PolicyMember[]
  readonly strongSwan: string
  /** Encryption and integrity in one: both members must name the same. */
  readonly combined?: true
}

const ikeMember: readonly PolicyMember[] = ['ike_encryption']
const espMember: readonly PolicyMember[] = ['ipsec_encryption']
const encryptionMembers = [...ikeMember, ...espMember]
const integrityMembers: readonly PolicyMember[] = ['ike_integrity', 'ipsec_integrity']
const groupMembers: readonly PolicyMember[] = ['dh_group', 'pfs_group']
const espCombinedMembers: readonly PolicyMember[] = ['ipsec_encryption', 'ipsec_integrity']

export const algorithms: Readonly<Record<string, Algorithm>> = {
  None: { in: ['dh_group', 'ipsec_encryption', 'pfs_group'], strongSwan: '' },
  DES: { in: encryptionMembers, strongSwan: 'des' },
  DES3: { in: encryptionMembers, strongSwan: '3des' },
  AES128: { in: encryptionMembers, strongSwan: 'aes128' },
  AES192: { in: encryptionMembers, strongSwan: 'aes192' },
  AES256: { in: encryptionMembers, strongSwan: 'aes256' },
  GCMAES128: { in: [...ikeMember, ...espCombinedMembers], strongSwan: 'aes128gcm16', combined: true },
  GCMAES192: { in: espCombinedMembers, strongSwan: 'aes192gcm16', combined: true },
  GCMAES256: { in: [...ikeMember, ...espCombinedMembers], strongSwan: 'aes256gcm16', combined: true },
  MD5: { in: integrityMembers, strongSwan: 'md5' },
  SHA1: { in: integrityMembers, strongSwan: 'sha1' },
  SHA256: { in: integrityMembers, strongSwan: 'sha256' },
  SHA384: { in: ['ike_integrity'], strongSwan: 'sha384' },
  DHGroup1: { in: ['dh_group'], strongSwan: 'modp768' },
  DHGroup2: { in: ['dh_group'], strongSwan: 'modp1024' },
  DHGroup14: { in: ['dh_group'], strongSwan: 'modp2048' },
  DHGroup2048: { in: ['dh_group'], strongSwan: 'modp2048' },
  DHGroup24: { in: ['dh_group'], strongSwan: 'modp2048s256' },
  ECP256: { in: groupMembers, strongSwan: 'ecp256' },
  ECP384: { in: groupMembers, strongSwan: 'ecp384' },
  PFS1: { in: ['pfs_group'], strongSwan: 'modp768' },
  PFS2: { in: ['pfs_group'], strongSwan: 'modp1024' },
  PFS14: { in: ['pfs_group'], strongSwan: 'modp2048' },
  PFS2048: { in: ['pfs_group'], strongSwan: 'modp2048' },
  PFS24: { in: ['pfs_group'], strongSwan: 'modp2048s256' },
  // Takes the group of phase 1.
  PFSMM: { in: ['pfs_group'], strongSwan: '' },
}

/** The names that may stand in a member, in the order of the table. */
export function allowedIn(member: PolicyMember): readonly string[] {
  return Object.keys(algorithms).filter((name) => algorithms[name]?.in.includes(member))
}

/** Whether the named algorithm encrypts and protects in one. */
export function isCombined(name: string): boolean {
  return Object.hasOwn(algorithms, name) && algorithms[name]?.combined === true
}

/** Limits and defaults of a policy: seconds and kilobytes. */
export const policyLimits = {
  sa_lifetime: { least: 300, default: 27_000 },
  sa_datasize: { least: 1024, default: 102_400_000 },
  /** The lifetime of phase 1 is fixed. */
  ikeLifetime: 28_800,
} as const

/** The numbers of groups (IANA), by which devices name them. */
const groupNumbers: Readonly<Record<string, string>> = {
  DHGroup1: '1',
  DHGroup2: '2',
  DHGroup14: '14',
  DHGroup2048: '14',
  DHGroup24: '24',
  ECP256: '19',
  ECP384: '20',
  PFS1: '1',
  PFS2: '2',
  PFS14: '14',
  PFS2048: '14',
  PFS24: '24',
}

/** How devices name the algorithms; what a device lacks is absent. Groups by their number. */
export const deviceWords: Readonly<
  Record<'fortigate' | 'cisco' | 'ciscoEsp' | 'pfsense', Readonly<Record<string, string | undefined>>>
> = {
  fortigate: {
    ...groupNumbers,
    DES: 'des',
    DES3: '3des',
    AES128: 'aes128',
    AES192: 'aes192',
    AES256: 'aes256',
    GCMAES128: 'aes128gcm',
    GCMAES256: 'aes256gcm',
    MD5: 'md5',
    SHA1: 'sha1',
    SHA256: 'sha256',
    SHA384: 'sha384',
  },
  cisco: {
    ...groupNumbers,
    AES128: 'aes-cbc-128',
    AES192: 'aes-cbc-192',
    AES256: 'aes-cbc-256',
    GCMAES128: 'aes-gcm-128',
    GCMAES256: 'aes-gcm-256',
    SHA1: 'sha1',
    SHA256: 'sha256',
    SHA384: 'sha384',
  },
  /** Phase 2 has words of its own. */
  ciscoEsp: {
    ...groupNumbers,
    DES3: 'esp-3des',
    AES128: 'esp-aes',
    AES192: 'esp-aes 192',
    AES256: 'esp-aes 256',
    GCMAES128: 'esp-gcm',
    GCMAES192: 'esp-gcm 192',
    GCMAES256: 'esp-gcm 256',
    SHA1: 'esp-sha-hmac',
    SHA256: 'esp-sha256-hmac',
  },
  pfsense: {
    ...groupNumbers,
    AES128: 'AES 128',
    AES192: 'AES 192',
    AES256: 'AES 256',
    GCMAES128: 'AES128-GCM 128',
    GCMAES192: 'AES192-GCM 128',
    GCMAES256: 'AES256-GCM 128',
    SHA1: 'SHA1',
    SHA256: 'SHA256',
    SHA384: 'SHA384',
  },
}
