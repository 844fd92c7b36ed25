import { type Address, decodeFunctionResult, encodeFunctionData, erc20Abi, type Hex } from 'viem'
import type { BlockRef } from '../../chain/blocks'
import { hasCode } from '../../chain/has-code'
import { readChain } from '../../chain/read-chain'
import { AppError } from '../../core/errors'
import type { Context } from '../context'

/** What an address is at a block, as far as a voter should know. */
export interface Account {
  readonly hasCode: boolean
  /** What it calls itself when it answers like an ERC-20 token. Anybody can claim any symbol. */
  readonly token: { readonly symbol: string; readonly decimals: number } | null
}

/** What an address may use to answer: many times what a token needs. */
const answerGas = 200_000n

/** Throws `chain_unavailable`. */
export async function inspectAccount(ctx: Context, address: Address, block: BlockRef): Promise<Account> {
  const { chainId, number: blockNumber } = block
  if (!(await hasCode(ctx.chains, block, address))) return { hasCode: false, token: null }
  try {
    const [symbol, decimals] = await readChain(ctx.chains, chainId, (client) =>
      Promise.all([
        client.call({
          to: address,
          data: encodeFunctionData({ abi: erc20Abi, functionName: 'symbol' }),
          gas: answerGas,
          blockNumber,
        }),
        client.call({
          to: address,
          data: encodeFunctionData({ abi: erc20Abi, functionName: 'decimals' }),
          gas: answerGas,
          blockNumber,
        }),
      ]),
    )
    return { hasCode: true, token: readToken(symbol.data ?? '0x', decimals.data ?? '0x') }
  } catch (error) {
    // A contract that does not answer like a token is none.
    if (error instanceof AppError && error.code === 'invalid') return { hasCode: true, token: null }
    throw error
  }
}

/** Null for an answer that is no text and number. */
function readToken(symbolData: Hex, decimalsData: Hex): Account['token'] {
  try {
    const symbol = decodeFunctionResult({ abi: erc20Abi, functionName: 'symbol', data: symbolData })
    const decimals = decodeFunctionResult({ abi: erc20Abi, functionName: 'decimals', data: decimalsData })
    const printable = symbol.replace(/[^\x20-\x7e]/g, '').slice(0, 16)
    return printable ? { symbol: printable, decimals } : null
  } catch {
    return null
  }
}
