/** Reminders as a calendar file (RFC 5545) with whole days and an alarm on the day from which each is said. */

interface CalendarDay {
  /** Stays the same when the file is made again, so that a calendar replaces the entry. */
  readonly id: string
  /** `yyyy-mm-dd`. */
  readonly day: string
  readonly title: string
  /** Days between the alarm and the day. */
  readonly daysBefore: number
}

/** The text of the file; `madeAt` is the time it is made. */
export function calendarFile(days: readonly CalendarDay[], madeAt: Date): string {
  const stamp = madeAt.toISOString().replace(/[-:]|\.\d+/g, '')
  const events = days.flatMap(({ id, day, title, daysBefore }) => [
    'BEGIN:VEVENT',
    `UID:${escapedText(id)}@pipewright`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${day.replaceAll('-', '')}`,
    `SUMMARY:${escapedText(title)}`,
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escapedText(title)}`,
    `TRIGGER:-P${daysBefore}D`,
    'END:VALARM',
    'END:VEVENT',
  ])
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Pipewright//Subscription//EN', ...events, 'END:VCALENDAR']
  return lines.map((line) => `${foldedLine(line)}\r\n`).join('')
}

/** A text as a value: what has a meaning in the format is escaped, line ends become blanks. */
function escapedText(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\s+/g, ' ')
}

const maxLineBytes = 75

/** Lines of at most 75 bytes; further ones begin with a blank. */
function foldedLine(line: string): string {
  const parts: string[] = ['']
  let length = 0
  for (const character of line) {
    const size = new TextEncoder().encode(character).length
    if (length + size > maxLineBytes) {
      parts.push(' ')
      length = 1
    }
    parts[parts.length - 1] += character
    length += size
  }
  return parts.join('\r\n')
}
