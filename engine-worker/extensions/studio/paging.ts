/**
 * Ways of services to give long lists in pages, each declared once: how it shows in the parameters and answers of a call,
 * and the settings of the operation that follow it (data-synchronization/pagination-pattern.rst).
 */
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import type { ServiceCall, ServiceParameter } from './service.ts'

/** What a way of paging is found in. */
interface PagedCall {
  readonly call: ServiceCall
  /** The address of the operation, as its `url`. */
  readonly url: string
  /** Where the list is in the answer, as `payload_property`; empty where the answer is the list. */
  readonly list: string
  /** The property that tells entities apart. */
  readonly key: string
}

interface PagingStyle {
  readonly name: PagingName
  /** The settings of the operation; null where the call does not show this way. */
  readonly settings: (paged: PagedCall) => JsonObject | null
}

export const pagingNames = ['none', 'next-link', 'link-header', 'cursor', 'last-key', 'page', 'offset'] as const
export type PagingName = (typeof pagingNames)[number]

const pageSize = 100

const sizeNames =
  /^(?:page\[size\]|(?:page[-_.]?)?(?:size|limit|count)|(?:max|per)[-_]?(?:page|results|items)|limit|first|top|\$top|rows|take)$/i
const pageNames = /^(?:page(?:\[number\]|[-_]?(?:number|no|nr|index))?|p)$/i
const offsetNames = /^(?:offset|skip|\$skip|start(?:[-_]?(?:at|index))?|from)$/i
const cursorNames =
  /^(?:.*cursor|(?:next[-_]?)?page[-_]?token|continuation[-_]?token|(?:starting[-_]?)?after|marker|next)$/i

/** Where an answer says what the next request is. */
const nextLinkNames =
  /^(?:next|next[-_]?(?:page)?[-_]?(?:link|url|uri|href)|@odata\.nextLink|odata\.nextLink|next[-_]?page)$/i
const nextCursorNames =
  /^(?:next|(?:next[-_]?)?(?:cursor|after)|next[-_]?(?:page[-_]?)?token|(?:next[-_]?)?page[-_]?token|continuation[-_]?token|end[-_]?cursor|next[-_]?(?:cursor|marker))$/i
const aroundNext = /(?:links?|paging|pagination|pages?|meta|metadata|page_?info|next|cursors?)$|^next/i
/** Where the key of the last entity says where the next page begins. */
const lastKeyNames = /^(?:starting[-_]?after|(?:last|since|after)[-_]?id|after)$/i
const moreNames = /^has[-_]?(?:more|next(?:[-_]?page)?)$/i

/** Pages end when nothing comes, or the same comes again. */
const endStrategies = (...more: readonly string[]): Json => [...more, 'empty-result', 'same-response']

const pagingStyles: readonly PagingStyle[] = [
  {
    name: 'next-link',
    settings: ({ call }) => {
      const path = pathIn(
        call.answer,
        nextLinkNames,
        (value) => typeof value === 'string' && /^(?:https?:|\/|\?)/.test(value),
        /^(?:href|ur[il]|link)$/i,
      )
      const emptyPath =
        path ??
        pathIn(call.answer, /^(?:@odata\.nextLink|next[-_]?(?:page)?[-_]?(?:link|url|uri|href))$/i, isTextOrNull)
      if (emptyPath === null) return null
      return {
        ...withPageSize(call),
        next_page_link: `{{ ${valueAt('body', emptyPath)} or '' }}`,
        next_page_termination_strategy: endStrategies('next-page-link-empty', 'same-next-page-link'),
      }
    },
  },
  {
    name: 'link-header',
    settings: ({ call }) => {
      if (!call.answerHeaders.includes('link')) return null
      return {
        ...withPageSize(call),
        next_page_link: '{% if headers.link.next is defined %}{{ headers.link.next }}{% endif %}',
        next_page_termination_strategy: endStrategies('next-page-link-empty'),
      }
    },
  },
  {
    name: 'cursor',
    settings: ({ call, url }) => {
      const parameter = parameterNamed(call, cursorNames) ?? parameterNamed(call, offsetNames, true)
      const isCursor = (value: Json) => isTextOrNull(value) || typeof value === 'number'
      const path = pathIn(call.answer, nextCursorNames, isCursor, /^(?:offset|cursor|token|after|start)$/i)
      if (parameter === undefined || path === null) return null
      const next = valueAt('body', path)
      const previous = valueAt('previous_body', path)
      return {
        ...withPageSize(call, {
          [parameter.name]: `{% if previous_body is defined %}{{ ${previous} or '' }}{% endif %}`,
        }),
        next_page_link: `{% if ${next} %}${url}{% endif %}`,
        next_page_termination_strategy: endStrategies('next-page-link-empty'),
      }
    },
  },
  {
    name: 'last-key',
    settings: ({ call, url, list, key }) => {
      const parameter = parameterNamed(call, lastKeyNames)
      const more = pathIn(call.answer, moreNames, (value) => typeof value === 'boolean')
      if (parameter === undefined || more === null) return null
      const items = valueAt('previous_body', list === '' ? [] : list.split('.'))
      const last = `((${items} or [])|last or {})${schemaMember(key)}`
      return {
        ...withPageSize(call, { [parameter.name]: `{% if previous_body is defined %}{{ ${last} or '' }}{% endif %}` }),
        next_page_link: `{% if ${valueAt('body', more)} %}${url}{% endif %}`,
        next_page_termination_strategy: endStrategies('next-page-link-empty'),
      }
    },
  },
  {
    name: 'page',
    settings: ({ call, url }) => {
      const parameter = parameterNamed(call, pageNames)
      if (parameter === undefined) return null
      const isFromZero = Number(parameter.example ?? 1) === 0
      return {
        ...withPageSize(call, { [parameter.name]: isFromZero ? '{{ page }}' : '{{ page + 1 }}' }),
        next_page_link: url,
        next_page_termination_strategy: endStrategies(),
      }
    },
  },
  {
    name: 'offset',
    settings: ({ call, url, list }) => {
      const parameter = parameterNamed(call, offsetNames, false)
      if (parameter === undefined) return null
      // Services give shorter pages than they are asked for: the next one begins behind what came.
      const before = `previous_params${schemaMember(parameter.name)}`
      const count = `(${valueAt('previous_body', list === '' ? [] : list.split('.'))} or [])|length`
      const next = `{% if ${before} is defined %}{{ ${before}|int + ${count} }}{% else %}0{% endif %}`
      return {
        ...withPageSize(call, { [parameter.name]: next }),
        next_page_link: url,
        next_page_termination_strategy: endStrategies(),
      }
    },
  },
]

