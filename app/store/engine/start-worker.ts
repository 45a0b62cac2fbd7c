/**
 * Starting workers and the service worker under the page's own content security policy.
 *
 * A worker takes its policy from the response that its script came with, and a static host sends none; a `<meta>`
 * policy reaches the page alone. A script from a `blob:` address has no response: it inherits the policy of the page
 * that made it. So each worker starts as a one-line script that loads the real one, and is held to the policy of
 * `index.html` on any host.
 *
 * Where the browser has Trusted Types, the policy there refuses addresses of scripts that did not come through here.
 */

/** The part of Trusted Types that is used; TypeScript's library does not declare it. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (address: string) => string },
  ): { createScriptURL(address: string): string }
}

declare global {
  var trustedTypes: TrustedTypes | undefined
}

const policyName = 'pipewright'

const policy = globalThis.trustedTypes?.createPolicy(policyName, { createScriptURL: ownScript })

/** The address, when it is a script of this app; anything else is a mistake and throws. */
function ownScript(address: string): string {
  const { origin } = new URL(address, document.baseURI)
  if (origin !== location.origin) throw new TypeError(`not a script of this app: ${address}`)
  return address
}

/** The address of a script of this app, as `new Worker` and its like accept it. */
export function scriptAddress(address: string): string {
  return policy ? policy.createScriptURL(address) : address
}

/**
 * Starts a worker that is held to the page's policy. `script` is an address as `import x from '….ts?worker&url'` gives it. The
 * address of the loader is never given back, because the worker may not have read it yet.
 */
export function startWorker(script: string, options: { readonly name: string; readonly classic?: boolean }): Worker {
  const address = JSON.stringify(new URL(script, document.baseURI).href)
  const loader = options.classic ? classicLoader(address) : moduleLoader(address)
  const blob = URL.createObjectURL(new Blob([loader], { type: 'text/javascript' }))
  return new Worker(scriptAddress(blob), { name: options.name, type: options.classic ? 'classic' : 'module' })
}

function classicLoader(address: string): string {
  const trusted = `trustedTypes.createPolicy('${policyName}', { createScriptURL: (address) => address })`
  return `importScripts(self.trustedTypes ? ${trusted}.createScriptURL(${address}) : ${address})`
}

/**
 * Libraries resolve addresses against `location`, which is no place of a web server in a `blob:` script: it becomes that of
 * the real one first. Messages that come before the real script listens are handed on then.
 */
function moduleLoader(address: string): string {
  return `
    Object.defineProperty(self, 'location', { value: new URL(${address}), configurable: true })
    const early = []
    const keep = (event) => { early.push(event); event.stopImmediatePropagation() }
    addEventListener('message', keep)
    import(${address}).then(
      () => {
        removeEventListener('message', keep)
        for (const { data, ports } of early) dispatchEvent(new MessageEvent('message', { data, ports }))
      },
      (error) => setTimeout(() => { throw error }),
    )`
}
