import { ArrowRight } from 'lucide-react'
import { useState } from 'react'
import { useWords } from '../../i18n/i18n.ts'
import { go } from '../../route.ts'
import { failureText } from '../../store/failure.ts'
import { addSample, type Sample, sampleProjects } from '../../store/project/new-projects.ts'
import { toast } from '../../store/toasts.ts'
import { SamplePicture } from './SamplePicture.tsx'

/** Three projects that run at once and teach one thing each. */
export function Samples() {
  const w = useWords()
  const [busy, setBusy] = useState<Sample | null>(null)
  const openSample = async (sample: Sample) => {
    setBusy(sample)
    try {
      go({ at: 'flow', project: await addSample(sample, w.samples[sample].title) })
    } catch (error) {
      toast(w.samples.failed(failureText(error)), 'bad')
    } finally {
      setBusy(null)
    }
  }
  return (
    <section aria-labelledby="samples">
      <h2 id="samples" className="mb-1 text-title">
        {w.samples.title}
      </h2>
      <p className="mb-4 text-ink-soft">{w.samples.says}</p>
      <ul className="grid gap-4 md:grid-cols-3">
        {sampleProjects.map((sample) => (
          <li key={sample} className="flex">
            <button
              type="button"
              disabled={busy !== null}
              onClick={() => void openSample(sample)}
              className="group flex flex-1 flex-col overflow-hidden rounded-xl border border-line bg-surface text-left shadow-low transition-colors duration-150 hover:border-accent"
            >
              <SamplePicture sample={sample} />
              <span className="flex flex-1 flex-col gap-1 p-4">
                <span className="font-semibold">{w.samples[sample].title}</span>
                <span className="flex-1 text-ink-soft">{w.samples[sample].says}</span>
                <span className="mt-2 flex items-center gap-1 font-semibold text-accent">
                  {w.samples.open}
                  <ArrowRight
                    size={14}
                    aria-hidden
                    className="transition-transform duration-150 group-hover:translate-x-0.5"
                  />
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
