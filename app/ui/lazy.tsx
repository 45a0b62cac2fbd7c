import { type ComponentType, type ReactNode, useEffect, useState } from 'react'
import { CodeUnavailable } from '../store/update.ts'

/** The code of one component: loaded at most once, and again after a failure. */
interface ComponentCode<Props> {
  loaded: ComponentType<Props> | null
  readonly load: () => Promise<void>
}

/**
 * A component whose code loads when it is first shown (or when `load` is called ahead of that).
 *
 * Unlike `React.lazy`, it shows as soon as the code is there: React holds back what a `Suspense`
 * reveals for some 300 ms, which every first visit of a view would pay.
 *
 * - `fetchCode` resolves to the component; when it fails, the failure is thrown where the component
 *   is rendered, and the next attempt loads again.
 * - `meanwhile` is shown until the code is there; nothing by default.
 */
export function lazyComponent<Props extends object>(fetchCode: () => Promise<ComponentType<Props>>) {
  let loading: Promise<void> | null = null
  const code: ComponentCode<Props> = {
    loaded: null,
    load: () => {
      loading ??= fetchCode().then(
        (component) => {
          code.loaded = component
        },
        (failure: unknown) => {
          loading = null
          throw new CodeUnavailable(failure)
        },
      )
      return loading
    },
  }
  const lazyShown = ({ meanwhile = null, ...props }: Props & { readonly meanwhile?: ReactNode }) => (
    <LazyComponent code={code} props={props as unknown as Props} meanwhile={meanwhile} />
  )
  return Object.assign(lazyShown, { load: code.load })
}

function LazyComponent<Props extends object>({
  code,
  props,
  meanwhile,
}: {
  readonly code: ComponentCode<Props>
  readonly props: Props
  readonly meanwhile: ReactNode
}) {
  const [, setLoaded] = useState(code.loaded !== null)
  useEffect(() => {
    if (code.loaded) return
    let shown = true
    code.load().then(
      () => shown && setLoaded(true),
      (failure: unknown) => {
        if (!shown) return
        setLoaded(() => {
          throw failure
        })
      },
    )
    return () => {
      shown = false
    }
  }, [code])
  const Component = code.loaded
  return Component ? <Component {...props} /> : meanwhile
}
