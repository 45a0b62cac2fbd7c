import { useViewHandlers } from '../../commands/view-handlers.ts'
import { focusForm, focusPlace } from '../../pipe/focus.ts'
import { useNames } from '../../pipe/names.ts'
import { usePipe } from '../../pipe/pipe.ts'
import { choosePlace, type pipeModes, usePipeView } from '../../pipe/pipe-view.ts'
import { stagesOf } from '../../pipe/stages.ts'
import { useClipboard } from '../flow/clipboard.ts'
import {
  copyChosen,
  duplicateChosen,
  moveChosen,
  pasteStages,
  removeChosen,
  startStage,
  startStep,
  targetOf,
} from './actions.ts'

/** What can be done with the open pipe by name and key, while it is on screen. */
export function PipeOffers() {
  const { id, value, readOnly } = usePipe()
  const { selected, mode } = usePipeView()
  const target = targetOf(value, selected)
  const inCards = mode === 'cards'
  const isChain = target.is === 'step' || (target.is === 'stage' && target.stage.role === 'transform')
  const edits = !readOnly && mode !== 'text'
  const showMode = (next: (typeof pipeModes)[number]) => () => usePipeView.setState({ mode: next })
  useViewHandlers({
    'pipe.cards': showMode('cards'),
    'pipe.mapping': showMode('mapping'),
    'pipe.text': showMode('text'),
    'pipe.walk': showMode('walk'),
    'pipe.rename': () => useNames.setState({ asked: { what: 'pipe', from: id } }),
    'pipe.parts': () => document.querySelector<HTMLElement>('[data-parts]')?.click(),
    ...(inCards
      ? {
          'pipe.first': () => {
            const path = selected ?? stagesOf(value)[0]?.path ?? null
            choosePlace(path)
            focusPlace(path)
          },
        }
      : {}),
    ...(edits && inCards ? { 'pipe.addStep': () => startStep(id), 'pipe.addStage': () => startStage(id) } : {}),
    ...(selected === null ? {} : { 'pipe.edit': focusForm }),
    ...(edits && isChain
      ? {
          'pipe.remove': () => removeChosen(id),
          'pipe.duplicate': () => duplicateChosen(id),
          'pipe.up': () => moveChosen(id, -1),
          'pipe.down': () => moveChosen(id, 1),
        }
      : {}),
  })
  useClipboard({
    copy: () => copyChosen(id),
    ...(edits ? { cut: () => removeChosen(id), paste: (text: string) => pasteStages(id, text) } : {}),
  })
  return null
}
