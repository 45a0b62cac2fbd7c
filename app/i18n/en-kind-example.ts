/** English: the worked case of a kind of source, transform, sink or system. */

export const enKindExample = {
  title: 'Example',
  config: 'Configuration',
  system: 'The system',
  variables: 'Variables of the environment',
  dataset: (name: string) => `The dataset ${name}`,
  reads: 'It reads',
  takes: 'Entities that come in',
  answers: 'The service answers',
  gives: 'Entities that come out',
  sends: 'It sends',
  stores: 'Entities of the dataset',
  nothing: 'none',
}
