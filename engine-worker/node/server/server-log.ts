/** What a server has to say of a configuration: the last lines, by level, for `/logs`. */

const levels = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'] as const
type LogLevel = (typeof levels)[number]

/** A line of a log. */
interface LogLine {
  readonly timestamp: string
  readonly level: LogLevel
  readonly words: string
}

/** The most lines that are kept. */
const MAX_LINES = 1000
/** Characters of one line. */
const MAX_LINE_LENGTH = 10_000

export class ServerLog {
  private readonly lines: LogLine[] = []
  private level: LogLevel = 'INFO'

  /** Adds a line, unless it is below the level that is kept. */
  write(level: LogLevel, words: string): void {
    if (levels.indexOf(level) < levels.indexOf(this.level)) return
    this.lines.push({ timestamp: new Date().toISOString(), level, words: words.slice(0, MAX_LINE_LENGTH) })
    if (this.lines.length > MAX_LINES) this.lines.shift()
  }

  /** Says from which level on lines are kept. */
  keepFrom(level: LogLevel): void {
    this.level = level
  }

  /** The lines as a text, the oldest first. */
  text(): string {
    return this.lines.map(({ timestamp, level, words }) => `${timestamp} ${level} ${words}\n`).join('')
  }
}

/** A level by its name, however it is written; null for other words. */
export function logLevel(name: string): LogLevel | null {
  return levels.find((level) => level === name.toUpperCase()) ?? null
}

export { levels as logLevels }
