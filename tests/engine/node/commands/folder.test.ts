import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readProject } from '../../../../engine-worker/node/commands/folder.ts'
import { writeBack, writeProject } from '../../../../engine-worker/node/commands/write-folder.ts'
import { removeComponent } from '../../../../engine-worker/text/project.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipewright-folder-'))
  mkdirSync(join(folder, 'pipes'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const pipe = (id: string) => `{"_id":"${id}","type":"pipe"}`
const putFile = (path: string, text: string) => writeFileSync(join(folder, path), text)
const codes = async () => (await readProject(folder)).problems.map(({ code, where }) => [code, where.file])

describe('reading a project', () => {
  it('follows no symbolic link, and names it', async () => {
    putFile('pipes/a.conf.json', pipe('a'))
    symlinkSync('/etc', join(folder, 'systems'))
    symlinkSync(join(folder, 'pipes/a.conf.json'), join(folder, 'pipes/b.conf.json'))
    expect(await codes()).toEqual([
      ['import-link-not-followed', 'pipes/b.conf.json'],
      ['import-link-not-followed', 'systems'],
    ])
  })

  it('names what cannot be opened, and reads the rest', async () => {
    putFile('pipes/a.conf.json', pipe('a'))
    putFile('secret.conf.json', pipe('b'))
    mkdirSync(join(folder, 'systems'))
    for (const path of ['secret.conf.json', 'systems']) chmodSync(join(folder, path), 0)
    const asRoot = process.getuid?.() === 0
    expect(await codes()).toEqual(
      asRoot
        ? []
        : [
            ['import-unreadable', 'secret.conf.json'],
            ['import-unreadable', 'systems'],
          ],
    )
    chmodSync(join(folder, 'systems'), 0o700)
  })

  it('recognises a connector, and says what to do', async () => {
    putFile('README.md', 'A connector.')
    putFile('manifest.json', '{"datatypes": {"a": {"template": "templates/a.json"}}}')
    rmSync(join(folder, 'pipes'), { recursive: true })
    const [found] = (await readProject(folder)).problems
    expect([found?.code, found?.fix]).toEqual([
      'import-connector',
      expect.stringContaining('pipewright connector expand'),
    ])
    mkdirSync(join(folder, '.expanded/pipes'), { recursive: true })
    putFile('.expanded/pipes/a.conf.json', pipe('a'))
    expect((await readProject(folder)).problems[0]?.fix).toContain('Open the folder .expanded')
    expect((await readProject(join(folder, '.expanded'))).problems).toEqual([])
  })

  it('takes no other manifest for that of a connector', async () => {
    putFile('README.md', 'An app.')
    putFile('manifest.json', '{"name": "an app"}')
    expect(await codes()).toEqual([['import-no-configuration', undefined]])
  })
})

describe('writing a project', () => {
  it('writes over a single file, whatever it is called', async () => {
    putFile('mine.json', pipe('a'))
    await writeBack(join(folder, 'mine.json'), [{ path: 'mine.conf.json', content: 'new' }])
    expect(readFileSync(join(folder, 'mine.json'), 'utf8')).toBe('new')
  })

  it('touches in its own folder what changed only, and removes last', async () => {
    putFile('pipes/a.conf.json', pipe('a'))
    putFile('pipes/b.conf.json', pipe('b'))
    const { project } = await readProject(folder)
    putFile('pipes/b.conf.json', 'changed meanwhile')
    await writeProject(project, folder, folder, removeComponent(project, 'pipes/a.conf.json'))
    expect(readFileSync(join(folder, 'pipes/b.conf.json'), 'utf8')).toBe('changed meanwhile')
    expect(() => readFileSync(join(folder, 'pipes/a.conf.json'))).toThrow('ENOENT')
  })
})
