/** HTTP headers for templates: found by name whatever its case, with the links of a Link header by relation (RFC 8288). */
import { type JinjaValue, PyDict, PyObject, stringOf } from './values.ts'

/** The value of a Link header: its text, and each link by its relation, as in `headers.link.next`. */
class LinkHeader extends PyObject {
  readonly type = 'str'
  private readonly links: ReadonlyMap<string, string>
  constructor(
    readonly text: string,
    base: string,
  ) {
    super()
    this.links = linksIn(text, base)
  }
  override attribute(name: string): JinjaValue | undefined {
    return this.links.get(name)
  }
  override asText(): string {
    return this.text
  }
  override truthy(): boolean {
    return this.text !== ''
  }
}

/** `<…>; rel="next prev"`, one after another: the addresses by relation, relative ones completed by the request's. */
function linksIn(text: string, base: string): ReadonlyMap<string, string> {
  const links = new Map<string, string>()
  for (const [, address = '', parameters = ''] of text.matchAll(
    /<([^>]*)>((?:\s*;\s*[^\s=;,]+\s*(?:=\s*(?:"[^"]*"|[^\s";,]*))?)*)/g,
  )) {
    const relation = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s";,]*))/i.exec(parameters)
    for (const name of (relation?.[1] ?? relation?.[2] ?? '').toLowerCase().split(/\s+/))
      if (name !== '' && !links.has(name)) links.set(name, resolvedAddress(address, base))
  }
  return links
}

function resolvedAddress(address: string, base: string): string {
  return URL.canParse(address, base) ? new URL(address, base).href : address
}

/** Headers by name without regard to its case. */
export class HeaderValues extends PyDict {
  private readonly link: LinkHeader
  constructor(headers: Readonly<Record<string, string>>, base: string) {
    super({ ...headers })
    const found = Object.entries(headers).find(([name]) => name.toLowerCase() === 'link')
    this.link = new LinkHeader(found?.[1] ?? '', base)
  }
  override get(key: JinjaValue): JinjaValue | undefined {
    const name = stringOf(key)?.toLowerCase()
    if (name === 'link') return this.link
    const own = this.keys().find((each) => stringOf(each)?.toLowerCase() === name)
    return own === undefined ? undefined : super.get(own)
  }
}
