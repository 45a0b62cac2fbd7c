/** Signing in on the command line with a real authorization server, and runs that use the account. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loginCommand } from '../../../../engine-worker/node/commands/login.ts'
import { logoutCommand } from '../../../../engine-worker/node/commands/logout.ts'
import { runCommand } from '../../../../engine-worker/node/commands/run.ts'
import { AccountFile } from '../../../../engine-worker/node/sign-in/account-file.ts'
import { type AuthorizationServer, consentAt, startAuthorizationServer } from '../../../support/authorization-server.ts'
import { call, emptyFolder, folderWith } from '../../../support/command.ts'

let server: AuthorizationServer
const before = process.env.XDG_CONFIG_HOME

beforeAll(async () => {
  process.env.XDG_CONFIG_HOME = emptyFolder()
  server = await startAuthorizationServer({ redirectUris: ['http://127.0.0.1/login_callback'] })
})
afterAll(async () => {
  if (before === undefined) delete process.env.XDG_CONFIG_HOME
  else process.env.XDG_CONFIG_HOME = before
  delete process.env.PIPEWRIGHT_PASSPHRASE
  await server.close()
})

function project(): string {
  const scope = ['openid', 'offline_access']
  const oauth2 = { token_url: server.tokenUrl, client_id: 'page', client_secret: '$SECRET(none)', scope }
  return folderWith({
    'systems/shop.conf.json': { _id: 'shop', type: 'system:url', url_pattern: `${server.apiUrl}%s`, oauth2 },
    'pipes/orders.conf.json': { _id: 'orders', type: 'pipe', source: { type: 'json', system: 'shop', url: 'orders' } },
  })
}

/** Runs a sign-in; the person does this with the address that the command prints. */
async function login(folder: string, person: (address: string) => Promise<void>, ...args: string[]) {
  const said: string[] = []
  let acted: Promise<void> | null = null
  const say = (words: string) => {
    said.push(words)
    const address = /^http:\S+$/m.exec(words)?.[0]
    if (address !== undefined) acted ??= person(address)
  }
  const io = { out: (text: string) => void said.push(text), say }
  try {
    const code = await loginCommand.run([folder, 'shop', '--no-browser', ...args], io)
    return { code, said: said.join('\n') }
  } catch (error) {
    return { code: 1, said: `${said.join('\n')}\n${error instanceof Error ? error.message : error}` }
  } finally {
    await acted
  }
}

function as(account: string, answer: 'agree' | 'refuse' = 'agree') {
  return async (address: string) => {
    const back = await consentAt(address, account, answer)
    expect(back).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/login_callback\?/)
    await fetch(back)
  }
}

const allowed = () => ['--allow', new URL(server.apiUrl).host]

describe('login', () => {
  test('signs in, and runs send requests with it to the servers that are allowed', async () => {
    const folder = project()
    const { code, said } = await login(folder, as('ada'))
    expect([code, said]).toEqual([0, expect.stringContaining('signed in as ada@example.org')])
    const file = await AccountFile.of(folder)
    expect(statSync(file.path).mode & 0o777).toBe(0o600)
    const out = emptyFolder()
    const ran = await call(runCommand, folder, '--out', out, ...allowed())
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('written 1') })
    const written = readFileSync(join(out, 'datasets', 'orders.json'), 'utf8')
    expect(written).toContain('"owner":"ada"')
    const tokens = await file.read('shop')
    for (const shown of [said, ran.out, ran.words, written]) expect(shown).not.toContain(tokens?.accessToken)
    const elsewhere = await call(runCommand, folder, '--allow', 'other.example')
    expect(elsewhere).toMatchObject({ code: 1, out: expect.stringContaining('you have not allowed') })
    expect((await call(runCommand, folder)).out).toContain('not-runnable')
  })

  test('renews what has expired, and keeps the rotated token for the next run', async () => {
    const folder = project()
    await login(folder, as('ada'))
    const file = await AccountFile.of(folder)
    const first = await file.read('shop')
    if (!first) throw new Error('not signed in')
    await file.write('shop', { ...first, renewAt: 0, expiresAt: 0 })
    expect((await call(runCommand, folder, ...allowed())).code).toBe(0)
    const second = await (await AccountFile.of(folder)).read('shop')
    expect(second?.refreshToken).not.toBe(first.refreshToken)
    if (second) await file.write('shop', { ...second, renewAt: 0, expiresAt: 0 })
    expect((await call(runCommand, folder, ...allowed())).code).toBe(0)
    // The first token is used again, so the server ends the sign-in.
    await file.write('shop', { ...first, renewAt: 0, expiresAt: 0 })
    const stolen = await call(runCommand, folder, ...allowed())
    expect(stolen).toMatchObject({ code: 1, out: expect.stringContaining('has ended') })
    expect(stolen.out).not.toContain(first.refreshToken)
    expect((await call(loginCommand, folder)).out).toContain('shop ada@example.org, used, ended')
  })

  test('a refusal, and an answer that is not ours', async () => {
    const folder = project()
    expect(await login(folder, as('ada', 'refuse'))).toMatchObject({
      code: 1,
      said: expect.stringContaining('access_denied'),
    })
    const foreign = async (address: string) => {
      const back = new URL(await consentAt(address, 'ada'))
      const other = new URL(back)
      other.searchParams.set('state', 'another')
      expect((await fetch(other)).status).toBe(400)
      expect((await fetch(new URL('/elsewhere', back))).status).toBe(404)
      await fetch(back)
    }
    expect((await login(folder, foreign)).code).toBe(0)
    expect(await login(folder, async () => undefined, '--wait', '0')).toMatchObject({
      code: 1,
      said: expect.stringContaining('Nobody signed in'),
    })
  })

  test('two accounts, one of them used; logout takes the access back', async () => {
    const folder = project()
    await login(folder, as('ada'))
    await login(folder, as('bob'), '--account', 'The shop of Bob')
    const owner = async () => {
      expect((await call(runCommand, folder, ...allowed())).code).toBe(0)
      return server.served.at(-1)?.account
    }
    expect(await owner()).toBe('bob')
    expect((await call(loginCommand, folder, 'shop', '--use', 'ada@example.org')).code).toBe(0)
    expect(await owner()).toBe('ada')
    const kept = await (await AccountFile.of(folder)).read('shop')
    expect(await call(logoutCommand, folder, 'shop')).toMatchObject({
      code: 0,
      words: 'shop is signed out of ada@example.org.',
    })
    const headers = { authorization: `Bearer ${kept?.accessToken}` }
    expect((await fetch(`${server.apiUrl}orders`, { headers })).status).toBe(401)
    expect(await owner()).toBe('bob')
    expect((await call(loginCommand, folder)).out).toBe('shop The shop of Bob, used, renews itself\n')
  })

  test('with a passphrase the file shows no token, and needs it', async () => {
    const folder = project()
    process.env.PIPEWRIGHT_PASSPHRASE = 'correct horse'
    await login(folder, as('ada'))
    const file = await AccountFile.of(folder)
    const tokens = await file.read('shop')
    expect(tokens?.accessToken.length).toBeGreaterThan(10)
    expect(readFileSync(file.path, 'utf8')).not.toMatch(new RegExp(`${tokens?.accessToken}|ada`))
    process.env.PIPEWRIGHT_PASSPHRASE = 'another'
    await expect(file.read('shop')).rejects.toThrow(/encrypted/)
    delete process.env.PIPEWRIGHT_PASSPHRASE
    await expect(file.read('shop')).rejects.toThrow(/encrypted/)
  })
})
