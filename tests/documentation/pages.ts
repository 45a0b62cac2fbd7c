/** Whether each page of Sesam's documentation that a declaration names exists, with the place on it. */
import { allKinds } from '../../engine-worker/config/model/declared.ts'
import type { Field } from '../../engine-worker/config/model/define.ts'
import { fieldsInside } from '../../engine-worker/config/model/field-type.ts'

/** The pages that kinds and their properties name, each once. */
function pagesNamed(): readonly string[] {
  const inside = (fields: readonly Field[]): string[] =>
    fields.flatMap(({ doc, type }) => [...(doc === undefined ? [] : [doc]), ...inside(fieldsInside(type))])
  return [...new Set(allKinds().flatMap(({ doc, fields }) => [doc, ...inside(fields)]))]
}

/** The names of a page's places: its labels, and its headings as the documentation's generator writes them. */
function placesOf(text: string): ReadonlySet<string> {
  const slug = (name: string) =>
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
  const labels = Array.from(text.matchAll(/^\s*\.\. _([^:]+):/gm), ([, label = '']) => slug(label))
  const headings = Array.from(text.matchAll(/^(\S.*)\n([-=^~"*+#])\2{3,}\s*$/gm), ([, heading = '']) => slug(heading))
  return new Set([...labels, ...headings])
}

/**
 * What is named and does not exist.
 * @param read the text of a page below hub/, or null where there is none
 */
export function missingPages(read: (page: string) => string | null): readonly string[] {
  return pagesNamed().filter((named) => {
    const [page = '', place] = named.split('#')
    const text = read(page)
    return text === null || (place !== undefined && !placesOf(text).has(place))
  })
}
