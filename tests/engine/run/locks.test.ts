import { expect, it } from 'vitest'
import { PipeLocks } from '../../../engine-worker/run/locks.ts'

it('lets work overlap that shares no name, and keeps the order of what does', async () => {
  const locks = new PipeLocks()
  const seen: string[] = []
  const gates = new Map<string, () => void>()
  const work = (label: string, ...names: string[]) =>
    locks.hold(names, async () => {
      seen.push(`+${label}`)
      await new Promise<void>((resolve) => gates.set(label, resolve))
      seen.push(`-${label}`)
    })
  const settled = () => new Promise((resolve) => setTimeout(resolve))
  const all = [work('1', 'a'), work('2', 'a', 'b'), work('3', 'b'), work('4', 'c')]
  await settled()
  // 3 waits for 2, although b is not locked yet.
  expect(seen).toEqual(['+1', '+4'])
  gates.get('1')?.()
  await settled()
  expect(seen).toEqual(['+1', '+4', '-1', '+2'])
  gates.get('2')?.()
  gates.get('4')?.()
  await settled()
  expect(seen.slice(4).sort()).toEqual(['+3', '-2', '-4'])
  gates.get('3')?.()
  await Promise.all(all)
})

it('gives the names back when work fails', async () => {
  const locks = new PipeLocks()
  await expect(locks.hold(['a'], () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await locks.hold(['a'], async () => 1)).toBe(1)
})
