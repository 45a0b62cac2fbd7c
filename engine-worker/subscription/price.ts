/**
 * The price of an environment for one month, item by item, in exact decimals: compute, storage, VPN, SLA and the
 * reduction for an SLA that was not kept. Each item is rounded to the nearest cent; the total is the sum of the items.
 */
import { BigDecimal } from '../entity/bigdecimal.ts'
import { Fault, problem } from '../problem.ts'
import { reductionOf } from './penalty.ts'
import {
  fixedDataShare,
  type PlanName,
  type PriceEntry,
  type PricePlan,
  type PriceTable,
  planNames,
  plans,
  publishedPrices,
  type SlaName,
  slaGb,
  slaNames,
} from './prices.ts'
import { invalidValue } from './problems.ts'

/** What a price is asked for. Amounts of data in GB of 10^9 bytes. */
export interface PriceRequest {
  readonly plan: string
  /** Needed for a plan in steps; else the plan's own number. */
  readonly engines?: number
  /** All data, counted once. */
  readonly gb: BigDecimal
  /** The part of `gb` in durable pipes, which is stored three times. */
  readonly durableGb?: BigDecimal
  readonly vpn: boolean
  readonly sla: string
  /** The agreed amount of the fixed-data option. */
  readonly fixedGb?: BigDecimal
  /** Points of the month for an SLA that was not kept. */
  readonly slaPoints?: number
}

const priceItemNames = ['compute', 'storage', 'vpn', 'sla', 'penalty'] as const
type PriceItemName = (typeof priceItemNames)[number]

/** The items that are not zero, and their sum; the penalty is negative. */
interface Price {
  readonly total: BigDecimal
  readonly items: Partial<Record<PriceItemName, BigDecimal>>
  /** How the items came about. */
  readonly lines: readonly PriceLine[]
  /** GB that count: durable data three times. */
  readonly billableGb: BigDecimal
}

/** A part of an item: a quantity at the price of an entry, or a share of that price. */
interface PriceLine {
  readonly item: PriceItemName
  /** What the quantity is of: the entry of the price table. */
  readonly entry: PriceEntry
  readonly quantity: BigDecimal
  /** The price of one. */
  readonly price: BigDecimal
  /** With fixed data: what is agreed, and what exceeds it. */
  readonly part?: keyof typeof fixedDataShare
}

const notInPlan = problem<{ plan: string; name: string; limit: string }>({
  code: 'not-allowed',
  severity: 'error',
  says: ({ plan, name, limit }) => `The plan ${plan} does not allow this "${name}": ${limit}.`,
  fix: () => 'Change the value, or choose a larger plan.',
})

/**
 * The price by the published table, in which `own` prices replace single entries.
 * @throws Fault `invalid-value` or `not-allowed`, with the member of the request as path
 */
export function priceOf(request: PriceRequest, ownPrices: Partial<PriceTable['entries']> = {}): Price {
  const priceOfEntry = (entry: PriceEntry) => new BigDecimal(ownPrices[entry] ?? publishedPrices.entries[entry])
  const { plan: name, sla, gb, durableGb = zero, fixedGb } = request
  const planName = requireOneOf(planNames, 'plan', name)
  const slaName = requireOneOf(slaNames, 'sla', sla)
  checkAmounts(request)
  const plan = plans[planName]
  const billable = gb.add(durableGb.mul(2))
  const largest = BigDecimal.max(billable, fixedGb ?? zero)
  checkPlan(request, planName, largest)

  const lines: PriceLine[] = computeLines(planName, plan, request.engines ?? plan.engines, largest, priceOfEntry)
  if (!plan.fixedPrice) {
    lines.push(...storageLines(billable, fixedGb, priceOfEntry('storage')))
    if (request.vpn) lines.push({ item: 'vpn', entry: 'vpn', quantity: billable, price: priceOfEntry('vpn') })
    if (slaName !== 'none') {
      const entry = `sla-${slaName}` as const
      lines.push({ item: 'sla', entry, quantity: slaUnits(billable), price: priceOfEntry(entry) })
    }
  }
  const amounts: Partial<Record<PriceItemName, BigDecimal>> = {}
  for (const { item, quantity, price } of lines) amounts[item] = (amounts[item] ?? zero).add(quantity.mul(price))
  const fee = sumItems(amounts)
  const percent = reductionOf(request.slaPoints ?? 0)
  const isReduced = percent > 0 && !plan.fixedPrice
  const paid = isReduced ? sumItems({ ...fee.items, penalty: fee.total.mul(percent).div(-100) }) : fee
  return { ...paid, lines, billableGb: billable }
}

const zero = new BigDecimal(0)

