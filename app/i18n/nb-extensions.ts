/** The problems of connectors in Norwegian, by their code. */
import type { Facts } from '../../engine-worker/index.ts'
import { phrase } from './nb-phrases.ts'

interface Translation {
  readonly says: (facts: Facts) => string
  readonly fix?: (facts: Facts) => string
}

export const ofExtensions: Readonly<Record<string, Translation>> = {
  'connector-manifest': {
    says: ({ reason }) => `Manifestet til konnektoren kan ikke brukes: ${phrase(reason)}.`,
    fix: () => 'Sammenlign manifest.json med documentation/connectors/connector-manifest.rst.',
  },
  'connector-file-too-large': {
    says: ({ file, megabytes }) => `${file} er større enn ${megabytes} MB, grensen for en fil i en konnektor.`,
    fix: () => 'Flytt filen ut av konnektoren.',
  },
  'connector-template': {
    says: ({ template, reason }) => `Malen ${template} kan ikke fylles ut: ${phrase(reason)}.`,
  },
  'connector-template-json': {
    says: ({ template, reason }) => `Malen ${template} er ikke gyldig JSON når den er fylt ut: ${phrase(reason)}`,
    fix: () => 'Sett anførselstegn rundt variabler som står for tekster.',
  },
  'connector-template-missing': {
    says: ({ template }) => `Konnektoren har ingen mal ${template}.`,
    fix: () => 'Rett stien i manifest.json, eller legg til filen.',
  },
  'connector-component': {
    says: ({ template }) => `Malen ${template} lager et objekt uten brukbar "_id" og "type".`,
  },
  'connector-sink-dataset': {
    says: ({ pipe }) => `Pipen ${pipe} nevner et "dataset" i sinken sin.`,
    fix: () => 'Fjern det: datasettet til en pipe heter som pipen.',
  },
  'connector-warning-left': {
    says: ({ pipe }) => `Beskrivelsen av ${pipe} inneholder en WARNING.`,
    fix: () => 'Løs det den advarer om, og fjern den.',
  },
  'connector-collect-template': {
    says: ({ pipe, share }) => `Pipen ${pipe} mangler malen "transform-collect-rest", enda ${share} finnes.`,
    fix: () => 'Legg til malen, slik at det som ble satt inn kjennes igjen når det hentes.',
  },
  'connector-exclude-completeness': {
    says: ({ pipe, dataset }) => `"exclude_completeness" i ${pipe} nevner ikke delingsdatasettet "${dataset}".`,
    fix: ({ dataset }) => `Legg til "${dataset}" i "exclude_completeness".`,
  },
  'connector-batch-size': {
    says: ({ pipe }) => `Pipen ${pipe} deler, men "batch_size" er ikke 1.`,
    fix: () => 'Sett "batch_size" til 1, slik at en entitet ser hva den forrige satte inn.',
  },
  'connector-parameter-stays': {
    says: ({ datatype, parameter, from }) =>
      `Datatypen ${datatype} setter ikke "${parameter}", og får verdien som ${from} setter før den.`,
    fix: ({ parameter }) => `Sett "${parameter}" i parameterne til datatypen: det som er satt én gang, forblir synlig.`,
  },
  'connector-datatype-name': {
    says: ({ datatype }) => `"${datatype}" kan ikke være navnet på en datatype.`,
    fix: () => 'Bruk bare små bokstaver og sifre, som i "orderline".',
  },
  'connector-datatype-exists': {
    says: ({ datatype }) => `Konnektoren har allerede en datatype ${datatype}.`,
  },
  'connector-operations': {
    says: ({ template }) => `Systemet i ${template} har ikke noe objekt "operations" å legge til i.`,
  },
  'studio-description-unreadable': {
    says: ({ reason }) => `Beskrivelsen kan ikke leses: ${phrase(reason)}.`,
    fix: () => 'Gi en fil i OpenAPI 2.0, 3.0 eller 3.1, som JSON eller YAML.',
  },
  'studio-answer-unreadable': {
    says: ({ reason }) => `Svaret kan ikke leses: ${phrase(reason)}.`,
    fix: () => 'Lim inn JSON-svaret fra tjenesten, en HAR-fil fra en nettleser eller en OpenAPI-fil.',
  },
  'studio-address-missing': {
    says: () => 'Det er ikke kjent hvilken adresse som ga dette svaret, så adressene til operasjonene er gjetninger.',
    fix: () => 'Oppgi adressen til forespørselen, med parametere.',
  },
  'studio-no-operations': {
    says: ({ webhooks }) =>
      webhooks === true
        ? 'Beskrivelsen har bare webhooks: det tjenesten sender, og ingenting den kan spørres om.'
        : 'Her er det ingenting å liste, lese eller skrive: teksten nevner ingen operasjon som kan brukes.',
  },
  'studio-address-open': {
    says: ({ given }) =>
      `Beskrivelsen sier ikke på hvilken server tjenesten er${given === '' ? '' : `, bare: ${given}`}.`,
    fix: () => 'Oppgi hele adressen til tjenesten over; er den tom, blir hvert prosjekt spurt om den som base_url.',
  },
  'studio-other-format': {
    says: ({ format }) => `Dette er ${phrase(format)}, som ikke leses her.`,
    fix: () => 'Gi beskrivelsen av tjenesten i OpenAPI 2.0, 3.0 eller 3.1, en HAR-fil eller et svar i JSON.',
  },
  'studio-too-many': {
    says: ({ what, kept, all }) => `Bare de første ${kept} av ${all} ${phrase(what)} ble lest.`,
  },
  'studio-template-signs': {
    says: ({ call }) => `${call} er utelatt: beskrivelsen inneholder malsyntaks, som ville blitt utført.`,
    fix: () => 'Skriv operasjonen for hånd hvis du stoler på beskrivelsen.',
  },
  'studio-reference-elsewhere': {
    says: ({ reference, count }) =>
      `Beskrivelsen viser til andre filer ${count} ganger (${reference}); de ble ikke hentet, og det de beskriver er utelatt.`,
    fix: () => 'Slå beskrivelsen sammen til én fil, slik utgiveren ofte tilbyr den.',
  },
  'template-two-lookups': {
    says: () => 'operation_lookup brukes ikke, fordi operation_lookup_delete er satt.',
    fix: () => 'Fjern en av dem; en maltransform til kan gjøre det andre oppslaget.',
  },
  'template-lookup-without-system': {
    says: ({ operation }) => `Operasjonen ${operation} har ikke noe REST-system å kalles på.`,
    fix: () => 'Nevn systemet i rest_system.',
  },
  'template-operation-missing': {
    says: ({ operation, system }) =>
      `Malen kaller operasjonen ${operation} når det trengs, men ${system} har den ikke.`,
    fix: ({ property }) => `Legg den til, eller nevn en annen i ${property}.`,
  },
  'share-insert-without-origin': {
    says: ({ id }) => `${id} skulle vært satt inn, men har ingen "$origin".`,
    fix: () => 'La transform-pipen før share-pipen sette "$origin" til "_id" for entiteten.',
  },
  'share-no-generated-id': {
    says: ({ id, key }) => `Svaret på innsettingen av ${id} har ingen primærnøkkel "${key}".`,
    fix: () => 'Nevn nøkkelen i svaret i "primary_key_insert", eller hent den med regelen "rewrite_insert".',
  },
  'microservice-manifest': {
    says: ({ reason }) => `Manifestet til mikrotjenesten kan ikke brukes: ${phrase(reason)}.`,
    fix: () => 'Sammenlign det med microservice.schema.json.',
  },
  'microservice-unknown-entity': {
    says: ({ entity }) => `Manifestet beskriver ingen entitet ${entity}.`,
    fix: ({ suggestion }) => (suggestion === '' ? 'Beskriv den i entities.' : `Mente du ${suggestion}?`),
  },
  'microservice-entity-without-id': {
    says: ({ entity }) => `Skjemaet til ${entity} krever ikke en _id som er tekst, slik hver entitet har.`,
    fix: () => 'Legg _id til i properties, med typen string, og i required.',
  },
  'microservice-secret-default': {
    says: ({ name }) => `Manifestet har en verdi for hemmeligheten ${name}.`,
    fix: () => 'Fjern default: en hemmelighet oppgis av den som bruker mikrotjenesten.',
  },
  'microservice-path': {
    says: ({ path }) =>
      `${path} er ikke en sti i en mikrotjeneste: den må være relativ, uten "..", vert eller mellomrom.`,
  },
  'microservice-image-twice': {
    says: ({ image, other }) => `${other} beskriver også imaget ${image}; det manifestet teller.`,
    fix: () => 'Behold ett av dem.',
  },
  'microservice-example': {
    says: ({ entity, missing }) => `Et eksempel på ${entity} har ingen ${missing}, og skjemaet krever den.`,
  },
  'microservice-unknown-path': {
    says: ({ microservice, path }) => `Manifestet til ${microservice} har ingen sti ${path}.`,
    fix: ({ suggestion }) => (suggestion === '' ? 'Velg en av stiene.' : `Mente du ${suggestion}?`),
  },
  'microservice-path-use': {
    says: ({ microservice, path, use }) => {
      const uses: Readonly<Record<string, string>> = { read: 'lese', write: 'skrive', transform: 'transformere' }
      return `Stien ${path} i ${microservice} er ikke til dette: den kan ikke ${uses[String(use)] ?? use}.`
    },
    fix: ({ others }) => (others === '' ? 'Mikrotjenesten har ingen sti for det.' : `Disse kan: ${others}.`),
  },
}
