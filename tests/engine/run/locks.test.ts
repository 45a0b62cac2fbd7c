import { expect, it } from 'vitest'
import { PipeLocks } from '../../../engine-worker/run/locks.ts'

it('lets work overlap that shares no name, and keeps the order of what does', async () => {
  const locks = new PipeLocks()
  const seen: string[] = []
  const gates = new Map<string, () => void>()
  const lockedWork = (label: string, ...names: string[]) =>
    locks.hold(names, async () => {
      seen.push(`+${label}`)
      await new Promise<void>((resolve) => gates.set(label, resolve))
      seen.push(`-${label}`)
    })
  const nextTick = () => new Promise((resolve) => setTimeout(resolve))
  const all = [lockedWork('1', 'a'), lockedWork('2', 'a', 'b'), lockedWork('3', 'b'), lockedWork('4', 'c')]
  await nextTick()
  // 3 waits for 2, although b is not locked yet.
  expect(seen).toEqual(['+1', '+4'])
  gates.get('1')?.()
  await nextTick()
  expect(seen).toEqual(['+1', '+4', '-1', '+2'])
  gates.get('2')?.()
  gates.get('4')?.()
  await nextTick()
  expect(seen.slice(4).sort()).toEqual(['+3', '-2', '-4'])
  gates.get('3')?.()
  await Promise.all(all)
})

it('gives the names back when work fails', async () => {
  const locks = new PipeLocks()
  await expect(locks.hold(['a'], () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await locks.hold(['a'], async () => 1)).toBe(1)
})
