/** Words of the page about checking configurations in continuous integration. */
export const enCiGuide = {
  title: 'Checks for pull requests',
  says: 'The command line checks a configuration the way this app does. On GitHub the workflow below runs it for every pull request, and writes what the change does to data as a comment.',
  steps: {
    validate: 'finds errors in the configuration, with file, path and what to do.',
    format: 'says which files are not in canonical text; without --check it writes them.',
    test: 'runs the project from the beginning and compares with expected/.',
    effect: 'runs the state before and after on the same input and shows every entity that comes out otherwise.',
  },
  file: 'The workflow',
  where:
    'Save it as .github/workflows/pipewright.yml. The configuration is in the folder node here; change that where yours is elsewhere.',
  install:
    'The package is a file made by “npm pack” in a clone of Pipewright; keep it in the repository, or at an address of yours.',
  secrets:
    'No secrets are needed: nothing is sent to any system. The comment is written with the token that GitHub gives each run.',
  copied: 'The workflow was copied.',
} as const
