import { Wand2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { ask } from '../../../store/engine/open-project.ts'
import { failureText } from '../../../store/failure.ts'
import { Button } from '../../../ui/Button.tsx'
import { FormField, Input, TextArea } from '../../../ui/Field.tsx'
import { FileInput } from '../../../ui/FileInput.tsx'
import { useDesign } from './design.ts'
import { useStudioWords } from './studio-words.ts'

/** Where a design begins: a description or an answer of the service, pasted or chosen as a file. */
export function StudioSource() {
  const w = useStudioWords()
  const { text, address } = useDesign()
  const [failure, setFailure] = useState<string | null>(null)
  const [isReading, setReading] = useState(false)
  const file = useRef<HTMLInputElement>(null)
  const read = async (from: string) => {
    setReading(true)
    setFailure(null)
    try {
      const design = await ask('studioDraft', { text: from, address })
      const first = design.datatypes.find(({ isOn }) => isOn) ?? design.datatypes[0]
      useDesign.setState({ design, datatype: first?.name ?? null })
    } catch (error) {
      setFailure(w.failed(failureText(error)))
    } finally {
      setReading(false)
    }
  }
  const open = async ([chosen]: readonly File[]) => {
    if (chosen === undefined) return
    const content = await chosen.text()
    useDesign.setState({ text: content })
    await read(content)
  }
  return (
    <form
      className="flex max-w-4xl flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        void read(text)
      }}
    >
      <FormField label={w.paste} help={w.pasteHint} problem={failure}>
        {(ids) => (
          <TextArea
            mono
            rows={14}
            {...ids}
            value={text.length > 200_000 ? text.slice(0, 200_000) : text}
            onChange={({ target }) => useDesign.setState({ text: target.value })}
          />
        )}
      </FormField>
      <FormField label={w.address} help={w.addressHint}>
        {(ids) => (
          <Input
            mono
            {...ids}
            value={address}
            onChange={({ target }) => useDesign.setState({ address: target.value })}
          />
        )}
      </FormField>
      <div className="flex gap-2">
        <Button
          look="main"
          type="submit"
          icon={<Wand2 size={14} aria-hidden />}
          disabled={text.trim() === '' || isReading}
        >
          {w.read}
        </Button>
        <Button disabled={isReading} onClick={() => file.current?.click()}>
          {w.file}
        </Button>
      </div>
      <FileInput
        ref={file}
        accept=".json,.yaml,.yml,.har,application/json,application/yaml"
        testId="studio-file"
        onFiles={(list) => void open(list)}
      />
    </form>
  )
}
