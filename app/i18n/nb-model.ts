/** The problems of models in Norwegian, by their code. */
import type { Facts } from '../../engine-worker/index.ts'
import { phrase } from './nb-phrases.ts'

interface Translation {
  readonly says: (facts: Facts) => string
  readonly fix?: (facts: Facts) => string
}

const kindNames: Readonly<Record<string, string>> = {
  property: 'egenskapen',
  concept: 'begrepet',
  mapping: 'mappingen',
  system: 'systemet',
  datatype: 'datatypen',
}
const kindName = (name: unknown) => kindNames[String(name)] ?? String(name)

const pipeReasons: Readonly<Record<string, (name: string) => string>> = {
  nothing: () => 'den leser ingenting',
  missing: (name) => `den leser ${name}, som ikke finnes`,
  joins: (name) => `den leser ${name} utenom begrepene og er ikke del av noen av dem`,
  unnamed: (name) => `den leser ${name}, men verken navnet eller en sink sier hvilket system som får det`,
}
const partReasons: Readonly<Record<string, string>> = {
  hop: 'det henter verdier fra andre datasett, som et begrep bare gjør med en referanse',
  rules: 'det går gjennom en egen regel',
  creates: 'det lager poster av deler av andre, som en modell gjør med en mapping med forelder og liste',
  golden: 'et system får egenskaper av begrepet, og dette er ingen av dem',
  several: 'det setter sammen verdier fra flere systemer, eller fra ingen kjente',
  identifiers: 'identifikatorer med ulike navnerom er aldri like',
  second: 'det finnes en betingelse fra før, eller den leser mer enn egenskapene her',
  returned: 'det som begrepet gir, slås sammen med det igjen',
  target: 'den fører ikke til noe som en global pipe slår sammen',
  shape: 'en modell har ingen regel av denne formen',
}
const pipeParts: Readonly<Record<string, (name: string) => string>> = {
  step: (name) => `steg ${name}`,
  equality: (name) => `likhetsregel ${name}`,
  filter: () => 'filteret',
  given: (name) => `det ${name} gir tilbake`,
  hop: (name) => `hoppet til ${name}`,
  reference: (name) => `referansen til ${name}`,
  property: (name) => `egenskapen ${name}`,
}

