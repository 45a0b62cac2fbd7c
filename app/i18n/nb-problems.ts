/**
 * The problems of the engine in Norwegian, by code; the English words are part of the declarations. What a problem is
 * about comes as facts, some of which are words themselves (a kind of value, a reason): those go through `phrase`.
 */
import type { Facts } from '../../engine-worker/index.ts'
import { ofExtensions } from './nb-extensions.ts'
import { ofFiles } from './nb-files.ts'
import { ofModel } from './nb-model.ts'
import { ofNotifications } from './nb-notification-problems.ts'
import { phrase } from './nb-phrases.ts'
import { ofPrograms } from './nb-programs.ts'
import { ofSignIn } from './nb-sign-in.ts'
import { ofSubscription } from './nb-subscription.ts'
import { count, countedIn, pluralIn } from './numbers.ts'

const plural = pluralIn('nb')
const counted = countedIn('nb')

interface Translation {
  readonly says: (facts: Facts) => string
  readonly fix?: (facts: Facts) => string
}

const didYouMean = (suggestion: unknown, otherwise: string) =>
  suggestion === '' ? otherwise : `Mente du ${suggestion}?`

const roleNames: Readonly<Record<string, string>> = {
  source: 'kilde',
  transform: 'transform',
  sink: 'sink',
  pump: 'pumpe',
  system: 'system',
}
const namedKinds: Readonly<Record<string, string>> = { dataset: 'et datasett', pipe: 'en pipe', system: 'et system' }
const roleName = (name: unknown) => roleNames[String(name)] ?? String(name)

/** Types of values in the plural; those that are missing have one form. */
const pluralForms: Readonly<Record<string, string>> = {
  string: 'tekster',
  list: 'lister',
  dict: 'ordbøker',
  boolean: 'sannhetsverdier',
  datetime: 'tidspunkter',
  date: 'datoer',
  ni: 'identifikatorer med navnerom',
  uri: 'URI-er',
  uuid: 'UUID-er',
}
const typesIn = (types: unknown, number: number) =>
  String(types)
    .split(' or ')
    .map((type) => plural(number, phrase(type), pluralForms[type] ?? phrase(type)))
    .join(' eller ')

const supplyInstead = () => 'Legg inn dataene for hånd, eller velg et annet alternativ med en miljøvariabel.'
const addEntity = () => 'Legg til en entitet i testdataene som kommer dit, eller fjern det som ikke trengs.'
const importFolder = () => 'Importer bare mappen som har pipes/ og systems/.'

const textProblems: Readonly<Record<string, Translation>> = {
  'json-broken': {
    says: ({ reason }) => `Dette er ikke gyldig JSON: ${phrase(reason)}.`,
    fix: () => 'Rett teksten på dette stedet.',
  },
  'json-too-deep': {
    says: ({ limit }) => `Lister og objekter er nøstet mer enn ${limit} nivåer dypt.`,
    fix: () => 'Gjør dataene flatere, eller se etter om de er skrevet av en løkke.',
  },
  'json-duplicate-key': {
    says: ({ key }) => `Nøkkelen "${key}" står to ganger i samme objekt; den siste teller.`,
    fix: () => 'Fjern eller gi nytt navn til en av dem.',
  },
  'entity-not-an-object': {
    says: ({ index }) => `Element ${Number(index) + 1} er ikke et JSON-objekt, så det kan ikke være en entitet.`,
    fix: () => 'Gi en liste av objekter, eller ett objekt per linje.',
  },
  'component-twice': {
    says: ({ id, file, first }) => `"${id}" i ${file} er også i ${first}; den i ${first} teller.`,
    fix: () => 'Gi en av dem et nytt navn, eller slett den.',
  },
  'text-not-component': {
    says: () => 'Teksten er ikke én komponent.',
    fix: () => 'Skriv ett JSON-objekt med "_id" og "type".',
  },
  'fold-part-missing': {
    says: ({ pipe, missing }) => `"${pipe}" blir stående i deler: del ${missing} mangler.`,
    fix: () => 'Sett delen som mangler, tilbake, eller fjern "$composite" fra metadataene til de andre.',
  },
  'fold-part-changed': {
    says: ({ pipe }) => `"${pipe}" blir stående i deler: de er endret på en måte som én pipe ikke kan romme.`,
    fix: () =>
      'Angre endringer i kilder, sinker og innstillinger mellom delene, eller fjern "$composite" fra metadataene.',
  },
  'file-not-utf8': {
    says: ({ file }) => `${file} er ikke UTF-8-tekst.`,
    fix: () => 'Lagre filen som UTF-8; til da beholdes den uendret og brukes ikke i kjøringer.',
  },
  'file-not-component': {
    says: ({ file, found }) =>
      `${file} inneholder ${phrase(found)} der en pipe, et system eller metadata hører hjemme.`,
    fix: () => 'En komponent er et JSON-objekt med "_id" og "type"; en fil har én, eller en liste av dem.',
  },
  'component-without-id': {
    says: ({ file }) => `En komponent i ${file} har ingen "_id" som er tekst.`,
    fix: () => 'Gi komponenten en egen "_id".',
  },
  'import-unsafe-path': {
    says: ({ file }) => `"${file}" ble utelatt: stien leder ut av prosjektet.`,
    fix: () => 'Lag arkivet på nytt inne i mappen til prosjektet.',
  },
  'import-file-too-large': {
    says: ({ file, megabytes, limit }) =>
      `"${file}" ble utelatt: den er på ${megabytes} MB, og grensen er ${limit} MB.`,
    fix: () => 'Legg inn store data i pipen som leser dem, i stedet for å ha dem i prosjektet.',
  },
  'import-too-large': {
    says: ({ limit, left }) => `Importen er større enn ${limit} MB; ${left} filer ble utelatt.`,
    fix: importFolder,
  },
  'import-too-many-files': {
    says: ({ limit, left }) => `Importen har mer enn ${limit} filer; ${left} ble utelatt.`,
    fix: importFolder,
  },
  'import-not-zip': {
    says: ({ reason }) => `Dette er ikke en zip-fil som kan leses (${phrase(reason)}).`,
    fix: () => 'Se etter om filen ble lastet helt ned, eller importer mappen i stedet.',
  },
  'step-not-reached': {
    says: ({ step }) => `Ingen entitet i testene når ${step}.`,
    fix: addEntity,
  },
  'rule-not-reached': {
    says: ({ rule }) => `Ingen entitet i testene når regelen «${rule}».`,
    fix: addEntity,
  },
  'link-broken': {
    says: ({ characters }) => `Lenken inneholder ikke noe prosjekt som kan leses; ${characters} tegn av den kom frem.`,
    fix: () => 'Noen programmer kutter lange lenker: be om den igjen som fil, eller eksportert som zip.',
  },
  'import-unreadable': { says: ({ file, reason }) => `"${file}" kunne ikke leses: ${phrase(reason)}.` },
  'import-no-configuration': {
    says: ({ files }) =>
      `Ingen av de ${files} filene er en Sesam-konfigurasjon (pipes/*.conf.json, systems/*.conf.json).`,
    fix: () => 'Velg mappen som har node-metadata.conf.json, pipes/ eller systems/.',
  },
  'import-several-projects': {
    says: ({ chosen, others }) =>
      `Filene har flere konfigurasjoner; "${chosen}" ble åpnet. De andre: ${phrase(others)}.`,
    fix: () => 'Importer mappen til en annen for å åpne den i stedet.',
  },
  'rename-taken': {
    says: ({ what, name }) => `Det finnes allerede en ${phrase(what)} «${name}».`,
    fix: () => 'Velg et annet navn.',
  },
  'rename-not-a-name': {
    says: ({ what, name }) => `«${name}» kan ikke være navnet på en ${phrase(what)}.`,
    fix: () => 'Velg et navn uten mellomrom, og for en pipe uten skråstrek.',
  },
}

