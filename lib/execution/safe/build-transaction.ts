import type { Address, Hex } from 'viem'
import type { Chains } from '../../chain/chains'
import { readChain } from '../../chain/read-chain'
import { AppError } from '../../core/errors'
import { type Call, executionHash } from '../../core/settlement/batch'
import { type SafeTransaction, safeTransactionFor, safeTxHash } from '../../core/settlement/safe-transaction'

/**
 * The Safe transaction that makes exactly the voted calls, built by Safe's own SDK and compared byte for byte
 * with ours. Throws `fault` when the calls are not those voted on or the two differ: neither the database nor
 * the SDK can change what owners are asked to sign.
 */
export async function buildTransaction(
  chains: Chains,
  wanted: {
    readonly chainId: number
    readonly safe: Address
    readonly calls: readonly Call[]
    readonly executionHash: Hex
    readonly nonce: number
  },
): Promise<{ readonly transaction: SafeTransaction; readonly hash: Hex }> {
  const { chainId, safe, calls, nonce } = wanted
  if (executionHash({ chainId, verifyingContract: safe, calls }) !== wanted.executionHash) {
    throw new AppError('fault', {
      message: `The calls stored for ${wanted.executionHash} are not the calls that were voted on.`,
      details: { chainId, safe },
    })
  }
  const transaction = safeTransactionFor(calls, nonce)
  const hash = safeTxHash({ chainId, safe }, transaction)
  const built = await buildWithSdk(chains, wanted)
  const expected = { ...transaction, hash }
  for (const [field, value] of Object.entries(expected)) {
    const given = built[field as keyof typeof expected]
    if (String(given).toLowerCase() !== String(value).toLowerCase()) {
      throw new AppError('fault', {
        message: `The Safe SDK built another transaction than was voted on: ${field} is ${given}, not ${value}.`,
        details: { chainId, safe, nonce },
      })
    }
  }
  return { transaction, hash }
}

async function buildWithSdk(
  chains: Chains,
  { chainId, safe, calls, nonce }: { chainId: number; safe: Address; calls: readonly Call[]; nonce: number },
): Promise<Record<keyof SafeTransaction | 'hash', unknown>> {
  // Loading the SDK takes more than a second and 100 MB, which a server that executes nothing need not spend.
  const [{ default: Safe }, { contractNetworks }] = await Promise.all([
    import('@safe-global/protocol-kit'),
    import('./canonical-contracts'),
  ])
  return readChain(chains, chainId, async (client) => {
    const sdk = await Safe.init({
      provider: { request: client.request as (args: { method: string }) => Promise<unknown> },
      safeAddress: safe,
      contractNetworks: contractNetworks(chainId),
    })
    const built = await sdk.createTransaction({
      transactions: calls.map(({ to, value, data, operation }) => ({
        to,
        value: value.toString(),
        data,
        operation,
      })),
      onlyCalls: true,
      options: { nonce },
    })
    return { ...built.data, hash: await sdk.getTransactionHash(built) }
  })
}
