/** The merged cells of a workbook's sheet, which the library that reads workbooks leaves out. */
import { XMLParser } from 'fast-xml-parser'
import { unpackMember, type ZipMember } from '../../text/zip.ts'

/** Cells that are shown as one; rows and columns count from 0, the last ones belong to it. */
export interface MergedCells {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

const WORKBOOK_PATH = 'xl/workbook.xml'
const RELATIONS_PATH = 'xl/_rels/workbook.xml.rels'

/** The merged cells of a sheet by its name; none where the workbook does not say them in the usual place. */
export function mergedCells(bytes: Uint8Array, members: readonly ZipMember[], sheet: string): readonly MergedCells[] {
  const readMember = (path: string) => {
    const member = members.find((each) => each.path === path)
    const unpacked = member ? unpackMember(bytes, member) : ''
    return typeof unpacked === 'string' ? '' : new TextDecoder().decode(unpacked)
  }
  const id = elementsNamed(readMember(WORKBOOK_PATH), 'sheet').find((each) => each.name === sheet)?.['r:id']
  const target = elementsNamed(readMember(RELATIONS_PATH), 'Relationship').find((each) => each.Id === id)?.Target
  if (id === undefined || target === undefined) return []
  const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`
  // Sheets may be large; the list of merged cells is one short element of them.
  const [list = ''] = /<(\w+:)?mergeCells\b[\s\S]*?<\/(\w+:)?mergeCells>/.exec(readMember(path)) ?? []
  return elementsNamed(list, 'mergeCell').flatMap(({ ref }) => rangeOf(ref ?? '') ?? [])
}

/** The attributes of all elements of a name, wherever they are. */
function elementsNamed(xml: string, name: string): readonly Readonly<Record<string, string>>[] {
  const found: Record<string, string>[] = []
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseAttributeValue: false,
    removeNSPrefix: false,
    updateTag: (tag, _, attributes) => {
      if (tag === name || tag.endsWith(`:${name}`)) found.push({ ...attributes })
      return true
    },
  })
  if (xml !== '') parser.parse(xml)
  return found
}

/** `B2:D3` as numbers; null where it is not of this form. */
function rangeOf(text: string): MergedCells | null {
  const found = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(text)
  if (!found) return null
  const [, left = '', top = '', right = '', bottom = ''] = found
  return { top: Number(top) - 1, left: columnOf(left), bottom: Number(bottom) - 1, right: columnOf(right) }
}

function columnOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}
