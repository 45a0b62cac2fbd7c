/** Norwegian words of durable data. */
import type { enDurable } from './en-durable.ts'
import { bytesIn, countedIn } from './numbers.ts'
import type { Widened } from './types.ts'

const counted = countedIn('nb')

export const nbDurable: Widened<typeof enDurable> = {
  tile: 'Varige data',
  open: 'Varige data og sikkerhetskopier…',
  none: 'ingen varige piper',
  noneSays: 'ingenting kopieres',
  copied: (when) => `kopiert ${when}`,
  copyReady: 'kopiert',
  notCopied: 'ikke kopiert',
  pipes: (n) => counted(n, 'varig pipe', 'varige piper'),
  backups: (n) => counted(n, 'sikkerhetskopi', 'sikkerhetskopier'),
  title: 'Varige data og sikkerhetskopier',
  says: 'En ekstra kopi av data som ikke kan leses på nytt: det som er sendt inn hit, og det som er sendt til andre.',
  durable: 'Varige piper',
  durableSays:
    'En batch i et prosjekt med varige piper teller først når den er i databasen og i den andre kopien. I Sesam teller dataene deres tre ganger.',
  teach: 'Ingen pipe er varig. Ingen av dem mottar eller sender noe, så alle data kan leses på nytt fra kildene.',
  advised: 'anbefalt: dataene kan ikke leses på nytt',
  make: (pipe) => `${pipe} er varig`,
  step: { on: (pipe) => `gjør ${pipe} varig`, off: (pipe) => `gjør ${pipe} ikke varig` },
  copy: 'Den andre kopien',
  places: {
    browser: 'i denne nettleseren, ved siden av databasen',
    folder: (name) => `i mappen ${name}`,
    server: (name) => (name === '' ? 'på serveren' : `på serveren, i ${name}`),
  },
  noCopy: 'Det finnes ingen: ingen pipe er varig.',
  noCopyThere: 'Det finnes ingen: serveren ble startet uten --copy DIR.',
  copyIs: (size, when) => (when === null ? `${size}, à jour` : `${size}, sist skrevet ${when}`),
  mustAllow: (name) =>
    `Nettleseren spør på nytt før den skriver i ${name}. Inntil da går kopien til denne nettleseren.`,
  allow: 'Tillat mappen',
  choose: 'Velg en mappe…',
  useBrowser: 'Hold den i denne nettleseren',
  noFolders:
    'Denne nettleseren lar ingen side skrive i en mappe. Last ned sikkerhetskopier for å ha dem et annet sted.',
  persistence: {
    kept: 'Nettleseren beholder dataene til dette nettstedet til du sletter dem.',
    'may-be-cleared':
      'Nettleseren kan slette dataene til dette nettstedet når disken er nesten full: en mappe er tryggere.',
    unknown: 'Nettleseren sier ikke om den beholder dataene til dette nettstedet.',
  },
  ask: 'Be den om å beholde dataene',
  failed: (reason) => `Det siste forsøket mislyktes: ${reason}`,
  backupsTitle: 'Sikkerhetskopier',
  daily: 'En sikkerhetskopi hver dag noe kjører',
  rule: 'Eldre kopier beholdes for 7 dager, 4 uker og 4 måneder, én for hver.',
  noBackups:
    'Det finnes ingen sikkerhetskopi ennå. En sikkerhetskopi har alle datasett, posisjonene til alle piper og dataene som er tilført dem.',
  now: 'Ta sikkerhetskopi nå',
  made: 'Sikkerhetskopien er laget',
  when: 'Laget',
  size: 'Størrelse',
  restore: 'Gjenopprett',
  restoreOf: (when) => `Gjenopprett sikkerhetskopien fra ${when}`,
  download: (when) => `Last ned sikkerhetskopien fra ${when}`,
  remove: (when) => `Slett sikkerhetskopien fra ${when}`,
  fromFile: 'Gjenopprett fra en fil…',
  confirmTitle: (when) => `Gjenopprette sikkerhetskopien fra ${when}?`,
  confirm:
    'Alle datasett og posisjonene til alle piper blir som i sikkerhetskopien. Det som er her nå, sikkerhetskopieres først, så du kan komme tilbake. Piper, systemer og variabler blir som de er.',
  confirmDo: 'Gjenopprett',
  restored: (n) => `Gjenopprettet ${counted(n, 'datasett', 'datasett')}`,
  back: 'Tilbake til det som var her',
  wasRestored: (id) => `Gjenopprettet: de som leser datasettene, ser det som gjenoppretting ${id.slice(0, 8)}.`,
  byCommand:
    'En server gjenoppretter mens den ikke kjører: pipewright restore ID --store STORE. I stedet for ID tar den en fil som er lastet ned her, og backup --out FILE.pwbackup lager en for nettleseren.',
  file: (name) => `filen ${name}`,
  bytes: bytesIn('nb'),
}
