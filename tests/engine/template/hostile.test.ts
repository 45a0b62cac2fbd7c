/** Templates of random pieces: each gives a text or an error within its budget. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { TemplateError } from '../../../engine-worker/template/error.ts'
import { TemplateNeeds } from '../../../engine-worker/template/needs.ts'
import { compileTemplate, renderProgram } from '../../../engine-worker/template/render.ts'

const source = {
  s: 'a "b" <c>&',
  n: 7,
  f: 2.5,
  big: 12345678901234567890n,
  list: [1, 'x', null, [2]],
  dict: { a: 1, 'b c': { d: [] }, __proto__x: 1 },
  nothing: null,
  yes: true,
}

const templatePieces = [
  ...['{{', '}}', '{%', '%}', '{#', '#}', '-%}', '{%-', '-}}', '{{-', '"', "'", '(', ')', '[', ']', '{', '}', ',', ':'],
  ...[
    '|',
    '.',
    '~',
    '+',
    '-',
    '*',
    '/',
    '//',
    '**',
    '%',
    '==',
    '<',
    '>=',
    '=',
    ' in ',
    ' not ',
    ' and ',
    ' or ',
    ' is ',
  ],
  ...[
    ' if ',
    ' else ',
    'for x in ',
    'endfor',
    'endif',
    'elif ',
    'set ',
    'endset',
    'macro m(a)',
    'endmacro',
    'call ',
    'raw',
  ],
  ...[
    'endraw',
    'with ',
    'endwith',
    'filter ',
    'endfilter',
    'block b',
    'endblock',
    'include ',
    'break',
    'continue',
    'loop.',
  ],
  ...[
    's',
    'n',
    'f',
    'big',
    'list',
    'dict',
    'nothing',
    'yes',
    'gone',
    'x',
    '__class__',
    'constructor',
    '__proto__',
    '0',
    '99',
  ],
  ...[
    '1e9',
    '0x',
    '1_0',
    'none',
    'true',
    'range(9)',
    'namespace()',
    'cycler',
    'lipsum()',
    'dict()',
    'upper',
    'join',
    'map',
  ],
  ...[
    'select',
    'sort',
    'groupby',
    'format',
    'tojson',
    'urlize',
    'wordwrap(3)',
    'batch(2)',
    'int',
    'round',
    'replace',
    'items',
  ],
  ...[
    'split()',
    'append',
    'update',
    'pop()',
    'strip()',
    "'%s'",
    "'{}'",
    "'\\x'",
    '\n',
    ' ',
    'text',
    'ø',
    '😀',
    '\u0000',
  ],
]

/** Pieces at random, and expressions at random between braces. */
const templates = fc.oneof(
  fc.array(fc.constantFrom(...templatePieces), { maxLength: 25 }).map((parts) => parts.join('')),
  fc.array(fc.constantFrom(...templatePieces), { maxLength: 10 }).map((parts) => `{{ ${parts.join(' ')} }}`),
  fc
    .array(fc.constantFrom(...templatePieces.slice(-40)), { minLength: 1, maxLength: 5 })
    .map((parts) => `{{ s|${parts.join('|')} }}`),
  fc.string({ unit: 'binary' }),
)

test('any template gives a text or a mistake', () => {
  fc.assert(
    fc.property(templates, (template) => {
      try {
        expect(typeof renderProgram(compileTemplate(template), source)).toBe('string')
      } catch (error) {
        if (!(error instanceof TemplateError) && !(error instanceof TemplateNeeds)) throw error
      }
    }),
    { numRuns: Number(process.env.FUZZ ?? 500) },
  )
  expect(source.list).toEqual([1, 'x', null, [2]])
  expect(Object.keys(Object.prototype)).toEqual([])
})

/** Templates that produce much from little end with a limit before they take much memory. */
test.each([
  "{{ '{:.100000000f}'.format(1.5) }}",
  "{{ '{:.100000000e}'.format(1.5) }}",
  "{{ '%.100000000f' % 1.5 }}",
  "{{ ('a' * 10**5).translate({97: 'b' * 10**5}) }}",
  "{{ ([['a'] * 1000] * 1000)|tojson(indent=1000) }}",
  `{{ 1${'+1'.repeat(100_000)} }}`,
  `{{ 1${'|string'.repeat(20_000)} }}`,
  `{{ x${'.a'.repeat(50_000)} }}`,
  `{{ x${"['a']".repeat(50_000)} }}`,
  `{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`,
])('%.60s is a limit', (template) => {
  expect(() => renderProgram(compileTemplate(template), { x: {} })).toThrow(TemplateError)
})
