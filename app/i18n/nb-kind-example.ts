/** Norwegian: the worked case of a kind of source, transform, sink or system. */
import type { enKindExample } from './en-kind-example.ts'
import type { Widened } from './types.ts'

export const nbKindExample: Widened<typeof enKindExample> = {
  title: 'Eksempel',
  config: 'Konfigurasjon',
  system: 'Systemet',
  variables: 'Variabler i miljøet',
  dataset: (name) => `Datasettet ${name}`,
  reads: 'Den leser',
  takes: 'Entiteter som kommer inn',
  answers: 'Tjenesten svarer',
  gives: 'Entiteter som kommer ut',
  sends: 'Den sender',
  stores: 'Entiteter i datasettet',
  nothing: 'ingen',
}
