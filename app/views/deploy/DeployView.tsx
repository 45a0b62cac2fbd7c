import { CircleCheck, Download, Gauge, Server } from 'lucide-react'
import { useMemo, useState } from 'react'
import { PageLayout } from '../../frame/PageLayout.tsx'
import { ProblemBrowser } from '../../frame/ProblemBrowser.tsx'
import { ViewHeader } from '../../frame/ViewHeader.tsx'
import { go } from '../../route.ts'
import { useDialogs } from '../../store/dialogs.ts'
import { useAllProblems } from '../../store/engine/state.ts'
import { useProject } from '../../store/project/project.ts'
import { useServerPlace } from '../../store/server/place.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { Changes } from './Changes.tsx'
import { changesBetween } from './changes.ts'
import { useDeployWords } from './deploy-words.ts'
import { Effect } from './Effect.tsx'
import { MergeTab } from './MergeTab.tsx'
import { Versions } from './Versions.tsx'

type View = 'problems' | 'changes' | 'effect' | 'merge' | 'versions'

/** Before the configuration leaves: what is wrong, what has changed since it came or last left, and the export. */
export function DeployView({ project }: { readonly project: string }) {
  const w = useDeployWords()
  const [view, setView] = useState<View>('problems')
  const place = useServerPlace((state) => state.address)
  const problems = useAllProblems()
  const content = useProject((state) => state.document.content)
  const baseline = useProject((state) => state.baseline)
  const changes = useMemo(() => changesBetween(baseline, content), [baseline, content])
  return (
    <PageLayout>
      <ViewHeader title={w.deploy.title} says={w.deploy.says}>
        <Button
          icon={<Gauge size={14} aria-hidden />}
          onClick={() => go({ at: 'subscription', project, section: null, environment: null })}
        >
          {w.views.subscription.label}
        </Button>
        {place === null && (
          <Button icon={<Server size={14} aria-hidden />} onClick={() => useDialogs.setState({ open: 'server' })}>
            {w.connected.put}
          </Button>
        )}
        <Button icon={<Download size={14} aria-hidden />} onClick={() => useDialogs.setState({ open: 'export' })}>
          {w.project.export}
        </Button>
      </ViewHeader>
      <Tabs
        className="flex-1 [&>div:first-child]:px-5"
        label={w.deploy.title}
        value={view}
        onChange={setView}
        tabs={[
          { id: 'problems', label: w.deploy.problems(problems.length) },
          { id: 'changes', label: w.deploy.changes(changes.length) },
          { id: 'effect', label: w.effect.tab },
          { id: 'merge', label: w.merging.tab },
          { id: 'versions', label: w.versions.title },
        ]}
      >
        {view === 'versions' ? (
          <Versions />
        ) : view === 'merge' ? (
          <MergeTab />
        ) : view === 'effect' ? (
          <Effect project={project} />
        ) : view === 'problems' ? (
          problems.length === 0 ? (
            <Empty icon={<CircleCheck size={20} aria-hidden className="text-good" />} title={w.deploy.noProblems}>
              {w.deploy.noProblemsSays}
            </Empty>
          ) : (
            <ProblemBrowser problems={problems} project={project} />
          )
        ) : changes.length === 0 ? (
          <Empty icon={<CircleCheck size={20} aria-hidden />} title={w.deploy.noChanges}>
            {w.deploy.noChangesSays}
          </Empty>
        ) : (
          <Changes changes={changes} />
        )}
      </Tabs>
    </PageLayout>
  )
}
