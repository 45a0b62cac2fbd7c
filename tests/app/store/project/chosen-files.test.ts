/** Dropped files: folders are read with their subfolders, and files that belong to no project are left out. */
import { describe, expect, it } from 'vitest'
import { filesOfDrop } from '../../../../app/store/project/import/chosen-files.ts'

interface Entry {
  readonly name: string
  readonly inside?: readonly Entry[]
}

/** A stand-in for the browser's file system entry; folders are read two entries at a time. */
function entryOf({ name, inside }: Entry): FileSystemEntry {
  const entry = {
    name,
    isFile: inside === undefined,
    isDirectory: inside !== undefined,
    file: (done: (file: File) => void) => done(new File(['x'], name)),
    createReader: () => {
      let at = 0
      return {
        readEntries: (done: (entries: FileSystemEntry[]) => void) => {
          const piece = (inside ?? []).slice(at, at + 2)
          at += piece.length
          done(piece.map(entryOf))
        },
      }
    },
  }
  return entry as unknown as FileSystemEntry
}

const itemOf = (entry: Entry) =>
  ({ webkitGetAsEntry: () => entryOf(entry), getAsFile: () => null }) as unknown as DataTransferItem

describe('dropped files', () => {
  it('have the paths of the folders that they lie in, in every piece of a folder', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name: `${name}.conf.json` }))
    const project = { name: 'project', inside: [{ name: 'pipes', inside: names }, { name: 'node.json' }] }
    const found = await filesOfDrop([itemOf(project)])
    expect(found.map(({ path }) => path)).toEqual([
      ...names.map(({ name }) => `project/pipes/${name}`),
      'project/node.json',
    ])
  })

  it('leave out folders that hold ten thousands of files and belong to no project', async () => {
    const git = { name: '.git', inside: [{ name: 'HEAD' }] }
    const modules = { name: 'node_modules', inside: [{ name: 'x.js' }] }
    expect(await filesOfDrop([itemOf({ name: 'p', inside: [git, modules] })])).toEqual([])
  })

  it('may have no place in a file system', async () => {
    const item = { webkitGetAsEntry: () => null, getAsFile: () => new File(['x'], 'mail.csv') }
    const found = await filesOfDrop([item as unknown as DataTransferItem])
    expect(found.map(({ path }) => path)).toEqual(['mail.csv'])
  })
})