function computeLines(
  name: PlanName,
  plan: PricePlan,
  engines: number,
  gb: BigDecimal,
  price: (entry: PriceEntry) => BigDecimal,
): PriceLine[] {
  const computeLine = (entry: PriceEntry, quantity: BigDecimal | number): PriceLine => ({
    item: 'compute',
    entry,
    quantity: new BigDecimal(quantity),
    price: price(entry),
  })
  if (plan.gbPerCompute !== undefined) return [computeLine(name, BigDecimal.max(1, gb.div(plan.gbPerCompute).ceil()))]
  const steps = plan.engineStep === undefined ? 0 : (engines - plan.engines) / plan.engineStep
  return [computeLine(name, 1), ...(steps > 0 ? [computeLine('flexi-step', steps)] : [])]
}

/** GB at the storage price: with fixed data, half the price for what is agreed and double for what exceeds it. */
function storageLines(gb: BigDecimal, agreed: BigDecimal | undefined, price: BigDecimal): PriceLine[] {
  const line = { item: 'storage', entry: 'storage' } as const
  if (agreed === undefined) return [{ ...line, quantity: gb, price }]
  const beyond = BigDecimal.max(0, gb.sub(agreed))
  const fixedShareLine = (part: keyof typeof fixedDataShare, quantity: BigDecimal): PriceLine[] =>
    quantity.isZero() ? [] : [{ ...line, quantity, price: price.mul(fixedDataShare[part]), part }]
  return [...fixedShareLine('agreed', agreed), ...fixedShareLine('beyond', beyond)]
}

function slaUnits(gb: BigDecimal): BigDecimal {
  return BigDecimal.min(BigDecimal.max(gb, slaGb.least), slaGb.most)
}

function roundedToCents(amount: BigDecimal): BigDecimal {
  return amount.toDecimalPlaces(2, BigDecimal.ROUND_HALF_UP)
}

function sumItems(amounts: Partial<Record<PriceItemName, BigDecimal>>): Pick<Price, 'items' | 'total'> {
  const items: Partial<Record<PriceItemName, BigDecimal>> = {}
  let total = zero
  for (const name of priceItemNames) {
    const amount = amounts[name] === undefined ? zero : roundedToCents(amounts[name])
    if (amount.isZero()) continue
    items[name] = amount
    total = total.add(amount)
  }
  return { total, items }
}

function requireOneOf<Name extends string>(names: readonly Name[], member: string, value: string): Name {
  const found = names.find((name) => name === value)
  if (found === undefined) throw invalidFault(member, value, `one of ${names.join(', ')}`)
  return found
}

function invalidFault(name: string, value: string, allowed: string): Fault {
  return new Fault(invalidValue({ name, value, allowed }, { path: [name] }))
}

function checkAmounts({ gb, durableGb, fixedGb, engines, slaPoints }: PriceRequest): void {
  const amounts = { gb, durableGb, fixedGb }
  for (const [name, value] of Object.entries(amounts)) {
    if (value !== undefined && (!value.isFinite() || value.isNegative()))
      throw invalidFault(name, value.toFixed(), 'a number of GB that is not negative')
  }
  if (durableGb?.greaterThan(gb)) throw invalidFault('durableGb', durableGb.toFixed(), 'at most as much as "gb"')
  for (const [name, value] of Object.entries({ engines, slaPoints })) {
    if (value !== undefined && (!Number.isInteger(value) || value < 0))
      throw invalidFault(name, String(value), 'a whole number that is not negative')
  }
}

function checkPlan(request: PriceRequest, name: PlanName, gb: BigDecimal): void {
  const plan = plans[name]
  const refuse = (member: string, limit: string) => {
    throw new Fault(notInPlan({ plan: name, name: member, limit }, { path: [member] }))
  }
  const { engines, vpn, sla } = request
  if (plan.engineStep !== undefined) {
    const more = (engines ?? 0) - plan.engines
    if (more < 0 || more % plan.engineStep !== 0)
      refuse('engines', `it has ${plan.engines} engines at least, in steps of ${plan.engineStep}`)
  } else {
    const computes = plan.gbPerCompute === undefined ? 1 : gb.div(plan.gbPerCompute).ceil().toNumber()
    if (engines !== undefined && engines !== plan.engines && engines !== plan.engines * computes)
      refuse('engines', `it has ${plan.engines}`)
  }
  if (plan.lessThanGb !== undefined && gb.greaterThanOrEqualTo(plan.lessThanGb))
    refuse('gb', `data must be less than ${plan.lessThanGb} GB`)
  if (plan.fixedPrice && vpn) refuse('vpn', 'it has no VPN')
  if (plan.fixedPrice && (sla as SlaName) !== 'none') refuse('sla', 'it has no SLA')
}
