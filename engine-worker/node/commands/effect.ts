/** `effect OLD NEW`: what the changes from one folder to another do to data, as a comment for a pull request or as JSON. */
import { projectEffect } from '../../api/effect.ts'
import type { ProjectEffect } from '../../testing/effect.ts'
import type { ProjectEdit } from '../../testing/project-edits.ts'
import { command, jsonOption, profileOption } from './define.ts'
import { machine } from './machine.ts'
import { openFiles } from './project-run.ts'

/** Entities of a pipe that a comment shows, and characters of one of them. */
const MAX_SHOWN_ENTITIES = 5
const MAX_TEXT_LENGTH = 600

export const effectCommand = command({
  name: 'effect',
  says: 'Runs two versions of a project on the same input and shows what comes out differently, as Markdown.',
  argument: 'OLD',
  further: ['NEW'],
  options: {
    fail: { says: 'Exits with 1 if anything comes out differently.' },
    markdown: { says: 'Markdown, as a comment for a pull request; the default.' },
    profile: profileOption,
    json: jsonOption,
  },
  run: async (given, io) => {
    const profile = given.one('profile')
    const [before, after] = [
      await openFiles(given.argument, { profile }),
      await openFiles(given.further[0] ?? '', { profile }),
    ]
    const found = await projectEffect(before, after, { given: new Map(), environment: machine })
    io.out(given.has('json') ? `${JSON.stringify(found, null, 2)}\n` : effectMarkdown(found))
    const differs = found.groups.length > 0
    const fails = found.groups.some(({ pipes }) => pipes.some(({ failed }) => failed !== null))
    return fails || (differs && given.has('fail')) ? 1 : 0
  },
})

const kindWords: Readonly<Record<ProjectEdit['kind'], string>> = {
  pipe: 'pipe',
  system: 'system',
  metadata: 'node metadata',
  variable: 'variable',
  data: 'test data of',
  file: 'file',
}

/** The effect as Markdown: a sentence, a table of pipes by cause, the first entities folded below it. */
export function effectMarkdown({ groups, pipes, same }: ProjectEffect): string {
  const lines = ['### Effect on data', '']
  if (groups.length === 0)
    return [...lines, `None: ${pipes} pipes give the same ${same} entities as before.`, ''].join('\n')
  const touched = new Set(groups.flatMap((group) => group.pipes.map(({ pipe }) => pipe))).size
  lines.push(`${touched} of ${pipes} pipes give something else; ${same} entities come out as before.`, '')
  for (const group of groups) {
    const causes = group.edits.map(({ kind, name }) => `${kindWords[kind]} ${inlineCode(name)}`)
    lines.push(`**${causes.length > 0 ? `Because of ${causes.join(', ')}` : 'Not explained by any change'}**`, '')
    lines.push('| pipe | added | changed | removed |', '|---|--:|--:|--:|')
    for (const { pipe, added, changed, removed } of group.pipes)
      lines.push(`| ${inlineCode(pipe)} | ${added} | ${changed} | ${removed} |`)
    lines.push('')
    for (const { pipe, failed, entities } of group.pipes) {
      if (failed) lines.push(`:x: ${inlineCode(pipe)} fails now: ${oneLine(failed.message)}`, '')
      if (entities.length === 0) continue
      lines.push(
        `<details><summary>${escapedHtml(pipe)}: the first ${Math.min(MAX_SHOWN_ENTITIES, entities.length)}</summary>`,
        '',
      )
      for (const { before, after } of entities.slice(0, MAX_SHOWN_ENTITIES))
        lines.push(...fencedDiff(before, after), '')
      lines.push('</details>', '')
    }
  }
  return lines.join('\n')
}

/** Both values as a difference, in a fence that no value can close. */
function fencedDiff(before: string | null, after: string | null): string[] {
  const minus = before === null ? [] : markedLines('-', before)
  const plus = after === null ? [] : markedLines('+', after)
  const body = [
    ...minus.filter((line) => !plus.includes(`+${line.slice(1)}`)),
    ...plus.filter((line) => !minus.includes(`-${line.slice(1)}`)),
  ]
  const longest = Math.max(2, ...body.map(longestBackticks))
  const fence = '`'.repeat(longest + 1)
  return [`${fence}diff`, ...body, fence]
}

function longestBackticks(line: string): number {
  return Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length))
}

function markedLines(sign: '-' | '+', text: string): string[] {
  const cut = text.length > MAX_TEXT_LENGTH ? `${text.slice(0, MAX_TEXT_LENGTH)} …` : text
  return cut.split('\n').map((line) => sign + line)
}

/** A name as code, which nothing in it can leave. */
function inlineCode(name: string): string {
  const ticks = '`'.repeat(longestBackticks(name) + 1)
  const text = name.replace(/\s+/g, ' ').trim().replaceAll('|', '\\|')
  return ticks.length === 1 ? `\`${text}\`` : `${ticks} ${text} ${ticks}`
}

function oneLine(text: string): string {
  return escapedHtml(text.replace(/\s+/g, ' ').trim())
}

function escapedHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('@', '&#64;')
}
