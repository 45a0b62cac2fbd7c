/** Words of Lineage. */

export const enLineage = {
  says: 'Where a dataset or one of its properties comes from, and where it goes.',
  dataset: 'Dataset',
  properties: 'Properties',
  whole: 'The whole dataset',
  findProperty: 'Find property',
  noProperties: 'The properties of this dataset are not known yet. Run the pipe that writes it.',
  graph: (property: string) => `The lineage of ${property}`,
  sourceOf: (pipe: string) => `source of ${pipe}`,
  sinkOf: (pipe: string) => `sink of ${pipe}`,
  how: {
    copied: 'as it is',
    renamed: 'under another name',
    computed: 'as part of a computation',
    decides: 'as a condition or join key',
  },
  through: 'through',
  madeHere: 'Made from no other property',
  madeHereSays:
    'The rule that writes this property reads no other property: the value is a constant, or the data decides the name of the property.',
  endsHere: 'Nothing in this project uses it.',
  cut: 'The picture shows only a part. Choose a property at its edge to continue from there.',
  wholeEntity: 'the whole entity',
  from: 'Comes from',
  to: 'Goes to',
  fromNothing: 'No pipe of this project writes this dataset.',
  toNothing: 'Nothing in this project reads this dataset.',
  joined: (dataset: string) => `joins ${dataset}`,
  again: 'shown above',
  emptyTitle: 'No datasets yet',
  emptySays: 'When the project has pipes, this view shows where a dataset comes from and where it goes.',
}
