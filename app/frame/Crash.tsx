import { TriangleAlert } from 'lucide-react'
import { Component, type ReactNode } from 'react'
import { words } from '../i18n/i18n.ts'
import { Button } from '../ui/Button.tsx'
import { Empty } from '../ui/Empty.tsx'

/** Catches a mistake of ours in a view: the frame stays, the work is saved, and the view can be shown again. */
export class Crash extends Component<{ readonly children: ReactNode }, { readonly failed: string | null }> {
  override state = { failed: null }

  static getDerivedStateFromError(error: unknown): { failed: string } {
    return { failed: error instanceof Error ? error.message : String(error) }
  }

  override render(): ReactNode {
    const { failed } = this.state
    if (failed === null) return this.props.children
    const w = words()
    return (
      <Empty
        icon={<TriangleAlert size={20} aria-hidden />}
        title={w.crash.title}
        action={<Button onClick={() => this.setState({ failed: null })}>{w.crash.again}</Button>}
      >
        <p>{w.crash.says}</p>
        <pre className="mt-3 max-w-full overflow-auto text-left text-ink-faint">{failed}</pre>
      </Empty>
    )
  }
}
