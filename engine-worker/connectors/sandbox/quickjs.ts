/**
 * The inside of a sandbox: QuickJS, an interpreter of JavaScript in WebAssembly. A program has the language and nothing else:
 * no network, storage, timers, modules or objects of the page; texts go in and come out. Time is looked at by the interpreter
 * as it runs, memory and stack are limited by it.
 */
// quickjs-emscripten: QuickJS with its limits, kept well; WebAssembly instead of generated code, in one file.
import type { QuickJSContext, QuickJSHandle, QuickJSWASMModule } from 'quickjs-emscripten-core'
import type { SandboxFailure, SandboxOutcome, SandboxReply, SandboxRequest } from './messages.ts'

/** The name of the program in its own errors. */
const FILE = 'transform.js'
/** Bytes: what fits into the stack of the thread around it. */
const STACK_BYTES = 128 * 1024

/** Called before the program has run, so that it cannot change what is used here. */
const HARNESS = `(({ parse, stringify }) => (transform, text) => {
  const result = transform(parse(text))
  if (result !== null && typeof result === 'object' && typeof result.then === 'function')
    throw new TypeError('transform must not be async')
  return stringify(result) ?? 'null'
})(JSON)`

let loading: Promise<QuickJSWASMModule> | null = null

async function load(): Promise<QuickJSWASMModule> {
  const [{ newQuickJSWASMModuleFromVariant }, { default: variant }] = await Promise.all([
    import('quickjs-emscripten-core'),
    import('@jitl/quickjs-singlefile-mjs-release-sync'),
  ])
  return newQuickJSWASMModuleFromVariant(variant)
}

/** Runs programs as messages ask for it; an error of the interpreter itself ends the thread. */
export function serveSandbox(
  now: () => number,
  reply: (message: SandboxReply) => void,
): (request: SandboxRequest) => void {
  let queue: Promise<void> = Promise.resolve()
  return (request) => {
    queue = queue.then(async () => {
      const { id } = request
      const takeOutcome = (outcome: SandboxOutcome) => reply({ is: 'outcome', id, outcome })
      const run = await loadProgram(request, now)
      // Before the program has the thread for itself.
      reply({ is: 'ready', id })
      run(takeOutcome)
    })
  }
}

/** What runs a program, with its interpreter at hand. */
async function loadProgram(
  request: SandboxRequest,
  now: () => number,
): Promise<(take: (outcome: SandboxOutcome) => void) => void> {
  if (request.language === 'wasm') {
    const { runModule } = await import('./wasm.ts')
    return (take) => runModule(request, take)
  }
  loading ??= load()
  const quickjs = await loading
  return (take) => runProgram(quickjs, request, now, take)
}

function runProgram(
  quickjs: QuickJSWASMModule,
  { code, inputs, milliseconds, bytes }: SandboxRequest,
  now: () => number,
  take: (outcome: SandboxOutcome) => void,
): void {
  let until = 0
  const runtime = quickjs.newRuntime()
  runtime.setMemoryLimit(bytes)
  runtime.setMaxStackSize(STACK_BYTES)
  runtime.setInterruptHandler(() => now() > until)
  const program = runtime.newContext()
  try {
    until = now() + milliseconds
    const started = startProgram(program, code)
    for (const input of inputs) {
      if ('failure' in started) {
        take(started)
        continue
      }
      until = now() + milliseconds
      take(callTransform(program, started, input))
    }
    if ('failure' in started) return
    started.call.dispose()
    started.transform.dispose()
  } catch (error) {
    // The interpreter itself has failed, as where the stack of the thread was not enough: nothing of it can be used again.
    loading = null
    take({ failure: { why: 'stack', message: error instanceof Error ? error.message : String(error) } })
    throw error
  }
  program.dispose()
  runtime.dispose()
}

interface StartedProgram {
  readonly call: QuickJSHandle
  readonly transform: QuickJSHandle
}

function startProgram(program: QuickJSContext, code: string): StartedProgram | { readonly failure: SandboxFailure } {
  const call = program.unwrapResult(program.evalCode(HARNESS, 'harness.js'))
  const ran = program.evalCode(code, FILE)
  if (ran.error) {
    call.dispose()
    return { failure: failureOf(program, ran.error, 'code') }
  }
  ran.value.dispose()
  const transform = program.unwrapResult(
    program.evalCode("typeof transform === 'function' ? transform : undefined", 'harness.js'),
  )
  if (program.typeof(transform) === 'function') return { call, transform }
  call.dispose()
  transform.dispose()
  return { failure: { why: 'code', message: 'there is no function transform(entity)' } }
}

function callTransform(program: QuickJSContext, { call, transform }: StartedProgram, input: string): SandboxOutcome {
  const text = program.newString(input)
  const result = program.callFunction(call, program.undefined, transform, text)
  text.dispose()
  if (result.error) return { failure: failureOf(program, result.error, 'error') }
  const output = program.getString(result.value)
  result.value.dispose()
  return { text: output }
}

/** What an error says, without what the program may have put in its place. */
function failureOf(program: QuickJSContext, error: QuickJSHandle, otherwise: 'code' | 'error'): SandboxFailure {
  const dumped: unknown = program.dump(error)
  error.dispose()
  const errorFields = typeof dumped === 'object' && dumped !== null ? dumped : { message: dumped }
  const errorField = (name: string) => String(Reflect.get(errorFields, name) ?? '').slice(0, 300)
  const [message, stack] = [errorField('message'), String(Reflect.get(errorFields, 'stack') ?? '').slice(0, 5000)]
  const line = Number(new RegExp(`${FILE}:(\\d+)`).exec(stack)?.[1] ?? Reflect.get(errorFields, 'lineNumber') ?? 0)
  const isInternal = errorField('name') === 'InternalError'
  const why = !isInternal
    ? message === 'stack overflow'
      ? 'stack'
      : otherwise
    : message === 'interrupted'
      ? 'time'
      : message === 'out of memory' || message === 'string too long'
        ? 'memory'
        : message === 'stack overflow'
          ? 'stack'
          : otherwise
  return { why, message, ...(line > 0 ? { line } : {}) }
}
