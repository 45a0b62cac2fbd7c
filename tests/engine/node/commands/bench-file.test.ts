/** The bench from file to file: it exists, the outputs of both contenders are the same, and it reports its figures. */
import { expect, it, vi } from 'vitest'

it('the section file reports its ratios and the most memory', async () => {
  vi.stubEnv('FILE_ENTITIES', '500')
  const { file } = await import('../../../bench/file.ts')
  const figures = await file(1)
  expect(Object.keys(figures)).toEqual(['vs_handwritten', 'memory_vs_handwritten', 'peak_megabytes'])
  for (const figure of Object.values(figures)) expect(figure).toBeGreaterThan(0)
  expect(figures.peak_megabytes).toBeLessThan(200)
}, 120_000)
