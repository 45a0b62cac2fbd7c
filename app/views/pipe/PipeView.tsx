import { useEffect } from 'react'
import { componentById } from '../../../engine-worker/index.ts'
import { EntityBar } from '../../canvas/pipe/EntityBar.tsx'
import { ExpandedParts } from '../../canvas/pipe/ExpandDialog.tsx'
import { KeyDialog } from '../../canvas/pipe/KeyDialog.tsx'
import { Mapping } from '../../canvas/pipe/Mapping.tsx'
import { NamesDialog } from '../../canvas/pipe/NamesDialog.tsx'
import { PipeCanvas } from '../../canvas/pipe/PipeCanvas.tsx'
import { PipeDock } from '../../canvas/pipe/PipeDock.tsx'
import { PipeInspector } from '../../canvas/pipe/PipeInspector.tsx'
import { PipeOffers } from '../../canvas/pipe/PipeOffers.tsx'
import { TextView } from '../../canvas/pipe/TextView.tsx'
import { WalkView } from '../../canvas/walk/WalkView.tsx'
import { useWalk } from '../../canvas/walk/walk-state.ts'
import { FrameSlot } from '../../frame/FrameSlot.tsx'
import { PageLayout } from '../../frame/PageLayout.tsx'
import { PipeContext } from '../../pipe/pipe.ts'
import { pipeModes, showPipe, usePipeView } from '../../pipe/pipe-view.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { usePreview } from '../../pipe/preview-store.ts'
import { go } from '../../route.ts'
import { useContent } from '../../store/project/project.ts'
import { useWalkTarget } from '../../store/walk-target.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Segments } from '../../ui/Segments.tsx'

/** One pipe: its stages as cards, as a mapping or as text, with the data before and after. */
export function PipeView({ project, pipe }: { readonly project: string; readonly pipe: string }) {
  const w = usePipeWords()
  const component = componentById(useContent(), pipe, 'pipe')
  const mode = usePipeView((state) => state.mode)
  const isIdle = usePipeView((state) => state.selected === null)
  useEffect(() => {
    showPipe(pipe)
    const kept = useWalk.getState().pinned[pipe]
    if (kept !== undefined && usePipeView.getState().entity === null) usePipeView.setState({ entity: kept })
  }, [pipe])
  const target = useWalkTarget((state) => state.target)
  useEffect(() => {
    if (target?.pipe === pipe) usePipeView.setState({ mode: 'walk', entity: target.entity })
  }, [target, pipe])
  usePreview(pipe)
  if (!component) {
    return (
      <PageLayout>
        <Empty
          title={w.pipe.missing.title}
          action={<Button onClick={() => go({ at: 'flow', project })}>{w.pipe.missing.toFlow}</Button>}
        >
          {w.pipe.missing.says}
        </Empty>
      </PageLayout>
    )
  }
  return (
    <PipeContext value={pipe}>
      <FrameSlot at="actions">
        <Segments
          label={w.pipe.modeLabel}
          options={pipeModes.map((each) => ({ id: each, label: w.pipe.modes[each] }))}
          value={mode}
          onChange={(next) => usePipeView.setState({ mode: next })}
        />
      </FrameSlot>
      <FrameSlot at="crumbs">
        <ExpandedParts />
      </FrameSlot>
      <PipeOffers />
      <NamesDialog />
      <KeyDialog />
      <PageLayout
        isIdle={isIdle}
        // A mapping has two sides: it takes the whole width until a row of it is chosen.
        {...(mode === 'walk' || (mode === 'mapping' && isIdle) ? {} : { inspector: <PipeInspector /> })}
        {...(mode === 'walk' ? {} : { dock: <PipeDock /> })}
      >
        <h1 className="sr-only">{pipe}</h1>
        {mode === 'cards' && <PipeCanvas />}
        {mode === 'mapping' && <Mapping />}
        {mode === 'text' && <TextView />}
        {mode === 'walk' && <WalkView />}
        {mode !== 'walk' && mode !== 'text' && <EntityBar />}
      </PageLayout>
    </PipeContext>
  )
}
