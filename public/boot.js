// Runs before the first paint: the colours of the chosen theme, and how much of the static first screen is shown. It is
// in English and shows the list of projects; for another language or another address only its frame is.
;(() => {
  const root = document.documentElement
  let settings = {}
  try {
    settings = JSON.parse(localStorage.getItem('pipewright.settings')) ?? {}
  } catch {
    // Storage is switched off or holds something else: the defaults are right.
  }
  const dark =
    settings.theme === 'dark' || (settings.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.dataset.theme = dark ? 'dark' : 'light'
  const language = settings.language ?? (/^(nb|nn|no)\b/.test(navigator.language) ? 'nb' : 'en')
  const atProjects = location.hash === '' || location.hash === '#/'
  root.dataset.shell = language === 'en' && atProjects ? 'full' : 'frame'

  // What a person does before the app is there is kept for it: app/frame/early-input.ts takes it over.
  const early = { keys: [], entries: [], files: [] }
  const key = (event) => {
    if (early.keys.length >= 64 || event.isComposing) return
    const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event
    early.keys.push({ key, code, ctrlKey, metaKey, altKey, shiftKey, bubbles: true, cancelable: true })
    // The browser would take these: find opens the palette, and a slash its quick search.
    if (((ctrlKey || metaKey) && key.toLowerCase() === 'k') || key === '/') event.preventDefault()
  }
  const over = (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
  }
  const drop = (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    for (const item of event.dataTransfer.items) {
      const entry = item.webkitGetAsEntry?.()
      const file = entry ? null : item.getAsFile()
      if (entry) early.entries.push(entry)
      else if (file) early.files.push(file)
    }
  }
  addEventListener('keydown', key)
  addEventListener('dragover', over)
  addEventListener('drop', drop)
  globalThis.takeEarlyInput = () => {
    removeEventListener('keydown', key)
    removeEventListener('dragover', over)
    removeEventListener('drop', drop)
    return early
  }
})()
