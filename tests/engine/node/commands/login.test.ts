/** Signing in on the command line with a real authorization server, and runs that use the account. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
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
const configHomeBefore = process.env.XDG_CONFIG_HOME

beforeAll(async () => {
  process.env.XDG_CONFIG_HOME = emptyFolder()
  server = await startAuthorizationServer({ redirectUris: ['http://127.0.0.1/login_callback'] })
})
afterAll(async () => {
  if (configHomeBefore === undefined) delete process.env.XDG_CONFIG_HOME
  else process.env.XDG_CONFIG_HOME = configHomeBefore
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
  const sayAndAct = (words: string) => {
    said.push(words)
    const address = /^http:\S+$/m.exec(words)?.[0]
    if (address !== undefined) acted ??= person(address)
  }
  const io = { out: (text: string) => void said.push(text), say: sayAndAct }
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

  test('a token that ends during a run is renewed, and the run goes on', async () => {
    const folder = project()
    const second = { _id: 'again', type: 'pipe', source: { type: 'json', system: 'shop', url: 'orders?again' } }
    writeFileSync(join(folder, 'pipes', 'again.conf.json'), JSON.stringify(second))
    await login(folder, as('ada'))
    const [served, grants] = [server.served.length, server.grants.length]
    server.endAfterNextRequest()
    expect(await call(runCommand, folder, ...allowed())).toMatchObject({ code: 0 })
    expect(server.served.slice(served).map(({ status }) => status)).toEqual([200, 401, 200])
    expect(server.grants.slice(grants)).toEqual(['refresh_token'])
  })

  test('access that was taken back ends the sign-in, and a new one begins anew', async () => {
    const folder = project()
    await login(folder, as('ada'))
    await server.revokeAll()
    const ended = await call(runCommand, folder, ...allowed())
    expect(ended).toMatchObject({ code: 1, out: expect.stringContaining('pipewright login') })
    expect((await call(loginCommand, folder)).out).toContain('ended')
    expect((await login(folder, as('ada'))).code).toBe(0)
    expect((await call(runCommand, folder, ...allowed())).code).toBe(0)
  })

  test('a code that was used already gives nothing, and is in no message', async () => {
    const folder = project()
    let used = ''
    await login(folder, async (address) => {
      used = await consentAt(address, 'ada')
      await fetch(used)
    })
    const replay = async (address: string) => {
      const back = new URL(used)
      const asked = new URL(address)
      const redirect = new URL(asked.searchParams.get('redirect_uri') ?? '')
      back.host = redirect.host
      back.searchParams.set('state', asked.searchParams.get('state') ?? '')
      await fetch(back)
    }
    const { code, said } = await login(project(), replay)
    expect([code, said]).toEqual([1, expect.stringContaining('invalid_grant')])
    expect(said).not.toContain(new URL(used).searchParams.get('code'))
  })

  test('tokens are in no output: files, stores, metrics, lists and messages', async () => {
    const folder = project()
    const said = [(await login(folder, as('ada'))).said]
    const [out, store] = [emptyFolder(), emptyFolder()]
    const calls = [
      [runCommand, folder, '--out', out, '--store', store, '--metrics', join(out, 'm.prom'), ...allowed()],
      [runCommand, folder, '--json', ...allowed()],
      [runCommand, folder, '--allow', 'other.example'],
      [loginCommand, folder],
      [loginCommand, folder, '--json'],
    ] as const
    for (const [command, ...args] of calls) said.push(JSON.stringify(await call(command, ...args)))
    await server.revokeAll()
    said.push(JSON.stringify(await call(runCommand, folder, '--store', store, ...allowed())))
    said.push(JSON.stringify(await call(logoutCommand, folder, 'shop')))
    for (const place of [folder, out, store])
      for (const entry of readdirSync(place, { recursive: true, withFileTypes: true }))
        if (entry.isFile()) said.push(readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    const all = said.join('\n')
    expect(all).toContain('ada@example.org')
    expect(server.given.length).toBeGreaterThan(3)
    expect(server.given.filter((token) => all.includes(token))).toEqual([])
  })

  test('a refusal, and an answer that is not ours', async () => {
    const folder = project()
    expect(await login(folder, as('ada', 'refuse'))).toMatchObject({
      code: 1,
      said: expect.stringContaining('access_denied'),
    })
    const signInElsewhere = async (address: string) => {
      const back = new URL(await consentAt(address, 'ada'))
      const other = new URL(back)
      other.searchParams.set('state', 'another')
      expect((await fetch(other)).status).toBe(400)
      expect((await fetch(new URL('/elsewhere', back))).status).toBe(404)
      await fetch(back)
    }
    expect((await login(folder, signInElsewhere)).code).toBe(0)
    expect(await login(folder, async () => undefined, '--wait', '0')).toMatchObject({
      code: 1,
      said: expect.stringContaining('Nobody signed in'),
    })
  })

  test('two accounts, one of them used; logout takes the access back', async () => {
    const folder = project()
    await login(folder, as('ada'))
    await login(folder, as('bob'), '--account', 'The shop of Bob')
    const servedAccount = async () => {
      expect((await call(runCommand, folder, ...allowed())).code).toBe(0)
      return server.served.at(-1)?.account
    }
    expect(await servedAccount()).toBe('bob')
    expect((await call(loginCommand, folder, 'shop', '--use', 'ada@example.org')).code).toBe(0)
    expect(await servedAccount()).toBe('ada')
    const kept = await (await AccountFile.of(folder)).read('shop')
    expect(await call(logoutCommand, folder, 'shop')).toMatchObject({
      code: 0,
      words: 'shop is signed out of ada@example.org.',
    })
    const headers = { authorization: `Bearer ${kept?.accessToken}` }
    expect((await fetch(`${server.apiUrl}orders`, { headers })).status).toBe(401)
    expect(await servedAccount()).toBe('bob')
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
