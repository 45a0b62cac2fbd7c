/** PDF files that are kept with the subscription. */
import { describe, expect, it } from 'vitest'
import { openedEngine } from '../../support/opened-engine.ts'

describe('documents', () => {
  it('are kept byte for byte, told apart by environment, and removed; what is no PDF is refused', async () => {
    const { engine } = await openedEngine()
    const content = btoa('%PDF-1.4 \u00e6')
    const kept = await engine.keepDocument({ name: 'a.pdf', environment: '1', content })
    expect(await engine.documents()).toEqual([kept])
    expect(await engine.documentContent({ id: kept.id })).toBe(content)
    await expect(
      engine.keepDocument({ name: 'b.pdf', environment: '1', content: btoa('<script>') }),
    ).rejects.toMatchObject({ problem: { code: 'not-a-pdf' } })
    expect(await engine.removeDocument({ id: kept.id })).toEqual([])
    expect(await engine.documentContent({ id: kept.id })).toBeNull()
  })
})
