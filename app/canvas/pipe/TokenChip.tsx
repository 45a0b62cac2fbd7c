import type { MouseEvent, ReactNode } from 'react'
import type { JsonPath } from '../../../engine-worker/index.ts'
import { useWords } from '../../i18n/i18n.ts'
import { samePath } from '../../pipe/json-edits.ts'
import { choosePlace, shownAt, usePipeView } from '../../pipe/pipe-view.ts'
import { useTracePoint } from '../../pipe/preview-store.ts'
import { classes } from '../../ui/classes.ts'

interface ChipProps {
  /** What it stands for. */
  readonly path: JsonPath
  readonly look: string
  readonly title?: string
  readonly children: ReactNode
}

/** Characters of a name that fit a line of the narrowest card. */
const maxLength = 28

function chipLook({ look, children }: ChipProps): string {
  return classes(
    'mx-px inline rounded-sm py-px',
    typeof children === 'string' ? 'px-1' : 'px-0.5',
    // A name stays in one piece where it has room; only a sentence is broken.
    typeof children === 'string' && children.length <= maxLength && 'whitespace-nowrap',
    look,
  )
}

/** A chip to be read. */
export function TextChip(props: ChipProps) {
  return <span className={chipLook(props)}>{props.children}</span>
}

/** A chip that opens what it stands for when it is clicked, and says its value in the preview when pointed at. */
export function PathChip(props: ChipProps) {
  const { path, title, children } = props
  const w = useWords()
  const point = useTracePoint(path)
  const chosen = usePipeView(({ selected }) => selected !== null && samePath(selected, path))
  const choosePath = (event: MouseEvent) => {
    event.stopPropagation()
    choosePlace(shownAt(path))
  }
  const words = [title, point?.problem ? w.engine.message(point.problem) : point?.value].filter(Boolean).join(' = ')
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the same places are reached by keyboard through the form of the step
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the mouse inside a row that is itself a control
    <span
      onClick={choosePath}
      title={words === '' ? undefined : words}
      className={classes(chipLook(props), point?.problem && 'outline outline-bad', chosen && 'ring-2 ring-accent')}
    >
      {children}
    </span>
  )
}
