/** Words of the question before unsaved work is left. */
export const enUnsaved = {
  title: (name: string) => `“${name}” has changes that are not saved`,
  says: {
    conflict: 'Another tab has changed this project. Choose what to do with the changes in this tab.',
    deleted:
      'The project is not in the storage of this browser any more. Choose what to do with the project in this tab.',
    quota: 'The disk is full. Choose what to do with the changes in this tab.',
    unavailable: 'This browser refuses to store data. Choose what to do with the changes in this tab.',
    newer:
      'A newer version of this app has stored the projects. Export the changes in this tab as a zip, then reload the page.',
  },
  stay: 'Go back to it',
  again: 'Save again',
  keep: 'Keep as a new project',
  export: 'Export as zip',
  discard: 'Discard the changes',
  kept: (name: string) => `“${name}” was kept as a new project.`,
  notKept: {
    conflict: 'It could not be kept as a new project. Export it as a zip.',
    deleted: 'It could not be kept as a new project. Export it as a zip.',
    quota: 'There is no room for a new project on the disk. Export it as a zip.',
    unavailable: 'This browser refuses to store a new project. Export it as a zip.',
    newer: 'A newer version of this app has stored the projects. Export it as a zip, then reload the page.',
  },
} as const
