/** Pictures of kinds: names of a fixed set, or small pictures that manifests bring along and that can do nothing. */
import { decodeBase64 } from '../../entity/base64.ts'

/** The names of pictures that a kind may have; the page has one for each. */
const iconNames = [
  ...['activity', 'arrow-left-right', 'binary', 'blocks', 'bot', 'box', 'boxes', 'braces', 'building', 'calendar'],
  ...['case-lower', 'case-upper', 'circle-off', 'cloud', 'code', 'container', 'credit-card', 'database', 'factory'],
  ...['file-code', 'file-json', 'file-spreadsheet', 'file-text', 'flask', 'git-branch', 'git-merge', 'globe', 'heart'],
  ...['image', 'inbox', 'languages', 'layers', 'link', 'list-checks', 'list-tree', 'mail', 'map', 'message'],
  ...['network', 'package', 'phone', 'plug', 'radio', 'scan-search', 'search', 'server', 'settings', 'share'],
  ...[
    'shopping-cart',
    'shuffle',
    'sparkles',
    'split',
    'table',
    'timer',
    'truck',
    'user',
    'users',
    'wallet',
    'workflow',
  ],
] as const

export type IconName = (typeof iconNames)[number]

const iconNameSet: ReadonlySet<string> = new Set(iconNames)

/** Whether a text is the name of a picture. */
export function isIconName(text: string): text is IconName {
  return iconNameSet.has(text)
}

/** Characters of a data URI. */
const MAX_ICON_CHARACTERS = 48_000

/** Parts of SVG that draw; everything else may load, run or link something. */
const DRAWING_ELEMENT =
  /^(?:svg|g|path|rect|circle|ellipse|line|polyline|polygon|defs|linearGradient|radialGradient|stop|clipPath|mask|title|desc)$/

/** Why a text cannot be a picture, or null. Pictures are shown as images alone, which run nothing; this is the second lock. */
export function iconFault(text: string): string | null {
  if (isIconName(text)) return null
  if (!text.startsWith('data:')) return 'it is no name of a picture'
  if (text.length > MAX_ICON_CHARACTERS) return `it is larger than ${MAX_ICON_CHARACTERS / 1000} kB`
  const [, type, body = ''] = /^data:image\/(png|svg\+xml);base64,([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? []
  if (type === undefined) return 'it is neither PNG nor SVG in base64'
  const bytes = decodeBase64(body)
  if (bytes === null) return 'it is not base64'
  if (type === 'png') return isPng(bytes) ? null : 'it is no PNG'
  return svgFault(new TextDecoder().decode(bytes))
}

function isPng(bytes: Uint8Array): boolean {
  return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a].every((byte, at) => bytes[at] === byte)
}

function svgFault(svg: string): string | null {
  if (!/^\s*(?:<\?xml[^>]*\?>\s*)?<svg[\s>]/.test(svg)) return 'it is no SVG'
  if (/<!|<\?(?!xml\s)/.test(svg.replace(/<!--[\s\S]*?-->/g, ''))) return 'it declares entities or instructions'
  for (const [, name = ''] of svg.matchAll(/<\s*([^\s/>!?]+)/g))
    if (!DRAWING_ELEMENT.test(name)) return `it has <${name}>`
  const [unsafe] = /\son\w+\s*=|href\s*=|url\(\s*['"]?(?!#)[^)]|javascript:|@import/i.exec(svg) ?? []
  return unsafe === undefined ? null : `it has ${unsafe.trim().slice(0, 40)}`
}
