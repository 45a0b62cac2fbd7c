import { TriangleAlert } from 'lucide-react'
import { Component, type ReactNode } from 'react'
import { currentWords } from '../i18n/i18n.ts'
import { failureText } from '../store/failure.ts'
import { CodeUnavailable } from '../store/update.ts'
import { Button } from '../ui/Button.tsx'
import { Empty } from '../ui/Empty.tsx'
import { CodeMissing } from './CodeMissing.tsx'

interface CrashState {
  readonly failed: string | null
  /** Whether the code of the view could not be loaded, which is no fault of the view. */
  readonly isCodeMissing: boolean
}

/** Catches an error in a view: the frame stays, the work is saved, and the view can be shown again. */
export class Crash extends Component<{ readonly children: ReactNode }, CrashState> {
  override state: CrashState = { failed: null, isCodeMissing: false }

  static getDerivedStateFromError(error: unknown): CrashState {
    return {
      failed: failureText(error),
      isCodeMissing: error instanceof CodeUnavailable,
    }
  }

  override render(): ReactNode {
    const { failed, isCodeMissing } = this.state
    if (failed === null) return this.props.children
    const retry = () => this.setState({ failed: null, isCodeMissing: false })
    if (isCodeMissing) return <CodeMissing onAgain={retry} />
    const w = currentWords()
    return (
      <Empty
        icon={<TriangleAlert size={20} aria-hidden />}
        title={w.crash.title}
        action={<Button onClick={retry}>{w.crash.again}</Button>}
      >
        <p>{w.crash.says}</p>
        <pre className="mt-3 max-w-full overflow-auto text-left text-ink-faint">{failed}</pre>
      </Empty>
    )
  }
}
