import {
  advanced,
  charsetField,
  choiceField,
  flagField,
  listField,
  required,
  textField,
} from '../../config/model/field.ts'
import { flagSetting, textListSetting, textSetting } from '../../config/model/setting.ts'
import { comment } from '../../config/model/shared-fields.ts'
import { unknownEncoding } from '../../config/project/read.ts'
import { charsetOf, type ReplacementPolicy, representable } from '../../entity/charset.ts'
import { get } from '../../entity/dict.ts'
import { Decimal, Float, type JsonObject, type Value } from '../../entity/value.ts'
import { kind } from '../kind.ts'
import { plainText } from '../to-text.ts'
import type { FileWriter } from './entities-request.ts'
import { download } from './http-endpoint.ts'
import { publishingSink } from './payload-sink.ts'

const strategies: readonly ReplacementPolicy[] = ['backslashreplace', 'replace', 'xmlcharrefreplace', 'ignore']

/** configuration-sinks-csv.rst */
export const csvEndpointSink = kind({
  role: 'sink',
  type: 'csv_endpoint',
  label: 'CSV endpoint',
  icon: 'file-spreadsheet',
  says: 'Publishes the entities as a CSV file at the address of the pipe.',
  group: 'files',
  runs: 'here',
  namespaced: true,
  fields: [
    listField('columns', 'The properties that become columns, in this order.', { is: 'property' }, required),
    flagField('include_header', 'Whether the first row names the columns.', true, { aim: 'format' }),
    textField('delimiter', 'The character that separates fields.', { aim: 'format', default: ',' }),
    choiceField('quoting', ['minimal', 'all', 'non-numeric', 'none'], 'Which fields are put in quotes.', 'minimal', {
      aim: 'format',
    }),
    textField('quotechar', 'The quote character.', { aim: 'format', default: '"', advanced: true }),
    flagField(
      'doublequote',
      'Write a quote character inside a field twice; otherwise the escape character comes before it.',
      true,
      {
        ...advanced,
        aim: 'format',
      },
    ),
    textField('escapechar', 'The escape character, which is put before a character with a special meaning.', {
      ...advanced,
      aim: 'format',
    }),
    textField('lineterminator', 'What ends a row.', { aim: 'format', default: '\r\n', advanced: true }),
    flagField('skip-deleted-entities', 'Leave deleted entities out.', true, { aim: 'storage' }),
    flagField('byte_order_mark', 'Begin the file with a byte order mark.', false, { ...advanced, aim: 'format' }),
    charsetField('encoding', 'The character set of the file.', { aim: 'format', default: 'utf-8', advanced: true }),
    choiceField(
      'encode_error_strategy',
      strategies,
      'What becomes of characters that the character set lacks.',
      'backslashreplace',
      { ...advanced, aim: 'format' },
    ),
    ...download,
    comment,
  ],
  template: { type: 'csv_endpoint', columns: ['_id'] },
  example: {
    config: { type: 'csv_endpoint', columns: ['_id', 'name'], filename: 'customers.csv' },
    takes: [{ _id: '7', name: 'Ada Lovelace' }],
    sends: [
      'Content-Type: text/csv\nContent-Disposition: attachment; filename="customers.csv"\n\n_id,name\r\n7,Ada Lovelace\r\n',
    ],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sinks-csv.rst',
  /** The whole as one CSV text. */
  open: (part, context) => {
    const encoding = textSetting(part.config, 'encoding', 'utf-8')
    const charset = charsetOf(encoding)
    const strategy = strategies.find((each) => each === part.config.encode_error_strategy) ?? 'backslashreplace'
    const contentType = charset === 'utf-8' ? 'text/csv' : `text/csv; charset=${charset}`
    const sink = publishingSink(part, context, contentType, 'csv', () => {
      const shown = (text: string) => representable(text, charset ?? 'utf-8', strategy)
      const { begin, batch } = csvFile(part.config)
      return { begin: shown(begin), batch: (entities) => shown(batch(entities)), end: '' }
    })
    const where = { pipe: context.pipe.id, file: context.pipe.file, path: [...part.path, 'encoding'] }
    return { runtime: sink, needs: charset === null ? unknownEncoding({ encoding }, where) : null }
  },
})

/** The entities as CSV by the sink's settings, in pieces. */
export function csvFile(config: JsonObject): Pick<ReturnType<FileWriter>, 'begin' | 'batch'> {
  const columns = textListSetting(config, 'columns') ?? []
  const write = rowWriter(config)
  const skipDeleted = flagSetting(config, 'skip-deleted-entities', true)
  const mark = flagSetting(config, 'byte_order_mark', false) ? '\ufeff' : ''
  return {
    begin: mark + (flagSetting(config, 'include_header', true) ? write(columns) : ''),
    batch: (entities) => {
      let text = ''
      for (const entity of entities) {
        if (skipDeleted && entity._deleted === true) continue
        text += write(columns.map((column) => get(entity, column) ?? null))
      }
      return text
    },
  }
}

function rowWriter(config: JsonObject): (row: readonly Value[]) => string {
  const delimiter = textSetting(config, 'delimiter', ',')
  const quote = textSetting(config, 'quotechar', '"')
  const end = textSetting(config, 'lineterminator', '\r\n')
  const quoting = textSetting(config, 'quoting', 'minimal')
  const double = flagSetting(config, 'doublequote', true)
  const escaping = textSetting(config, 'escapechar') ?? (double ? '' : '\\')
  const special = [delimiter, quote, '\r', '\n', ...(escaping === '' ? [] : [escaping])]
  const quoted = (field: string) =>
    quote + field.replaceAll(quote, () => (double ? quote + quote : escaping + quote)) + quote
  const escaped = (field: string) =>
    escaping === '' ? field : Array.from(field, (sign) => (special.includes(sign) ? escaping + sign : sign)).join('')
  const field = (value: Value): string => {
    const plain = fieldText(value)
    if (quoting === 'none') return escaped(plain)
    if (quoting === 'all' || (quoting === 'non-numeric' && !isNumber(value))) return quoted(plain)
    return special.some((sign) => plain.includes(sign)) ? quoted(plain) : plain
  }
  return (row) => {
    const fields = row.map(field)
    // A single empty field is quoted, so that the row does not look like no row.
    return (fields.length === 1 && fields[0] === '' ? quote + quote : fields.join(delimiter)) + end
  }
}

/** Truth values are written as Sesam's own writer does, with a capital. */
function fieldText(value: Value): string {
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : plainText(value)
}

function isNumber(value: Value): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Float || value instanceof Decimal
}
