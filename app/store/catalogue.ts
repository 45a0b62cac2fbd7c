/** The declared functions and kinds in the chosen language. The engine gives them in English; names stay as they are. */
import { useEffect, useMemo } from 'react'
import {
  type Catalogue,
  type CataloguedFunction,
  type Field,
  type FieldType,
  type FunctionTable,
  functionTableFrom,
  type KindDeclaration,
  NO_FUNCTIONS,
} from '../../engine-worker/index.ts'
import { useWords } from '../i18n/i18n.ts'
import type { Words } from '../i18n/types.ts'
import { loadCatalogue } from './engine/open-project.ts'
import { useEngine } from './engine/state.ts'

/** What is declared, which the engine is asked for; null until it has said it. */
export function useCatalogue(): Catalogue | null {
  const declared = useDeclared()
  const w = useWords()
  return useMemo(() => declared && translatedCatalogue(declared, w), [declared, w])
}

const tables = new WeakMap<Catalogue, FunctionTable>()

/** The declared functions by kind and name, as rules are read with them; none before the engine has said them. */
export function functionTableOf(catalogue: Catalogue | null): FunctionTable {
  if (catalogue === null) return NO_FUNCTIONS
  const table = tables.get(catalogue) ?? functionTableFrom(catalogue.functions)
  tables.set(catalogue, table)
  return table
}

/** The declared functions by kind and name; none before the engine has said them. */
export function useFunctionTable(): FunctionTable {
  return functionTableOf(useDeclared())
}

/** What is declared, in English. */
export function useDeclared(): Catalogue | null {
  useEffect(() => void loadCatalogue().catch(() => undefined), [])
  return useEngine((state) => state.catalogue)
}

/** The name of a kind in the address of its page; types of systems are unique as they are. */
export function pageOfKind({ role, type }: KindDeclaration): string {
  return role === 'system' ? type : `${role}:${type}`
}

/** The address of a page, and a place on it, in Sesam's documentation, or in that of the microservice that a manifest describes. */
export function documentationOf({ doc }: Pick<KindDeclaration, 'doc'>): string {
  return doc.startsWith('https://') ? doc : `https://docs.sesam.io/hub/${doc.replace(/\.rst(?=#|$)/, '.html')}`
}

const translatedCatalogues = new WeakMap<Catalogue, WeakMap<Words, Catalogue>>()

/** The catalogue in the words given; the same one whenever it is asked for. */
export function translatedCatalogue(declared: Catalogue, w: Words): Catalogue {
  const byWords = translatedCatalogues.get(declared) ?? new WeakMap<Words, Catalogue>()
  translatedCatalogues.set(declared, byWords)
  const before = byWords.get(w)
  if (before) return before
  const catalogue = {
    functions: declared.functions.map((each) => functionIn(each, w)),
    kinds: declared.kinds.map((each) => kindIn(each, w)),
  }
  byWords.set(w, catalogue)
  return catalogue
}

function functionIn(declaration: CataloguedFunction, w: Words): CataloguedFunction {
  const { declared, sentences } = w.engine
  return {
    ...declaration,
    says: declared(declaration.says),
    ...(declaration.more === undefined ? {} : { more: declared(declaration.more) }),
    ...(declaration.deprecated === undefined ? {} : { deprecated: declared(declaration.deprecated) }),
    ...translatedWords(sentences(declaration)),
    takes: declaration.takes.map((argument) =>
      argument.says === undefined ? argument : { ...argument, says: declared(argument.says) },
    ),
    examples: declaration.examples.map((example) =>
      example.says === undefined ? example : { ...example, says: declared(example.says) },
    ),
  }
}

/** What is there of some words. */
function translatedWords(words: Partial<CataloguedFunction>): Partial<CataloguedFunction> {
  return Object.fromEntries(Object.entries(words).filter(([, said]) => said !== undefined))
}

function kindIn(declaration: KindDeclaration, w: Words): KindDeclaration {
  const { declared } = w.engine
  return {
    ...declaration,
    label: declared(declaration.label),
    says: declared(declaration.says),
    ...(declaration.more === undefined ? {} : { more: declared(declaration.more) }),
    fields: fieldsIn(declaration.fields, w),
  }
}

function fieldsIn(fields: readonly Field[], w: Words): readonly Field[] {
  return fields.map((field) => ({
    ...field,
    says: [w.engine.declared(field.says), ...(field.sesamOnly ? [w.forms.sesamOnlySays] : [])].join(' '),
    ...(field.deprecated === undefined ? {} : { deprecated: w.engine.declared(field.deprecated) }),
    type: typeIn(field.type, w),
  }))
}

function typeIn(type: FieldType, w: Words): FieldType {
  switch (type.is) {
    case 'object':
      return { ...type, fields: fieldsIn(type.fields, w) }
    case 'variants': {
      const of = Object.entries(type.of).map(([name, fields]) => [name, fieldsIn(fields, w)] as const)
      return { ...type, of: Object.fromEntries(of) }
    }
    case 'list':
    case 'map':
      return { ...type, of: typeIn(type.of, w) }
    case 'either':
      return { ...type, of: type.of.map((each) => typeIn(each, w)) }
    default:
      return type
  }
}
