import { useConnection } from '@xyflow/react'
import { useProject } from '../../store/project/project.ts'
import { classes } from '../../ui/classes.ts'
import { datasetOut } from './actions.ts'
import { datasetConnectionOf } from './edits.ts'
import { isHops } from './elements.ts'
import { useFlowWords } from './flow-words.ts'

/** While a wire is drawn: what dropping it here would do, or why it cannot be dropped here. */
export function ConnectionHint() {
  const w = useFlowWords()
  const hint = useConnection((state) => {
    if (!state.inProgress || !state.toNode || state.toNode.id === state.fromNode.id) return null
    return `${state.fromNode.id}\n${state.toNode.id}\n${isHops(state.toHandle?.id) ? 'hops' : 'flow'}`
  })
  if (hint === null) return null
  const [from = '', to = '', kind] = hint.split('\n')
  const { content } = useProject.getState().document
  const connection = datasetConnectionOf(
    content,
    datasetOut(content, from),
    to.replace(/^pipe:/, ''),
    kind === 'hops' ? 'hops' : 'flow',
  )
  return (
    <p
      role="status"
      className={classes(
        'pointer-events-none absolute bottom-4 left-1/2 z-20 -translate-x-1/2 rounded-full border bg-raised px-3 py-1 shadow-high',
        connection.legal ? 'border-accent text-accent' : 'border-bad text-bad',
      )}
    >
      {connection.legal ? w.flow.connecting[connection.how] : w.flow.refused[connection.why]}
    </p>
  )
}
