// npm test: installs what is missing (a browser too), runs every check, and ends with `N passed, N failed`.
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { browser, install, local, root } from './tools.mjs'

let passed = 0
let failed = 0

/** A step that is no test by itself: it counts only when it fails. */
async function check(name, program, args) {
  const { code, said } = await local(program, args, { quiet: true })
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name}`)
  if (code !== 0) {
    failed += 1
    console.log(said.trimEnd())
  }
  return code === 0
}

/** Tests that report as JSON; `count` reads the numbers out of the report. */
async function tests(name, program, args, report, env, count) {
  rmSync(report, { force: true })
  const { code } = await local(program, args, { env })
  let numbers
  try {
    numbers = count(JSON.parse(readFileSync(report, 'utf8')))
  } catch {
    numbers = { passed: 0, failed: 1 }
  }
  passed += numbers.passed
  failed += numbers.failed
  // A crash beside the tests (an unhandled rejection, a file that cannot be read) is a failure as well.
  if (code !== 0 && numbers.failed === 0) failed += 1
  // Left out is only what needs reference data beside the clone (tests/shared.ts) or a program that is not installed.
  const leftOut = numbers.leftOut
    ? `, ${numbers.leftOut} left out for want of ../shared, Sesam's client, Prometheus or strongSwan`
    : ''
  const retried = numbers.retried ? `, ${numbers.retried} of them at a further try` : ''
  const result = `${numbers.passed} passed${retried}, ${numbers.failed} failed${leftOut}`
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name}: ${result}`)
}

try {
  await install()
  await check('types of the engine', 'tsc', ['-p', 'engine-worker'])
  await check('types of the app', 'tsc', ['-p', 'app'])
  await check('types of the tests', 'tsc', ['-p', 'tests'])
  await check('format and lint', 'biome', [
    'check',
    '--error-on-warnings',
    '--config-path=tests/lint.json',
    'app',
    'engine-worker',
    'tests',
    'vite.config.ts',
  ])
  const unit = join(tmpdir(), `pipewright-unit-${process.pid}.json`)
  await tests(
    'unit tests',
    'vitest',
    ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${unit}`],
    unit,
    {},
    (report) => ({
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      leftOut: report.numPendingTests,
    }),
  )
  if (await check('build', 'vite', ['build', '--logLevel', 'warn'])) {
    const story = join(tmpdir(), `pipewright-e2e-${process.pid}.json`)
    const env = { PLAYWRIGHT_CHROMIUM: await browser(), PLAYWRIGHT_JSON_OUTPUT_NAME: story }
    await tests(
      'browser tests',
      'playwright',
      ['test', '--config', join(root, 'tests', 'playwright.config.ts'), '--reporter=list,json'],
      story,
      env,
      ({ stats }) => ({
        passed: stats.expected + stats.flaky,
        retried: stats.flaky,
        failed: stats.unexpected,
      }),
    )
  }
} catch (error) {
  failed += 1
  console.error(error)
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
