// A program written by hand for this one job: it reads NDJSON, applies the rule of
// engine-worker/node/commands/bench/work.ts, and writes NDJSON.
import { createReadStream, createWriteStream } from 'node:fs'

function byHand(source) {
  if (source.active !== true) return null
  const target = {}
  for (const key in source) if (key !== 'password' && key !== 'phone') target[key] = source[key]
  target.name = `${String(source.last).toUpperCase()}, ${source.first}`
  target.group = Number(source.age) >= 18 ? 'adult' : 'minor'
  let total = 0
  for (const line of source.lines) total += line.price * line.quantity
  target.total = total
  target.city = String(source.address.city).toUpperCase()
  target.telephone = source.phone
  target.since = isoDay(String(source.registered))
  return target
}

function isoDay(text) {
  const [day, month, year] = [Number(text.slice(0, 2)), Number(text.slice(3, 5)), Number(text.slice(6, 10))]
  const date = new Date(Date.UTC(year, month - 1, day, Number(text.slice(11, 13)), Number(text.slice(14, 16))))
  return `${date.getUTCFullYear()}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`
}

function pad(value) {
  return value < 10 ? `0${value}` : String(value)
}

const [from, to] = process.argv.slice(2)
const out = createWriteStream(to)
let rest = ''
for await (const chunk of createReadStream(from, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
  const lines = (rest + chunk).split('\n')
  rest = lines.pop()
  let text = ''
  for (const line of lines) {
    const entity = byHand(JSON.parse(line))
    if (entity !== null) text += `${JSON.stringify(entity)}\n`
  }
  if (!out.write(text)) await new Promise((drained) => out.once('drain', drained))
}
out.end()
