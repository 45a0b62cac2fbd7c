/** A small project with a merge and a join, of which two of three entities match. */

const dtl = (...steps: unknown[]) => ({ type: 'dtl', rules: { default: steps } })

/** The file of a pipe, by its path. */
export const pipeFile = (_id: string, more: object) => [
  `pipes/${_id}.conf.json`,
  JSON.stringify({ _id, type: 'pipe', ...more }),
]

/** An embedded source with a `key` in each entity: its id without the first letter. */
export const embeddedEntities = (...ids: string[]) => ({
  type: 'embedded',
  entities: ids.map((_id) => ({ _id, key: _id.slice(1) })),
})

/** The files of the project, and more of them. */
export const matchingFiles = (more: string[][] = []): Record<string, string> =>
  Object.fromEntries([
    pipeFile('a', { source: embeddedEntities('a1', 'a2', 'a3') }),
    pipeFile('b', { source: embeddedEntities('b1', 'b2', 'b9') }),
    pipeFile('both', {
      source: { type: 'merge', datasets: ['a a', 'b b'], equality: [['eq', 'a.key', 'b.key']] },
    }),
    pipeFile('joined', {
      source: { type: 'dataset', dataset: 'a' },
      transform: dtl(
        ['filter', ['neq', '_S.key', '3']],
        ['copy', '*'],
        ['add', 'of', ['hops', { datasets: ['b b'], where: [['eq', '_S.key', 'b.key']] }]],
      ),
    }),
    ...more,
  ])
