/** Replacing texts inside a text, one or many at a time, in one pass. */

import type { Dict } from '../../entity/value.ts'
import { checkLength } from '../text-length.ts'

/** Every `old` replaced by `by`. An empty `old` stands before, between and behind all characters. */
export function replaceAll(text: string, old: string, by: string): string {
  if (old === '') return insertBetweenAll(text, by)
  let found = text.indexOf(old)
  if (found < 0) return text
  let result = ''
  let kept = 0
  for (; found >= 0; found = text.indexOf(old, kept)) {
    result += text.slice(kept, found) + by
    checkLength(result.length)
    kept = found + old.length
  }
  return result + text.slice(kept)
}

function insertBetweenAll(text: string, by: string): string {
  const characters = Array.from(text)
  checkLength(text.length + (characters.length + 1) * by.length)
  return by + characters.map((character) => character + by).join('')
}

interface Replacement {
  readonly old: string
  readonly by: string
}

let lastDict: Dict = {}
let lastReplace = (text: string) => text

/** Replaces the keys of a dict by their values; the longest key that fits at a place counts. */
export function replacer(dict: Dict): (text: string) => string {
  if (dict !== lastDict) {
    lastDict = dict
    lastReplace = compileReplacements(dict)
  }
  return lastReplace
}

function compileReplacements(dict: Dict): (text: string) => string {
  const byUnit = new Map<number, Replacement[]>()
  for (const old in dict) {
    const by = dict[old]
    if (old === '' || typeof by !== 'string') continue
    const unit = old.charCodeAt(0)
    byUnit.set(unit, [...(byUnit.get(unit) ?? []), { old, by }])
  }
  for (const candidates of byUnit.values()) candidates.sort((a, b) => b.old.length - a.old.length)
  return (text) => {
    let result = ''
    let kept = 0
    for (let at = 0; at < text.length; ) {
      const found = byUnit.get(text.charCodeAt(at))?.find(({ old }) => text.startsWith(old, at))
      if (found === undefined) {
        at++
        continue
      }
      result += text.slice(kept, at) + found.by
      checkLength(result.length)
      at += found.old.length
      kept = at
    }
    return kept === 0 ? text : result + text.slice(kept)
  }
}