const configurationProblems: Readonly<Record<string, Translation>> = {
  'not-an-object': {
    says: ({ found }) => `En konfigurasjon må være et objekt, men dette er ${phrase(found)}.`,
    fix: () => 'Skriv ett JSON-objekt, eller en liste av dem.',
  },
  'missing-id': {
    says: () => 'Konfigurasjonen har ingen _id, eller en som ikke er tekst.',
    fix: () => 'Gi den en _id som ingen annen komponent har.',
  },
  'missing-type': {
    says: ({ id }) => `${id} har ingen type.`,
    fix: () => 'Sett type til "pipe", til en systemtype som "system:url", eller til "metadata".',
  },
  'unknown-component-type': {
    says: ({ id, type }) => `${id} har typen ${type}, som verken er en pipe, et system eller nodens metadata.`,
  },
  'duplicate-id': {
    says: ({ id, other }) => `Det finnes en annen komponent med _id ${id}, i ${other}.`,
    fix: () => 'Gi en av dem et nytt navn; til da teller den andre.',
  },
  'slash-in-id': { says: ({ id }) => `Pipens _id ${id} har en skråstrek, og det tillater ikke Sesam.` },
  'unknown-type': {
    says: (f) => `Det finnes ingen ${roleName(f.role)} av typen ${f.type}.`,
    fix: ({ suggestion }) => didYouMean(suggestion, 'Velg en av typene som er dokumentert.'),
  },
  'unknown-key': {
    says: ({ key, kind }) => `${key} er ikke en dokumentert egenskap for ${phrase(kind)}.`,
    fix: ({ suggestion }) => didYouMean(suggestion, 'Fjern den hvis den ikke har noen hensikt.'),
  },
  'wrong-type': {
    says: ({ key, wanted, found }) => `${key} må være ${phrase(wanted)}, men er ${phrase(found)}.`,
  },
  'missing-property': { says: ({ key, kind }) => `Egenskapen ${key} trengs i ${phrase(kind)}.` },
  'deprecated-property': { says: ({ key, instead }) => `${key} er utgått. ${phrase(instead)}` },
  'unknown-system': {
    says: ({ system }) => `Det finnes ikke noe system ${system}.`,
    fix: ({ suggestion }) => didYouMean(suggestion, 'Legg til systemet, eller nevn et annet.'),
  },
  'no-such-system': {
    says: ({ system }) => `Det finnes ikke noe system ${system}.`,
  },
  'unknown-dataset': {
    says: ({ dataset }) => `Ingen pipe fyller datasettet ${dataset}; det er tomt.`,
    fix: ({ suggestion }) => didYouMean(suggestion, 'Legg til en pipe som fyller det, eller nevn et annet.'),
  },
  'unknown-choice': {
    says: ({ key, value, choices }) => `${key} kan ikke være ${value}; det er en av ${choices}.`,
  },
  'kind-cannot-run': {
    says: (f) => `Det finnes ingen ${roleName(f.role)} av typen ${f.type === '' ? '(ingen)' : f.type} som kan kjøre.`,
    fix: () => 'Se etter om typen er riktig skrevet.',
  },
  'empty-name': {
    says: ({ key, to }) => `${key} må nevne ${namedKinds[String(to)] ?? to}, men er tom.`,
    fix: ({ key }) => `Nevn navnet, eller fjern ${key} hvis ingenting er ment.`,
  },
  'subset-not-an-eq': {
    says: ({ found }) => `subset er en eq av et uttrykk og en fast verdi; dette er ${found}.`,
    fix: () => 'Skriv det som ["eq", "_S.category", "tank"], med "~:navnerom:navn" for en identifikator.',
  },
  'source-without-dataset': {
    says: ({ type }) => `${type}-kilden nevner ikke noe datasett å lese.`,
    fix: () => 'Nevn minst ett.',
  },
  'forbidden-dataset': {
    says: ({ dataset }) => `En pipe kan ikke skrive til datasettet ${dataset}.`,
    fix: () => 'Nevn et datasett uten skråstrek som ikke begynner med "system:".',
  },
  'pipe-without-source': {
    says: ({ pipe }) => `Pipen ${pipe} har ingen kilde.`,
    fix: () => 'Legg til en kilde, for eksempel {"type": "dataset", "dataset": "…"}.',
  },
  'part-not-an-object': {
    says: ({ part, found }) => `${roleName(part)} må være et objekt, men er ${phrase(found)}.`,
  },
  'part-without-type': { says: ({ part }) => `${roleName(part)} har ingen type.` },
  'broken-cron': {
    says: ({ expression, reason }) => `"${expression}" er ikke et cron-uttrykk: ${phrase(reason)}.`,
    fix: () => 'Skriv minutt, time, dag i måneden, måned og ukedag, for eksempel "0 12 * * ?".',
  },
  'merge-named-twice': {
    says: ({ name }) => `Datasettet ${name} er nevnt to ganger; Sesam tillater hvert bare én gang.`,
    fix: () => 'Fjern gjentakelsen, eller la en annen pipe lage et eget datasett.',
  },
  'merge-alias-twice': {
    says: ({ name }) => `To datasett har det korte navnet ${name}, så regler kan ikke skille dem.`,
    fix: () => 'Gi hvert sitt, som i "crm-person cp".',
  },
  'merge-not-an-equality': {
    says: () => 'equality i en fletting er en liste av regler ["eq", …, …]; dette er noe annet.',
    fix: () => 'Skriv én ["eq", "a.egenskap", "b.egenskap"] for hvert par.',
  },
  'merge-not-a-set': {
    says: () => 'equality_sets i en fletting er en liste av lister av uttrykk; dette er noe annet.',
    fix: () => 'Skriv [["a.egenskap", "b.egenskap"]]: én liste for hvert sett av uttrykk som må være like.',
  },
  'merge-equality-within-dataset': {
    says: ({ alias }) => `Begge sider leser ${alias}; en likhet er mellom to datasett.`,
    fix: () => 'La en side lese et annet datasett.',
  },
  'merge-unknown-version': {
    says: ({ version }) => `Det finnes ingen versjon ${version} av fletting.`,
    fix: () => 'Bruk 2.',
  },
  'merge-old-version': {
    says: () => 'Versjon 1 av fletting, som brukes når ingen versjon er satt, er utgått og støtter ikke max_merged.',
    fix: () => 'Sett version til 2.',
  },
  'merge-side-without-dataset': {
    says: ({ side, aliases }) => `${side} leser ingen av datasettene (${aliases}), så den sammenligner ingenting.`,
    fix: ({ suggestion }) => didYouMean(suggestion, 'Skriv alias.egenskap.'),
  },
  'merge-side-with-several-datasets': {
    says: ({ side, aliases }) => `${side} leser flere datasett på én gang (${aliases}); hver side kan lese ett.`,
  },
  'merge-without-rules': {
    says: () => 'Uten likhetsregler flettes ingenting: hver entitet forblir for seg.',
    fix: () => 'Skriv i equality_sets hvilke entiteter som beskriver det samme.',
  },
  'unknown-operation': {
    says: ({ operation }) =>
      operation === '' ? 'Ingen operasjon er nevnt.' : `Det finnes ingen operasjon ${operation}.`,
    fix: ({ suggestion }) => didYouMean(suggestion, 'Legg den til i operations i systemet.'),
  },
  'unknown-variable': {
    says: ({ name }) => `Miljøvariabelen ${name} har ingen verdi.`,
    fix: ({ name }) => `Gi ${name} en verdi blant miljøets variabler (test-env.json).`,
  },
  'unknown-alternative': {
    says: ({ condition, known }) =>
      `Det finnes ikke noe alternativ for betingelsen ${condition}; det finnes: ${known}.`,
    fix: () => 'Legg til alternativet, eller sett miljøvariabelen til et som finnes.',
  },
  'broken-conditional': { says: ({ missing }) => `En betinget del trenger ${phrase(missing)}.` },
  'schema-missing': {
    says: () => 'Transformen har ikke noe skjema.',
    fix: () => 'Skriv et JSON-skjema i "schema", eller gi adressen til det i "schema_url" og et system.',
  },
  'schema-broken': { says: ({ reason }) => `JSON-skjemaet kan ikke brukes: ${phrase(reason)}.` },
}

