import { BaseError, createWalletClient, custom, defineChain } from 'viem'
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import type { Chains } from '../../chain/chains'
import { findRpcAnswer } from '../../chain/contract-failure'
import type { Deployer } from '../../chain/deploy-module'
import { AppError } from '../../core/errors'

/** Sends from the keeper's account through a chain's own endpoints. */
export async function openDeployer(
  chains: Chains,
  chainId: number,
  keeperKey: `0x${string}`,
): Promise<Deployer & { readonly account: PrivateKeyAccount }> {
  const client = await chains.client(chainId)
  const account = privateKeyToAccount(keeperKey)
  const request = ({ method, params }: { method: string; params?: unknown }) =>
    client.request({ method, params } as never)
  const chain = defineChain({
    id: chainId,
    name: `chain ${chainId}`,
    nativeCurrency: { name: 'native', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [] } },
  })
  const wallet = createWalletClient({ account, chain, transport: custom({ request }) })
  return { client, wallet, account }
}

/** Why a transaction was not sent, in the node's own words where it has some. */
export function explainSending(error: unknown): unknown {
  const reason = findRpcAnswer(error)?.details ?? (error instanceof BaseError && error.shortMessage)
  if (!reason) return error
  const message = `the deployment failed: ${reason}`.replaceAll('\n', ' ')
  return new AppError('misconfigured', { message, cause: error })
}
