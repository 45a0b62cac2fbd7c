/** What a VPN form can be told, each with its kind: the words of the form, of the drawing and of `eval`. */
import { type Facts, type Problem, type ProblemKind, problem } from '../../problem.ts'

const CODE_PREFIX = 'vpn-'

/** Declares what a form is told under the code `vpn-<kind>`. */
function declare<F extends Facts>(kind: string, says: (facts: F) => string, fix: (facts: F) => string): ProblemKind<F> {
  return problem<F>({ code: `${CODE_PREFIX}${kind}`, severity: 'error', says, fix })
}

/** The kind of a problem that was declared here: its code without `vpn-`. */
export function vpnProblemKind({ code }: Problem): string {
  return code.slice(CODE_PREFIX.length)
}

export const invalidCidr = declare<{ range: string }>(
  'invalid-cidr',
  ({ range }) => `"${range}" is not a range of addresses.`,
  () => 'Write an IPv4 address and the number of fixed bits, such as 10.12.0.0/16.',
)

export const hostBits = declare<{ range: string; network: string }>(
  'host-bits',
  ({ range }) => `The address of ${range} is not the first of its range.`,
  ({ network }) => `Write ${network}, or another number of fixed bits.`,
)

export const overlappingRanges = declare<{ range: string; other: string }>(
  'overlap',
  ({ range, other }) => `${range} and ${other} have addresses in common.`,
  () => 'Use ranges that do not overlap, over all connections.',
)

export const overlappingSesam = declare<{ range: string; other: string }>(
  'overlap-with-sesam',
  ({ range, other }) => `${range} has addresses in common with ${other}, which is Sesam's.`,
  () => 'Use another range, or translate addresses (NAT) on your device.',
)

export const invalidGateway = declare<{ gateway: string }>(
  'fqdn-invalid',
  ({ gateway }) => `"${gateway}" is neither an IPv4 address nor a fully qualified host name.`,
  () => 'Write an address such as 198.51.100.24, or a name such as vpn.example.com.',
)

export const missingField = declare<{ member: string }>(
  'missing',
  ({ member }) => `"${member}" is missing.`,
  ({ member }) => `Give "${member}" a value.`,
)

export const reservedAsn = declare<{ asn: number }>(
  'reserved-asn',
  ({ asn }) => `The number ${asn} is reserved by the VPN gateway.`,
  () => 'Use a number of your own, such as one from 64512 to 65514.',
)

export const invalidAsn = declare<{ asn: number }>(
  'asn-invalid',
  ({ asn }) => `${asn} is not the number of an autonomous system.`,
  () => 'Use a whole number from 1 to 4294967294.',
)

export const invalidPeer = declare<{ address: string }>(
  'peer-invalid',
  ({ address }) => `"${address}" is not an IPv4 address.`,
  () => "Write the address of your device's BGP speaker.",
)

export const apipaOutOfRange = declare<{ address: string }>(
  'apipa-out-of-range',
  ({ address }) => `${address} is a link-local address that the VPN gateway does not allow.`,
  () => 'Use an address from 169.254.21.0 to 169.254.22.255, or one that is not link-local.',
)

export const keyTooLong = declare<{ length: number; most: number }>(
  'key-too-long',
  ({ length, most }) => `The key has ${length} characters; ${most} are allowed.`,
  () => 'Use a shorter key.',
)

export const keyNotPrintable = declare<Record<string, never>>(
  'key-not-printable',
  () => 'The key has a character that is not printable ASCII.',
  () => 'Use letters, digits and punctuation of ASCII only.',
)

export const keyWeak = declare<{ least: number }>(
  'key-weak',
  () => 'The key is easy to guess.',
  ({ least }) => `Use ${least} random characters or more.`,
)

export const algorithmNotAllowed = declare<{ algorithm: string; member: string; allowed: string }>(
  'algorithm-not-allowed',
  ({ algorithm, member }) => `"${algorithm}" is not allowed as "${member}".`,
  ({ allowed }) => `Use one of ${allowed}.`,
)

export const combinationNotAllowed = declare<{ encryption: string; integrity: string }>(
  'combination-not-allowed',
  ({ encryption, integrity }) => `The encryption ${encryption} and the integrity ${integrity} do not go together.`,
  () => 'With GCM, encryption and integrity must name the same algorithm and key length.',
)

export const lifetimeTooShort = declare<{ seconds: number; least: number }>(
  'lifetime-too-short',
  ({ seconds }) => `A lifetime of ${seconds} seconds is too short.`,
  ({ least }) => `Use ${least} seconds or more.`,
)

export const dataSizeTooSmall = declare<{ size: number; least: number }>(
  'datasize-too-small',
  ({ size }) => `A data size of ${size} KB is too small.`,
  ({ least }) => `Use ${least} KB or more.`,
)

export const policyNeedsSelectors = declare<Record<string, never>>(
  'policy-needs-selectors',
  () => 'A policy-based device needs traffic selectors in the IPsec policy.',
  () => 'Set "use_policy_based_traffic_selectors" to true.',
)