const outsideProblems: Readonly<Record<string, Translation>> = {
  'custom-auth-no-token': {
    says: ({ operation, reason }) => `Operasjonen ${operation} i custom_auth ga ikke noe token: ${phrase(reason)}.`,
    fix: () => 'Kontroller custom_auth og operasjonen i systemet, og verdiene til hemmelighetene.',
  },
  'broken-template': {
    says: ({ template, reason }) => `Malen ${template} kan ikke fylles ut: ${phrase(reason)}.`,
  },
  'template-transform-not-here': {
    says: ({ template, pipe }) => `Malen ${template} i ${pipe} kan ikke kjøres her.`,
    fix: ({ pipe }) => `Legg inn resultatet av ${pipe} som testdata/${pipe}.json, eller velg et annet alternativ.`,
  },
  'transform-needs-answers': {
    says: ({ type, pipe, system }) => `${type}-transformen i ${pipe} kaller ${system}, som ikke kan nås herfra.`,
    fix: ({ pipe }) =>
      `Ta opp svarene i testdata/${pipe}.answers.json, legg inn resultatet av pipen, eller velg et annet alternativ.`,
  },
  'http-transform-answer': { says: ({ url }) => `${url} svarte ikke med en JSON-liste av entiteter.` },
  'solr-not-flat': {
    says: ({ property }) => `Solr tar bare flate dokumenter, men ${property} er nøstet.`,
    fix: () => 'Løft verdiene opp i entiteten i DTL-en.',
  },
  'request-timeout': {
    says: ({ url, seconds }) => `${url} svarte ikke innen ${seconds} sekunder.`,
    fix: () => 'Prøv igjen senere, eller øk read_timeout i systemet.',
  },
  'unknown-template-variable': {
    says: ({ name, template }) => `Malen ${template} bruker ${name}, som ikke finnes.`,
    fix: ({ name }) => `Legg det til i dataene, eller gi en standardverdi, som {{ ${name} | default('') }}.`,
  },
  'template-limit': {
    says: ({ template, reason }) => `Malen ${template} ble stoppet: ${phrase(reason)}.`,
    fix: () => 'La den gå gjennom færre data, eller gjør arbeidet i DTL.',
  },
  'page-size-missing': {
    says: ({ operation }) => `Operasjonen ${operation} avslutter lesingen med not-full-page, som trenger page_size.`,
    fix: () => 'Sett page_size til antallet entiteter på en full side.',
  },
  'validation-keys-missing': {
    says: ({ url }) => `Nøklene på ${url} kunne ikke leses, så forespørselen kan ikke kontrolleres.`,
  },
  'paging-repeats': {
    says: ({ url }) => `${url} ga en side som den hadde gitt før; lesingen ville aldri ta slutt.`,
    fix: () => 'Rett next_page_link eller params, eller legg til "same-response" i next_page_termination_strategy.',
  },
  'paging-too-long': {
    says: ({ pages }) => `Lesingen side for side tok ikke slutt innen ${pages} sider.`,
    fix: () => 'Rett next_page_link, eller velg en next_page_termination_strategy som kjenner igjen den siste siden.',
  },
  'row-without-key': {
    says: ({ table }) => `Ingenting sier hvilken rad i ${table} som hører til den slettede entiteten.`,
    fix: () => 'Sett primary_key, og la entiteten beholde egenskapen eller egenskapene den nevner.',
  },
  'supplied-not-utf8': {
    says: ({ file }) => `${file} er ikke skrevet i UTF-8, slik JSON må være.`,
    fix: () => 'Lagre filen som UTF-8 og legg den inn på nytt.',
  },
  'supplied-unreadable': {
    says: ({ file, reason }) => `${file} kunne ikke leses til slutten (${reason}). Det som var der før, er uendret.`,
    fix: () => 'Kontroller at filen fortsatt finnes og ikke er endret, og legg den inn på nytt.',
  },
  'data-too-large-for-source': {
    says: ({ file, type, megabytes }) =>
      `${file} er større enn de ${megabytes} MB som en ${type}-kilde kan lese i ett stykke.`,
    fix: () => 'Legg inn entitetene som JSON, én per linje; det leses stykke for stykke.',
  },
  'storage-too-new': {
    says: ({ folder, found, known }) =>
      `Dataene i ${folder} ble skrevet av en nyere versjon (format ${found}); denne leser formater til og med ${known}.`,
    fix: () => 'Bruk den nyere versjonen, eller gjenopprett en sikkerhetskopi som denne har laget.',
  },
  'copy-failed': {
    says: ({ project, reason }) =>
      `Den andre kopien av dataene til ${project} kunne ikke skrives (${reason}), så ingenting av denne batchen ble lagret.`,
    fix: () => 'Frigjør plass, tillat mappen på nytt, eller velg et annet sted for kopien i Drift.',
  },
  'copy-damaged': {
    says: ({ file }) =>
      `${file} er ikke en fullstendig sikkerhetskopi: den ble kuttet av, endret, eller skrevet av et annet program.`,
    fix: () => 'Ta en annen sikkerhetskopi.',
  },
  'no-such-backup': { says: ({ id }) => `Det finnes ingen sikkerhetskopi ${id}.` },
  'no-place-for-backups': {
    says: () => 'Nettleseren gir ikke appen noe sted for sikkerhetskopier, eller mappen må tillates på nytt.',
    fix: () => 'Tillat mappen, eller velg et annet sted.',
  },
  'no-copies-here': { says: () => 'Kopier og sikkerhetskopier holdes ikke her.' },
  'restore-by-command': {
    says: ({ name }) =>
      `Dataene til ${name} kan gjenopprettes mens serveren ikke kjører: pipewright restore ID --store STORE.`,
  },
  'storage-folder-in-use': {
    says: ({ folder, process }) => `Dataene i ${folder} er i bruk av en annen prosess (${process}).`,
    fix: () => 'Avslutt den andre prosessen, eller bruk en annen mappe.',
  },
  'copy-of-another-store': {
    says: ({ folder, store }) => `${folder} er kopien av et annet lager, ikke av ${store}. Ingenting i den ble endret.`,
    fix: () => 'Oppgi en annen mappe for kopien, eller fjern denne hvis ingen trenger den.',
  },
  'storage-lock-lost': {
    says: ({ folder }) =>
      `En annen prosess har overtatt dataene i ${folder}, fordi denne sto stille; ingenting ble skrevet.`,
    fix: () => 'Avslutt denne prosessen, eller den andre, og start så denne på nytt.',
  },
  'ingest-interrupted': {
    says: ({ pipe, file }) =>
      `Innlesingen av ${file} for ${pipe} ble avbrutt før slutten. Ingenting av den er beholdt; det som var der før, er uendret.`,
    fix: () => 'Legg inn filen på nytt.',
  },
  'inbox-replaced-while-read': {
    says: ({ pipe }) => `Entitetene som var lagt inn for ${pipe}, ble byttet ut mens pipen leste dem.`,
    fix: () => 'Kjør pipen på nytt.',
  },
  'message-without-recipients': {
    says: () => 'Det er ingen å sende meldingen til.',
    fix: () => 'Sett recipients, eller gi entiteten egenskapen som recipients_property nevner.',
  },
  'rest-empty-id': {
    says: ({ template }) => `Malen ${template} gir en tom _id, så entiteter ville erstattet hverandre.`,
    fix: () => 'Bruk en egenskap som hver entitet har en verdi i, eller flere av dem sammen.',
  },
  'har-not-read': {
    says: ({ reason }) => `Dette er ikke en HAR-fil: ${phrase(reason)}.`,
    fix: () => 'Lagre forespørslene i nettleserens nettverksverktøy som HAR, med innhold.',
  },
  'redirect-hidden': {
    says: ({ host }) =>
      `${host} svarte med en omdirigering. En nettleser sier ikke hvor den fører, så den ble ikke fulgt, og ingenting ble lest.`,
    fix: () =>
      'Sett adressen som omdirigeringen fører til; en nettleser viser den når den gamle adressen åpnes i en fane.',
  },
  'redirect-unusable': {
    says: ({ host, target }) => `${host} svarte med en omdirigering til «${target}», som ikke er en nettadresse.`,
    fix: () => 'Rett adressen til systemet.',
  },
  'redirect-with-body': {
    says: ({ host, target }) =>
      `${host} svarte med en omdirigering som ville sendt innholdet i forespørselen til ${target}. Den ble ikke fulgt.`,
    fix: ({ target }) => `Hvis dataene er ment for ${target}, sett dens adresse i systemet.`,
  },
  'redirect-endless': {
    says: ({ host, most }) => `${host} svarte med mer enn ${most} omdirigeringer etter hverandre.`,
    fix: () => 'Rett adressen til systemet, eller spør dem som driver serveren.',
  },
  'host-not-allowed': {
    says: ({ host }) =>
      `Ingen forespørsel gikk til ${host}: du har ikke tillatt dette prosjektet å sende forespørsler dit.`,
    fix: () => 'Tillat serveren i innstillingene til prosjektet, under Servere, eller legg inn dataene for hånd.',
  },
  'password-in-address': {
    says: ({ host }) =>
      `Adressen til ${host} har et brukernavn eller passord foran serveren. Ingen forespørsel gikk dit.`,
    fix: () => 'Ta dem ut av adressen, og sett authentication, username og password for systemet.',
  },
  'no-network': {
    says: ({ url }) =>
      `Ingen forespørsel gikk til ${url}: det er ikke noe nett her, eller dette er bare en forhåndsvisning.`,
    fix: () => 'Kjør pipen, ta opp svarene, eller velg et annet alternativ med en miljøvariabel.',
  },
  'url-not-absolute': {
    says: ({ url }) => `«${url}» er ikke en fullstendig adresse: systemet nevner ingen server.`,
    fix: () => 'Gi systemet et url_pattern som https://example.org/%s, eller legg inn dataene for hånd.',
  },
  'file-not-supplied': {
    says: ({ file }) => `Filen «${file}» er ikke lagt inn.`,
    fix: () => 'Legg den inn der pipen leser den.',
  },
  'request-failed': {
    says: ({ url, reason }) => `Forespørselen til ${url} feilet: ${phrase(reason)}.`,
    fix: () =>
      'Kontroller URL-en. En nettleser kan bare lese servere som tillater det (CORS); legg ellers inn dataene for hånd.',
  },
  'bad-answer': {
    says: ({ url, status, body }) => `${url} svarte med status ${status}${body === '' ? '' : `: ${body}`}.`,
  },
  'secret-without-value': {
    says: ({ name, url }) => `Ingen forespørsel gikk til ${url}: hemmeligheten ${name} har ingen verdi her.`,
    fix: supplyInstead,
  },
  'login-not-here': {
    says: ({ url, login }) =>
      `Ingen forespørsel gikk til ${url}: systemet logger inn med ${login}, og det kan verken en nettleser eller denne kommandoen.`,
    fix: supplyInstead,
  },
  'push-refused': {
    says: ({ pipe, reason }) => `${pipe} godtar ikke forespørselen: ${reason}`,
    fix: () => 'Kildens validation_expression sier hva en forespørsel må ha.',
  },
  'cannot-repost': {
    says: ({ pipe }) =>
      `Entiteter i ${pipe} kan ikke sendes på nytt: sinken er ikke et vanlig datasett, eller har en sikring.`,
  },
  'missing-one-of': {
    says: ({ keys, kind }) => `${kind} trenger en av egenskapene ${keys}.`,
  },
  'exclusive-properties': {
    says: ({ keys }) => `${keys} er satt sammen, men utelukker hverandre.`,
    fix: () => 'Behold den som er ment, og fjern de andre.',
  },
  'broken-status-codes': {
    says: ({ key, value }) => `${key}: «${value}» er ikke en liste av statuskoder.`,
    fix: () => 'Skriv koder og områder av koder med komma mellom, som 200-299,404.',
  },
  'number-out-of-range': {
    says: ({ key, value, least, most }) =>
      `${key} er ${value}; tallet må være ${most === '' ? `${least} eller mer` : least === '' ? `${most} eller mindre` : `fra ${least} til ${most}`}.`,
  },
  'broken-image-name': {
    says: ({ key, value }) => `${key}: «${value}» er ikke navnet på et Docker-image.`,
    fix: () => 'Skriv det som acme/weather:1.2 eller registry.example.org/acme/weather:1.2.',
  },
  'broken-host-name': {
    says: ({ key, value }) => `${key}: «${value}» kan ikke være navnet på en vert, og det er det for en mikrotjeneste.`,
    fix: () => 'Bruk 2 til 63 små bokstaver, sifre, - og _, og begynn med en bokstav eller et siffer.',
  },
  'broken-base64': { says: ({ key }) => `${key} er ikke base64.` },
  'secret-in-clear-text': {
    says: ({ key }) => `${key} er en hemmelighet, men verdien står i konfigurasjonen.`,
    fix: () => 'Skriv $SECRET(navn), og gi noden verdien under det navnet.',
  },
  'unknown-encoding': {
    says: ({ encoding }) => `Det finnes ikke noe tegnsett ${encoding}.`,
    fix: () => 'Skriv et vanlig navn som utf-8 eller iso-8859-1.',
  },
  'wrong-encoding': {
    says: ({ url, encoding }) => `${url} er ikke skrevet i ${encoding}.`,
    fix: () => 'Sett encoding til tegnsettet i filen, eller decode_error_strategy til "replace".',
  },
  'service-error': { says: ({ message }) => `Tjenesten svarte med en feil: ${message}.` },
  'xml-no-tag': {
    says: ({ found }) => `En entitet for XML må ha nøyaktig én egenskap i vinkelparenteser, men denne har ${found}.`,
    fix: () => 'Gi entiteten én egenskap som "<customer>", med innholdet.',
  },
  'source-needs-data': {
    says: ({ type, pipe, outside }) =>
      `${type}-kilden i ${pipe} leser fra ${phrase(outside)}, som ikke kan nås herfra.`,
    fix: ({ pipe }) => `Legg inn entitetene, for eksempel som testdata/${pipe}.json.`,
  },
  'csv-column-missing': {
    says: ({ column, columns }) => `Det finnes ingen kolonne ${column}; kolonnene er ${columns}.`,
    fix: () => 'Rett primary_key, eller delimiter hvis alle kolonner leses som én.',
  },
  'csv-no-key': { says: ({ line }) => `Rad ${line} mangler verdi i en kolonne i primærnøkkelen.` },
  'csv-fields-without-column': {
    says: ({ rows, columns, row }) =>
      `${rows} ${rows === 1 ? 'rad' : 'rader'} har flere felt enn det er kolonner (${columns}); den første er rad ${row}. Feltene etter den siste kolonnen utelates.`,
    fix: () => 'Rett radene, skilletegnet eller field_names.',
  },
  'csv-column-twice': {
    says: ({ columns }) => `Overskriften nevner ${columns} mer enn én gang. Bare den siste av kolonnene beholdes.`,
    fix: () => 'Gi hver kolonne et eget navn, i filen eller med field_names.',
  },
  'csv-quote-open': {
    says: ({ row }) =>
      `Et anførselstegn i rad ${row} lukkes aldri: alt etter det, til slutten av filen, leses som ett felt.`,
    fix: () => 'Rett raden, eller velg dialekten filen er skrevet i.',
  },
  'background-rescan-needs-dataset': {
    says: ({ key, sink }) =>
      `${key} har ingen virkning her: den krever en dataset-sink, og denne pipen har en ${sink}-sink.`,
    fix: ({ key }) => `Fjern ${key}, eller skriv til et datasett og send derfra i en annen pipe.`,
  },
  'csv-rows-collide': {
    says: ({ rows, columns, lost, line }) =>
      `${lost} av ${rows} rader har samme ${columns} som en senere rad (den første er rad ${line}). Bare den siste raden med hver verdi beholdes.`,
    fix: () => 'Sett primary_key til en kolonne, eller en liste av kolonner, som er forskjellig i hver rad.',
  },
  'embedded-not-an-entity': {
    says: ({ index }) => `Entitet ${Number(index) + 1} i den innebygde kilden er ikke et objekt.`,
  },
  'broken-rdf': { says: ({ reason }) => `RDF-en kan ikke leses: ${phrase(reason)}.` },
  'oauth2-no-token': {
    says: ({ url, reason }) => `${url} ga ikke noe tilgangstoken: ${phrase(reason)}.`,
    fix: () => 'Kontroller client_id, client_secret og token_url i systemet.',
  },
}

