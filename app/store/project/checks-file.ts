/** The checks of data of the open project: `checks.json` among its files. Each change is one step of history. */
import { useMemo } from 'react'
import {
  type Check,
  checkName,
  checksFile,
  checksText,
  type Project,
  readChecks,
} from '../../../engine-worker/index.ts'
import { editContent, useContent } from './project.ts'

function checksIn({ root, files }: Project): readonly Check[] {
  const text = files[`${root}${checksFile}`]
  return typeof text === 'string' ? readChecks(text, checksFile).checks : []
}

/** The checks of the open project, for components. */
export function useChecks(): readonly Check[] {
  const content = useContent()
  return useMemo(() => checksIn(content), [content])
}

/** Adds a check, in the place of one of the same kind for the same property. */
export function addCheck(label: string, check: Check): void {
  editChecks(label, (checks) => [...checks.filter((each) => checkName(each) !== checkName(check)), check])
}

/** Takes a check away. */
export function removeCheck(label: string, check: Check): void {
  editChecks(label, (checks) => checks.filter((each) => checkName(each) !== checkName(check)))
}

function editChecks(label: string, edit: (checks: readonly Check[]) => readonly Check[]): void {
  editContent(label, (content) => {
    const file = checksText(edit(checksIn(content)))
    return { ...content, files: { ...content.files, [`${content.root}${checksFile}`]: file } }
  })
}
