/** Varslingsregler: det motoren sier om dem, og ordene i visningen. */
import type { enNotifications as english } from './en-notifications.ts'
import type { Widened } from './types.ts'

/** What the kinds of rules declare. */
const declaredTranslations: Readonly<Record<string, string>> = {
  Limit: 'Grense',
  Value: 'Verdi',
  'For at least': 'I minst',
  'Grace period': 'Slingringsmonn',
  'Value too low': 'For lav verdi',
  'Value too low for some time': 'For lav verdi en stund',
  'Value too high': 'For høy verdi',
  'Value too high for some time': 'For høy verdi en stund',
  'Compares a number of the last run with a limit.': 'Sammenligner et tall fra siste kjøring med en grense.',
  'Compares a number of each run with a limit; it has to be beyond the limit for some time.':
    'Sammenligner et tall fra hver kjøring med en grense; det må være over eller under en stund.',
  'Pipe failed': 'Pipe feilet',
  'The last run failed, or the last runs in a row.': 'Siste kjøring feilet, eller de siste på rad.',
  'Times in a row': 'Ganger på rad',
  'Queue too long': 'For lang kø',
  'More entities wait to be read than a limit.': 'Flere entiteter enn grensen venter på å bli lest.',
  'No run for some time': 'Ingen kjøring på en stund',
  'The pipe has not been started for some time, whatever its schedule says.':
    'Pipen er ikke startet på en stund, hva tidsplanen enn sier.',
  'Circuit breaker tripped': 'Sikringen er utløst',
  'The circuit breaker of the sink withholds what was written.':
    'Sikringen i sinken holder tilbake det som er skrevet.',
  'Dead letters': 'Entiteter som ikke kunne skrives (dead letters)',
  'The dead letter dataset has more entities than a limit.': 'Dead letter-datasettet har flere entiteter enn grensen.',
  'Start is late': 'Starter for sent',
  'The pipe was not started within five minutes and the grace period after its time.':
    'Pipen ble ikke startet innen fem minutter og slingringsmonnet etter det planlagte tidspunktet.',
  'Run takes too long': 'Kjøringen tar for lang tid',
  'A run has taken five minutes and the limit, and has not ended.':
    'En kjøring har vart i mer enn fem minutter pluss grensen, og er ikke ferdig.',
  'More than five minutes by': 'Mer enn fem minutter med',
  'Text of a failure': 'Tekst i en feil',
  'A text of the failed run has this pattern in it; * stands for anything, ? for one character.':
    'En tekst i den feilede kjøringen har dette mønsteret i seg; * står for hva som helst, ? for ett tegn.',
  Text: 'Tekst',
  Pattern: 'Mønster',
  'Position was set': 'Posisjonen ble satt',
  'The position in the source was set by a person or by reprocessing.':
    'Posisjonen i kilden ble satt av en person eller av ny behandling.',
  'Restored from a backup': 'Gjenopprettet fra sikkerhetskopi',
  'The dataset of the pipe was restored from a backup.':
    'Datasettet til pipen ble gjenopprettet fra en sikkerhetskopi.',
  'Day of the subscription': 'Dag i abonnementet',
  'An invoice is due, or a term of the agreement ends soon.':
    'En faktura forfaller, eller en frist i avtalen går snart ut.',
}

export const nbNotifications: Widened<typeof english> & { readonly declared: typeof declaredTranslations } = {
  declared: declaredTranslations,
  title: 'Varsler',
  add: 'Ny regel',
  edit: (name) => `Endre ${name}`,
  remove: (name) => `Slett ${name}`,
  tryIt: (name) => `Prøv ${name}`,
  none: 'Ingen regler ennå. En regel varsler når en pipe feiler, en kø vokser, eller noe ikke kjører.',
  last: 'Siste varsler',
  nothingTold: 'Ingen varsler er sendt ennå.',
  allPipes: 'alle piper',
  found: (n) => (n === 1 ? '' : `× ${n}`),
  dialogTitle: 'Varslingsregel',
  dialogSays:
    'Reglene står i notifications.json i prosjektet og følger med eksport og versjoner. De lastes ikke opp til Sesam.',
  kind: 'Når',
  name: 'Navn',
  pipe: 'Pipe',
  recipients: 'Mottakere',
  recipient: 'Mottaker',
  how: 'Hvordan',
  ways: {
    webhook: 'Webhook',
    email: 'E-post',
    desktop: 'Skrivebordet',
    role: 'Rolle i Sesam',
    user_id: 'Bruker i Sesam',
  },
  addRecipient: 'Ny mottaker',
  removeRecipient: 'Fjern mottaker',
  webhookHint: 'https://… eller $SECRET(navn)',
  mailHint: 'navn@example.com',
  mailHere: 'E-post sendes bare av en server, over et system av typen system:smtp.',
  mailThere: 'E-post går over systemet av typen system:smtp i prosjektet.',
  desktopSays: 'Vises på skrivebordet mens prosjektet er åpent.',
  desktopBlocked: 'Nettleseren tillater ikke varsler fra denne siden.',
  webhookHere: 'Nettleseren spør før første forespørsel til en ny server.',
  listedOnly: 'Står bare i listen her; portalen i Sesam kjenner rollen.',
  save: 'Lagre regel',
  seconds: 's',
  states: { sent: 'sendt', waiting: 'prøves igjen', failed: 'ikke sendt', listed: 'bare i listen' },
  noChannel: 'det kan ikke sendes herfra',
  tried: (name) => `${name} er prøvd.`,
  steps: { add: 'Ny varslingsregel', change: 'Endre varslingsregel', remove: 'Slett varslingsregel' },
  missing: 'Mangler.',
}