const dataProblems: Readonly<Record<string, Translation>> = {
  'supplied-without-id': {
    says: ({ columns }) => `Denne raden har ingen _id; den har ${columns || 'ingen egenskaper'}.`,
    fix: () => 'Si hvilken egenskap eller kolonne som er id-en.',
  },
  'supplied-row-broken': {
    says: ({ reason }) => `Denne raden kan ikke leses: ${phrase(reason)}.`,
    fix: () => 'Rett raden i filen og legg den inn på nytt.',
  },
  'entity-without-id': {
    says: ({ dataset, kind }) =>
      kind === 'null'
        ? `En entitet til datasettet ${dataset} har ingen _id.`
        : `En entitet til datasettet ${dataset} har en _id som ikke er tekst, men ${phrase(kind)}.`,
    fix: () => 'Gi hver entitet en _id som er tekst, for eksempel med ["add", "_id", …] i den siste transformen.',
  },
  'entity-too-large': {
    says: ({ dataset, bytes, limit }) =>
      `En entitet til datasettet ${dataset} tar ${bytes} byte, mer enn de ${limit} som sinken tillater.`,
    fix: () => 'Gjør entiteten mindre, eller øk max_entity_bytes_size i sinken.',
  },
  'storage-full': {
    says: ({ project }) =>
      `Nettleseren har ikke plass til flere data for ${project}. Den siste batchen ble ikke lagret; alt før den er trygt.`,
    fix: () =>
      'Frigjør diskplass, slett datasett eller prosjekter som ikke trengs, eller kompakter datasett; kjør så igjen.',
  },
  'storage-closed': {
    says: ({ project }) =>
      `Nettleseren lukket lageret til ${project} mens det var i bruk. Det som var lagret før, er trygt.`,
    fix: () =>
      'Last siden på nytt. Hvis nettstedsdata er slettet, eller prosjektet er slettet i en annen fane, må prosjektet importeres igjen.',
  },
  'storage-unavailable': {
    says: ({ project, reason }) => `Nettleseren gir ikke tilgang til lageret til ${project}: ${phrase(reason)}.`,
    fix: () =>
      'La dette nettstedet lagre data (private vinduer nekter det ofte), eller bruk en annen profil i nettleseren.',
  },
  'storage-newer': {
    says: ({ project }) => `Dataene til ${project} er lagret av en nyere versjon av denne appen.`,
    fix: () => 'Last siden på nytt for å få den nyere versjonen.',
  },
  'storage-damaged': {
    says: ({ project, dataset }) =>
      `Lagrede entiteter i datasettet ${dataset} i ${project} mangler eller kan ikke leses.`,
    fix: ({ dataset }) => `Nullstill pipen som skriver ${dataset}, og kjør den igjen.`,
  },
  'project-open-elsewhere': {
    says: ({ project }) =>
      `${project} er åpent i en annen fane eller et annet vindu, og bare ett av dem om gangen kan kjøre pipene.`,
    fix: () => 'Lukk den andre fanen, og last så denne på nytt.',
  },
}

