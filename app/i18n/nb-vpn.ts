/** Norwegian: the VPN form. */

import type { enVpn } from './en-vpn.ts'
import { count, countedIn } from './numbers.ts'
import type { Widened } from './types.ts'

const counted = countedIn('nb')

export const nbVpn: Widened<typeof enVpn> = {
  form: 'VPN-forbindelse',
  formSays: 'sjekkes mens du skriver',
  sesamGateway: 'Sesams gateway, fra fanen VPN i portalen',
  sesamRanges: 'Sesams adresseområder, også derfra',
  gateway: 'Din gateway: adresse eller vertsnavn',
  ranges: 'Dine adresseområder, ett per linje',
  key: 'Nøkkelen som begge sider har',
  keyHelp: 'Blir på denne siden til den forlates: ikke i eksport, lenke, konfigurasjon eller lager.',
  showKey: 'vis',
  makeKey: 'Lag en',
  ownPolicy: 'Egen IPsec-policy (Multi og Flexi, via support)',
  bgp: 'Redundant, med BGP (Multi og Flexi, via support)',
  sesamPeer: 'Sesams BGP-adresse',
  sesamPeerHelp: 'Spørres om her for tekstene under; sendes ikke',
  sesamAsn: 'Sesams nummer (ASN)',
  sesamAsnHelp: '65515 der Sesam ikke sier noe annet',
  connection: 'Forbindelse',
  numbered: (at) => `Forbindelse ${at}`,
  addConnection: 'Legg til en redundant',
  removeConnection: (at) => `Fjern forbindelse ${at}`,
  peer: 'Adresse for BGP',
  sides: 'Begge sider',
  yourSide: 'Din side',
  sesamSide: 'Sesam',
  defaultPolicy: 'algoritmene som Sesams gateway tilbyr',
  sameAddresses: 'samme adresser',
  overlap: 'Overlappet',
  overlapSays: (common) => `${counted(common, 'adresse', 'adresser')} på begge`,
  lineSays: (range, other) => `${range} og ${other} på adresselinjen, i riktig målestokk`,
  translate: 'Oversett det',
  translateSays: (range, free) =>
    `Enheten din viser ${range} til Sesam som ${free}, som er ledig her (NAT); maskinene der beholder adressene sine.`,
  takeRange: (range) => `Bruk ${range}`,
  otherRange: 'Et annet område fra Sesam',
  otherRangeSays: (other) => `Be support om andre adresser enn ${other}, før den første forbindelsen.`,
  leaveOut: 'Utelat det',
  leaveOutSays: (range) => `Piper når da maskinene i ${range} over internett, eller ikke i det hele tatt.`,
  leaveOutDo: (range) => `Fjern ${range}`,
  rangeIs: (range, isPrivate, addresses) =>
    `${range}: ${isPrivate ? 'privat' : 'offentlig, så det må være ditt'}, ${counted(addresses, 'adresse', 'adresser')}`,
  keyIs: (characters, bits) =>
    `${counted(characters, 'tegn', 'tegn')}, inntil ${count(bits)} bit hvis den er laget tilfeldig`,
  weak: (names) => `Regnes ikke lenger som trygge: ${names}. Bruk dem bare der enheten ikke har noe bedre.`,
  problems: (n) => (n === 0 ? 'ingenting å løse' : `${counted(n, 'ting', 'ting')} å løse`),
  steps: 'Til nettverksteamet',
  stepList: (gateway, ranges) => [
    `Slipp inn fra ${gateway || 'Sesams gateway'}: UDP 500, UDP 4500 og ESP.`,
    'Ta imot nøkkelen på telefon eller fra et hvelv, ikke på e-post, og sett den inn der konfigurasjonen har plassholderen.',
    'Last inn konfigurasjonen under; navn på grensesnitt er eksempler.',
    `Rut ${ranges || 'Sesams adresseområder'} til tunnelen.`,
    'Åpne den indre brannmuren fra disse områdene til databasene og tjenestene som piper bruker.',
    'Slå på VPN under Products i portalen, og fyll inn gateway, adresseområder og nøkkel der.',
    'Test forbindelsen: kjør én pipe som leser et system bak den.',
  ],
  configuration: 'Konfigurasjon',
  outputs: {
    strongswan: 'strongSwan',
    fortigate: 'FortiGate',
    cisco: 'Cisco IOS',
    pfsense: 'pfSense',
    json: 'JSON til Sesam',
  },
  tried: 'Prøvd mot strongSwan 5.9.',
  untried: 'Laget etter produsentens dokumentasjon; ikke prøvd på en enhet.',
  save: 'Lagre uten nøkkelen',
  notYet: 'Teksten lages når ingenting gjenstår å løse og Sesams side er fylt ut.',
  notForDevice: 'Fyll ut Sesams side. Er den det: enheten mangler en algoritme eller en type forbindelse som er valgt.',
}
