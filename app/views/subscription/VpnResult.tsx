import { useState } from 'react'
import type { AnswerOf, JsonObject } from '../../../engine-worker/index.ts'
import { saveFile } from '../../store/save-file.ts'
import { Button } from '../../ui/Button.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { OverlapCard } from './OverlapCard.tsx'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'
import { VpnSides } from './VpnSides.tsx'
import { formLines, formText } from './vpn-form.ts'

const outputs = ['strongswan', 'fortigate', 'cisco', 'pfsense', 'json'] as const
type Output = (typeof outputs)[number]

interface VpnResultProps {
  readonly form: JsonObject
  readonly answer: AnswerOf<'vpn'>
  /** Puts another range in the place of one of a connection, or leaves it out (null). */
  readonly onReplace: (connection: number, index: number, range: string | null) => void
}

/** Both sides, the steps for those who run the device, and its configuration without the key. */
export function VpnResult({ form, answer, onReplace }: VpnResultProps) {
  const w = useSubscriptionWords()
  const [output, setOutput] = useState<Output>('strongswan')
  const text = output === 'json' ? answer.request : (answer.configurations[output] ?? null)
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <VpnSides form={form} answer={answer} />
      {answer.overlaps.map((overlap) => (
        <OverlapCard
          key={`${overlap.connection} ${overlap.index} ${overlap.other}`}
          overlap={overlap}
          onReplace={(range) => onReplace(overlap.connection, overlap.index, range)}
        />
      ))}
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
