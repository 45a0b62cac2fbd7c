/** English: the catalogue that the others follow. Words come in the order of the views. */
import type { Repair, Severity } from '../../engine-worker/index.ts'
import { enConnected } from './en-connected.ts'
import { enEngine } from './en-engine.ts'
import { enFileDrop } from './en-file-drop.ts'
import { enFlowFrame } from './en-flow-frame.ts'
import { enForms } from './en-forms.ts'
import { enPipeFrame } from './en-pipe-frame.ts'
import { enUnsaved } from './en-saving.ts'
import { enServers } from './en-servers.ts'
import { enWalkFrame } from './en-walk-frame.ts'
import { count, countedIn, pluralIn } from './numbers.ts'

const plural = pluralIn('en')
const counted = countedIn('en')

export const en = {
  flow: enFlowFrame,
  unsaved: enUnsaved,
  servers: enServers,
  connected: enConnected,
  pipe: enPipeFrame,
  walk: enWalkFrame,
  forms: enForms,
  engine: enEngine,
  dataFiles: enFileDrop,
  tour: {
    step: (at: number, of: number) => `${at} of ${of}`,
    next: 'Next',
    skip: 'Skip the tour',
    done: 'Start',
    card: {
      title: 'Each card is a pipe',
      says: 'Data flows from the left to the right; dashed wires are joins. Double-click a card to see its steps at work on real data.',
    },
    run: {
      title: 'Run it here',
      says: 'Runs happen in this browser, on your data. Only what has changed is processed again.',
    },
    data: { title: 'Look at the data', says: 'Every dataset with its entities, their versions and references.' },
    find: { title: 'Find and do anything', says: 'Pipes, datasets, functions and every command, without the mouse.' },
    deploy: {
      title: 'Take it to Sesam',
      says: 'See what has changed and export the configuration that Sesam deploys.',
    },
  },
  common: {
    close: 'Close',
    cancel: 'Cancel',
    save: 'Save',
    delete: 'Delete',
    copy: 'Copy',
    copied: 'Copied',
    more: 'More',
    search: 'Search',
    none: 'none',
    loading: 'Loading…',
    back: 'Back',
    open: 'Open',
  },
  views: {
    all: 'Views',
    projects: { label: 'Projects', says: 'The projects in this browser' },
    flow: { label: 'Flow', says: 'The whole project as a graph' },
    data: { label: 'Data', says: 'Datasets and their entities' },
    runs: { label: 'Runs', says: 'What runs, what ran, what failed' },
    lineage: { label: 'Lineage', says: 'Where a property comes from and goes to' },
    tests: { label: 'Tests', says: 'Expected outputs and what differs' },
    model: { label: 'Model', says: 'Systems, concepts, and who is master of what' },
    operations: { label: 'Operations', says: 'What runs, waits, fails and comes next' },
    subscription: { label: 'Subscription', says: 'What is used, what it costs and why' },
    connect: { label: 'Systems', says: 'Connectors and systems to connect, and what they make' },
    deploy: { label: 'Deploy', says: 'Problems, differences, export' },
    dtl: { label: 'Docs', says: 'Every DTL function and every part of a configuration, with examples that run here' },
  },
  frame: {
    place: 'Location',
  },
  go: {
    search: 'Search all data',
    to: (view: string) => `Go to ${view}`,
    find: 'Find pipe, dataset, property, command…',
    skip: 'Skip to content',
  },
  edit: {
    undo: 'Undo',
    redo: 'Redo',
    undoWhat: (what: string) => `Undo: ${what}`,
    redoWhat: (what: string) => `Redo: ${what}`,
  },
  run: {
    all: 'Run all',
    thisPipe: 'Run this pipe',
    pipe: 'Run',
    fromScratch: 'Run everything from scratch',
    cancel: 'Stop the run',
    stop: 'Stop',
    crashed: 'The engine ended by itself and was started again. What was committed is kept.',
    previewTooLong: (seconds: number) =>
      `The preview took longer than ${seconds} seconds and was stopped. Change the pipe or its data to try again.`,
    previewStopped: 'The preview was stopped. Change the pipe or its data to try again.',
    couldNotRun: (why: string) => `The run could not start: ${why}`,
    follow: 'Run on the schedules of the pumps',
    unfollow: 'Stop running by schedules',
    release: 'Circuit breaker: release the withheld entities',
    rollback: 'Circuit breaker: discard the withheld entities',
    released: 'The withheld entities are in the dataset now.',
    rolledBack: 'The withheld entities were discarded.',
  },
  project: {
    export: 'Export project…',
    import: 'Import project…',
    rename: 'Rename project…',
    microservices: (systems: string) =>
      `JavaScript transforms became calls of microservices: ${systems}. export their folders, which have a Dockerfile, as microservices, and set the image of each.`,
    notExported: (days: number) =>
      `Changes of this project exist in this browser only; it was not exported for ${days} days.`,
    environment: 'Environment',
    environmentShort: (name: string) => `env: ${name}`,
    environmentSet: (name: string) => `environment ${name}`,
  },
  view: {
    inspectorName: 'Inspector',
    inspector: 'Show or hide the inspector',
    dock: 'Show or hide the data dock',
    rawValues: 'Show values as they stand in the data, or as people write them',
    language: (name: string) => `Use ${name}`,
    settings: 'Theme and language',
    resizeInspector: 'Width of the inspector',
    resizeDock: 'Height of the data dock',
    panes: 'Panels',
  },
  theme: {
    light: 'Light',
    dark: 'Dark',
    system: 'As the system',
    heading: 'Theme',
    use: (name: string) => `Theme: ${name}`,
  },
  shortcuts: {
    title: 'Keyboard shortcuts',
    groups: {
      go: 'Go',
      run: 'Run',
      edit: 'Edit',
      project: 'Project',
      canvas: 'Canvas',
      pipe: 'Pipe',
      view: 'View',
      help: 'Help',
    },
  },
  palette: {
    title: 'Find and do',
    placeholder: 'Pipe, dataset, property, rule, command…',
    nothing: (text: string) => `Nothing is called “${text}”.`,
    pipe: 'pipe',
    system: 'system',
    dataset: 'dataset',
    rule: 'rule',
    property: 'property',
    in: (what: string, pipe: string) => `${what} · ${pipe}`,
    functions: { expression: 'DTL', transform: 'DTL transform' },
  },
  status: {
    saved: 'Saved',
    saving: 'Saving…',
    conflict: 'Not saved: another tab has changed this project',
    quota: 'Not saved: the disk is full',
    deleted: 'Not saved: the project was deleted',
    unavailable: 'Not saved: this browser refuses storage',
    newer: 'Not saved: a newer version of this app has stored the projects. Reload the page',
    readOnly: 'Read only',
    counts: (pipes: number, datasets: number, entities: number) =>
      `${counted(pipes, 'pipe', 'pipes')} · ${counted(datasets, 'dataset', 'datasets')} · ${counted(entities, 'entity', 'entities')}`,
    errors: (n: number) => counted(n, 'error', 'errors'),
    warnings: (n: number) => counted(n, 'warning', 'warnings'),
    engine: {
      off: 'engine off',
      starting: 'engine starting…',
      ready: 'engine idle',
      failed: 'engine stopped',
      busy: 'engine busy',
      reading: (file: string) => `reading ${file}`,
      running: (round: number, pipe: string, waiting: number) =>
        `running${pipe === '' ? '' : ` ${pipe}`}, round ${round}${waiting === 0 ? '' : `, ${count(waiting)} waiting`}`,
    },
    offlineReady: 'offline ready',
    online: 'online',
    offline: 'offline',
    tryAgain: 'try again',
    restart: 'Start the engine again',
  },
  elsewhere: {
    deleted:
      'This project was deleted in another tab, or the storage of this site was cleared. What you see exists in this tab only.',
    takenUnsaved: 'Another tab has taken this project over. Your last changes here are not saved.',
    readOnly: 'This project is open in another tab. Here you can look, but not change or run anything.',
    taken: 'Another tab has taken this project over. What you changed here before is saved.',
    takeOver: 'Work here instead',
    reload: 'Load what the other tab saved',
    conflict: 'Another tab has changed this project, so nothing more is saved here.',
    openElsewhere: 'It is open in another tab, which will not be able to save it any more.',
  },
  missing: {
    title: 'This project is not in this browser',
    says: 'It may have been deleted, or it was made in another browser. Projects stay on the machine where they were made. Move them with export and import.',
    unavailable: 'The projects cannot be read',
    unavailableSays:
      'This browser does not let the page store data, perhaps because it is a private window. Open the app in a normal window.',
    newer: 'The projects were stored by a newer version of this app',
    newerSays: 'They are all there. Reload the page to get the newer version.',
    unknown: 'There is nothing at this address',
    toProjects: 'Go to Projects',
  },
  update: {
    title: 'A new version is available',
    says: 'This view belongs to the version that you have open, and the server has a newer one. What you have edited is saved.',
    reload: 'Reload',
    unreachable: 'This view could not be loaded',
    unreachableSays: 'The server did not answer. Check the network and try again.',
    again: 'Try again',
  },
  crash: {
    title: 'This view has failed',
    says: 'This is a fault in Pipewright, not in your project. What you have edited is saved.',
    again: 'Show the view again',
  },
  problems: {
    title: 'Problems',
    severity: { error: 'Error', warning: 'Warning', hint: 'Hint' },
    find: 'Find problems',
    severities: 'Severities that are shown',
    ofSeverity: (severity: Severity, n: number) =>
      ({
        error: counted(n, 'error', 'errors'),
        warning: counted(n, 'warning', 'warnings'),
        hint: counted(n, 'hint', 'hints'),
      })[severity],
    shown: (n: number, causes: number) => `${counted(n, 'problem', 'problems')}, ${counted(causes, 'cause', 'causes')}`,
    ofCause: (title: string) => `Places: ${title}`,
    noneFound: 'No problem fits the filter.',
    quickFix: (repair: Repair) => {
      switch (repair.change) {
        case 'rename':
          return `Change to ${repair.to}`
        case 'set':
          return `Set to ${repair.value}`
        case 'wrap':
          return 'Make it a list'
        case 'add':
          return `Add ${repair.key}: ${repair.value}`
        case 'remove':
          return `Remove ${repair.key}`
      }
    },
    quickFixAll: (n: number, what: string | null) =>
      what === null ? `Solve all ${count(n)}` : `${what} (${counted(n, 'place', 'places')})`,
    more: (n: number, left: number) => `Show ${count(n)} more of ${count(left)}`,
  },
  projects: {
    title: 'Projects',
    says: 'Everything stays in this browser: configuration, data, history. Requests are sent only when one of your pipes calls a server.',
    create: 'New project',
    import: 'Import…',
    untitled: 'Untitled project',
    imported: 'Imported project',
    emptyTitle: 'No projects yet',
    emptySays:
      'Drop data (CSV, Excel, JSON, XML, Parquet) or a Sesam configuration (folder, zip) here, or open a sample below.',
    parts: (pipes: number, systems: number) =>
      `${counted(pipes, 'pipe', 'pipes')} · ${counted(systems, 'system', 'systems')}`,
    actions: (name: string) => `Actions for ${name}`,
    name: 'Name',
    rename: 'Rename project',
    renameAction: 'Rename…',
    duplicate: 'Duplicate',
    copyOf: (name: string) => `${name} (copy)`,
    backup: 'Back up as zip',
    backedUp: (name: string) => `“${name}” was saved as a zip.`,
    backupFirst: 'Back up first',
    deleteAction: 'Delete…',
    deleteTitle: (name: string) => `Delete “${name}”?`,
    deleteSays: 'Its configuration, its datasets and its history are removed from this browser. This cannot be undone.',
    deleted: (name: string) => `“${name}” was deleted.`,
  },
  time: {
    now: 'just now',
    minutes: (n: number) => `${n} min ago`,
    hours: (n: number) => `${n} h ago`,
    days: (n: number) => plural(n, 'yesterday', `${n} days ago`),
  },
  storage: {
    kept: 'The browser keeps your projects until you delete them.',
    'may-be-cleared': 'The browser may clear your projects when the disk is nearly full.',
    unknown: 'This browser does not say how long it keeps your projects. Export what you need.',
    ask: 'Ask it to keep them',
    notices: 'Licences',
  },
  samples: {
    title: 'Samples',
    says: 'Small projects that run as they are. The comments in their pipes explain them.',
    open: 'Open a copy',
    failed: (why: string) => `The sample could not be opened: ${why}`,
    'golden-customer': {
      title: 'Golden customer',
      says: 'Two systems know the same people. Merge them by e-mail, choose the golden values, give them back to both.',
    },
    'orders-with-children': {
      title: 'Orders with children',
      says: 'Join order lines with products, sum them, and make each line an entity of its own, deletions included.',
    },
    'composite-pipe': {
      title: 'A composite pipe',
      says: 'Merge, join, sum, split into children and filter in one pipe, and see where Sesam would need several.',
    },
  },
  importing: {
    title: 'Import a project',
    says: "Sesam's own layout: pipes/, systems/, node-metadata.conf.json, variables, expected outputs. What you do not change is exported byte for byte.",
    folder: 'Folder',
    folderSays: 'A configuration as Sesam’s client keeps it on disk.',
    files: 'Zip or files',
    filesSays: 'A zip from Sesam, or single .conf.json files.',
    paste: 'Paste JSON',
    pasteSays: 'A pipe, a system, or a list of them.',
    pastePlaceholder: '[{"_id": "my-pipe", "type": "pipe", "source": { … }}]',
    go: 'Import',
    reading: 'Reading the files…',
    done: (components: number) => `Imported ${counted(components, 'component', 'components')}.`,
    failed: (why: string) => `The import failed: ${why}`,
    trouble: (components: number, files: number) =>
      components === 0 && files === 0
        ? 'Nothing in this could be used:'
        : `${counted(components, 'component', 'components')} can be used. The rest has problems:`,
    openAnyway: 'Open what can be used',
  },
  data: {
    nowhere: (id: string) => `No entity has the identifier “${id}”.`,
    emptyTitle: 'No data yet',
    roles: { dataset: 'Datasets', output: 'Sent to outside', supplied: 'Supplied', log: 'Execution logs' },
    total: (n: number, text: string) => `${text} ${plural(n, 'entity', 'entities')}`,
    deleted: 'deleted',
    moreOf: (n: number) => `${count(n)} more`,
  },
  runs: {
    list: 'Runs',
    emptyTitle: 'Nothing has run yet',
    emptySays:
      'A run processes the pipes in the order of their dependencies, and repeats this until nothing is left to do. Later runs process only what has changed.',
    look: (pipe: string) => `Data of ${pipe}`,
    timeline: 'The run in time, by pipe',
    when: 'When',
    span: (from: string, took: string) => `begins after ${from}, takes ${took}`,
    log: (pipe: string) => `Execution log of ${pipe}`,
    full: 'From scratch',
    now: 'Running now',
    round: (n: number) => `round ${n}`,
    pipes: (n: number) => counted(n, 'pipe', 'pipes'),
    failedPipes: (n: number) => `${counted(n, 'pipe', 'pipes')} failed`,
    about: (started: string, rounds: number, took: string) =>
      `${started} · ${counted(rounds, 'round', 'rounds')} · ${took}`,
    pipe: 'Pipe',
    time: 'Time',
    columns: {
      read: 'Read',
      written: 'Written',
      deleted: 'Deleted',
      unchanged: 'Unchanged',
      filtered: 'Filtered',
      reprocessed: 'Reprocessed',
    },
    says: {
      read: 'Entities taken from the source',
      written: 'Entities that were new or changed',
      deleted: 'Entities marked as deleted',
      unchanged: 'Entities equal to what was there already',
      filtered: 'Entities that a rule stopped',
      reprocessed: 'Entities processed again because something they join has changed',
    },
    states: {
      waiting: 'Waiting',
      running: 'Running',
      done: 'Done',
      failed: 'Failed',
      cancelled: 'Stopped',
      'not-runnable': 'Cannot run here',
    },
  },
  deploy: {
    title: 'Deploy',
    says: 'Problems, changes since the import or the last export, and the export itself.',
    problems: (n: number) => (n === 0 ? 'Problems' : `Problems (${n})`),
    changes: (n: number) => (n === 0 ? 'Changes' : `Changes (${n})`),
    noProblems: 'No problems found',
    noProblemsSays:
      'Every configuration file can be read, and every pipe and rule was checked. The model has its own checks, in Model.',
    noChanges: 'Nothing has changed',
    noChangesSays: 'An export now gives exactly the files that were imported or last exported.',
    files: 'Changed files',
    kinds: { added: 'added', changed: 'changed', removed: 'removed' },
  },
  versions: {
    exported: 'When it was exported',
    beforeRename: (name: string) => `Before renaming ${name}`,
    title: 'Versions',
    name: 'Name of this version',
    keep: 'Keep',
    automatic: 'When work began',
    pipes: (n: number) => counted(n, 'pipe', 'pipes'),
    remove: (name: string) => (name === '' ? 'Remove version' : `Remove ${name}`),
    since: (name: string, n: number) =>
      n === 0 ? `Nothing has changed since “${name}”.` : `${counted(n, 'file', 'files')} changed since “${name}”.`,
    restore: 'Go back to it',
    restored: (name: string) => `going back to “${name}”`,
    none: 'No versions yet',
    noneSays:
      'Keep a version before you try something. You can compare it with the current state and go back to it. A version is also kept automatically when you start to work on a changed project.',
    keepNow: 'Keep a version…',
    kept: (name: string) => `“${name}” is kept. Deploy › Versions shows what has changed since.`,
  },
  recording: {
    save: 'Save answers of servers (HAR)…',
    saved: (n: number) => `${counted(n, 'answer', 'answers')} saved, without secrets.`,
    none: 'No server has answered a run of this project since it was opened.',
    step: (pipe: string) => `Record answers for ${pipe}`,
    taken: (n: number, left: number) =>
      `${counted(n, 'answer is', 'answers are')} recorded, without secrets.${left > 0 ? ` ${counted(left, 'request has', 'requests have')} no answer in the file.` : ''}`,
  },
  sharing: {
    command: 'Share by link…',
    title: 'Share by link',
    says: 'The link itself holds the project, packed: nothing is uploaded, and whoever opens the link gets a copy.',
    data: 'With its data',
    dataSays: 'Test data, expected outputs and what was supplied for sources. Datasets are never included.',
    dataTooLarge: (pipes: string) => `The data of ${pipes} is too large and is not included.`,
    withoutData: (why: string) => `What was supplied for sources is not included: ${why}`,
    link: 'Link',
    copy: 'Copy the link',
    copied: 'The link is copied.',
    notCopied: 'The browser does not let the page copy; select the text and copy it.',
    characters: (n: number) => `${count(n)} characters.`,
    long: 'Some programs cut links as long as this one; a zip is safer.',
    leftOut: (n: number) =>
      `${counted(n, 'secret that is', 'secrets that are')} written in the configuration ${plural(n, 'is', 'are')} left out:`,
    suspects: (n: number) => `${counted(n, 'value', 'values')} may be secret:`,
    suspectsSays:
      'Whoever has the link can read them. Pipewright cannot tell whether they are secret. Choose what to do with them.',
    suspectsGo: (n: number) =>
      `${counted(n, 'value that may be secret is', 'values that may be secret are')} included:`,
    leaveOut: 'Leave them out',
    takeAlong: 'They are not secrets',
    embedded: (n: number) => `Entities written in the configuration of ${counted(n, 'pipe', 'pipes')} are included:`,
    received: (name: string) => `“${name}” was shared with you`,
    receivedSays: 'It exists only in the link. Open it to get your own copy in this browser.',
    holds: (pipes: number, systems: number) =>
      `${counted(pipes, 'pipe', 'pipes')} and ${counted(systems, 'system', 'systems')}`,
    unnamed: 'Shared project',
    open: 'Open as a project',
    broken: 'This link cannot be read',
  },
  exporting: {
    title: 'Export project',
    says: 'Unchanged files are exported exactly as they were imported, byte for byte.',
    what: 'What to export',
    kinds: {
      project: 'The whole project',
      deploy: 'Only the configuration for Sesam',
      services: 'The microservices of its programs',
    },
    kindSays: {
      project: 'All files: configuration, variables, expected outputs, test data and the layout of the canvas.',
      deploy: 'Pipes, systems and node metadata, as Sesam’s API and its client expect them.',
      services: 'A folder for each transform in JavaScript or WebAssembly, with a Dockerfile.',
    },
    zip: 'Save as zip',
    folder: 'Write to a folder…',
    saved: (name: string) => `“${name}” was saved as a zip.`,
    written: (n: number) => `${counted(n, 'file was', 'files were')} written.`,
    failed: (why: string) => `The export failed: ${why}`,
  },
  kindRoles: {
    source: 'Sources',
    transform: 'Transforms',
    sink: 'Sinks',
    pump: 'Pump',
    pipe: 'Pipe',
    system: 'Systems',
    metadata: 'Node metadata',
  },
  roles: {
    source: 'source',
    transform: 'transform',
    sink: 'outside sink',
    global: 'global',
    hops: 'joined by hops',
  },
} as const
