/** Merging a newer version of a project: what is taken, kept, merged, and left to a decision. */
import { describe, expect, it } from 'vitest'
import { changedSides, mergeProjects, type ProjectMergeChoice } from '../../../engine-worker/text/merge-project.ts'
import { filesOf, projectOf } from '../../../engine-worker/text/project.ts'
import type { Project } from '../../../engine-worker/text/project-files.ts'

const chooseMine: ProjectMergeChoice = () => 'mine'
const chooseTheirs: ProjectMergeChoice = () => 'theirs'

function projectWith(files: Readonly<Record<string, string>>, root = ''): Project {
  return projectOf(
    Object.entries(files).map(([path, content]) => ({ path: root + path, content })),
    root,
  ).value
}

const files = {
  'pipes/a.conf.json': '{\n  "_id": "a",\n  "type": "pipe",\n  "source": {"type": "embedded",  "entities": []}\n}\n',
  'pipes/b.conf.json': '{"_id": "b", "type": "pipe", "source": {"type": "dataset", "dataset": "a"}}',
  'expected/a.json': '[]\n',
  'test-env.json': '{"node-env": "test"}\n',
}
const base = projectWith(files)
const content = (project: Project) => Object.fromEntries(filesOf(project).map((file) => [file.path, file.content]))

describe('mergeProjects', () => {
  it('changes nothing where the newer version is the same, also in another folder', () => {
    for (const same of [base, projectWith(files, 'node/')])
      expect(mergeProjects(base, base, same, chooseTheirs)).toEqual({ project: base, entries: [] })
  })

  it('takes over what only the newer version changed, byte for byte', () => {
    const newer = {
      ...files,
      'pipes/a.conf.json': '{"_id":"a","type":"pipe",\n"source":{"type":"embedded","entities":[{"_id":"1"}]}}\n',
      'pipes/c.conf.json': '{"_id": "c",\n "type": "pipe", "source": {"type": "empty"}}\n',
      'expected/a.json': '[{"_id": "1"}]\n',
    }
    const { 'pipes/b.conf.json': _, ...without } = newer
    const { project, entries } = mergeProjects(base, base, projectWith(without), chooseMine)
    expect(content(project)).toEqual(without)
    expect(entries.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'a taken',
      'b removed',
      'c taken',
      'expected/a.json taken',
    ])
  })

  it('puts the changes of both together and keeps the text around them', () => {
    const own = projectWith({
      ...files,
      'pipes/a.conf.json': files['pipes/a.conf.json'].replace('\n}', ',\n  "batch_size": 5\n}'),
    })
    const newer = projectWith({
      ...files,
      'pipes/a.conf.json': '{"_id":"a","type":"pipe","source":{"type":"embedded","entities":[{"_id":"1"}]}}',
    })
    const { project, entries } = mergeProjects(base, own, newer, chooseMine)
    expect(entries).toMatchObject([{ name: 'a', outcome: 'merged', conflicts: [] }])
    expect(content(project)['pipes/a.conf.json']).toContain('"type": "embedded",  "entities"')
    expect(content(project)['pipes/a.conf.json']).toContain('"batch_size": 5')
    expect(content(project)['pipes/a.conf.json']).toContain('"1"')
  })

  it('asks for what both changed, and follows the answer', () => {
    const own = projectWith({ ...files, 'pipes/b.conf.json': files['pipes/b.conf.json'].replace('"a"', '"mine"') })
    const { 'pipes/b.conf.json': _, ...removed } = files
    for (const [newer, path] of [
      [
        projectWith({ ...files, 'pipes/b.conf.json': files['pipes/b.conf.json'].replace('"a"', '"theirs"') }),
        ['source', 'dataset'],
      ],
      [projectWith(removed), []],
    ] as const) {
      const kept = mergeProjects(base, own, newer, chooseMine)
      expect(kept.entries).toMatchObject([{ key: 'pipe b', outcome: 'kept', conflicts: [{ path }] }])
      expect(content(kept.project)).toEqual(content(own))
      expect(content(mergeProjects(base, own, newer, chooseTheirs).project)).toEqual(content(newer))
    }
    const text = (env: string) => projectWith({ ...files, 'test-env.json': env })
    const variables = mergeProjects(base, text('{"a": 1}'), text('{"a": 2}'), chooseTheirs)
    expect(variables.entries).toMatchObject([
      { name: 'test-env.json', outcome: 'taken', conflicts: [{ mine: '{"a": 1}' }] },
    ])
    expect(content(variables.project)['test-env.json']).toBe('{"a": 2}')
  })

  it('says who changed each component, and lets one side count for all of one', () => {
    const a = (change: string) => files['pipes/a.conf.json'].replace('"entities": []', `"entities": [${change}]`)
    const own = projectWith({
      ...files,
      'pipes/a.conf.json': a('{"_id": "mine"}'),
      'pipes/d.conf.json': '{"_id": "d", "type": "pipe"}',
    })
    const { 'pipes/b.conf.json': _, ...less } = files
    const newer = projectWith({ ...less, 'pipes/a.conf.json': a('{"_id": "theirs"}') })
    expect(Object.fromEntries(changedSides(base, own, newer))).toEqual({
      'pipe a': 'both',
      'pipe b': 'theirs',
      'pipe d': 'mine',
    })
    const text = (key: string, side: 'mine' | 'theirs') =>
      content(mergeProjects(base, own, newer, chooseMine, (each) => (each === key ? side : null)).project)
    expect(text('pipe a', 'theirs')['pipes/a.conf.json']).toContain('"theirs"')
    expect(text('pipe a', 'mine')['pipes/a.conf.json']).toContain('"mine"')
    expect(text('pipe b', 'mine')['pipes/b.conf.json']).toBe(files['pipes/b.conf.json'])
    expect(text('pipe b', 'theirs')['pipes/b.conf.json']).toBeUndefined()
  })
})
