import { kind } from '../kind.ts'
import { LARGEST_MODULE } from '../sandbox/messages.ts'
import { openSandboxed, sandboxFields } from './sandboxed.ts'

/** A module without any code but its head: it is no transform yet. */
const EMPTY_MODULE = 'AGFzbQEAAAA='
/** A module that writes 9 in the place of the last sign but one. */
const LAST_IS_NINE =
  'AGFzbQEAAAABDAJgAX8Bf2ACf38BfgMDAgABBQMBAAEHHgMGbWVtb3J5AgAFYWxsb2MAAAl0cmFuc2Zvcm0AAQohAgUAQYAICxkAIAAgAWpBAmtBOToAACAArUIghiABrYQL'

/** Not of Sesam: `pipewright expand` writes it as an http transform and the microservice that it asks (sandbox/wasm.ts). */
export const wasmTransform = kind({
  role: 'transform',
  type: 'wasm',
  label: 'WebAssembly',
  icon: 'binary',
  says: 'Calls a function of a WebAssembly module for each entity, in a sandbox; for Sesam, expanding makes a microservice of it.',
  more: 'The module exports memory, alloc(length) and transform(pointer, length), which gives the place of its JSON as an i64: the pointer in the upper 32 bits, the length in the lower ones. It gets an entity as JSON in transit form and gives one, a list of them, or null. It imports nothing.',
  group: 'shape',
  runs: 'here',
  partName: 'wasm',
  fields: [
    {
      name: 'module',
      type: { is: 'text', format: 'base64', bytes: LARGEST_MODULE },
      says: 'The module in base64, at most 10 MB.',
      required: true,
    },
    ...sandboxFields,
  ],
  template: { type: 'wasm', module: EMPTY_MODULE },
  example: {
    config: { type: 'wasm', module: LAST_IS_NINE },
    takes: [{ _id: '7', count: 1 }],
    gives: [{ _id: '7', count: 9 }],
  },
  doc: 'documentation/service-configuration/systems/configuration-systems-microservice.rst',
  open: openSandboxed('wasm', 'module'),
})
