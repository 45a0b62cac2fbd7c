/** The cost of a project on self-hosted machines. */
import { describe, expect, it } from 'vitest'
import { BigDecimal } from '../../../engine-worker/entity/bigdecimal.ts'
import { hostingPrice, readHosting } from '../../../engine-worker/subscription/hosting.ts'

describe('own machines', () => {
  it('cost a server or the hours of a cluster, and storage in which durable data counts twice', () => {
    const hosting = { machine: '120.50', storage: '0.10', coreHour: '0.045', cores: '16', hours: '2.5' }
    const { server, spark } = hostingPrice(hosting, new BigDecimal(60), new BigDecimal(9))
    // 69 GB at 0.10; 16 cores for 75 hours at 0.045.
    expect([server.toFixed(2), spark.toFixed(2)]).toEqual(['127.40', '60.90'])
  })

  it('are read with what is no figure in its default', () => {
    expect(readHosting({ machine: '-5', storage: 'much', coreHour: '0.05', hours: 3 })).toEqual({
      ...{ machine: '0', storage: '0', coreHour: '0.05', cores: '16', hours: '1' },
    })
  })
})
