/** Words of the effect of edits on data, and of merging. */

import { count, countedIn, pluralIn } from './numbers.ts'

const counted = countedIn('en')
const plural = pluralIn('en')

/** The part of a project that an edit changed (engine-worker/testing/project-edits.ts). */
type EditKind = 'pipe' | 'system' | 'metadata' | 'variable' | 'data' | 'file'
const editIn: Readonly<Record<EditKind, (name: string) => string>> = {
  pipe: (name) => name,
  system: (name) => `the system ${name}`,
  metadata: () => 'the node metadata',
  variable: (name) => `the variable ${name}`,
  data: (name) => `the test data of ${name}`,
  file: (name) => name,
}

export const enMerging = {
  tab: 'Merge',
  as: 'Show the merge as',
  text: 'Text',
  canvas: 'Canvas',
  all: (name: string) => `Version of ${name} to use`,
  both: 'Both, merged',
  ownOnly: 'Only you have changed it: it stays as it is.',
  untouched: 'Neither has changed it.',
  chooseCard:
    'Choose a card to see what changes in it. Blue comes with the newer version, violet is yours, amber was changed by both.',
  marks: {
    new: { mine: 'New, yours', theirs: 'New', both: 'New in both' },
    changed: { mine: 'Changed by you', theirs: 'Changed', both: 'Changed by both' },
    gone: { mine: 'Removed by you', theirs: 'Removed', both: 'Removed' },
  },
  title: 'Bring in a newer version',
  says: 'Choose a newer version of what this project was imported from. What only it changed is taken over, what only you changed stays, and where both changed the same you choose. Nothing changes before you apply it.',
  readOnly: 'This project is open in another tab. Merge there.',
  files: 'Zip or files…',
  folder: 'Folder…',
  reading: 'Reading the newer version…',
  failed: (why: string) => `The newer version cannot be read: ${why}`,
  nothingFound: 'Nothing in it can be used. Choose a zip or folder with a Sesam configuration.',
  same: 'Nothing to bring in',
  sameSays: (name: string) => `“${name}” has nothing that this project lacks.`,
  entries: 'What the merge changes',
  groups: {
    conflict: 'Both changed',
    taken: 'Taken over',
    removed: 'Removed',
    merged: 'Merged',
    kept: 'Yours stays',
  },
  conflicts: (n: number) => counted(n, 'conflict', 'conflicts'),
  summary: (name: string, changed: number, conflicts: number) =>
    `${name}: ${counted(changed, 'change', 'changes')}, ${counted(conflicts, 'conflict', 'conflicts')}.`,
  result: (name: string) => `What changes in ${name}`,
  unchanged: 'It stays as it is.',
  apply: 'Apply merge',
  giveUp: 'Give up',
  step: (name: string) => `merging ${name}`,
  beforeMerge: (name: string) => `Before merging ${name}`,
  afterMerge: (name: string) => `After merging ${name}`,
  done: (n: number) => `Merged: ${counted(n, 'change', 'changes')}. Changes are now counted from the newer version.`,
}

export const enEffect = {
  tab: 'Effect on data',
  title: 'See what your edits do to data',
  says: 'The project runs twice in memory on the same input: as it was imported, and as it is now. Every entity with a different result is shown. Your datasets are not changed.',
  compare: 'Compare',
  again: 'Compare again',
  running: 'Running…',
  result: (differing: number, all: number) =>
    `${differing} of ${counted(all, 'pipe gives', 'pipes give')} a different result.`,
  sampled: (pipes: string) => `Only the first entities were used as input of: ${pipes}.`,
  nothing: 'The results are the same as before',
  nothingSays: 'Every pipe gives the same entities as with the imported configuration.',
  pipes: 'Pipes with a different result',
  counts: (added: number, changed: number, removed: number) =>
    `${count(added)} added, ${count(changed)} changed, ${count(removed)} removed`,
  same: (n: number) => `${counted(n, 'entity is', 'entities are')} the same as before.`,
  cause: (edits: readonly { readonly kind: EditKind; readonly name: string }[], n: number) => {
    const names = edits.map(({ kind, name }) => editIn[kind](name))
    const cause =
      names.length === 0 ? 'Unknown cause' : `Your ${plural(names.length, 'edit', 'edits')} in ${names.join(' and ')}`
    return `${cause}: ${counted(n, 'entity', 'entities')}`
  },
  unexplained:
    'Neither this pipe nor anything that it reads was edited, and both runs had the same clock and the same random numbers. This is a fault of Pipewright.',
  fails: 'cannot run',
}
