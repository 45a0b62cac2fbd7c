/** Words of Lineage. */

import type { enLineage } from './en-lineage.ts'
import type { Widened } from './types.ts'

export const nbLineage: Widened<typeof enLineage> = {
  says: 'Hvor et datasett eller en av egenskapene kommer fra, og hvor det går.',
  dataset: 'Datasett',
  properties: 'Egenskaper',
  whole: 'Hele datasettet',
  findProperty: 'Finn egenskap',
  noProperties: 'Egenskapene i dette datasettet er ikke kjent ennå. Kjør pipen som skriver det.',
  graph: (property: string) => `Opphavet til ${property}`,
  sourceOf: (pipe: string) => `kilden til ${pipe}`,
  sinkOf: (pipe: string) => `sinken til ${pipe}`,
  how: {
    copied: 'som den er',
    renamed: 'under et annet navn',
    computed: 'som del av en beregning',
    decides: 'som betingelse eller koblingsnøkkel',
  },
  through: 'gjennom',
  madeHere: 'Ikke laget av noen annen egenskap',
  madeHereSays:
    'Regelen som skriver egenskapen, leser ingen annen egenskap: verdien er en konstant, eller dataene bestemmer navnet på egenskapen.',
  endsHere: 'Ingenting i prosjektet bruker den.',
  cut: 'Bildet viser bare en del. Velg en egenskap i kanten for å gå videre derfra.',
  wholeEntity: 'hele entiteten',
  from: 'Kommer fra',
  to: 'Går til',
  fromNothing: 'Ingen pipe i prosjektet skriver dette datasettet.',
  toNothing: 'Ingenting i prosjektet leser dette datasettet.',
  joined: (dataset) => `kobler ${dataset}`,
  again: 'vist over',
  emptyTitle: 'Ingen datasett ennå',
  emptySays: 'Når prosjektet har piper, viser denne siden hvor et datasett kommer fra og hvor det går.',
}
