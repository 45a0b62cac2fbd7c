/** Ord om prosjekter på en server. */
import type { enConnected as english } from './en-connected.ts'
import { countedIn } from './numbers.ts'
import type { Widened } from './types.ts'

const counted = countedIn('nb')
const nameOrSomebody = (who: string | null) => who ?? 'Noen'

export const nbConnected: Widened<typeof english> = {
  connect: 'Koble til en server…',
  put: 'Legg på en server…',
  title: 'Koble til en server',
  says: 'En server som er startet med «pipewright serve», kjører pipene i et prosjekt hele tiden, for alle som arbeider med det. Visninger, forhåndsvisninger og kjøringer ser ut som her.',
  address: 'Adresse',
  addressHelp: 'Slik serveren skrev den, for eksempel http://127.0.0.1:9042.',
  addressWrong: 'Dette er ikke adressen til en server.',
  token: 'Token',
  tokenHelp: '«pipewright serve token --store DIR» skriver ut et.',
  tokenMissing: 'Serveren krever et token.',
  keep: 'Behold tokenet i denne nettleseren; ellers glemmes det med denne fanen',
  check: 'Koble til',
  checking: 'Kobler til…',
  found: (version, user, roles) => `Pipewright ${version}. Du er ${user} (${roles}).`,
  has: (pipes) => `Serveren har et prosjekt med ${counted(pipes, 'pipe', 'piper')}.`,
  hasNothing: 'Serveren har ikke noe prosjekt ennå.',
  open: 'Åpne prosjektet der',
  putThere: (name) => `Legg «${name}» der`,
  replace: (name, pipes) => `Erstatt ${counted(pipes, 'pipe', 'piper')} der med «${name}»`,
  startEmpty: 'Begynn et tomt prosjekt der',
  putSays:
    'Konfigurasjonen og filene kopieres til serveren; data i denne nettleseren blir ikke med. Deretter kjører serveren pipene etter tidsplanene deres.',
  hosts: (hosts) => `Den vil sende forespørsler til: ${hosts}.`,
  noHosts: 'Konfigurasjonen nevner ingen servere som forespørsler ville gå til.',
  errors: (n) => `${counted(n, 'feil', 'feil')} i konfigurasjonen: serveren avviser den.`,
  force: 'Legg den der tross feilene',
  opened: (name) => `«${name}» er åpnet. Kjøringer skjer på serveren.`,
  done: (name) => `«${name}» er på serveren nå.`,
  chip: (address) => `på ${address}`,
  menu: (address) => `Prosjekt på serveren ${address}`,
  states: {
    off: 'ikke tilkoblet',
    connecting: 'kobler til…',
    connected: 'tilkoblet',
    lost: 'ingen forbindelse',
    refused: 'ikke tilkoblet',
  },
  unpushed: 'endringer som ikke er på serveren ennå',
  pushNow: 'Send endringer til serveren',
  pullNow: 'Hent det som er på serveren',
  compare: 'Sammenlign med serveren',
  newToken: 'Bytt token…',
  leave: 'Arbeid her igjen',
  left: 'Prosjektet er i denne nettleseren igjen. Serveren beholder det den har.',
  again: 'prøv nå',
  pushed: 'Sendt til serveren.',
  nothingToPush: 'Serveren har alt allerede.',
  upToDate: 'Dette er det serveren har.',
  beforeMerge: 'Før endringer fra serveren ble hentet',
  theirVersion: (who) => `Server (${nameOrSomebody(who)})`,
  theirChanges: (who) => `endringer av ${who ?? 'andre'} på serveren`,
  takenOver: (who) => `${nameOrSomebody(who)} har endret prosjektet. Du ser det slik det er nå.`,
  mergedIn: (who) => `${nameOrSomebody(who)} har endret prosjektet. Det er flettet med endringene dine.`,
  conflict: (who) =>
    `${nameOrSomebody(who)} har endret det samme som du. Ingenting er overskrevet: velg i Levering › Flett.`,
  failures: {
    unreachable: (address, _said, origin) =>
      `Ikke noe svar fra ${address}. Enten kjører ingen server der, eller den tillater ikke forespørsler fra denne siden: start den da med --origin ${origin}, eller åpne appen på serverens egen adresse.`,
    token: (address) => `Tokenet er ikke gyldig på ${address}. «pipewright serve token» skriver ut et.`,
    roles: (address, said) =>
      `${address} avviser dette. ${said} Arbeid med et prosjekt krever rollen group:Admin, eller group:Developer der ingen komponent har permissions.`,
    other: (address) =>
      `Det er ikke noe Pipewright-prosjekt på ${address}. En server med flere konfigurasjoner har hver av dem under sitt eget navn: …/navn.`,
    version: (address, said) =>
      `${address} har versjon ${said}, som denne siden ikke kan snakke med. Åpne appen på serverens egen adresse.`,
    changed: (address) => `Prosjektet på ${address} ble endret i mellomtiden.`,
    refused: (_address, said) => `Serveren avviser konfigurasjonen. ${said}`,
    busy: (address) => `${address} får for mange forespørsler. Vent litt.`,
    failed: (address, said) => `${address} klarte det ikke. ${said}`,
  },
}
