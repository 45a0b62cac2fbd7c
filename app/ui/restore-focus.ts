/** Focus that would be lost because an edit took away what had it: it goes to what is nearest to where that stood. */

const focusableSelector = 'button:not(:disabled), input:not(:disabled), textarea, select, summary, [tabindex="0"]'

/** Remembers where an element stands; the answer gives the focus back to it, or to the nearest that is left. */
export function rememberFocus(element: Element | null): () => void {
  const chain: { readonly parent: Element; readonly index: number; readonly controls: readonly Element[] }[] = []
  for (let here = element; here?.parentElement; here = here.parentElement) {
    const { parentElement: parent } = here
    const controls = controlsIn(parent)
    chain.push({ parent, index: element ? controls.indexOf(element) : -1, controls })
    if (parent === document.body) break
  }
  return () => {
    if (element instanceof HTMLElement && element.isConnected) {
      element.focus()
      return
    }
    for (const { parent, index, controls: before } of chain) {
      if (!parent.isConnected || parent === document.body) continue
      const controls = controlsIn(parent)
      // What came after it, else what came before; where all is drawn anew, what stands in its place.
      const left = [...before.slice(index + 1), ...before.slice(0, Math.max(0, index)).reverse()]
      const next =
        left.find((each) => controls.includes(each)) ?? controls[Math.max(0, Math.min(index, controls.length - 1))]
      if (next instanceof HTMLElement) {
        next.focus()
        return
      }
    }
  }
}

function controlsIn(parent: Element): readonly Element[] {
  return [...parent.querySelectorAll(focusableSelector)]
}
