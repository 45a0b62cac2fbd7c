/** `connection DIR SYSTEM`: whether a system can be reached from this machine, also by protocols that no browser speaks. */
import { connect } from 'node:net'
import { effectiveSystem } from '../../config/project/effective.ts'
import { type ConnectionRequest, type ConnectionResult, connectionRequest } from '../../connectors/connection-test.ts'
import { hostOf, hostsNamed } from '../../connectors/hosts.ts'
import { permittedFetch } from '../../connectors/network-permission.ts'
import { reasonOf } from '../../problem.ts'
import { connectionOf } from '../../run/connection.ts'
import { Session } from '../../run/session.ts'
import { memoryStore } from '../../storage/memory.ts'
import { printable, problemText } from '../problem-text.ts'
import { AccountFile } from '../sign-in/account-file.ts'
import { command, type ExitCode, type Io, jsonOption, profileOption } from './define.ts'
import { machine } from './machine.ts'
import { openFiles } from './project-run.ts'
import { secretsOption, secretValues } from './secret-values.ts'
import { UsageError } from './usage-error.ts'

const TIMEOUT_MILLISECONDS = 10_000

export const connectionCommand = command({
  name: 'connection',
  says: 'Tests whether a system of a project can be reached from this machine, and whether an HTTP service accepts the sign-in.',
  argument: 'DIR',
  further: ['SYSTEM'],
  options: {
    path: { value: 'PATH', says: 'The path to request, below the address of the system.' },
    allow: { value: 'HOST', times: 'many', says: 'Servers to which redirects may lead, besides those of the system.' },
    secrets: secretsOption,
    profile: profileOption,
    json: jsonOption,
  },
  run: async (given, io) => {
    const [id = ''] = given.further
    const { project, files } = await openFiles(given.argument, { profile: given.one('profile') })
    const system = effectiveSystem(project, id)
    if (!system) throw new UsageError(`There is no system ${id}.`)
    const path = given.one('path') ?? ''
    const request = connectionRequest(system, path)
    const asJson = given.has('json')
    if (request.asks === 'nothing')
      return printResult({ request }, `${printable(id)}: ${reasonWords[request.because]}`, 1, asJson, io)
    if (request.asks === 'port') {
      const failure = await portFailure(request.host, request.port)
      const server = `${printable(request.host)}:${request.port}`
      const words =
        failure === null
          ? `${server} accepts connections. The sign-in was not tested: only Sesam supports this protocol.`
          : `${server} accepts no connection: ${failure}`
      return printResult({ request, isOpen: failure === null, failure }, words, failure === null ? 0 : 1, asJson, io)
    }
    const named = hostsNamed(project).filter(({ components }) => components.includes(id))
    const hosts = new Set([hostOf(request.url) ?? '', ...named.map(({ host }) => host), ...given.many('allow')])
    const session = new Session({
      store: memoryStore(machine),
      environment: machine,
      inputs: { tokens: await AccountFile.of(given.argument) },
    })
    const profile = given.one('profile')
    session.open(files, {
      secrets: await secretValues(given.one('secrets')),
      ...(profile === undefined ? {} : { profile }),
    })
    const fetch = permittedFetch(globalThis.fetch, async (host) => hosts.has(host))
    const { signal } = new AbortController()
    const result = await connectionOf(session, id, path, { environment: machine, fetch, signal })
    return printResult(result, wordsOf(result), result.answer?.verdict === 'reached' ? 0 : 1, asJson, io)
  },
})

const reasonWords: Readonly<Record<Extract<ConnectionRequest, { asks: 'nothing' }>['because'], string>> = {
  container: 'Sesam runs this service in a container of its own. Sesam shows its status with the system.',
  tns: 'The address is a TNS name, which only the machines of Sesam can resolve. Test it there.',
  'made-up': 'The system has no server, so there is no connection to test.',
  address: 'The system does not say where its server is. Give it an address first.',
  unknown: 'There is no test for this kind of system.',
}

const verdictWords: Readonly<Record<NonNullable<ConnectionResult['answer']>['verdict'], string>> = {
  reached: 'The address and the sign-in work.',
  'sign-in': 'The server answers, but does not accept the sign-in. Check user, password, token and rights.',
  'no-such-path': 'The server answers, but has nothing at this address. Name a path that exists with --path.',
  busy: 'The server has had too many requests. Try again later.',
  failing: 'The server has an error. Try again later, or ask its operator.',
  refused: 'The server answers, but does not accept the request. Name another path with --path.',
}

function wordsOf({ request, answer, problem }: ConnectionResult): string {
  if (problem) return problemText(problem)
  if (!answer) return ''
  const asked = request.asks === 'http' ? `GET ${printable(request.url)}` : ''
  const from = answer.redirected === null ? '' : `, by a redirect from ${printable(answer.redirected)}`
  const begins = answer.beginning === '' ? '' : `\n${printable(answer.beginning)}`
  return `${asked}: status ${answer.status} after ${answer.milliseconds} ms${from}. ${verdictWords[answer.verdict]}${begins}`
}

function printResult(result: object, words: string, code: ExitCode, asJson: boolean, io: Io): ExitCode {
  io.out(asJson ? `${JSON.stringify(result, null, 2)}\n` : `${words}\n`)
  return code
}

/** Why a server accepts no connection at a port; null when it does. The connection is closed at once. */
function portFailure(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    if (!Number.isInteger(port) || port < 1 || port > 65_535) return resolve(`${port} is not a port number.`)
    const socket = connect({ host, port, timeout: TIMEOUT_MILLISECONDS })
    const endAttempt = (failure: string | null) => {
      socket.destroy()
      resolve(failure)
    }
    socket.once('connect', () => endAttempt(null))
    socket.once('timeout', () => endAttempt(`no answer within ${TIMEOUT_MILLISECONDS / 1000} seconds.`))
    socket.once('error', (error) => endAttempt(reasonOf(error) || 'no program listens there.'))
  })
}
