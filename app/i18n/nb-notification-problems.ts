/** The problems of notifications and their rules in Norwegian, by their code. */
import type { Facts } from '../../engine-worker/index.ts'
import { phrase } from './nb-phrases.ts'

interface Translation {
  readonly says: (facts: Facts) => string
  readonly fix?: (facts: Facts) => string
}

const termNames: Readonly<Record<string, string>> = {
  'minimum-term': 'minste avtaletid',
  notice: 'fristen for oppsigelse',
  'fixed-data': 'den faste datamengden',
}

export const ofNotifications: Readonly<Record<string, Translation>> = {
  'notify-failed': {
    says: ({ pipe, times, reason }) => `${pipe} feilet${times === 1 ? '' : ` ${times} ganger på rad`}: ${reason}`,
  },
  'notify-too-low': {
    says: ({ pipe, parameter, value, limit }) =>
      `Verdien av ${parameter} for ${pipe} var ${value}, som er under grensen ${limit}.`,
  },
  'notify-too-high': {
    says: ({ pipe, parameter, value, limit }) =>
      `Verdien av ${parameter} for ${pipe} var ${value}, som er over grensen ${limit}.`,
  },
  'notify-start-late': {
    says: ({ pipe, minutes }) => `${pipe} skulle etter tidsplanen vært startet for ${minutes} minutter siden.`,
  },
  'notify-end-late': {
    says: ({ pipe, minutes }) => `Kjøringen av ${pipe} har tatt ${minutes} minutter og er ikke ferdig.`,
  },
  'notify-no-run': { says: ({ pipe, minutes }) => `${pipe} har ikke kjørt på ${minutes} minutter.` },
  'notify-pattern': {
    says: ({ pipe, pattern, text }) => `${pipe} feilet med en tekst som passer med ${pattern}: ${text}`,
  },
  'notify-offset-set': { says: ({ pipe }) => `Posisjonen til ${pipe} i kilden ble satt.` },
  'notify-day': {
    says: ({ what, environment, number, day, more }) =>
      `${environment}: ${what === 'invoice' ? `faktura ${number} forfaller` : `${termNames[String(what)] ?? what} går ut`} ${day}.${
        more === 0 ? '' : more === 1 ? ' Én dag til er nær.' : ` ${more} dager til er nære.`
      }`,
    fix: () => 'Se på Abonnement, Avtale.',
  },
  'notify-restored': { says: ({ pipe }) => `Dataene til ${pipe} ble gjenopprettet fra en sikkerhetskopi.` },
  'notify-queue': {
    says: ({ pipe, waiting, limit }) => `${waiting} entiteter venter på ${pipe}, mer enn grensen ${limit}.`,
  },
  'notify-breaker': {
    says: ({ pipe }) => `Sikringen til ${pipe} er utløst.`,
    fix: () => 'Se på entitetene som holdes tilbake; frigi dem, eller forkast dem og rett årsaken.',
  },
  'notify-dead-letters': {
    says: ({ pipe, letters, limit }) =>
      `${pipe} har ${letters} entiteter som ikke kunne skrives (dead letters), mer enn grensen ${limit}.`,
  },
  'notify-trial': { says: ({ rule }) => `Dette er en prøve av varslingsregelen ${rule}. Ingenting har skjedd.` },
  'notifications-not-rules': {
    says: () => 'Det er ingen varslingsregler i den.',
    fix: () => 'Skriv et objekt med en liste "rules", eller bare listen.',
  },
  'notification-unknown-kind': {
    says: ({ rule, type }) => `Varslingsregelen ${rule} har typen ${type}, som ikke finnes.`,
    fix: ({ suggestion }) => (suggestion === '' ? 'Velg en av regeltypene.' : `Mente du ${suggestion}?`),
  },
  'notification-wrong-value': {
    says: ({ rule, field, needs }) => `I varslingsregelen ${rule} må ${field} være ${phrase(needs)}.`,
  },
  'notification-unknown-pipe': {
    says: ({ rule, pipe }) => `Varslingsregelen ${rule} gjelder ${pipe}, som ikke er en pipe.`,
    fix: ({ suggestion }) => (suggestion === '' ? 'Nevn en pipe, eller ingen for alle.' : `Mente du ${suggestion}?`),
  },
  'notification-wrong-recipient': {
    says: ({ rule, recipient }) => `${recipient} er ikke en mottaker som varslingsregelen ${rule} kan varsle.`,
    fix: () => 'En webhook trenger en adresse med http eller https, e-post en med @; andre typer er role og user_id.',
  },
  'notification-value-missing': {
    says: ({ name }) => `${name} har ingen verdi her.`,
    fix: () => 'Gi variabelen eller hemmeligheten en verdi.',
  },
  'notification-no-page': { says: () => 'Ingen side har prosjektet åpent.' },
  'webhook-refused': { says: ({ status }) => `Webhooken svarte med status ${status}.` },
  'notification-no-mail-server': {
    says: ({ systems }) =>
      systems === 0
        ? 'Ingen e-post ble sendt: prosjektet har ingen e-postserver blant systemene.'
        : 'Ingen e-post ble sendt: flere systemer er e-postservere, og ingen av dem er valgt.',
    fix: () => 'Nevn systemet i notifications.json: "email": {"system": …}.',
  },
}
