/** The problems of prices, VPN connections and invoices in Norwegian, by their code. */
import type { Facts } from '../../engine-worker/index.ts'
import { phrase } from './nb-phrases.ts'

interface Translation {
  readonly says: (facts: Facts) => string
  readonly fix?: (facts: Facts) => string
}

export const ofSubscription: Readonly<Record<string, Translation>> = {
  'invalid-value': {
    says: ({ name, value }) => `Verdien ${value} av "${name}" er ikke tillatt.`,
    fix: ({ allowed }) => `Oppgi ${phrase(allowed)}.`,
  },
  missing: { says: ({ name }) => `"${name}" mangler.`, fix: ({ name }) => `Gi "${name}" en verdi.` },
  'not-allowed': {
    says: ({ plan, name, limit }) => `Planen ${plan} tillater ikke denne "${name}": ${phrase(limit)}.`,
    fix: () => 'Endre verdien, eller velg en større plan.',
  },
  'vpn-invalid-cidr': {
    says: ({ range }) => `"${range}" er ikke et adresseområde.`,
    fix: () => 'Skriv en IPv4-adresse og antall faste biter, som 10.12.0.0/16.',
  },
  'vpn-host-bits': {
    says: ({ range }) => `Adressen i ${range} er ikke den første i området sitt.`,
    fix: ({ network }) => `Skriv ${network}, eller et annet antall faste biter.`,
  },
  'vpn-overlap': {
    says: ({ range, other }) => `${range} og ${other} har adresser felles.`,
    fix: () => 'Bruk områder som ikke overlapper, på tvers av alle forbindelser.',
  },
  'vpn-overlap-with-sesam': {
    says: ({ range, other }) => `${range} har adresser felles med ${other}, som er Sesams.`,
    fix: () => 'Bruk et annet område, eller oversett adresser (NAT) på utstyret ditt.',
  },
  'vpn-fqdn-invalid': {
    says: ({ gateway }) => `"${gateway}" er verken en IPv4-adresse eller et fullstendig vertsnavn.`,
    fix: () => 'Skriv en adresse som 198.51.100.24, eller et navn som vpn.example.com.',
  },
  'vpn-missing': { says: ({ member }) => `"${member}" mangler.`, fix: ({ member }) => `Gi "${member}" en verdi.` },
  'vpn-reserved-asn': {
    says: ({ asn }) => `Nummeret ${asn} er reservert av VPN-porten.`,
    fix: () => 'Bruk et eget nummer, for eksempel fra 64512 til 65514.',
  },
  'vpn-asn-invalid': {
    says: ({ asn }) => `${asn} er ikke nummeret til et autonomt system.`,
    fix: () => 'Bruk et heltall fra 1 til 4294967294.',
  },
  'vpn-peer-invalid': {
    says: ({ address }) => `"${address}" er ikke en IPv4-adresse.`,
    fix: () => 'Skriv adressen til BGP på utstyret ditt.',
  },
  'vpn-apipa-out-of-range': {
    says: ({ address }) => `${address} er en lenkelokal adresse som VPN-porten ikke tillater.`,
    fix: () => 'Bruk en adresse fra 169.254.21.0 til 169.254.22.255, eller en som ikke er lenkelokal.',
  },
  'vpn-key-too-long': {
    says: ({ length, most }) => `Nøkkelen har ${length} tegn; ${most} er tillatt.`,
    fix: () => 'Bruk en kortere nøkkel.',
  },
  'vpn-key-not-printable': {
    says: () => 'Nøkkelen har et tegn som ikke er skrivbar ASCII.',
    fix: () => 'Bruk bare bokstaver, sifre og tegn i ASCII.',
  },
  'vpn-key-weak': {
    says: () => 'Nøkkelen er lett å gjette.',
    fix: ({ least }) => `Bruk ${least} tilfeldige tegn eller flere.`,
  },
  'vpn-algorithm-not-allowed': {
    says: ({ algorithm, member }) => `"${algorithm}" er ikke tillatt som "${member}".`,
    fix: ({ allowed }) => `Bruk en av ${allowed}.`,
  },
  'vpn-combination-not-allowed': {
    says: ({ encryption, integrity }) => `Krypteringen ${encryption} og integriteten ${integrity} passer ikke sammen.`,
    fix: () => 'Med GCM må kryptering og integritet nevne samme algoritme og nøkkellengde.',
  },
  'vpn-lifetime-too-short': {
    says: ({ seconds }) => `En levetid på ${seconds} sekunder er for kort.`,
    fix: ({ least }) => `Bruk ${least} sekunder eller mer.`,
  },
  'vpn-datasize-too-small': {
    says: ({ size }) => `En datamengde på ${size} KB er for liten.`,
    fix: ({ least }) => `Bruk ${least} KB eller mer.`,
  },
  'vpn-policy-needs-selectors': {
    says: () => 'En policybasert enhet trenger trafikkvelgere i IPsec-policyen.',
    fix: () => 'Sett "use_policy_based_traffic_selectors" til true.',
  },
  'unsafe-xml': {
    says: () => 'Filen deklarerer XML-entiteter, som en faktura ikke trenger og som kan gjøre skade.',
    fix: () => 'Be avsenderen om fakturaen uten dokumenttypedeklarasjon.',
  },
  'not-an-invoice': {
    says: ({ reason }) => `Dette er ikke en faktura som kan leses: ${phrase(reason)}.`,
    fix: () => 'Velg en faktura eller kreditnota i UBL 2.1 (Peppol BIS 3, EHF), eller en CSV-fil.',
  },
  'no-usage-in-metrics': {
    says: () => 'Teksten har ingen linje av sesam_pipe_usage med en pipe.',
    fix: () => 'Velg det GET /api/metrics fra noden svarer, eller en fil fra «pipewright run --metrics».',
  },
  'not-a-pdf': {
    says: ({ name }) => `${name} er ikke en PDF-fil.`,
    fix: () => 'Velg en PDF-fil; fakturaer kan også leses fra XML og CSV.',
  },
  'document-too-large': {
    says: ({ name }) => `${name} er større enn 20 MB, eller 500 dokumenter er beholdt allerede.`,
    fix: () => 'Oppbevar filen et annet sted, eller fjern dokumenter.',
  },
  'unknown-currency': { says: ({ currency }) => `"${currency}" er ikke en valuta i ISO 4217.` },
  'mixed-currency': { says: ({ currency, other }) => `Fakturaen er i ${currency}, men har beløp i ${other}.` },
  'sums-differ': {
    says: ({ name, stated, computed }) => `${name} er oppgitt som ${stated}, men delene gir ${computed}.`,
    fix: () => 'Be avsenderen om en rettet faktura.',
  },
  'due-computed': {
    says: ({ due }) => `Fakturaen sier ikke når den forfaller; ${due} er 30 dager etter utstedelsen.`,
  },
  'quantity-differs': {
    says: ({ description, invoiced, own }) => `${description}: ${invoiced} fakturert, ${own} etter egen telling.`,
  },
  'price-differs': {
    says: ({ description, invoiced, own }) =>
      `${description}: fakturert til ${invoiced} per enhet, ${own} etter prislisten.`,
  },
  'not-in-own': { says: ({ description }) => `${description} er fakturert, men ikke i egen telling.` },
  'not-invoiced': { says: ({ description }) => `${description} er i egen telling, men ikke fakturert.` },
}
