/** Namespaced identifiers (NIs): names that say where they belong, such as `crm-person:4711`. */
import { NI, URI } from '../../entity/value.ts'
import { each, one, optional } from '../argument.ts'
import { firstOf } from '../coerce.ts'
import { expression } from '../define.ts'
import { identifierOf, namespaceOf } from '../namespace.ts'
import { collapseAddress, expandedName, generatedName } from './expansion.ts'

const doc = 'dtl/dtl-functions-namespaced-identifiers.rst'
const deprecations = 'deprecations.rst'

/** The text of an NI, or a text taken for one. */
function nameOf(value: NI | string): string {
  return typeof value === 'string' ? value : value.text
}

export const namespacedIdentifierFunctions = [
  expression({
    name: 'ni',
    common: 9,
    group: 'namespaced identifiers',
    doc,
    says: 'Makes namespaced identifiers of texts.',
    more:
      'Without a namespace the text is taken as it is. URIs are accepted without a namespace only: the declared ' +
      'namespace of the longest prefix is used, and for an undeclared prefix one named after the pipe and a number, ' +
      'given in the order in which the pipe meets them. Anything else is left out.',
    sentence: 'the identifier {values} in {namespace}',
    chain: 'as an identifier in {namespace}',
    takes: [
      optional('namespace', 'string', {
        says: 'The namespace; left out, the text says it itself or there is none.',
        names: 'namespace',
      }),
      each('values', ['string', 'uri', 'ni'], { says: 'The identifiers.' }),
    ],
    gives: 'ni',
    examples: [
      { dtl: ['ni', 'crm-person', '_S.id'], source: { id: '4711' }, gives: '~:crm-person:4711' },
      { dtl: ['ni', '_S.ref'], source: { ref: 'erp-order:12' }, gives: '~:erp-order:12' },
      { dtl: ['ni', 'tag', ['list', 'red', 5, 'big']], gives: ['~:tag:red', '~:tag:big'] },
    ],
    run: (namespace, value, ctx) => {
      if (namespace !== undefined) return typeof value === 'string' ? new NI(`${namespace}:${value}`) : undefined
      if (typeof value === 'string') return new NI(value)
      if (value instanceof NI) return value
      return new NI(collapseAddress(value.text, ctx.namespaces.expansions) ?? generatedName(value.text, ctx))
    },
  }),

  expression({
    name: 'is-ni',
    group: 'namespaced identifiers',
    doc,
    says: 'Tells whether a value is a namespaced identifier.',
    more: 'Only the first value of a list counts. A text with a colon is still a text.',
    sentence: '{values} is a namespaced identifier',
    takes: [one('values', 'any', { says: 'The value to look at.' })],
    gives: 'boolean',
    examples: [
      { dtl: ['is-ni', '_S.owner'], source: { owner: '~:crm-person:4711' }, gives: true },
      { dtl: ['is-ni', '_S.owner'], source: { owner: 'crm-person:4711' }, gives: false },
    ],
    run: (values) => firstOf(values) instanceof NI,
  }),

  expression({
    name: 'ni-id',
    group: 'namespaced identifiers',
    doc,
    says: 'Gives the part of namespaced identifiers after the namespace.',
    more: 'The namespace ends at the last colon. Texts are read as identifiers too. Anything else is left out.',
    sentence: 'the identifier in {values}',
    chain: 'its identifier',
    takes: [each('values', ['ni', 'string'], { says: 'Namespaced identifiers, or texts.' })],
    gives: 'string',
    examples: [
      { dtl: ['ni-id', '_S.owner'], source: { owner: '~:crm-person:4711' }, gives: '4711' },
      { dtl: ['ni-id', ['list', 'erp:12', 'plain', 5]], gives: ['12', 'plain'] },
    ],
    run: (value) => identifierOf(nameOf(value)),
  }),

  expression({
    name: 'ni-ns',
    group: 'namespaced identifiers',
    doc,
    says: 'Gives the namespace of namespaced identifiers.',
    more: 'The namespace ends at the last colon; it is an empty text when there is none. Texts are read as identifiers too. Anything else is left out.',
    sentence: 'the namespace of {values}',
    chain: 'its namespace',
    takes: [each('values', ['ni', 'string'], { says: 'Namespaced identifiers, or texts.' })],
    gives: 'string',
    examples: [
      { dtl: ['ni-ns', '_S.owner'], source: { owner: '~:crm-person:4711' }, gives: 'crm-person' },
      { dtl: ['ni-ns', ['list', 'erp:12', 'plain']], gives: ['erp', ''] },
    ],
    run: (value) => namespaceOf(nameOf(value)) ?? '',
  }),

  expression({
    name: 'ni-collapse',
    group: 'namespaced identifiers',
    doc: deprecations,
    deprecated: 'Use “ni” on a URI instead.',
    says: 'Makes namespaced identifiers of web addresses, by the namespaces declared in the node metadata.',
    more: 'The longest declared prefix counts; an address without one becomes an identifier as it is. What is not an http or https address is left out.',
    sentence: '{values} as an identifier in a declared namespace',
    takes: [each('values', ['string', 'uri'], { says: 'Web addresses.' })],
    gives: 'ni',
    examples: [
      {
        dtl: ['ni-collapse', 'http://example.org/ada'],
        gives: '~:_:ada',
        says: 'This prefix is declared from the beginning.',
      },
      {
        dtl: ['ni-collapse', ['list', 'https://nowhere.example/x', 'no address']],
        gives: ['~:https://nowhere.example/x'],
      },
    ],
    run: (value, ctx) => {
      const address = value instanceof URI ? value.text : value
      if (!/^https?:\/\//.test(address)) return undefined
      return new NI(collapseAddress(address, ctx.namespaces.expansions) ?? address)
    },
  }),

  expression({
    name: 'ni-expand',
    group: 'namespaced identifiers',
    doc: deprecations,
    deprecated: 'Put the address together with “concat” and “ni-id” instead.',
    says: 'Makes web addresses of namespaced identifiers, by the namespaces declared in the node metadata.',
    more: 'An identifier whose namespace is not declared becomes its plain text. What is not an identifier is left out.',
    sentence: '{values} as a web address',
    takes: [each('values', 'ni', { says: 'Namespaced identifiers.' })],
    gives: 'string',
    examples: [
      {
        dtl: ['ni-expand', '~:_:ada'],
        gives: 'http://example.org/ada',
        says: 'This namespace is declared from the beginning.',
      },
      { dtl: ['ni-expand', ['list', '~:undeclared:x', 'text']], gives: ['undeclared:x'] },
    ],
    run: (value, ctx) => expandedName(value.text, ctx.namespaces.expansions) ?? value.text,
  }),
]