/** The ways that a call shows, the most certain first, with the settings of the operation for each. */
export function pagingOf(paged: PagedCall): Readonly<Partial<Record<PagingName, JsonObject>>> {
  const found = pagingStyles.flatMap(({ name, settings }) => {
    const own = settings(paged)
    return own === null ? [] : [[name, own] as const]
  })
  return { ...Object.fromEntries(found), none: {} }
}

/** Whether a parameter says which page is asked for, or how long it is. */
export function isPagingParameter(name: string): boolean {
  return [sizeNames, pageNames, offsetNames, cursorNames, lastKeyNames].some((names) => names.test(name))
}

/** A parameter of such a name; `isText`: one that takes texts, or none. */
function parameterNamed({ parameters }: ServiceCall, names: RegExp, isText?: boolean): ServiceParameter | undefined {
  return parameters.find(
    (each) => each.in === 'query' && names.test(each.name) && (isText === undefined || each.isText === isText),
  )
}

/** The settings for the length of a page, where the service lets it be chosen, with more parameters. */
function withPageSize(call: ServiceCall, more: JsonObject = {}): JsonObject {
  const size = parameterNamed(call, sizeNames)
  if (size === undefined) return Object.keys(more).length === 0 ? {} : { params: more }
  const shown = Number(size.example)
  const usual = Number.isInteger(shown) && shown > 0 && call.recorded.length > 0 ? shown : pageSize
  const length = size.maximum === null ? usual : Math.max(1, Math.min(usual, size.maximum))
  return { page_size: length, params: { [size.name]: '{{ page_size }}', ...more } }
}

/** What has nothing more to give is often null in examples. */
function isTextOrNull(value: Json): boolean {
  return typeof value === 'string' || value === null
}

/**
 * The path to a property of an answer that has such a name and value: at the top, or in what stands around such names.
 * Inside of what is called `next` the names in `inNext` count too: {"next": {"href": "…"}}.
 */
function pathIn(
  answer: Json | undefined,
  names: RegExp,
  fits: (value: Json) => boolean,
  inNext?: RegExp,
): readonly string[] | null {
  const findPath = (json: Json | undefined, depth: number, isNext: boolean): readonly string[] | null => {
    if (!isObject(json)) return null
    for (const [name, value] of Object.entries(json)) {
      if ((names.test(name) || (isNext && inNext?.test(name) === true)) && fits(value)) return [name]
    }
    if (depth === 0) return null
    for (const [name, value] of Object.entries(json)) {
      const inside = aroundNext.test(name) ? findPath(value, depth - 1, /^next/i.test(name)) : null
      if (inside !== null) return [name, ...inside]
    }
    return null
  }
  return findPath(answer, 3, false)
}

/** The expression of a value deep in another one; what is missing on the way is empty. */
function valueAt(root: string, path: readonly string[]): string {
  return path.reduce((inside, name, at) => {
    const before = at === 0 ? inside : `(${inside} or {})`
    return `${before}${schemaMember(name)}`
  }, root)
}

/** A member in an expression of a template. */
export function schemaMember(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `['${name.replace(/[\\']/g, '\\$&')}']`
}
