import { Lock } from 'lucide-react'
import type { AnswerOf, JsonObject } from '../../../engine-worker/index.ts'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'
import { connectionsOf, formLines, formText, policyAt } from './vpn-form.ts'

interface VpnSidesProps {
  readonly form: JsonObject
  readonly answer: AnswerOf<'vpn'>
}

/** Both sides of each connection: gateways, ranges, what goes between them, and ranges that stand on both. */
export function VpnSides({ form, answer }: VpnSidesProps) {
  const w = useSubscriptionWords()
  const connections = connectionsOf(form)
  const sesam = formLines(form, 'sesam_address_spaces').filter((range) => range !== '')
  return (
    <SectionCard title={w.vpn.sides} says={w.vpn.problems(answer.problems.length)}>
      <div className="flex flex-col gap-4 py-2">
        {connections.map((connection, at) => {
          const policy = policyAt(connection)
          const overlaps = answer.overlaps.filter((each) => each.connection === at)
          return (
            <div key={at} className="grid grid-cols-[minmax(0,5fr)_minmax(7rem,3fr)_minmax(0,5fr)] items-stretch">
              <Side
                name={connections.length === 1 ? w.vpn.yourSide : `${w.vpn.yourSide} ${at + 1}`}
                gateway={formText(connection, 'gateway_address')}
                ranges={formLines(connection, 'address_spaces').filter((range) => range !== '')}
                isOverlapping={(range) => overlaps.some((each) => each.range === range)}
              />
              <div className="flex flex-col items-center justify-center gap-1 text-center text-tiny text-ink-soft">
                <span className="rounded-full bg-accent-soft px-2 font-semibold text-accent">IKEv2, IPsec</span>
                <span aria-hidden className="flex w-full items-center text-accent">
                  <Lock size={16} className="-ml-2 shrink-0 rounded-full bg-surface" />
                  <span className="h-1.5 flex-1 bg-accent" />
                  <Lock size={16} className="-mr-2 shrink-0 rounded-full bg-surface" />
                </span>
                <span>
                  {policy === null
                    ? w.vpn.defaultPolicy
                    : `${formText(policy, 'ike_encryption')}, ${formText(policy, 'ike_integrity')}, ${formText(policy, 'dh_group')}`}
                </span>
                {overlaps.length > 0 && (
                  <span className="mt-1 w-full border-t-2 border-dashed border-bad pt-1 font-semibold text-bad">
                    {w.vpn.sameAddresses}
                  </span>
                )}
              </div>
              <Side
                name={w.vpn.sesamSide}
                gateway={formText(form, 'sesam_gateway')}
                ranges={sesam}
                isOverlapping={(range) => overlaps.some((each) => each.isSesam && each.other === range)}
              />
            </div>
          )
        })}
      </div>
    </SectionCard>
  )
}

interface SideProps {
  readonly name: string
  readonly gateway: string
  readonly ranges: readonly string[]
  readonly isOverlapping: (range: string) => boolean
}

function Side({ name, gateway, ranges, isOverlapping }: SideProps) {
  return (
    <div className="min-w-0 rounded-lg border border-line-strong p-3">
      <h3 className="font-semibold">{name}</h3>
      <p className="mono truncate text-ink-soft" title={gateway}>
        {gateway || '–'}
      </p>
      <ul className="mono">
        {ranges.map((range, place) => (
          <li
            key={place}
            className={`mt-1 border-l-2 px-2 ${isOverlapping(range) ? 'border-bad bg-bad-soft text-bad' : 'border-source bg-sunken'}`}
          >
            {range}
          </li>
        ))}
      </ul>
    </div>
  )
}
