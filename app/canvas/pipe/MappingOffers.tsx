import { ArrowRight, WandSparkles } from 'lucide-react'
import { useRef, useState } from 'react'
import { expressionTokens, type JsonPath, readJson, type SuggestedMapping } from '../../../engine-worker/index.ts'
import { useTextOfTransit } from '../../data/ShownValue.tsx'
import { count } from '../../i18n/numbers.ts'
import { usePipe } from '../../pipe/pipe.ts'
import { useVocabulary } from '../../pipe/vocabulary.ts'
import { Button } from '../../ui/Button.tsx'
import type { MappingRow } from './mapping.ts'
import { useOfferWords } from './mapping-offer-words.ts'
import { takeMappings } from './mapping-offers.ts'
import { Tokens } from './Tokens.tsx'

interface MappingOffersProps {
  readonly offers: readonly SuggestedMapping[]
  readonly rules: JsonPath
  readonly rows: readonly MappingRow[]
}

/** Shown before the others are asked for. */
const firstShown = 6

/** Mappings that the data suggests, each with its evidence: taken one by one, or all of a kind at once. */
export function MappingOffers({ offers, rules, rows }: MappingOffersProps) {
  const words = useOfferWords()
  const { id } = usePipe()
  const [all, setAll] = useState(false)
  const list = useRef<HTMLUListElement>(null)
  if (offers.length === 0) return null
  const sure = offers.filter(({ does }) => does !== 'keep')
  const shown = all ? offers : offers.slice(0, Math.max(firstShown, sure.length > 20 ? firstShown : sure.length))
  const takeOffers = (taken: readonly SuggestedMapping[], place: number) => {
    takeMappings(id, rules, rows, taken, words.take(taken.length))
    // The row is gone when the next answer is there: the focus goes to the one that takes its place.
    const buttons = list.current?.querySelectorAll('button')
    const next = buttons?.[place + 1] ?? buttons?.[place - 1]
    if (next) next.focus()
    else document.querySelector<HTMLElement>('[data-map="target"]')?.focus()
  }
  return (
    <section
      id="mapping-offers"
      tabIndex={-1}
      aria-label={words.offers}
      className="mt-2.5 rounded-lg border border-accent/40 border-dashed bg-surface shadow-low outline-none"
    >
      <div className="flex flex-wrap items-center gap-2 px-3 py-1.5">
        <h3 className="eyebrow mr-auto flex items-center gap-1.5">
          <WandSparkles size={13} aria-hidden />
          {words.offers}
        </h3>
        {sure.length > 1 && (
          <Button small onClick={() => takeOffers(sure, -1)}>
            {words.takeAll(count(sure.length))}
          </Button>
        )}
        {offers.length - sure.length > 1 && (
          <Button
            small
            look="quiet"
            onClick={() =>
              takeOffers(
                offers.filter(({ does }) => does === 'keep'),
                -1,
              )
            }
          >
            {words.keepAll(count(offers.length - sure.length))}
          </Button>
        )}
      </div>
      <ul ref={list}>
        {shown.map((offer, place) => (
          <Offer
            key={`${offer.does} ${offer.from} ${offer.target}`}
            offer={offer}
            onTake={() => takeOffers([offer], place)}
          />
        ))}
      </ul>
      {offers.length > shown.length && (
        <Button small look="quiet" className="m-1" onClick={() => setAll(true)}>
          {words.moreOffers(count(offers.length - shown.length))}
        </Button>
      )}
    </section>
  )
}

function Offer({ offer, onTake }: { readonly offer: SuggestedMapping; readonly onTake: () => void }) {
  const words = useOfferWords()
  const vocabulary = useVocabulary()
  const text = useTextOfTransit()
  const { does, target, from, expression, sample, gives } = offer
  return (
    <li className="flex min-w-0 items-center gap-3 border-t border-line/60 px-3 py-1.5">
      <div className="min-w-0 flex-1">
        <p className="flex min-w-0 flex-wrap items-center gap-x-1.5">
          <span className="min-w-0 [overflow-wrap:anywhere]">
            <Tokens tokens={expressionTokens(readJson(expression), vocabulary, [])} readOnly />
          </span>
          <ArrowRight size={12} aria-hidden className="shrink-0 text-ink-faint" />
          <b className="mono min-w-0 font-semibold [overflow-wrap:anywhere]">{target}</b>
          <span className="mono min-w-0 truncate text-ink-soft">
            {text(sample)}
            {gives !== sample && ` → ${text(gives)}`}
          </span>
        </p>
        <p className="text-tiny text-ink-soft">{evidenceText(offer, words)}</p>
      </div>
      <Button small className="shrink-0" aria-label={words.takeOne(from, target)} onClick={onTake}>
        {words.takes[does]}
      </Button>
    </li>
  )
}

/** Why, in words: who wants it, how many it fills, and how the two agree. */
function evidenceText(
  { does, why, wanted, filled, of, agree }: SuggestedMapping,
  words: ReturnType<typeof useOfferWords>,
): string {
  return [
    wanted === null ? '' : words.wantedBy[wanted.is](wanted.name),
    does === 'fill' ? words.fills(count(filled), count(of)) : words.present(count(filled), count(of)),
    why === 'unused' ? words.notUsed : why === 'values' ? '' : words.why[why],
    agree === null || agree.some === 0 ? '' : words.agree(count(agree.some), count(agree.of)),
  ]
    .filter(Boolean)
    .join(' · ')
}
