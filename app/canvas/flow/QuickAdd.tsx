import { useMemo } from 'react'
import type { KindDeclaration } from '../../../engine-worker/index.ts'
import { useCatalogue } from '../../store/catalogue.ts'
import { PickerList } from '../../ui/Picker.tsx'
import { useFlowWords } from './flow-words.ts'

/** What can be added: every declared source starts a pipe, every declared system is a component of its own. */
export interface AddOffer {
  readonly id: string
  readonly label: string
  readonly says: string
  readonly kind: KindDeclaration
}

interface QuickAddProps {
  /** Which roles are offered. */
  readonly roles?: readonly KindDeclaration['role'][]
  readonly onChoose: (offer: AddOffer) => void
  readonly onClose: () => void
}

/** Search, arrows, Enter: a new node without leaving the keyboard. Rows can be dragged onto the canvas, too. */
export function QuickAdd({ roles = ['source', 'system'], onChoose, onClose }: QuickAddProps) {
  const w = useFlowWords()
  const kinds = useCatalogue()?.kinds
  const rows = useMemo(
    () => offersOf(kinds ?? [], roles).map((offer) => ({ ...offer, aside: offer.kind.type, value: offer })),
    [kinds, roles],
  )
  return (
    <PickerList
      label={w.flow.addTitle}
      placeholder={w.flow.addPlaceholder}
      rows={rows}
      onClose={onClose}
      onChoose={({ value }) => onChoose(value)}
      onDragStart={(event, { id }) => {
        event.dataTransfer.setData(dragType, id)
        event.dataTransfer.effectAllowed = 'copy'
      }}
    />
  )
}

/** The type of dragged palette rows. */
export const dragType = 'application/x-pipewright-kind'

/** What the declarations offer for the roles: sources first, and of each role the most used first, as they are declared. */
export function offersOf(
  kinds: readonly KindDeclaration[],
  roles: readonly KindDeclaration['role'][],
): readonly AddOffer[] {
  return kinds
    .filter((kind) => roles.includes(kind.role))
    .map((kind) => ({ id: `${kind.role} ${kind.type}`, label: kind.label, says: kind.says, kind }))
    .sort((a, b) => Number(b.kind.role === 'source') - Number(a.kind.role === 'source'))
}
