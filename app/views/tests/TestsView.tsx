import { CircleAlert, CircleCheck, CircleSlash, FlaskConical, Play } from 'lucide-react'
import { useMemo, useState } from 'react'
import { type AnswerOf, checkName, type TestResult } from '../../../engine-worker/index.ts'
import { PageLayout } from '../../frame/PageLayout.tsx'
import { ProblemList } from '../../frame/ProblemList.tsx'
import { ask } from '../../store/engine/open-project.ts'
import { failureText } from '../../store/failure.ts'
import { useChecks } from '../../store/project/checks-file.ts'
import { editContent, useContent, useProject } from '../../store/project/project.ts'
import { toast } from '../../store/toasts.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { Empty } from '../../ui/Empty.tsx'
import { FailureBar } from '../../ui/FailureBar.tsx'
import { Coverage } from './Coverage.tsx'
import { Differences } from './Differences.tsx'
import { useTestsWords } from './tests-words.ts'

type TestsAnswer = AnswerOf<'tests'>

/** The expected outputs of the project, and how what it gives now differs. */
export function TestsView({ project }: { readonly project: string }) {
  const w = useTestsWords()
  const content = useContent()
  const readOnly = useProject((state) => state.readOnly)
  const [report, setReport] = useState<{ readonly of: unknown; readonly report: TestsAnswer } | null>(null)
  const [running, setRunning] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const checks = useChecks()
  const specs = useMemo(() => {
    const start = `${content.root}expected/`
    const expected = Object.keys(content.files).flatMap((path) =>
      path.startsWith(start) && path.endsWith('.test.json') ? [path.slice(start.length, -'.test.json'.length)] : [],
    )
    return [...expected, ...checks.map(checkName)]
  }, [content, checks])
  const startTests = async () => {
    setRunning(true)
    setFailure(null)
    try {
      setReport({ of: content, report: await ask('tests', null) })
    } catch (error) {
      setFailure(failureText(error))
    } finally {
      setRunning(false)
    }
  }
  const storeExpected = async (of: 'missing' | readonly string[]) => {
    setRunning(true)
    setFailure(null)
    try {
      const { files, made, problems } = await ask('expected', of)
      writeFiles(w.tests.freeze, files)
      if (of === 'missing') toast(w.tests.made(made), made > 0 ? 'good' : 'bad')
      setReport({ of: useProject.getState().document.content, report: await ask('tests', null) })
      if (problems[0] && Object.keys(files).length === 0) setFailure(w.engine.message(problems[0]))
    } catch (error) {
      setFailure(failureText(error))
    } finally {
      setRunning(false)
    }
  }
  if (specs.length === 0) {
    return (
      <Empty
        icon={<FlaskConical size={20} aria-hidden />}
        title={w.tests.emptyTitle}
        action={
          !readOnly && (
            <Button look="main" disabled={running} onClick={() => void storeExpected('missing')}>
              {running ? w.tests.running : w.tests.freeze}
            </Button>
          )
        }
      >
        {w.tests.emptySays}
        {failure !== null && <span className="mt-2 block text-bad">{failure}</span>}
      </Empty>
    )
  }
  const results = report?.report.tests ?? []
  const shown = results.find(({ name }) => name === chosen) ?? results.find(({ status }) => status === 'failed')
  const missing = report?.report.problems.filter(({ code }) => code === 'pipe-without-test').length ?? 0
  const passed = results.filter(({ status }) => status === 'passed').length
  const failed = results.filter(({ status }) => status === 'failed').length
  return (
    <PageLayout>
      <header className="flex flex-wrap items-end gap-3 border-b border-line px-5 pt-4 pb-3">
        <div className="min-w-60 flex-1">
          <h1 className="text-head">{w.views.tests.label}</h1>
          <p className="text-ink-soft" aria-live="polite">
            {report === null ? w.tests.says(specs.length) : w.tests.result(passed, failed)}
            {report !== null && report.of !== content && ` ${w.tests.stale}`}
          </p>
        </div>
        {!readOnly && missing > 0 && (
          <Button disabled={running} onClick={() => void storeExpected('missing')}>
            {w.tests.addMissing(missing)}
          </Button>
        )}
        <Button
          disabled={running}
          icon={<Play size={12} fill="currentColor" aria-hidden />}
          onClick={() => void startTests()}
        >
          {running ? w.tests.running : w.tests.run}
        </Button>
      </header>
      <FailureBar failure={failure} />
      <div className="flex min-h-0 flex-1">
        <ul
          aria-label={w.views.tests.label}
          className="w-44 shrink-0 overflow-auto border-r lg:w-96 border-line bg-surface p-2"
        >
          {specs.map((name) => {
            const result = results.find((each) => each.name === name)
            return (
              <li key={name}>
                <button
                  type="button"
                  aria-current={result !== undefined && result === shown ? 'true' : undefined}
                  onClick={() => setChosen(name)}
                  className={classes(
                    'flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-left',
                    result !== undefined && result === shown ? 'bg-accent-soft' : 'hover:bg-hover',
                  )}
                >
                  <StatusIcon status={result?.status} />
                  <span className="min-w-0 flex-1 truncate" title={name}>
                    {name}
                  </span>
                  {result !== undefined && result.differences.length > 0 && (
                    <span className="text-tiny text-bad">{result.differences.length}</span>
                  )}
                </button>
              </li>
            )
          })}
        </ul>
        <div className="flex min-h-0 min-w-0 flex-1 flex-col overflow-auto">
          {report?.report.coverage && report.report.coverage.steps > 0 && (
            <Coverage covered={report.report.coverage} project={project} />
          )}
          {shown ? (
            <Differences
              result={shown}
              project={project}
              onAccept={
                readOnly || running || checks.some((check) => checkName(check) === shown.name)
                  ? null
                  : () => void storeExpected([shown.name])
              }
            />
          ) : report ? (
            <Empty icon={<CircleCheck size={20} aria-hidden className="text-good" />} title={w.tests.allPass}>
              {w.tests.allPassSays}
            </Empty>
          ) : (
            <Empty icon={<FlaskConical size={20} aria-hidden />} title={w.tests.ready}>
              {w.tests.readySays}
            </Empty>
          )}
          {report !== null && report.report.problems.length > 0 && (
            <section aria-label={w.problems.title} className="m-5 rounded-lg border border-line bg-surface">
              <ProblemList problems={report.report.problems} project={project} />
            </section>
          )}
        </div>
      </div>
    </PageLayout>
  )
}

/** Puts files into the project, below the folder of its configuration. */
function writeFiles(label: string, files: Readonly<Record<string, string>>): void {
  editContent(label, (content) => {
    const placed = Object.entries(files).map(([path, text]) => [`${content.root}${path}`, text] as const)
    return placed.length === 0 ? content : { ...content, files: { ...content.files, ...Object.fromEntries(placed) } }
  })
}

function StatusIcon({ status }: { readonly status: TestResult['status'] | undefined }) {
  const w = useTestsWords()
  switch (status) {
    case 'passed':
      return <CircleCheck size={16} aria-label={w.tests.states.passed} className="shrink-0 text-good" />
    case 'failed':
      return <CircleAlert size={16} aria-label={w.tests.states.failed} className="shrink-0 text-bad" />
    case 'ignored':
      return <CircleSlash size={16} aria-label={w.tests.states.ignored} className="shrink-0 text-ink-faint" />
    default:
      return <FlaskConical size={16} aria-hidden className="shrink-0 text-ink-faint" />
  }
}
