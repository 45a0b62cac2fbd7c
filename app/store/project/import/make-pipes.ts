/** Makes pipes of the files that were brought: in a new project, or in the one that is open. */
import { type AnswerOf, addComponent, emptyProject, type Project } from '../../../../engine-worker/index.ts'
import { ask, refreshProject } from '../../engine/open-project.ts'
import { failureText } from '../../failure.ts'
import { toast } from '../../toasts.ts'
import { supplyFile, supplySource, trackIngest } from '../ingest.ts'
import { editContent, useProject } from '../project.ts'
import { addProject, openStoredProject } from '../projects.ts'
import { runPipes } from '../runs.ts'
import { type BroughtFile, componentsOfFiles, forgetDataFiles, useDataFiles } from './data-files.ts'

type Components = AnswerOf<'planFiles'>

function withComponents(content: Project, components: Components): Project {
  return components.reduce((before, config) => addComponent(before, config).project, content)
}

/** Makes a new project of the files and opens it; gives its id. */
export async function makeProject(name: string): Promise<string> {
  const components = await componentsOfFiles(emptyProject)
  const content = withComponents(emptyProject, components)
  const id = await addProject({ name, profile: 'test', content }, 'files')
  await openStoredProject(id)
  await addComponents(components)
  return id
}

/** Adds the pipes of the files to the open project, as one step of history with the label. */
export async function addToProject(label: string): Promise<void> {
  const components = await componentsOfFiles(useProject.getState().document.content)
  editContent(label, (before) => withComponents(before, components))
  await addComponents(components)
}

/** Gives the pipes their data, and runs them: nothing leaves this machine. */
async function addComponents(components: Components): Promise<void> {
  const { files } = useDataFiles.getState()
  await trackIngest(supplyAll(files))
  forgetDataFiles()
  await refreshProject().catch(() => undefined)
  const pipes = components.flatMap(({ type, _id }) => (type === 'pipe' && typeof _id === 'string' ? [_id] : []))
  void runPipes({ pipes })
}

async function supplyAll(files: readonly BroughtFile[]): Promise<void> {
  for (const { id, pipe, key, file, name, report } of files) {
    if (!report) continue
    try {
      const data = await ask('fileData', { id, key })
      if (data) await supplySource({ pipe, name: `${pipe}.${data.ending}`, text: data.text })
      else if (report.kind === 'rdf') await supplySource({ pipe, name, text: await file.text() })
      else await supplyFile(pipe, file, () => undefined)
    } catch (error) {
      // The other files are taken in all the same.
      toast(failureText(error), 'bad')
    }
  }
}
