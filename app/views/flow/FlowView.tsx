import { useEffect, useMemo } from 'react'
import { FileOpener } from '../../canvas/flow/FileOpener.tsx'
import { FlowCanvas } from '../../canvas/flow/FlowCanvas.tsx'
import { FlowInspector } from '../../canvas/flow/FlowInspector.tsx'
import { useFlowWords } from '../../canvas/flow/flow-words.ts'
import { flowLevels, setFlowView, useFlowView } from '../../canvas/flow/view.ts'
import { MapInspector } from '../../canvas/map/MapInspector.tsx'
import { showMapOf, useMapState } from '../../canvas/map/map-state.ts'
import { ProjectMapCanvas } from '../../canvas/map/ProjectMap.tsx'
import { mapFrom } from '../../canvas/map/use-map.ts'
import { KeyDialog } from '../../canvas/pipe/KeyDialog.tsx'
import { NamesDialog } from '../../canvas/pipe/NamesDialog.tsx'
import { PageLayout } from '../../frame/PageLayout.tsx'
import { Tour } from '../../frame/Tour.tsx'
import { useContent } from '../../store/project/project.ts'
import { useSession } from '../../store/session.ts'
import { Segments } from '../../ui/Segments.tsx'

/** The whole project as a graph, with the facts of what is chosen beside it. */
export function FlowView({ project }: { readonly project: string }) {
  const w = useFlowWords()
  const pipes = usePipeCount()
  const isIdle = useSession((state) => state.selection.length === 0)
  const isMapIdle = useMapState(({ chosen, opened }) => chosen === null && opened === null)
  const level = useFlowView((state) => state.level) ?? (pipes >= mapFrom ? 'groups' : 'pipes')
  useEffect(() => showMapOf(project), [project])
  const levels =
    pipes < groupsFrom ? null : (
      <Segments
        label={w.flow.levels.label}
        options={flowLevels.map((id) => ({ id, label: w.flow.levels[id] }))}
        value={level}
        onChange={(id) => setFlowView({ level: id })}
      />
    )
  if (level === 'groups' && levels !== null)
    return (
      <PageLayout inspector={<MapInspector project={project} />} isIdle={isMapIdle}>
        <h1 className="sr-only">{w.views.flow.label}</h1>
        <ProjectMapCanvas project={project} levels={levels} />
        <FileOpener />
        <KeyDialog />
      </PageLayout>
    )
  return (
    <PageLayout inspector={<FlowInspector project={project} />} isIdle={isIdle}>
      <h1 className="sr-only">{w.views.flow.label}</h1>
      <FlowCanvas project={project} levels={levels} />
      <Tour />
      <NamesDialog />
      <FileOpener />
      <KeyDialog />
    </PageLayout>
  )
}

/** From this many pipes on, groups can be chosen. */
const groupsFrom = 30

function usePipeCount(): number {
  const { components } = useContent()
  return useMemo(() => Object.values(components).filter(({ kind }) => kind === 'pipe').length, [components])
}
