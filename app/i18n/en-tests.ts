/** Words of Tests. */

import { count, countedIn, pluralIn } from './numbers.ts'

const counted = countedIn('en')
const plural = pluralIn('en')

export const enTests = {
  emptyTitle: 'No tests yet',
  emptySays:
    'A test compares the output of a pipe with the expected output. Create tests from the current outputs: each test run then shows what an edit has changed. Tests are stored in the files that Sesam’s client uses: expected/<pipe>.json and expected/<pipe>.test.json. Where no pipe sends anything out, as in a connector, checks of what its datasets hold are made (checks.json).',
  freeze: 'Create tests from the current outputs',
  addMissing: (n: number) => `Add ${n} missing ${plural(n, 'test', 'tests')}`,
  accept: 'Accept the new output',
  made: (n: number) =>
    n === 0
      ? 'No pipe has an output or entities that can be tested. Run all pipes with test data first.'
      : `${counted(n, 'test', 'tests')} made.`,
  says: (n: number) => `${n} expected ${plural(n, 'output', 'outputs')}`,
  run: 'Run tests',
  running: 'Running…',
  result: (passed: number, failed: number) => `${passed} passed, ${failed} failed.`,
  stale: 'The project has changed since.',
  ready: 'Run the tests to see their results',
  readySays: 'The whole project runs in memory from the beginning. Your datasets are not changed.',
  coverage: 'Coverage',
  covered: (reached: number, steps: number, share: number) =>
    `${count(reached)} of ${count(steps)} steps of rules are reached by some entity (${share} %).`,
  missed: (n: number) => `Steps that no entity reaches (${count(n)})`,
  allPass: 'All outputs are as expected',
  allPassSays: 'Choose a test to see its pipe.',
  same: 'The output is as expected for',
  states: { passed: 'Passed', failed: 'Failed', ignored: 'Ignored' },
}
