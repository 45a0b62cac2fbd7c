/** Words of the Pipe canvas that the frame and its commands use. */

export const enPipeFrame = {
  addStep: 'Add a step…',
  addStage: 'Add a stage',
  commands: {
    edit: 'Edit in the form',
    whole: 'Show the whole pipe',
    fold: 'Fold the other stages',
    up: 'Move up or left',
    down: 'Move down or right',
    first: 'To the stages',
    show: (mode: string) => `Show as ${mode.toLowerCase()}`,
    rename: 'Show uses or rename…',
    parts: 'Pipes that Sesam needs…',
  },
  duplicate: 'Duplicate',
  remove: 'Delete',
  modes: { cards: 'Cards', mapping: 'Mapping', text: 'Text', walk: 'Walk' },
  otherId: (id: string) =>
    id === '' ? 'the _id is missing.' : `the _id would be “${id}”. Rename the pipe instead, so that its uses follow.`,
  nothingFound: (text: string) => `Nothing is called “${text}”.`,
}
