/**
 * The price list: what an environment costs a month, in USD without VAT (pricing.rst of Sesam's documentation). It is a
 * dated table that is never fetched; a person's own prices replace single entries of it.
 */

/** The plans that have a compute price. */
export const planNames = ['developer', 'developer-pro', 'single', 'flexi', 'multi'] as const
export type PlanName = (typeof planNames)[number]

/** The service levels; `none` costs nothing. */
export const slaNames = ['none', 'standard', 'enterprise', 'premium'] as const
export type SlaName = (typeof slaNames)[number]

/** What a plan includes. Gigabytes are 10^9 bytes. */
export interface PricePlan {
  /** Engines included; of a plan in steps, the smallest number. */
  readonly engines: number
  /** Engines of one step, in which further ones are added for the price `<plan>-step`. */
  readonly engineStep?: number
  /** Data must be less than this number of GB. */
  readonly lessThanGb?: number
  /** The GB that one instance of the plan covers; more data needs a further instance. */
  readonly gbPerCompute?: number
  /** A fixed price: data costs nothing, and neither VPN nor SLA can be had. */
  readonly fixedPrice: boolean
}

export const plans: Readonly<Record<PlanName, PricePlan>> = {
  developer: { engines: 1, lessThanGb: 20, fixedPrice: true },
  'developer-pro': { engines: 2, lessThanGb: 20, fixedPrice: true },
  single: { engines: 4, lessThanGb: 350, fixedPrice: false },
  flexi: { engines: 8, engineStep: 4, fixedPrice: false },
  // The page says "1 TB" and leaves open whether that is 1,000 or 1,024 GB; this counts 1,000.
  multi: { engines: 16, gbPerCompute: 1000, fixedPrice: false },
}

/** Prices by entry, as decimal texts; entries by GB and month are `storage`, `vpn` and `sla-…`. */
export interface PriceTable {
  /** The day the prices were published, as `yyyy-mm-dd`. */
  readonly since: string
  readonly currency: string
  readonly entries: Readonly<Record<PriceEntry, string>>
}

export type PriceEntry = PlanName | 'flexi-step' | 'storage' | 'vpn' | `sla-${Exclude<SlaName, 'none'>}`

export const publishedPrices: PriceTable = {
  since: '2026-05-21',
  currency: 'USD',
  entries: {
    developer: '78.00',
    'developer-pro': '332.80',
    single: '1352.00',
    flexi: '2704.00',
    'flexi-step': '1352.00',
    multi: '4368.00',
    storage: '22.88',
    vpn: '3.12',
    'sla-standard': '22.88',
    'sla-enterprise': '43.68',
    'sla-premium': '130.00',
  },
}

/** The GB that an SLA is billed for: at least and at most (pricing.rst, footnotes). */
export const slaGb = { least: 50, most: 300 } as const

/** With fixed data: the share of the storage price for the agreed amount, and for what exceeds it. */
export const fixedDataShare = { agreed: '0.5', beyond: '2' } as const
