/**
 * Programs in WebAssembly inside a sandbox. A module gets nothing but its own memory and tables, which have a maximum; it exports
 * `memory`, `alloc(length) -> pointer` and `transform(pointer, length) -> i64`: JSON in, and out of the call the place of
 * the JSON that it gives, the pointer in the upper 32 bits and the length in the lower ones. Time is kept by the thread
 * around it, which is ended with a loop that does not end.
 */
import { decodeBase64 } from '../../entity/base64.ts'
import { reasonOf } from '../../problem.ts'
import { LARGEST_MODULE, type SandboxFailure, type SandboxOutcome, type SandboxRequest } from './messages.ts'
import { PAGE, withWasmLimits } from './wasm-limits.ts'

interface WasmMemory {
  readonly buffer: ArrayBuffer
}

/** What is used of WebAssembly here; the engine's own types are without any platform. */
declare const WebAssembly: {
  readonly Memory: new (...given: never[]) => WasmMemory
  readonly Module: {
    new (bytes: Uint8Array): object
    readonly imports: (module: object) => readonly { readonly module: string; readonly name: string }[]
  }
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> }
}

/** The exports of a module. */
interface WasmInstance {
  readonly memory: WasmMemory
  readonly alloc: (length: number) => unknown
  readonly transform: (pointer: number, length: number) => unknown
}

/** Calls a module for each input; each outcome is handed on as it comes. */
export function runModule(
  { code, inputs, bytes }: Pick<SandboxRequest, 'code' | 'inputs' | 'bytes'>,
  take: (outcome: SandboxOutcome) => void,
): void {
  let module: WasmInstance | null = null
  for (const input of inputs) {
    try {
      module ??= instantiate(code, bytes)
    } catch (error) {
      take({ failure: { why: reasonOf(error) === 'memory' ? 'memory' : 'code', message: reasonOf(error) } })
      continue
    }
    const outcome = callTransform(module, input)
    // After a trap the memory of a module is in no state to rely on.
    if ('failure' in outcome) module = null
    take(outcome)
  }
}

function instantiate(code: string, limit: number): WasmInstance {
  const bytes = decodeBase64(code.replace(/\s+/g, ''))
  if (bytes === null || bytes.length === 0) throw new RangeError('it is no WebAssembly module in base64')
  if (bytes.length > LARGEST_MODULE) throw new RangeError(`it is larger than ${LARGEST_MODULE / 1_000_000} MB`)
  const compiled = new WebAssembly.Module(Uint8Array.from(withWasmLimits(bytes, Math.floor(limit / PAGE))))
  const [wanted] = WebAssembly.Module.imports(compiled)
  if (wanted) throw new RangeError(`it imports ${wanted.module}.${wanted.name}, and a sandbox gives nothing`)
  const { memory, alloc, transform } = new WebAssembly.Instance(compiled, {}).exports
  if (!(memory instanceof WebAssembly.Memory)) throw new RangeError('it exports no memory')
  if (typeof alloc !== 'function' || typeof transform !== 'function')
    throw new RangeError('it does not export alloc and transform')
  return { memory, alloc: (length) => alloc(length), transform: (pointer, length) => transform(pointer, length) }
}

function callTransform({ memory, alloc, transform }: WasmInstance, input: string): SandboxOutcome {
  try {
    const given = new TextEncoder().encode(input)
    const pointer = Number(alloc(given.length)) >>> 0
    if (pointer + given.length > memory.buffer.byteLength)
      return failureOutcome('memory', 'alloc gives no place in its memory')
    new Uint8Array(memory.buffer).set(given, pointer)
    const result = transform(pointer, given.length)
    if (typeof result !== 'bigint') return failureOutcome('error', 'transform does not give an i64')
    const [from, length] = [Number(BigInt.asUintN(32, result >> 32n)), Number(BigInt.asUintN(32, result))]
    if (from + length > memory.buffer.byteLength) return failureOutcome('error', 'its result is outside of its memory')
    return {
      text: new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(memory.buffer).slice(from, from + length)),
    }
  } catch (error) {
    const message = reasonOf(error).slice(0, 300)
    return failureOutcome(error instanceof RangeError && /stack/i.test(message) ? 'stack' : 'error', message)
  }
}

function failureOutcome(why: SandboxFailure['why'], message: string): SandboxOutcome {
  return { failure: { why, message } }
}
