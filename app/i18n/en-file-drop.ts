/** Words about data files outside of their view: where files are dropped and pasted. */
export const enFileDrop = {
  dropHere: 'Let go to read the files',
  configuration: 'This is configuration. Open it from the list of projects, or paste it on the canvas.',
  readOnly: 'The project is open for writing in another tab.',
  ignoring: {
    1: 'if capitals are ignored',
    2: 'if capitals and spaces are ignored',
    3: 'if capitals, spaces and signs are ignored',
  },
  fromFiles: 'From files…',
  pastedName: 'table',
}
