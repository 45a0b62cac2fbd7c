/** Where in an entity the words of a query are: pieces of its values with the properties that they are in. */
import { textOf } from '../entity/text.ts'
import { type Entity, isDict, type Value } from '../entity/value.ts'
import { isSearched } from './document.ts'
import { qualityOf } from './match.ts'
import type { Query } from './query.ts'
import { wordSpans } from './search-words.ts'

/** A piece of a value; `marks` are the places of the words in its text. */
export interface Snippet {
  /** The names from the entity to the value, joined by dots; places in lists are left out. */
  readonly property: string
  readonly text: string
  readonly marks: readonly { readonly from: number; readonly to: number }[]
}

/** Characters that are shown in front of the first word that was found, and behind it. */
const CHARACTERS_BEFORE = 40
const CHARACTERS_AFTER = 120

/** The words that a query looks for, without those that it excludes. */
type SearchedWord = Query & { readonly word: string }

/** Pieces of the entity that contain words of the query, in the order of the entity, at most `most` of them. */
export function snippetsOf(query: Query, entity: Entity, most: number): readonly Snippet[] {
  const searched = searchedWords(query)
  const found: Snippet[] = []
  const visit = (value: Value, path: readonly string[]): void => {
    if (found.length >= most) return
    if (Array.isArray(value)) for (const item of value) visit(item, path)
    else if (isDict(value)) {
      for (const [name, each] of Object.entries(value)) if (isSearched(name)) visit(each, [...path, name])
    } else if (value !== null && typeof value !== 'boolean') {
      const snippet = snippetIn(textOf(value) ?? '', path.join('.'), searched)
      if (snippet !== null) found.push(snippet)
    }
  }
  visit(entity, [])
  return found
}

function searchedWords(query: Query): readonly SearchedWord[] {
  switch (query.kind) {
    case 'and':
    case 'or':
      return query.parts.flatMap(searchedWords)
    case 'without':
      return query.part === null ? [] : searchedWords(query.part)
    case 'phrase':
      return query.words.map((word) => ({ kind: 'word', word }))
    default:
      return [query]
  }
}

function snippetIn(text: string, property: string, searched: readonly SearchedWord[]): Snippet | null {
  const marks = wordSpans(text).filter(({ word }) => searched.some((each) => qualityOf(each, word) > 0))
  const [first] = marks
  if (first === undefined) return null
  const from = Math.max(0, first.from - CHARACTERS_BEFORE)
  const to = Math.min(text.length, first.from + CHARACTERS_AFTER)
  return {
    property,
    text: `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`,
    marks: marks
      .filter((mark) => mark.to <= to)
      .map((mark) => ({ from: mark.from - from + Number(from > 0), to: mark.to - from + Number(from > 0) })),
  }
}
