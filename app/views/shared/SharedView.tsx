import { Link2, Unlink } from 'lucide-react'
import { ProblemList } from '../../frame/ProblemList.tsx'
import { useWords } from '../../i18n/i18n.ts'
import { go } from '../../route.ts'
import { readLink } from '../../store/project/import/read-project.ts'
import { addImported } from '../../store/project/new-projects.ts'
import { toast } from '../../store/toasts.ts'
import { useQuery } from '../../store/use-query.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'

/** A project that came in a link: what it is, and opening it as one's own. Nothing is kept before that. */
export function SharedView({ link }: { readonly link: string }) {
  const w = useWords()
  const { value: incoming } = useQuery(link, (signal) => readLink(link, { signal, onProgress: () => undefined }), {
    about: link,
    onFailure: (text) => toast(text, 'bad'),
  })
  if (incoming === null) return null
  const { name, imported } = incoming
  const components = Object.values(imported.project.components)
  const pipes = components.filter(({ kind }) => kind === 'pipe').length
  const systems = components.filter(({ kind }) => kind === 'system').length
  const title = name || w.sharing.unnamed
  const openShared = async () => {
    try {
      go({ at: 'flow', project: await addImported(title, imported.project) }, 'replace')
    } catch (error) {
      toast(String(error), 'bad')
    }
  }
  const empty = components.length === 0
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-auto">
      <Empty
        icon={empty ? <Unlink size={20} aria-hidden /> : <Link2 size={20} aria-hidden />}
        title={empty ? w.sharing.broken : w.sharing.received(title)}
        action={
          <div className="flex gap-2">
            <Button onClick={() => go({ at: 'projects' })}>{w.missing.toProjects}</Button>
            {!empty && (
              <Button look="main" onClick={() => void openShared()}>
                {w.sharing.open}
              </Button>
            )}
          </div>
        }
      >
        {!empty && (
          <>
            <span className="block font-semibold">{w.sharing.holds(pipes, systems)}</span>
            {w.sharing.receivedSays}
          </>
        )}
      </Empty>
      {imported.problems.length > 0 && (
        <div className="mx-auto mb-8 max-w-xl rounded-lg border border-line">
          <ProblemList problems={imported.problems} project={null} />
        </div>
      )}
    </div>
  )
}