const dtlProblems: Readonly<Record<string, Translation>> = {
  'dtl-budget': {
    says: ({ budget }) => `Én entitet tok mer enn ${count(Number(budget))} arbeidssteg.`,
    fix: () => 'Se etter løkker over store lister inni hverandre, store tallrekker, eller regler som bruker seg selv.',
  },
  'dtl-run-budget': {
    says: ({ entities, average }) =>
      `Entitetene i denne kjøringen tok ${count(Number(average))} arbeidssteg i gjennomsnitt, for mange for ${count(Number(entities))} entiteter.`,
    fix: () => 'Se etter en kobling på en verdi som de fleste entiteter deler, eller koble på flere egenskaper.',
  },
  'dtl-output-too-large': {
    says: ({ values, property }) =>
      `De store entitetene i denne kjøringen inneholder mer enn ${count(Number(values))} verdier til sammen; de fleste i den siste står i «${property}».`,
    fix: () =>
      'Behold bare det som trengs av det en kobling finner: antallet, de første entitetene eller enkelte egenskaper.',
  },
  'schema-pattern-budget': {
    says: ({ pattern, length }) =>
      `Mønsteret «${pattern}» krever for mange forsøk på en tekst med ${count(Number(length))} tegn.`,
    fix: () => 'Skriv det uten gjentakelser inni gjentakelser: ^a+$ i stedet for ^(a+)+$.',
  },
  'dtl-wrong-argument-count': {
    says: (f) => `«${f.function}» tar ${phrase(f.takes)}, men ${f.given} er gitt.`,
    fix: () => 'Sammenlign med eksemplene i funksjonsoversikten.',
  },
  'dtl-unknown-rule': {
    says: (f) => `Det finnes ingen regel «${f.rule}»${f.nearest === '' ? '.' : `; mente du «${f.nearest}»?`}`,
    fix: () => 'Legg til regelen ved siden av «default», eller rett navnet.',
  },
  'dtl-unknown-timezone': {
    says: ({ zone }) => `Det finnes ingen tidssone «${zone}».`,
    fix: () => 'Bruk et navn som "Europe/Oslo" eller "UTC".',
  },
  'dtl-expression-as-transform': {
    says: (f) => `«${f.function}» beregner en verdi og endrer ingenting, så den kan ikke stå der en transform ventes.`,
    fix: () => 'Sett den inn i en transform, for eksempel ["add", "property", …].',
  },
  'dtl-not-a-transform': {
    says: () => 'En transform ventes her, som ["add", "property", "_S.value"], eller en liste av transformer.',
    fix: () => 'Skriv en liste som begynner med navnet på en transform.',
  },
  'dtl-hops-spec': {
    says: ({ what }) => `Spesifikasjonen av hops ${phrase(what)}.`,
    fix: () => 'Skriv {"datasets": ["orders o"], "where": ["eq", "_S._id", "o.customer"]}.',
  },
  'dtl-hops-not-joined': {
    says: ({ alias }) => `Aliaset «${alias}» kan ikke nås fra kildeentiteten: ingen «eq» i «where» kobler det til.`,
    fix: ({ alias }) => `Legg til en kobling som ["eq", "_S._id", "${alias}.customer"].`,
  },
  'dtl-hops-return-recurse': {
    says: () => '«return» kan ikke brukes sammen med «recurse».',
    fix: () => 'Sett «return» i en spesifikasjon av hops som følger etter denne.',
  },
  'dtl-not-a-choice': {
    says: (f) => `«${f.value}» kan ikke brukes som ${f.argument}.`,
    fix: ({ choices }) => `Bruk en av ${choices}.`,
  },
  'dtl-path-quote': {
    says: ({ path }) => `Stien «${path}» har et anførselstegn som ikke lukkes på slutten av leddet.`,
    fix: () => "Sett hele leddet i anførselstegn, som i _S.'john.doe', og skriv '' for et anførselstegn inni.",
  },
  'dtl-too-much': {
    says: ({ reason }) => `Beregningen krever for mye: ${phrase(reason)}.`,
    fix: () => 'Se etter en rekursjon uten ende, eller verdier som vokser med hvert steg.',
  },
  'dtl-no-default-rule': {
    says: ({ found }) => `DTL-transformen har ${phrase(found)}.`,
    fix: () => 'Gi «rules» en regel «default»: {"default": [["copy", "*"]]}.',
  },
  'dtl-id-required': {
    says: ({ found, what }) => `${phrase(what)} har ${phrase(found)}, men hver entitet må ha en "_id" som er tekst.`,
    fix: () => 'Legg til "_id" i regelen, eller sett "id_required": false i transformen for å utelate slike entiteter.',
  },
  'dtl-waits-too-often': {
    says: ({ rounds }) => `Én entitet måtte vente på data eller annet arbeid ${rounds} ganger på rad.`,
    fix: () => 'Koble over en indeks i stedet for å slå opp én entitet etter den andre.',
  },
  'dtl-recursion-too-deep': {
    says: ({ rule, limit }) => `Regelen «${rule}» brukes inni seg selv mer enn ${limit} ganger.`,
    fix: () => 'Gi rekursjonen en slutt: bruk regelen bare der det er noe igjen å gjøre.',
  },
  'dtl-bad-time-format': {
    says: ({ format, reason }) => `Tidsformatet «${format}» kan ikke brukes: ${phrase(reason)}.`,
    fix: () => 'Bruk %d %e %H %I %m %M %p %S %f %y %Y %z og %%, med %z til slutt.',
  },
  'dtl-unknown-function': {
    says: (f) =>
      `Det finnes ingen ${phrase(f.kind)}-funksjon «${f.function}»${f.nearest === '' ? '.' : `; mente du «${f.nearest}»?`}`,
    fix: () => 'En liste skrives ["list", …]; funksjonsoversikten viser alle navn.',
  },
  'dtl-not-a-call': {
    says: ({ found }) =>
      `En liste i DTL er et kall og begynner med navnet på en funksjon, men denne begynner med ${phrase(found)}.`,
    fix: () => 'Skriv ["list", …] for en liste av verdier, eller ["literal", …] for data.',
  },
  'dtl-empty-call': {
    says: () => 'Denne listen er tom; den leses som en tom liste av verdier.',
    fix: () => 'Skriv ["list"].',
  },
  'dtl-transform-as-expression': {
    says: (f) => `«${f.function}» er en transform: den endrer målet og har ingen verdi, så den kan ikke stå her.`,
    fix: () => 'Flytt den til listen av transformer i regelen.',
  },
  'dtl-join-not-indexable': {
    says: ({ expression }) =>
      `Koblingsuttrykket ${expression} avhenger av mer enn entiteten, så det kan ikke lages en indeks over det.`,
    fix: () => 'Koble på egenskaper og funksjoner av dem.',
  },
  'dtl-values-ignored': {
    says: (f) =>
      `${f.ignored} av ${counted(Number(f.of), 'verdi', 'verdier')} er ${typesIn(f.found, Number(f.ignored))}, men «${f.function}» tar bare ${typesIn(f.expected, 2)}.`,
    fix: () => 'Gjør om verdiene først.',
  },
  'dtl-values-unreadable': {
    says: (f) => `«${f.function}» kan ikke lese ${f.unreadable} av ${f.of} verdier, for eksempel ${f.example}.`,
    fix: () => 'Gjør om verdiene først.',
  },
  'dtl-wrong-argument-type': {
    says: (f) =>
      `«${f.function}» trenger ${phrase(f.expected)} som ${f.argument}, men dette er ${phrase(f.found)}; resultatet er alltid null.`,
    fix: () => 'Gjør verdien om, for eksempel med «string» eller «integer», eller gi en annen.',
  },
  'dtl-text-too-long': {
    says: ({ limit }) => `En tekst ville bli lengre enn ${limit} tegn.`,
    fix: () => 'Se etter en bredde som er altfor stor, eller tekster som settes sammen om og om igjen.',
  },
  'dtl-bad-key': {
    says: (f) =>
      `Nøkkelen som «${f.function}» fikk, kan ikke leses som ${phrase(f.wanted)}, eller passordfrasen er feil.`,
    fix: ({ wanted }) =>
      `Gi en ${phrase(wanted)} som tekst, med BEGIN- og END-linjene; linjeskift inni den har betydning.`,
  },
  'dtl-too-long-to-encrypt': {
    says: ({ longest }) => `«encrypt-pki» kan kryptere høyst ${longest} byte med denne nøkkelen.`,
    fix: () => 'Bruk `encrypt-pgp` for lengre tekster.',
  },
  'dtl-unknown-hash': {
    says: ({ algorithm }) => `«hash128» har ingen algoritme som heter «${algorithm}».`,
    fix: () => 'Bruk "murmur3".',
  },
  'dtl-step-is-zero': {
    says: (f) => `«${f.function}» kan ikke gå i steg på 0.`,
    fix: () => 'Bruk et steg over 0 for å gå forover, under 0 for å gå bakover.',
  },
  'dtl-unknown-date-part': {
    says: ({ part }) => `«${part}» er ikke en del av en dato.`,
    fix: ({ parts }) => `Bruk en av ${parts}.`,
  },
  'dtl-apply-over-hops': {
    says: ({ rule }) =>
      `Regelen «${rule}» har hops, så den kan ikke brukes med «apply»: avhengighetene kunne ikke følges.`,
    fix: () => 'Bruk «apply-hops», som kobler og bruker regelen i ett.',
  },
  'dtl-name-expected': { says: (f) => `«${f.function}» trenger en ren tekst som ${f.argument}.` },
  'dtl-fail': { says: ({ message }) => String(message), fix: () => 'Regelen ba om dette med «fail!».' },
  'dtl-trip': {
    says: ({ message }) => String(message),
    fix: () => 'Regelen utløste sikringen til sink-datasettet; se på dataene, og frigi eller forkast dem.',
  },
  'dtl-case-pairs': {
    says: (f) => `«${f.function}» tar par av en verdi og hva som skal gjøres, og høyst ett til på slutten.`,
  },
  'dtl-cannot-decrypt': {
    says: (f) => `«${f.function}» kan ikke dekryptere denne verdien: nøkkelen passer ikke, eller verdien er endret.`,
    fix: () => 'Bruk nøkkelen som hører til den den ble kryptert med.',
  },
  'dtl-not-an-entity': {
    says: (f) =>
      `«${f.function}» trenger entiteter, ordbøker med en tekst som "_id", men en av verdiene er ${phrase(f.found)}.`,
    fix: () => 'Gi hver verdi en "_id", eller sett "id_required": false i transformen for å utelate slike verdier.',
  },
  'dtl-namespace-not-static': {
    says: () =>
      'Det første argumentet til «apply-ns» må være navnet på et navnerom eller en ordbok med innstillinger, skrevet helt ut.',
    fix: () => 'Skriv selve navnerommet; det kan ikke beregnes.',
  },
  'dtl-unknown-phone-format': {
    says: ({ format }) => `«${format}» er ikke et format for telefonnumre.`,
    fix: ({ formats }) => `Bruk en av ${formats}.`,
  },
  'dtl-number-too-large': {
    says: ({ digits }) => `Resultatet av denne beregningen ville ha mer enn ${digits} sifre.`,
    fix: () => 'Se på verdiene; regn med flyttall hvis bare størrelsen betyr noe.',
  },
  'dtl-dict-without-value': {
    says: ({ given }) =>
      `«dict» tar nøkler og verdier parvis, men ${given} argumenter er gitt, så den siste nøkkelen har ingen verdi.`,
    fix: () => 'Legg til verdien som mangler, eller fjern den siste nøkkelen.',
  },
  'dtl-missing-secret': {
    says: ({ secret }) => `Det finnes ingen hemmelighet som heter «${secret}».`,
    fix: () => 'Legg den til hemmelighetene i prosjektet, eller i systemet.',
  },
  'dtl-trigger-on': {
    says: () => '«trigger_on» tar en ordbok med «value» og, om ønsket, «key».',
    fix: () => 'Skriv {"key": "_trigger", "value": "some-value*"}.',
  },
}

