import { expect, it } from 'vitest'
import type { LogView, MessageView } from '../core/views/record-view'
import { fetchMessage } from './fetch-message'

const inclusion = (index: number, size: number) => ({ checkpoint: '', index, size, proof: [] })

/** The size that entry 10 of a log of 20 is proven under, when witnesses have seen these sizes. */
async function provenUnder(...sizes: (number | null)[]) {
  const witnesses = sizes.map((size) => ({ name: 'w', key: 'k', size, cosignedAt: null }))
  const { inclusion: proof } = await fetchMessage(
    {
      message: async () => ({ logIndex: 10, inclusion: inclusion(10, 20) }) as unknown as MessageView,
      log: async () => ({ witnesses }) as unknown as LogView,
      inclusion: async (index, size = 0) => {
        if (size === 13) throw new Error('unreachable')
        return inclusion(index, size)
      },
    },
    '0x',
    witnesses.map(({ key }) => key),
  )
  return proof.size
}

it('proves a message under the state that most witnesses have seen', async () => {
  expect(await provenUnder()).toBe(20)
  expect(await provenUnder(15)).toBe(15)
  expect(await provenUnder(15, 17, 15)).toBe(15)
  expect(await provenUnder(15, 17)).toBe(17)
  expect(await provenUnder(20, 11)).toBe(20)
})

it('and under the newest as long as no such state has it', async () => {
  expect(await provenUnder(null, 10, 3)).toBe(20)
})

it('and under the newest when the other cannot be fetched', async () => {
  expect(await provenUnder(13)).toBe(20)
})
