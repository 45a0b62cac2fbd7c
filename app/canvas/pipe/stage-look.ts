/** How a stage is named and coloured, in the strip and on the canvas. */
import { isWithin, type JsonPath, type KindDeclaration } from '../../../engine-worker/index.ts'
import { isMerge, type Stage } from '../../pipe/stages.ts'
import { useCatalogue } from '../../store/catalogue.ts'

const barClasses = { source: 'bg-source', transform: 'bg-transform', sink: 'bg-sink' } as const

/** The colour of the role of a stage; a merge makes what is golden. */
export function stageBar(stage: Stage): string {
  return isMerge(stage) ? 'bg-accent' : barClasses[stage.role]
}

/** Whether the chosen place is a stage or inside it. */
export function isChosenStage({ path }: Stage, selected: JsonPath | null): boolean {
  return selected !== null && isWithin(selected, path)
}

/** The name of what a stage does. */
export function stageLabelOf({ role, type }: Stage, kinds: readonly KindDeclaration[]): string {
  return kinds.find((kind) => kind.role === role && kind.type === type)?.label ?? type
}

/** The name of what a stage does, in the chosen language. */
export function useStageLabel(stage: Stage): string {
  return stageLabelOf(stage, useCatalogue()?.kinds ?? noKinds)
}

const noKinds: readonly KindDeclaration[] = []
