/** Norwegian: the subscription, what it costs and why. */
import { dataSize, type enSubscription, groupedFigure, withCents } from './en-subscription.ts'
import { count, countedIn } from './numbers.ts'
import type { Widened } from './types.ts'

const counted = countedIn('nb')

const planNames: Readonly<Record<string, string>> = {
  developer: 'Developer',
  'developer-pro': 'Developer Pro',
  single: 'Single',
  flexi: 'Flexi',
  multi: 'Multi',
}
const entryNames: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(planNames).map(([name, label]) => [name, `${label}, maskin`])),
  'flexi-step': 'Flexi, 4 motorer til',
  storage: 'Lagring, per GB',
  vpn: 'VPN, per GB',
  'sla-standard': 'SLA Standard, per GB',
  'sla-enterprise': 'SLA Enterprise, per GB',
  'sla-premium': 'SLA Premium, per GB',
}
const itemNames: Readonly<Record<string, string>> = {
  compute: 'Maskin',
  storage: 'Lagring',
  vpn: 'VPN',
  sla: 'SLA',
  penalty: 'Reduksjon',
}

const figure = (text: string) => groupedFigure(text, ',')

export const nbSubscription: Widened<typeof enSubscription> = {
  title: 'Abonnement',
  says: 'Hvor stor plass dataene i prosjektet tar, og hva det koster, talt opp her. Ingenting hentes eller sendes.',
  monthly: 'Pris i måneden',
  aMonth: (currency) => `${currency} i måneden, uten mva.`,
  sections: {
    usage: 'Forbruk',
    price: 'Pris',
    agreement: 'Avtale',
    invoices: 'Fakturaer',
    vpn: 'VPN',
    environments: 'Miljøer',
  },
  money: figure,
  cents: (text) => figure(withCents(text)),
  size: (bytes) => dataSize(bytes, ','),
  gb: (gb) => `${count(gb)} GB`,
  gbEach: (gb) => `${count(gb)} GB hver`,
  noLimit: 'ingen grense',
  nothing: 'Ingenting er lagret ennå',
  nothingSays:
    'Datasett telles her, per pipe, system og konfigurasjonsgruppe, når piper har kjørt. Under Pris ser du hva en datamengde koster i hver plan før det finnes noe.',
  used: 'Hva som brukes',
  usedSays: (stored, counts) => `${stored} lagret, teller som ${counts}`,
  by: 'Tell per',
  runsThisMonth: 'Kjøringer denne måneden',
  requestsThisMonth: 'Forespørsler',
  groupings: { dataset: 'Datasett', pipe: 'Pipe', system: 'System', group: 'Konfigurasjonsgruppe' },
  none: { dataset: 'uten datasett', pipe: 'ingen pipe', system: 'uten system', group: 'uten gruppe' },
  entities: 'Entiteter',
  stored: 'Lagret',
  counts: 'Teller som',
  share: 'Andel',
  durable: 'varig ×3',
  searched: (times) => `søk ×${times}`,
  together: 'Til sammen',
  upperBound:
    'Talt som tekst i loggen. Sesam lagrer komprimert, så dette er en øvre grense. Piper, kjøringer, brukere og kall har ingen pris.',
  history: 'Slik har det vokst',
  firstCount:
    'Én dag er talt så langt. En telling beholdes for hver dag prosjektet kjører eller denne siden er åpen; etter fire uker kommer en prognose.',
  historySays: (before, first, now, last) => `Fra ${before} ${first} til ${now} ${last}.`,
  grew: 'Hva som vokste',
  grewSince: (day) => `siden ${day}`,
  notGrown: 'Ingenting har endret størrelse.',
  reason: {
    new: (n) => `nytt, ${counted(n, 'entitet', 'entiteter')}`,
    gone: () => 'finnes ikke lenger',
    entities: (n) => `${n > 0 ? '+' : '\u2212'}${counted(Math.abs(n), 'entitet', 'entiteter')}`,
    versions: (n) => `${n > 0 ? '+' : '\u2212'}${counted(Math.abs(n), 'versjon', 'versjoner')} av kjente entiteter`,
    size: () => 'større eller mindre entiteter, eller annen komprimering',
  },
  saveCsv: 'Lagre CSV',
  saveJson: 'Lagre JSON',
  others: 'andre',
  noForecast: 'Etter fire uker med tellinger kommer en prognose.',
  forecast: (change, grows, then, day) =>
    `${change} ${grows ? 'mer' : 'mindre'} i måneden; ${then} ${day} hvis det fortsetter slik (en rett linje gjennom alle tellinger).`,
  asTable: 'Som tabell',
  wouldSave: 'Mulige besparelser',
  takenAlone: 'hver for seg, i måneden',
  chosenSave: (n) => `${count(n)} valgt, til sammen`,
  nothingSaves: 'Ingenting ble funnet: alle datasett leses, ingenting er varig, og ingen gamle versjoner beholdes.',
  saving: {
    versions: (dataset, keep) => `Behold ${counted(keep, 'versjon', 'versjoner')} av hver entitet i ${dataset}`,
    unused: (dataset) => `${dataset}: ingen pipe leser det`,
    durable: (dataset) => `${dataset} ikke varig`,
    fixed: () => 'Fast datamengde av denne størrelsen i et år',
  },
  less: (size, isMeasured) => `${size} mindre som teller, beregnet på ${isMeasured ? 'målingene fra noden' : 'loggen'}`,
  fixedSays: 'halv pris for det som er avtalt, dobbel for det som går utover; prøv mengder under Pris',
  costs: 'Hva det koster, og hvorfor',
  oneMore: (price) => `én GB til koster ${figure(price)}`,
  item: (item) => itemNames[item] ?? item,
  line: (entry, part, quantity, price) =>
    `${entryNames[entry]?.replace(', per GB', '') ?? entry}: ${figure(quantity)} × ${figure(price)}${
      part === 'agreed' ? ' (avtalt, halv pris)' : part === 'beyond' ? ' (utover, dobbel pris)' : ''
    }`,
  slaSays: 'faktureres for minst 50 GB og høyst 300 GB',
  dataOf: (n) => `data i ${counted(n, 'datasett', 'datasett')}, per pipe under Forbruk`,
  durableOf: (n) => `${counted(n, 'varig datasett', 'varige datasett')} som teller tre ganger`,
  searchOf: 'søkbare data i globale',
  addedOf: 'lagt til her for å se hva det ville koste',
  withoutVat: (currency) => `${currency} i måneden, uten mva.`,
  open: 'Prislisten sier ikke om søk teller dataene i en global to eller tre ganger, eller om en TB er 1 000 eller 1 024 GB (her 1 000).',
  plans: 'Planene ved siden av hverandre',
  plansSays: 'med samme data; utviklerplaner uten VPN og SLA',
  plan: (name) => planNames[name] ?? name,
  now: 'nå',
  engines: 'motorer',
  dataBelow: 'data, mindre enn',
  month: 'i måneden',
  notPossible: 'ikke mulig',
  ownServer: 'Egen server',
  ownEngines: 'prosessorene',
  ownDisk: 'disken',
  byGb: 'per GB',
  spark: 'Spark',
  sparkCores: (cores) => `${figure(cores)} kjerner`,
  sparkSays:
    'En klynge regnes med kjerner og timer. Pipewright har ingen oppgave for Spark ennå: kolonnen viser hva maskinene ville koste.',
  hosting: 'Egne maskiner',
  hostingParts: {
    machine: 'En server, i måneden',
    storage: 'Lagring, per GB og måned',
    coreHour: 'Spark, per kjerne og time',
    cores: 'Spark, kjerner',
    hours: 'Spark, timer i døgnet',
  },
  hostingSays: 'Det dere betaler for dem. En måned har 30 dager; varige data lagres to ganger.',
  ownServerSays:
    'Å drive det selv med «pipewright serve» koster maskinen og lagringen; SLA og VPN må du da sørge for selv.',
  whatIf: 'Hva om',
  whatIfSays: 'beholdes for dette prosjektet, bare her',
  planLabel: 'Plan',
  flexiEngines: 'Motorer (Flexi)',
  slaLabel: 'SLA',
  sla: (name) =>
    ({ none: 'ingen', standard: 'Standard, 8 t', enterprise: 'Enterprise, 1 t' })[name] ?? 'Premium, 0,5 t',
  searchLabel: 'Integrert søk',
  searchHelp: 'Et produkt i abonnementet',
  searchCopies: (copies) => (copies === 0 ? 'av' : `på, globale teller ${copies + 1} ganger`),
  fixedLabel: 'Fast datamengde, GB i et år',
  fixedHelp: 'Tomt uten avtalen',
  addedLabel: (gb) => `Mer data: ${count(gb)} GB`,
  vpnLabel: 'VPN',
  table: 'Prisliste',
  tableSays: (since, currency) => `publisert ${since}, ${currency}; endre det som er avtalt annerledes`,
  published: 'Publiserte priser',
  entry: (entry) => entryNames[entry] ?? entry,
}
