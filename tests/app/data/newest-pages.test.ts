/** The requests for pages while the scroll bar of a long table is dragged. */
import { describe, expect, it } from 'vitest'
import { NewestPages } from '../../../app/data/newest-pages.ts'

/** Records pages in the order of their requests; `answer` resolves the oldest open request. */
function loading() {
  const asked: number[] = []
  const open: ((isLoaded: boolean) => void)[] = []
  const pages = new NewestPages((page) => {
    asked.push(page)
    return new Promise((resolve) => open.push(resolve))
  })
  const answer = async (isLoaded = true) => {
    open.shift()?.(isLoaded)
    await new Promise((resolve) => setImmediate(resolve))
  }
  const answerAll = async () => {
    while (open.length > 0) await answer()
  }
  return { pages, asked, answer, answerAll }
}

describe('pages of a long list', () => {
  it('are asked for at the place where a long drag has ended, not along its way', async () => {
    const { pages, asked, answerAll } = loading()
    for (let place = 0; place <= 9000; place += 10) pages.want(place, place + 2)
    expect(asked).toHaveLength(2)
    await answerAll()
    expect(asked.slice(2).toSorted()).toEqual([9000, 9001, 9002])
  })

  it('come with the middle first, each once, and again when they were forgotten or failed', async () => {
    const { pages, asked, answer, answerAll } = loading()
    pages.want(4, 6)
    expect(asked).toEqual([5, 4])
    await answer(false)
    await answerAll()
    expect(asked).toEqual([5, 4, 6])
    pages.want(4, 6)
    await answerAll()
    expect(asked).toEqual([5, 4, 6, 5])
    pages.forget(4)
    pages.want(4, 6)
    await answerAll()
    expect(asked).toEqual([5, 4, 6, 5, 4])
  })

  it('have the first one, too, which tells how many there are', async () => {
    const { pages, asked, answerAll } = loading()
    pages.want(70, 71)
    pages.wantToo(0)
    pages.want(80, 80)
    expect(asked).toEqual([70, 71, 0])
    await answerAll()
    pages.wantToo(0)
    expect(asked).toEqual([70, 71, 0, 80])
  })
})
