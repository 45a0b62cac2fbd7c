import { useState } from 'react'
import type { AnswerOf, JsonObject } from '../../../engine-worker/index.ts'
import { saveFile } from '../../store/save-file.ts'
import { Button } from '../../ui/Button.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'
import { connectionsOf, formLines, formText } from './vpn-form.ts'

const outputs = ['strongswan', 'fortigate', 'cisco', 'pfsense', 'json'] as const
type Output = (typeof outputs)[number]

interface VpnResultProps {
  readonly form: JsonObject
  readonly answer: AnswerOf<'vpn'>
}

/** Both sides, the steps for those who run the device, and its configuration without the key. */
export function VpnResult({ form, answer }: VpnResultProps) {
  const w = useSubscriptionWords()
  const [output, setOutput] = useState<Output>('strongswan')
  const connections = connectionsOf(form)
  const text = output === 'json' ? answer.request : (answer.configurations[output] ?? null)
  const sides = [
    ...connections.map((connection, at) => ({
      name: connections.length === 1 ? w.vpn.yourSide : `${w.vpn.yourSide} ${at + 1}`,
      gateway: formText(connection, 'gateway_address'),
      ranges: formLines(connection, 'address_spaces'),
    })),
    {
      name: w.vpn.sesamSide,
      gateway: formText(form, 'sesam_gateway'),
      ranges: formLines(form, 'sesam_address_spaces'),
    },
  ]
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <SectionCard title={w.vpn.sides} says={w.vpn.problems(answer.problems.length)}>
        <div className="flex flex-wrap items-center gap-3 py-2">
          {sides.map(({ name, gateway, ranges }, at) => (
            <div
              key={name}
              className={`flex flex-1 items-center gap-3 ${at === sides.length - 1 ? '' : 'flex-row-reverse'}`}
            >
              <span aria-hidden className="h-2 w-8 shrink-0 rounded-full bg-accent" />
              <div className="min-w-40 flex-1 rounded-lg border border-line-strong p-3">
                <h3 className="font-semibold">{name}</h3>
                <p className="mono text-ink-soft">{gateway || '–'}</p>
                <ul className="mono">
                  {ranges.map((range, place) => (
                    <li key={place} className="mt-1 border-l-2 border-source bg-sunken px-2">
                      {range || '–'}
                    </li>
                  ))}
                </ul>
              </div>
            </div>
          ))}
        </div>
      </SectionCard>
      <SectionCard title={w.vpn.steps}>
        <ol className="list-decimal py-1 pl-5">
          {w.vpn
            .stepList(formText(form, 'sesam_gateway'), formLines(form, 'sesam_address_spaces').join(', '))
            .map((step) => (
              <li key={step} className="py-0.5">
                {step}
              </li>
            ))}
        </ol>
      </SectionCard>
      <SectionCard
        title={w.vpn.configuration}
        aside={
          text !== null && (
            <Button small onClick={() => saveFile(text, `sesam-vpn-${output}.txt`, 'text/plain')}>
              {w.vpn.save}
            </Button>
          )
        }
      >
        <div className="py-1">
          <Segments
            label={w.vpn.configuration}
            value={output}
            onChange={setOutput}
            options={outputs.map((id) => ({ id, label: w.vpn.outputs[id] }))}
          />
          {output !== 'json' && (
            <p className="pt-1 text-tiny text-ink-faint">{output === 'strongswan' ? w.vpn.tried : w.vpn.untried}</p>
          )}
        </div>
        {text === null ? (
          <p className="py-2 text-ink-soft">{answer.problems.length > 0 ? w.vpn.notYet : w.vpn.notForDevice}</p>
        ) : (
          <pre
            tabIndex={0}
            className="mono my-1 max-h-96 overflow-auto rounded-md bg-sunken p-3"
            data-testid="vpn-text"
          >
            {text}
          </pre>
        )}
      </SectionCard>
    </div>
  )
}
