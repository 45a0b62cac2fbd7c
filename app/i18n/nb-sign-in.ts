/** The problems of sign-in in Norwegian, by their code. */
import type { Facts } from '../../engine-worker/index.ts'
import { phrase } from './nb-phrases.ts'

interface Translation {
  readonly says: (facts: Facts) => string
  readonly fix?: (facts: Facts) => string
}

export const ofSignIn: Readonly<Record<string, Translation>> = {
  'sign-in-ended': {
    says: ({ system, reason }) => `Påloggingen til ${system} er slutt: ${phrase(reason)}.`,
    fix: () => 'Logg på igjen, i systemet eller med pipewright login.',
  },
  'sign-in-not-kept': {
    says: ({ system, reason }) =>
      `Nye token for ${system} kunne ikke lagres, og ble derfor ikke brukt: ${phrase(reason)}.`,
    fix: () => 'Frigjør plass, og logg på igjen.',
  },
  'sign-in-insecure': {
    says: ({ url }) =>
      `${url} er ikke en adresse å logge på med: den må begynne med https://, eller være på denne maskinen.`,
  },
  'sign-in-not-ours': {
    says: ({ reason }) => `Svaret hører ikke til påloggingen som ble begynt her: ${phrase(reason)}.`,
    fix: () => 'Logg på igjen. Skjer det en gang til, ble lenken du fulgte ikke laget her.',
  },
  'sign-in-refused': {
    says: ({ error, reason }) => `Påloggingen ble avvist: ${error}${reason === '' ? '' : `, ${reason}`}.`,
  },
  'sign-in-no-token': {
    says: ({ url, reason }) => `${url} ga ikke noe tilgangstoken: ${phrase(reason)}.`,
    fix: () => 'Logg på igjen; kontroller client_id, adressen den sender tilbake til, og om den trenger client_secret.',
  },
  'sign-in-unreachable': {
    says: ({ host, reason }) =>
      `${host} ga ikke noe svar som kan leses her: ${phrase(reason)}. Kanskje godtar den ikke forespørsler fra nettsider (CORS).`,
    fix: () => 'Logg på fra kommandolinjen: pipewright login DIR SYSTEM.',
  },
  'sign-in-timeout': {
    says: ({ seconds }) => `Ingen logget på innen ${seconds} sekunder.`,
    fix: () => 'Begynn på nytt; --wait SECONDS gir mer tid.',
  },
  'accounts-locked': {
    says: ({ file }) => `Kontoene i ${file} er kryptert, og passordfrasen mangler eller er feil.`,
    fix: () => 'Sett PIPEWRIGHT_PASSPHRASE til passordfrasen, eller slett filen og logg på igjen.',
  },
  'sign-in-no-oauth2': {
    says: ({ system }) => `Systemet ${system} har ingen oauth2 å logge på med.`,
    fix: () => 'Gi det oauth2 med token_url og client_id.',
  },
  'sign-in-no-metadata': {
    says: ({ issuer, reason }) => `${issuer} oppgir ikke adressene sine: ${phrase(reason)}.`,
    fix: () => 'Finn adressene til pålogging og token i dokumentasjonen til tjenesten.',
  },
}