const runProblems: Readonly<Record<string, Translation>> = {
  'send-in-doubt': {
    says: ({ id }) =>
      `${id} var i ferd med å bli sendt da prosessen tok slutt, og svaret er ikke kjent: det kan ha kommet frem. Det ble ikke sendt på nytt.`,
    fix: () =>
      'Se etter i målet. Neste kjøring sender det på nytt; har det kommet frem, må du først sette posisjonen til pipen etter det.',
  },
  'storage-limit-reached': {
    says: ({ limit, bytes }) => `Dataene tar ${bytes} byte; denne konfigurasjonen kan ha ${limit}.`,
    fix: () => 'Slett datasett, sett opp kompaktering, eller få grensen hevet.',
  },
  'preview-not-a-pipe': { says: () => 'Dette er ikke en pipe: en pipe er et JSON-objekt med en tekst som "_id".' },
  'message-not-plain': {
    says: ({ type }) => `En melding til eller fra motoren inneholder en ${type}, som ikke er rene data.`,
  },
  'engine-http-method': {
    says: ({ method }) => `Motorens funksjoner kalles med POST, ikke med ${method}.`,
  },
  'engine-http-type': {
    says: ({ type }) =>
      `En forespørsel til motoren er application/json, eller application/octet-stream med en fil, ikke ${type}.`,
  },
  'unknown-capability': { says: ({ name }) => `Motoren kan ikke spørres om «${name}».` },
  'engine-fault': { says: ({ capability, reason }) => `En feil i motoren avbrøt «${capability}»: ${reason}` },
  'no-project-open': { says: () => 'Det er ikke noe prosjekt åpent i motoren.' },
  'no-such-example': {
    says: ({ name, example }) => `Funksjonen ${name} har ikke noe eksempel ${Number(example) + 1}.`,
  },
  'no-end': {
    says: ({ rounds, pipes }) => `Etter ${rounds} runder endrer disse pipene fortsatt resultatet: ${pipes}.`,
    fix: () => 'De leser hverandre i en sirkel og legger til noe nytt hver gang; ta det bort, eller bryt sirkelen.',
  },
  'pump-off': {
    says: ({ pipe }) => `${pipe} kjører ikke: pumpen er i modus "off".`,
    fix: () => 'Sett modus for pumpen til "scheduled" eller "manual".',
  },
  'run-stopped': {
    says: ({ pipe }) =>
      `Kjøringen av ${pipe} ble stoppet før den var ferdig. Det den hadde skrevet, beholdes; neste kjøring fortsetter der.`,
  },
  'stale-entity': {
    says: ({ id, dataset }) => `Entiteten ${id} i ${dataset} er endret siden den ble lest; ingenting ble skrevet.`,
    fix: () => 'Les entiteten igjen, gjør endringen på den siste versjonen og send den med den _updated.',
  },
  'server-run-under-way': {
    says: () => 'Noen andre kjører allerede piper på serveren.',
    fix: () => 'Vent til den kjøringen er ferdig, eller stopp den.',
  },
  'second-version': {
    says: ({ id, dataset }) =>
      `Det finnes allerede en versjon av ${id} i ${dataset}, og prevent_multiple_versions er satt.`,
    fix: () => 'Gi hver entitet sin egen _id, eller sett prevent_multiple_versions til "ignore" eller false.',
  },
  'circuit-breaker-tripped': {
    says: ({ pipe }) =>
      `Sikringen til ${pipe} er utløst; pipen kjører ikke før du frigir eller forkaster entitetene som holdes tilbake.`,
    fix: () => 'Se på entitetene som holdes tilbake; frigi dem, eller forkast dem og rett årsaken.',
  },
  'ids-look-alike': {
    says: ({ dataset, id, entities }) =>
      `${entities} ${entities === 1 ? 'entitet' : 'entiteter'} i datasettet ${dataset} har en _id som en annen også har i en annen Unicode-normalform, ${id} blant dem: de ser like ut og er to entiteter.`,
    fix: () => 'Skriv id-ene i én normalform der dataene lages. Regler sammenligner tekster tegn for tegn.',
  },
  'too-many-merged': {
    says: ({ merged, limit, id }) =>
      `Minst ${merged} entiteter, ${id} blant dem, er de samme etter likhetsreglene; ${limit} er tillatt.`,
    fix: () => 'Gjør likhetsreglene strengere (en vanlig verdi som «ukjent» kobler alt sammen), eller øk max_merged.',
  },
  'no-such-pipe': { says: ({ pipe }) => `Det finnes ingen pipe ${pipe} å kjøre.` },
  'source-empty': {
    says: ({ pipe }) => `Kilden til ${pipe} ga ingen entiteter, og if_source_empty er "fail": ingenting ble slettet.`,
    fix: () => 'Kontroller kilden, eller sett if_source_empty til "accept" hvis den skal være tom.',
  },
  'transform-empty': {
    says: ({ pipe }) =>
      `REST-transformen i ${pipe} ga ingen entiteter, og if_transform_empty er "fail": ingenting ble slettet.`,
    fix: () => 'Se på hva tjenesten svarer, eller sett if_transform_empty til "accept" hvis resultatet skal være tomt.',
  },
  'too-slow': {
    says: ({ pipe, seconds, limit }) =>
      `Transformene i ${pipe} brukte ${seconds} sekunder per entitet; max_seconds_per_entity er ${limit}.`,
    fix: () => 'Entiteten som er nevnt, er den første i batchen sin; sett batch_size til 1 for å finne den trege.',
  },
  'dependency-threshold': {
    says: ({ pipe, count, limit }) =>
      `Endringer i andre datasett berører ${count} kildeentiteter i ${pipe}; dependency_error_threshold er ${limit}.`,
    fix: () => 'Hev grensen, eller nullstill pipen så den kjører fra begynnelsen.',
  },
  'many-dependencies': {
    says: ({ pipe, count, limit }) =>
      `Endringer i andre datasett berører ${count} kildeentiteter i ${pipe}; dependency_warning_threshold er ${limit}.`,
  },
  'part-failed': {
    says: ({ pipe, reason }) => `Pipen ${pipe} stoppet på grunn av en feil i Pipewright: ${reason}`,
    fix: () => 'Ingenting av batchen ble skrevet. Meld fra om dette med pipen og, om du kan, entiteten.',
  },
  'test-spec-not-an-object': {
    says: ({ file }) => `Testen ${file} må være et JSON-objekt.`,
    fix: () => 'Skriv {} for å teste med standardene.',
  },
  'schema-model-invalid': { says: ({ reason }) => `schema-models.json: ${phrase(reason)}` },
  'schema-model-without-pipe': {
    says: ({ model, type }) => `Entitetstypen ${type} i modellen ${model} er ingen pipe og har ingen egenskaper.`,
    fix: () => 'Nevn en pipe, eller beskriv egenskapene til entitetstypen.',
  },
  'schema-model-property-unseen': {
    says: ({ model, type, property }) => `Modellen ${model} beskriver ${property} i ${type}, som ingen entitet har.`,
    fix: () => 'Kjør pipen, rett navnet på egenskapen, eller fjern den fra modellen.',
  },
  'schema-model-type-differs': {
    says: ({ model, type, property, declared, seen }) =>
      `Modellen ${model} sier at ${property} i ${type} er ${declared}; entitetene har ${seen}.`,
    fix: () => 'Rett typen i modellen, eller reglene til pipen.',
  },
  'schema-model-required-missing': {
    says: ({ model, type, property, entities }) =>
      `Modellen ${model} krever ${property} i ${type}; ${counted(Number(entities), 'entitet', 'entiteter')} mangler den.`,
    fix: () => 'Ta egenskapen ut av "required", eller la pipen skrive den.',
  },
  'check-invalid': { says: ({ reason }) => `checks.json: ${phrase(reason)}` },
  'pipe-without-test': {
    says: ({ pipe }) => `Ingen test viser til ut-pipen ${pipe}.`,
    fix: ({ pipe }) =>
      `Legg til expected/${pipe}.test.json og expected/${pipe}.json, eller hold pipen utenfor med en hviteliste (whitelist).`,
  },
  'test-of-unknown-pipe': {
    says: ({ test, pipe }) => `Testen ${test} viser til ${pipe}, som ikke er en gyldig ut-pipe i prosjektet.`,
  },
  'expected-missing': { says: ({ test, file }) => `Testen ${test} sammenligner med ${file}, som ikke finnes.` },
  'expected-of-ignored-test': { says: ({ test, file }) => `Testen ${test} hoppes over, enda ${file} finnes.` },
  'endpoint-not-published': { says: ({ pipe, endpoint }) => `Pipen ${pipe} publiserer ikke ${endpoint}.` },
  'no-tests': { says: () => 'Prosjektet har ingen tester.' },
  'secret-stand-in': {
    says: ({ secret }) => `Hemmeligheten ${secret} er ikke kjent her; en stedfortreder brukes i stedet.`,
  },
  'scenario-not-played': { says: ({ reason }) => `Scenarioet kunne ikke spilles til ende: ${phrase(reason)}` },
  'eval-case': {
    says: ({ reason }) => `Tilfellet ${phrase(reason)}.`,
    fix: () => 'Et tilfelle har en "id" og ett medlem som holder spørsmålet, som "expr" eller "rules".',
  },
}

/** What each problem says, and what to do about it, by its code. */
export const problems: Readonly<Record<string, Translation>> = {
  ...textProblems,
  ...configurationProblems,
  ...outsideProblems,
  ...dataProblems,
  ...dtlProblems,
  ...runProblems,
  ...ofNotifications,
  ...ofFiles,
  ...ofModel,
  ...ofSubscription,
  ...ofExtensions,
  ...ofSignIn,
  ...ofPrograms,
}
