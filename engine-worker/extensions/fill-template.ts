/**
 * Templates of connectors: JSON text with `{{@ … @}}` for values and `{{% … %}}` for statements, both in Jinja
 * (documentation/connectors/connector-templates.rst). What stands in `{{ … }}` belongs to the configuration and stays.
 * A name without a value is empty text.
 */
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import { Fault, problem } from '../problem.ts'
import { TemplateError } from '../template/error.ts'
import { compileTemplate, renderProgram } from '../template/render.ts'
import { parsedForEditing } from '../text/read-file.ts'

const brokenTemplate = problem<{ template: string; reason: string }>({
  code: 'connector-template',
  severity: 'error',
  says: ({ template, reason }) => `The template ${template} cannot be filled in: ${reason}.`,
})

const notJson = problem<{ template: string; reason: string }>({
  code: 'connector-template-json',
  severity: 'error',
  says: ({ template, reason }) => `The template ${template} is not valid JSON once it is filled in: ${reason}`,
  fix: () => 'Put quotes around variables that stand for texts.',
})

/**
 * The components of a filled-in template: one object, or a list of them. A boolean takes the place of the quoted text
 * that its variable is.
 * @throws Fault `connector-template` or `connector-template-json`, with the template as file
 */
export function fillTemplate(template: string, text: string, values: ReadonlyMap<string, Json>): JsonObject[] {
  const booleans = new Map<string, boolean>()
  const templateValues = new Map<string, unknown>()
  for (const [name, value] of values) {
    if (typeof value !== 'boolean') templateValues.set(name, value)
    else {
      const placeholder = `{{@ ${name} @}}`
      templateValues.set(name, placeholder)
      booleans.set(placeholder, value)
    }
  }
  const read = parsedForEditing(renderTemplate(template, text, Object.fromEntries(templateValues)))
  if ('problem' in read) throw new Fault(notJson({ template, reason: read.problem.message }, { file: template }))
  const components = Array.isArray(read.value) ? read.value : [read.value]
  return components.map((component) => {
    const filled = withBooleans(component, booleans)
    if (!isObject(filled)) throw brokenTemplateFault(template, 'it holds something that is not an object')
    return filled
  })
}

/** The names that the variables and statements of a template use. */
export function variablesIn(text: string): ReadonlySet<string> {
  const names = [...text.matchAll(/\{\{[@%]([\s\S]*?)[@%]\}\}/g)].flatMap(([, inside = '']) => {
    const withoutTexts = inside.replace(/"[^"]*"|'[^']*'/g, ' ')
    return [...withoutTexts.matchAll(/(?<![\w.])[A-Za-z_]\w*/g)].map(([name]) => name)
  })
  return new Set(names)
}

function renderTemplate(template: string, text: string, values: Record<string, unknown>): string {
  try {
    return renderProgram(compileTemplate(standardSigns(template, text)), values)
  } catch (error) {
    if (error instanceof TemplateError) throw brokenTemplateFault(template, error.message)
    throw error
  }
}

function brokenTemplateFault(template: string, reason: string): Fault {
  return new Fault(brokenTemplate({ template, reason }, { file: template }))
}

/** A variable, a statement or a comment of a template, each with its signs for the white space around it. */
const signPattern = /\{\{@(-?)([\s\S]*?)(-?)@\}\}|\{\{%([-+]?)([\s\S]*?)([-+]?)%\}\}|\{#([-+]?)[\s\S]*?([-+]?)#\}/g

/** The template with Jinja's usual signs; all other text becomes a literal, so that `{{ … }}` in it stays as it is. */
function standardSigns(template: string, text: string): string {
  const parts: string[] = []
  let at = 0
  let isTrimmed = false
  const addLiteral = (end: number, trimsEnd: boolean) => {
    const plain = text.slice(at, end)
    if (/\{\{[@%]|\{#/.test(plain)) throw brokenTemplateFault(template, 'a variable, statement or comment does not end')
    const trimmedStart = isTrimmed ? plain.trimStart() : plain
    const trimmed = trimsEnd ? trimmedStart.trimEnd() : trimmedStart
    if (trimmed !== '') parts.push(`{{ ${JSON.stringify(trimmed)} }}`)
  }
  for (const found of text.matchAll(signPattern)) {
    const [whole, before = '', value, after = '', open = before, statement, close = after, left = open, right = close] =
      found
    addLiteral(found.index, left === '-')
    if (value !== undefined) parts.push(`{{ (${value})|default('') }}`)
    else if (statement !== undefined) parts.push(`{%${statement}%}`)
    isTrimmed = right === '-'
    at = found.index + whole.length
  }
  addLiteral(text.length, false)
  return parts.join('')
}

function withBooleans(value: Json, booleans: ReadonlyMap<string, boolean>): Json {
  if (typeof value === 'string') return booleans.get(value) ?? value
  if (Array.isArray(value)) return value.map((item) => withBooleans(item, booleans))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withBooleans(each, booleans)]))
}