export const ofModel: Readonly<Record<string, Translation>> = {
  'model-wrong-kind': { says: ({ what, expected }) => `${what} må være ${phrase(expected)}.` },
  'model-part-missing': { says: ({ what, key }) => `${what} mangler ${key}.`, fix: ({ key }) => `Legg til ${key}.` },
  'model-part-unknown': {
    says: ({ what, key }) => `${what} har ${key}, som ikke betyr noe der.`,
    fix: ({ key, suggestion }) => (suggestion === '' ? `Fjern ${key}, eller rett navnet.` : `Mente du ${suggestion}?`),
  },
  'model-version': {
    says: ({ version }) => `Versjonen av en modell er 1, ikke ${version}.`,
    fix: () => 'Åpne den med en nyere Pipewright, eller sett version til 1.',
  },
  'model-broken': {
    says: ({ reason }) => `Modellen kan ikke brukes som den er: ${reason}`,
    fix: () => 'Rett modellen først.',
  },
  'model-yaml-broken': { says: ({ reason }) => `Filen er ikke lesbar YAML: ${phrase(reason)}.` },
  'model-osi-version': {
    says: ({ version }) =>
      version === ''
        ? 'Dette er ikke en mappingfil: den sier ikke at versjonen er "1.0" eller "2.0".'
        : `Versjonen av en mappingfil er "1.0" eller "2.0", ikke ${version}.`,
  },
  'model-osi-source-undeclared': {
    says: ({ mapping, source }) =>
      `Mappingen ${mapping} leser kilden ${source}, som ikke er deklarert i sources; nøkkelen antas å være id.`,
    fix: ({ suggestion }) => (suggestion === '' ? 'Deklarer den i sources.' : `Mente du ${suggestion}?`),
  },
  'model-name-empty': {
    says: ({ kind: of }) => `Navnet på ${kindName(of)} er tomt.`,
    fix: () => 'Gi den et navn.',
  },
  'model-osi-part-unknown': {
    says: ({ what, key }) => `${what} har ${key}, som ingen versjon av mappingfiler definerer; det er utelatt.`,
    fix: ({ key, suggestion }) => (suggestion === '' ? `Fjern ${key}, eller rett navnet.` : `Mente du ${suggestion}?`),
  },
  'model-osi-too-large': {
    says: ({ megabytes, most }) => `Filen har ${megabytes} millioner tegn; en mappingfil kan ha ${most} millioner.`,
    fix: () => 'Legg postene i testene inn i systemene, eller del filen.',
  },
  'model-not-utf8': {
    says: () => 'Filen er ikke UTF-8-tekst: bytene på dette stedet er ikke et tegn.',
    fix: () => 'Lagre den på nytt med tegnkodingen UTF-8.',
  },
  'model-value-twice': {
    says: ({ mapping, value }) =>
      `Et vokabular i mappingen ${mapping} har ${value} to ganger, med ulik betydning; den første gjelder.`,
    fix: () => 'Fjern en av dem.',
  },
  'model-not-in-osi': { says: ({ what }) => `En mappingfil kan ikke uttrykke ${phrase(what)}; det er utelatt.` },
  'model-sql-not-understood': {
    says: ({ sql, reason }) => `SQL-uttrykket ${sql} kan ikke oversettes: ${reason}.`,
    fix: () => 'Skriv det med andre funksjoner, eller som DTL.',
  },
  'model-unknown-name': {
    says: ({ what, kind: of, name }) => `${what} viser til ${kindName(of)} ${name}, som ikke er i modellen.`,
    fix: ({ kind: of, suggestion }) =>
      suggestion === '' ? `Legg til ${kindName(of)}, eller vis til noe annet.` : `Mente du ${suggestion}?`,
  },
  'model-since-without-time': {
    says: ({ mapping }) =>
      `Mappingen ${mapping} gjelder poster fra en dato, men ingen mapping av begrepet sier når en post ble endret.`,
    fix: () => 'Oppgi i modified hvilken egenskap som har tidspunktet.',
  },
  'model-pipe-not-recognised': {
    says: ({ pipe, why, name }) =>
      `Pipen ${pipe} er ikke i modellen og beholdes uendret: ${pipeReasons[String(why)]?.(String(name))}.`,
  },
  'model-step-not-recognised': {
    says: ({ pipe, part, name, why }) =>
      `I pipen ${pipe} er ${pipeParts[String(part)]?.(String(name))} ikke i modellen: ${partReasons[String(why)]}.`,
    fix: () => 'Uttrykk det i modellen med en regel eller et uttrykk.',
  },
  'model-no-concept-recognised': {
    says: ({ pipes }) =>
      `Ingen av de ${pipes} pipene har postene til et begrep: ingen har metadata.global eller et navn som begynner med global-.`,
    fix: () => 'Lag begreper av datatypene som ble funnet, eller merk pipen som slår dem sammen, som global.',
  },
  'model-test-names-nothing': {
    says: ({ name }) =>
      `Testen nevner ${name}, som ikke er noen datatype (system.datatype), mapping, begrep eller tabell.`,
    fix: ({ suggestion }) => (suggestion === '' ? 'Rett navnet, eller fjern det.' : `Mente du ${suggestion}?`),
  },
  'model-test-no-record': {
    says: ({ name, number }) => `Post ${number} av ${name} i testen er ikke noe objekt med egenskaper.`,
    fix: () => 'Skriv den som {"egenskap": verdi}.',
  },
  'model-link-parts': {
    says: ({ mapping, parts, references, needed }) =>
      `En kobling i mappingen ${mapping} gir ${parts} egenskaper for nøkkelen til ${references}, som har ${needed}.`,
    fix: () => 'Nevn like mange egenskaper som nøkkelen har, eller oppgi i keys hvilke av dem som menes.',
  },
  'model-since-no-time': {
    says: ({ mapping, since }) =>
      `Mappingen ${mapping} gjelder poster fra «${since}», som ikke er noen dato eller tid.`,
    fix: () => 'Skriv den som 2026-01-31 eller 2026-01-31T12:00:00Z.',
  },
  'model-path-without-service': {
    says: ({ system, datatype, key }) =>
      `${datatype} i ${system} har ${key}, som bare betyr noe for et REST-system, og ${system} er ikke det.`,
    fix: ({ key }) => `Konfigurer systemet som et REST-system, eller fjern ${key}.`,
  },
  'model-key-names-twice': {
    says: ({ concept, property }) => `En nøkkel for ${concept} nevner ${property} to ganger.`,
    fix: () => 'Nevn den én gang.',
  },
  'model-mapping-without-system': {
    says: ({ mapping }) =>
      `Mappingen ${mapping} har verken system eller forelder, så ingenting sier hvem postene tilhører.`,
    fix: () => 'Oppgi systemet (i en mappingfil: kilden), eller forelderen.',
  },
  'model-name-twice': {
    says: ({ name }) => `To mappinger heter ${name}.`,
    fix: () => 'Gi hver mapping sitt eget navn.',
  },
  'model-pipe-twice': {
    says: ({ id }) => `To deler av modellen ville begge lage ${id}: bare spesialtegn skiller navnene.`,
    fix: () => 'Gi en av dem et annet navn.',
  },
  'model-parent-cycle': {
    says: ({ path }) => `Mappinger ligger inne i hverandre i ring: ${path}.`,
    fix: () => 'La en av dem lese en egen datatype.',
  },
  'model-reference-cycle': {
    says: ({ path }) =>
      `Hva som gjør poster like, avhenger av seg selv: nøklene til begreper viser til hverandre i ring, ${path}.`,
    fix: () => 'Ta en av disse referansene ut av nøkkelen.',
  },
  'model-references-in-circle': {
    says: ({ path }) =>
      `Begreper viser til hverandre i ring: ${path}. En ny post får en slik referanse først når den andre finnes.`,
  },
  'model-concept-without-key': {
    says: ({ concept, count }) =>
      `Begrepet ${concept} har ${count} mappinger og ingen nøkkel, så to av postene er aldri den samme.`,
    fix: () => 'Oppgi i keys hvilke egenskaper som gjør to poster like, eller koble dem med en tabell.',
  },
  'model-equal-rank': {
    says: ({ property, one, other, rank }) =>
      `${one} og ${other} er begge master for ${property} med rang ${rank}; den første vinner.`,
    fix: () => 'Gi dem ulik prioritet.',
  },
  'model-property-without-source': {
    says: ({ concept, property }) => `Ingen mapping fyller ${property} i ${concept}, så den er alltid tom.`,
    fix: () => 'Koble en egenskap fra en datatype til den, eller fjern den.',
  },
  'model-latest-without-time': {
    says: ({ concept, property }) =>
      `Den nyeste verdien av ${property} i ${concept} skal vinne, men ingen mapping sier når den ble endret.`,
    fix: () => 'Oppgi i modified hvilken egenskap som har tidspunktet.',
  },
  'model-gone-unseen': {
    says: ({ mapping, datatype }) =>
      `Mappingen ${mapping} sier hva det betyr at en post mangler, men bare endringer i ${datatype} leses, så en post som mangler, blir ikke oppdaget.`,
    fix: () => 'Les alt hver gang, oppgi egenskapen som merker slettede poster, eller en tabell over medlemmer.',
  },
  'model-expression-missing': {
    says: ({ concept, property }) => `${property} i ${concept} har regelen expression, men uttrykket mangler.`,
    fix: () => 'Legg til expression, eller velg en annen regel.',
  },
  'model-parent-missing': {
    says: ({ mapping, key }) => `Mappingen ${mapping} har ${key}, som bare betyr noe med en forelder.`,
    fix: ({ key }) => `Oppgi forelderen, eller fjern ${key}.`,
  },
  'model-property-without-place': {
    says: ({ mapping }) => `En egenskap i mappingen ${mapping} hører verken til posten eller begrepet.`,
    fix: () => 'Gi den from, path eller element, eller to.',
  },
  'model-property-not-in-data': {
    says: ({ mapping, property, datatype }) =>
      `Ingen post i ${datatype} har ${property}, som mappingen ${mapping} leser.`,
    fix: () => 'Rett navnet, eller fjern den.',
  },
}
