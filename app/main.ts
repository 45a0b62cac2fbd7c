/**
 * The first code of the page. The first screen is in index.html already (shell.tsx): it is painted before the app is
 * fetched, so that neither its download nor its start delays it.
 */
import './style.css'

const start = () => {
  // Evaluated apart from the rest: two short tasks instead of a long one.
  void import('react-dom/client')
  void import('./start.tsx')
}

// A tab in the background paints nothing.
if (document.hidden) start()
else requestAnimationFrame(() => setTimeout(start))
