/** English: the VPN form. */
import { countedIn } from './numbers.ts'

const counted = countedIn('en')

export const enVpn = {
  form: 'VPN connection',
  formSays: 'checked while you type',
  sesamGateway: 'Sesam’s gateway, from the VPN tab of the portal',
  sesamRanges: 'Sesam’s address spaces, from there too',
  gateway: 'Your gateway: address or host name',
  ranges: 'Your address spaces, one a line',
  key: 'Key that both sides share',
  keyHelp: 'Stays in this page until it is left: in no export, link, configuration or store.',
  showKey: 'show',
  makeKey: 'Make one',
  ownPolicy: 'An IPsec policy of its own (Multi and Flexi, through support)',
  bgp: 'Redundant, with BGP (Multi and Flexi, through support)',
  peer: 'BGP peering address',
  sesamPeer: 'Sesam’s BGP address',
  sesamPeerHelp: 'Asked here for the texts below; not sent',
  sesamAsn: 'Sesam’s number (ASN)',
  sesamAsnHelp: '65515 where Sesam says no other',
  connection: 'Connection',
  numbered: (at: number) => `Connection ${at}`,
  addConnection: 'Add a redundant one',
  removeConnection: (at: number) => `Remove connection ${at}`,
  sides: 'Both sides',
  yourSide: 'Your side',
  sesamSide: 'Sesam',
  problems: (n: number) => (n === 0 ? 'nothing to solve' : `${counted(n, 'thing', 'things')} to solve`),
  steps: 'For the network team',
  stepList: (gateway: string, ranges: string) => [
    `Let in from ${gateway || 'Sesam’s gateway'}: UDP 500, UDP 4500 and ESP.`,
    'Take the key by phone or from a vault, not by mail, and put it where the configuration has its placeholder.',
    'Load the configuration below; interface names are those of an example.',
    `Route ${ranges || 'Sesam’s address spaces'} to the tunnel.`,
    'Open the inner firewall from those ranges to the databases and services that pipes use.',
    'Enable VPN under Products in the portal and fill in gateway, address spaces and key there.',
    'Try the line: run one pipe that reads a system behind it.',
  ],
  configuration: 'Configuration',
  outputs: {
    strongswan: 'strongSwan',
    fortigate: 'FortiGate',
    cisco: 'Cisco IOS',
    pfsense: 'pfSense',
    json: 'JSON for Sesam',
  },
  save: 'Save without the key',
  notYet: 'The text is made when nothing is left to solve and Sesam’s side is filled in.',
  notForDevice:
    'Fill in Sesam’s side. If it is: this device lacks an algorithm or a kind of connection that was chosen.',
}
