// The address that services lead back to after a sign-in. The query holds a code that is used once and is worth nothing
// without what the tab that began the sign-in knows; it leaves the address at once, and goes to tabs of this very origin
// only. The service worker neither keeps nor answers this page (app/service-worker.js).
;(() => {
  const query = location.search
  history.replaceState(null, '', location.pathname)
  const begun = sessionStorage.getItem('pipewright.sign-in')
  if (begun !== null) {
    sessionStorage.setItem('pipewright.sign-in.answer', query)
    let back = ''
    try {
      back = String(JSON.parse(begun).back ?? '')
    } catch {
      // Something else is in its place: the app opens at its beginning.
    }
    location.replace(`./${back.startsWith('#/') ? back : ''}`)
    return
  }
  const channel = new BroadcastChannel('pipewright.sign-in')
  channel.postMessage(query)
  channel.close()
  // Only a window that the app has opened can be closed so; otherwise the words of the page stand.
  close()
})()
