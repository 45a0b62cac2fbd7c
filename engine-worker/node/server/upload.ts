/** Uploads of configuration: an array or one component as JSON, or a zip of files, alone or as a part of a form. */
import { readJson } from '../../entity/json.ts'
import type { Json } from '../../entity/value.ts'
import { IMPORT_LIMITS } from '../../text/archive.ts'
import { isZip, unpackMember, zipMembers, zipOf } from '../../text/zip.ts'
import { badRequest, HttpError } from './answer.ts'
import { bodyParts, bodyText } from './body.ts'
import type { ConfigItem, PostedItem } from './configuration.ts'

/** The components of an upload. 400 where it cannot be read. */
export function uploadedItems(bytes: Uint8Array, contentType: string): readonly PostedItem[] {
  if (/^multipart\/form-data/i.test(contentType)) {
    const parts = bodyParts(bytes, contentType)
    const part = parts.find(({ name }) => name === 'file') ?? parts[0]
    if (!part) throw new HttpError(400, 'The upload has no part.')
    return uploadedItems(part.content, part.contentType)
  }
  if (/zip/i.test(contentType) || isZip(bytes)) return zippedItems(bytes)
  return postedItems(jsonOf(bodyText(bytes), 'The body'), null)
}

/** The components of a posted array, or the only one. */
export function postedItems(json: Json, text: string | null): readonly PostedItem[] {
  return Array.isArray(json) ? json.map((item) => ({ json: item, text: null })) : [{ json, text }]
}

function zippedItems(bytes: Uint8Array): readonly PostedItem[] {
  const items: PostedItem[] = []
  let total = 0
  for (const member of archiveMembers(bytes)) {
    if (!member.path.endsWith('.conf.json')) continue
    total += member.size
    if (member.size > IMPORT_LIMITS.fileBytes || total > IMPORT_LIMITS.totalBytes)
      throw new HttpError(413, 'The archive holds too much.')
    const content = unpackMember(bytes, member)
    if (typeof content === 'string') throw new HttpError(400, `${member.path} cannot be read: ${content}.`)
    const text = bodyText(content).replace(/^\uFEFF/, '')
    items.push(...postedItems(jsonOf(text, member.path), text))
  }
  return items
}

function archiveMembers(bytes: Uint8Array) {
  try {
    const members = zipMembers(bytes)
    if (members.length > IMPORT_LIMITS.files) throw new HttpError(413, 'The archive holds too many files.')
    return members
  } catch (error) {
    if (error instanceof HttpError) throw error
    throw new HttpError(400, `The archive cannot be read: ${error instanceof Error ? error.message : ''}.`)
  }
}

function jsonOf(text: string, what: string): Json {
  try {
    return readJson(text)
  } catch (error) {
    throw new HttpError(400, `${what} is not JSON: ${badRequest(error).message}`)
  }
}

/** The components as a zip in the layout of Sesam's client. */
export function configurationZip(items: readonly ConfigItem[]): Uint8Array {
  return zipOf(items.map(({ path, text }) => ({ path, content: text })))
}
