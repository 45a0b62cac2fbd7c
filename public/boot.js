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
  const dark = settings.theme === 'dark' || (settings.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.dataset.theme = dark ? 'dark' : 'light'
  const language = settings.language ?? (/^(nb|nn|no)\b/.test(navigator.language) ? 'nb' : 'en')
  const atProjects = location.hash === '' || location.hash === '#/'
  root.dataset.shell = language === 'en' && atProjects ? 'full' : 'frame'
})()
