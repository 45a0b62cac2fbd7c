import { X } from 'lucide-react'
import type { AnswerOf, GoldenRecord, Model, Property } from '../../../engine-worker/index.ts'
import { editModel } from '../../store/project/model-file.ts'
import { useProject } from '../../store/project/project.ts'
import { useSettings } from '../../store/settings.ts'
import { Select } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { changeProperty, mappingsByPriority, removeProperty } from './edits.ts'
import { MatrixCell } from './MatrixCell.tsx'
import { useModelWords } from './model-words.ts'
import { shownValue } from './names.ts'
import { SettingsButton } from './settings/SettingsButton.tsx'

interface PropertyRowProps {
  readonly model: Model
  readonly concept: string
  readonly property: string
  readonly columns: Readonly<Record<string, readonly string[]>>
  readonly coverage: AnswerOf<'modelMastering'>['coverage']
  readonly golden: GoldenRecord | null
  readonly records: GoldenRecord['records']
  /** The mapping whose cell is chosen. */
  readonly chosen: string | null
  readonly onChoose: (mapping: string) => void
}

/** One property: a cell for each mapping, the rule, and the value that wins for the record that is followed. */
export function PropertyRow(props: PropertyRowProps) {
  const { model, concept, property, columns, coverage, golden, records, chosen, onChoose } = props
  const w = useModelWords()
  const language = useSettings((state) => state.language)
  const readOnly = useProject((state) => state.readOnly)
  const declared = model.concepts[concept]?.properties[property]
  const ranked = mappingsByPriority(model, concept, property).map(({ name }) => name)
  const winner = golden?.winners[property]
  if (declared === undefined) return null
  return (
    <tr className="group/row">
      <th
        scope="row"
        className="sticky left-0 z-10 border-r border-b border-line bg-surface px-3 py-1 align-top font-normal"
      >
        <span className="flex items-start gap-1">
          <span className="mono min-w-0 flex-1 break-words">{property}</span>
          <SettingsButton
            model={model}
            target={{ part: 'property', concept, property }}
            name={property}
            className="size-5 opacity-0 group-hover/row:opacity-100 focus-visible:opacity-100"
          />
          {!readOnly && (
            <IconButton
              label={w.mastering.removeProperty(property)}
              className="size-5 opacity-0 group-hover/row:opacity-100 focus-visible:opacity-100"
              onClick={() =>
                editModel(w.mastering.removePropertyStep(property), (before) =>
                  removeProperty(before, concept, property),
                )
              }
            >
              <X size={12} aria-hidden />
            </IconButton>
          )}
        </span>
        <span className="text-tiny text-ink-soft">
          {declared.references === undefined ? (declared.type ?? '') : w.mastering.refersTo(declared.references)}
        </span>
      </th>
      {model.mappings
        .filter((mapping) => mapping.concept === concept)
        .map((mapping) => (
          <MatrixCell
            key={mapping.name}
            model={model}
            concept={concept}
            property={property}
            mapping={mapping}
            columns={columns[mapping.name] ?? []}
            covered={coverage.find((each) => each.mapping === mapping.name) ?? null}
            values={records
              .filter((each) => each.mapping === mapping.name)
              .flatMap(({ values }) => values[property] ?? [])}
            rank={ranked.indexOf(mapping.name)}
            of={ranked.length}
            wins={winner?.mapping === mapping.name}
            isChosen={chosen === mapping.name}
            onChoose={() => onChoose(mapping.name)}
          />
        ))}
      <td className="border-r border-b border-line px-2 py-1 align-top">
        <Select
          aria-label={w.mastering.ruleOf(property)}
          value={declared.rule}
          disabled={readOnly}
          onChange={(event) => {
            const rule = rulesIn(w.mastering.rules).find((each) => each === event.target.value)
            if (rule !== undefined)
              editModel(w.mastering.ruleStep(property), (before) =>
                changeProperty(before, concept, property, (each) => ({
                  ...each,
                  rule,
                  ...(rule === 'expression' && each.expression === undefined ? { expression: null } : {}),
                })),
              )
          }}
        >
          {rulesIn(w.mastering.rules).map((rule) => (
            <option key={rule} value={rule}>
              {w.mastering.rules[rule]}
            </option>
          ))}
        </Select>
      </td>
      <td className="sticky right-0 border-b border-line bg-accent-soft px-3 py-1 align-top">
        <span className="mono block font-semibold break-words">{shownValue(golden?.values[property], language)}</span>
        <span className="text-tiny text-ink-soft">
          {winner === undefined ? '' : w.mastering.from(winner.mapping, w.mastering.why[declared.rule])}
        </span>
      </td>
    </tr>
  )
}

function rulesIn(words: Readonly<Record<Property['rule'], string>>): readonly Property['rule'][] {
  return Object.keys(words).filter((name): name is Property['rule'] => name in words)
}
