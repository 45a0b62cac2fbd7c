/** Feeds of SDShare (http://www.sdshare.org/spec/sdshare-v1.0.html): which resources have changed, as Atom. */

const ATOM = 'http://www.w3.org/2005/Atom'
const SDSHARE = 'http://www.sdshare.org/2012/core/'

/** The type of feeds. */
export const ATOM_TYPE = 'application/atom+xml'
export const TRIPLES_TYPE = 'application/n-triples'

/** One changed resource of a feed of fragments. */
export interface FragmentEntry {
  /** The URI of the resource. */
  readonly resource: string
  /** `_updated`: where a later request goes on. */
  readonly position: string
  /** Milliseconds since 1970. */
  readonly changed: number
  /** Where its statements are, or (`triples`) the statements themselves. */
  readonly fragment: { readonly address: string } | { readonly triples: string }
}

/** The feed of a collection, which names the feed of its fragments. */
export function collectionFeed(title: string, fragments: string, changed: number): string {
  return `${feedStart(title, fragments, changed)}<link rel="${SDSHARE}fragmentsfeed" type="${ATOM_TYPE}" href="${escapedXml(fragments)}"/>\n</feed>\n`
}

/** The feed of fragments in pieces. */
export async function* fragmentsFeed(
  title: string,
  address: string,
  changed: number,
  entries: AsyncIterable<FragmentEntry>,
): AsyncIterable<string> {
  const iterator = entries[Symbol.asyncIterator]()
  // What fails at once is an error, and not the beginning of a feed.
  let next = await iterator.next()
  yield feedStart(title, address, changed)
  for (; !next.done; next = await iterator.next()) yield entryText(next.value)
  yield '</feed>\n'
}

function feedStart(title: string, id: string, changed: number): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="${ATOM}" xmlns:sdshare="${SDSHARE}">
<title>${escapedXml(title)}</title>
<id>${escapedXml(id)}</id>
<updated>${new Date(changed).toISOString()}</updated>
`
}

function entryText({ resource, position, changed, fragment }: FragmentEntry): string {
  const where =
    'address' in fragment
      ? `<link rel="alternate" type="${TRIPLES_TYPE}" href="${escapedXml(fragment.address)}"/>`
      : `<content type="${TRIPLES_TYPE}">${escapedXml(fragment.triples)}</content>`
  return `<entry>
<title>${escapedXml(resource)}</title>
<id>${escapedXml(`${resource}#${position}`)}</id>
<updated>${new Date(changed).toISOString()}</updated>
<sdshare:resource>${escapedXml(resource)}</sdshare:resource>
${where}
</entry>
`
}

/** Text as XML 1.0 can hold it. */
function escapedXml(text: string): string {
  return text
    .replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? '&quot;')
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
}
