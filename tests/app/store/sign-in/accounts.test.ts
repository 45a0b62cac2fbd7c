/** Accounts of services: where they are stored, and which remain after a project is closed and opened again. */
import 'fake-indexeddb/auto'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { disk } from '../../../../app/store/disk/disk.ts'
import {
  accountsOf,
  addAccount,
  chooseAccount,
  forgetKept,
  keepAccounts,
  openAccounts,
  unlockAccounts,
  useAccounts,
} from '../../../../app/store/sign-in/accounts.ts'
import type { SignedInAccount } from '../../../../engine-worker/index.ts'
import { openInPage, preparePage } from '../../../support/project-in-page.ts'

beforeAll(preparePage)

const account = (name: string): SignedInAccount => ({
  name,
  settings: {
    client: { tokenUrl: 'https://login.example.org/token', clientId: 'page' },
    authorizationUrl: 'https://login.example.org/auth',
  },
  tokens: {
    accessToken: `token of ${name}`,
    expiresAt: 0,
    renewAt: 0,
    client: { tokenUrl: 'https://login.example.org/token', clientId: 'page' },
  },
})
const names = (system: string) => accountsOf(system).accounts.map(({ name }) => name)
const accountPlace = () => useAccounts.getState().place

let project = ''
beforeEach(async () => {
  project = (await openInPage({ _id: 'p' })).id
  await openAccounts(project)
})

/** Opens another project and then this one again. */
async function openAgain(): Promise<void> {
  const id = project
  const { showProject, useProject } = await import('../../../../app/store/project/project.ts')
  const { document } = useProject.getState()
  await openInPage({ _id: 'other' })
  expect(useAccounts.getState().systems).toEqual({})
  showProject(id, document, document.content, false)
  await openAccounts(id)
}

describe('accounts', () => {
  it('live in this tab alone at first, the last one used, and another where it is chosen', async () => {
    await addAccount('crm', account('ada'))
    await addAccount('crm', account('grace'))
    expect(names('crm')).toEqual(['ada', 'grace'])
    expect(accountsOf('crm').used).toBe('grace')
    await chooseAccount('crm', 'ada')
    expect(accountsOf('crm').used).toBe('ada')
    expect(accountsOf('constructor').accounts).toEqual([])
    expect(accountPlace()).toBe('tab')
    expect(await disk.accounts(project)).toBeNull()
    await openAgain()
    expect(names('crm')).toEqual([])
  })

  it('are kept in this browser with a passphrase, which is needed to see them again', async () => {
    await addAccount('crm', account('ada'))
    await keepAccounts('a long passphrase')
    expect(accountPlace()).toBe('open')
    const sealed = await disk.accounts(project)
    expect(new TextDecoder().decode(sealed?.data)).not.toContain('ada')
    await openAgain()
    expect(accountPlace()).toBe('locked')
    expect(names('crm')).toEqual([])
    expect(await unlockAccounts('another passphrase')).toBe(false)
    expect(accountPlace()).toBe('locked')
    expect(await unlockAccounts('a long passphrase')).toBe(true)
    expect(names('crm')).toEqual(['ada'])
  })

  it('that this tab has already win over those that were kept, and are kept with them', async () => {
    await addAccount('crm', account('ada'))
    await addAccount('erp', account('alan'))
    await keepAccounts('a long passphrase')
    await openAgain()
    await addAccount('crm', account('grace'))
    expect(await unlockAccounts('a long passphrase')).toBe(true)
    expect([names('crm'), names('erp')]).toEqual([['grace'], ['alan']])
    await openAgain()
    await unlockAccounts('a long passphrase')
    expect([names('crm'), names('erp')]).toEqual([['grace'], ['alan']])
  })

  it('are gone from this browser where they are to live in the tab again', async () => {
    await addAccount('crm', account('ada'))
    await keepAccounts('a long passphrase')
    await forgetKept()
    expect(accountPlace()).toBe('tab')
    expect(await disk.accounts(project)).toBeNull()
    expect(names('crm')).toEqual(['ada'])
    expect(await unlockAccounts('a long passphrase')).toBe(false)
  })
})
