/** Truth values: reading them, and telling them from other values. */

import { expression } from '../define.ts'
import { cast, castArguments, castWords } from './cast.ts'
import { typeTest } from './type-test.ts'

const doc = 'dtl/dtl-functions-booleans.rst'

export const booleanFunctions = [
  expression({
    name: 'boolean',
    group: 'booleans',
    doc,
    says: 'Turns the texts "true" and "false" into booleans.',
    more: `Upper and lower case do not matter, and booleans stay as they are. Nothing else can be converted, not even numbers. ${castWords}`,
    sentence: '{values} as true or false',
    chain: 'true or false, else {function}',
    takes: castArguments,
    gives: 'boolean',
    converts: [['boolean', '_.']],
    reads: [{ shape: 'boolean', rank: 50, pattern: '^(?:true|false)$', dtl: ['boolean', '_.'] }],
    examples: [
      { dtl: ['boolean', '_S.active'], source: { active: 'TRUE' }, gives: true },
      { dtl: ['boolean', ['list', 'False', 'yes', 1, true]], gives: [false, true] },
      {
        dtl: ['boolean', ['eq', '_.', 'yes'], ['list', 'yes', 'no', 'true']],
        gives: [true, false, true],
        says: 'The default decides about other texts.',
      },
    ],
    run: cast((value) => {
      if (typeof value === 'boolean') return value
      if (typeof value !== 'string') return undefined
      if (value === 'true' || value === 'false') return value === 'true'
      const lower = value.length <= 5 ? value.toLowerCase() : value
      return lower === 'true' ? true : lower === 'false' ? false : undefined
    }),
  }),

  typeTest({
    name: 'is-boolean',
    group: 'booleans',
    doc,
    type: 'a boolean',
    more: 'The text "true" is a text.',
    examples: [
      { dtl: ['is-boolean', '_S.member'], source: { member: false }, gives: true },
      { dtl: ['is-boolean', 'false'], gives: false },
      { dtl: ['is-boolean', ['list', true, 'x']], gives: true },
    ],
    test: (value) => typeof value === 'boolean',
  }),
]
