import { type Address, encodeFunctionData, type Hex, parseAbi, parseEther } from 'viem'
import { createChains } from '../chain/chains'
import type { Call } from '../core/settlement/batch'
import { executionHash } from '../core/settlement/batch'
import { type Confirmation, safeTransactionFor, safeTxTypedData } from '../core/settlement/safe-transaction'
import type { DemoAccountName } from '../dev/demo-accounts'
import { deploySafe } from '../dev/deploy-safe'
import { mockTokenAbi, mockTokenBytecode } from '../testing/abi/mock-token'
import { accounts } from '../testing/accounts'
import { startTestChain } from '../testing/chain'
import type { Plan, Submission, Transaction } from './executor'
import { safeSigners } from './safe-signers'

export const tokenAbi = mockTokenAbi
export const safeTestAbi = parseAbi([
  'function nonce() view returns (uint256)',
  'function domainSeparator() view returns (bytes32)',
  'function getOwners() view returns (address[])',
  'function getThreshold() view returns (uint256)',
  'function addOwnerWithThreshold(address owner, uint256 threshold)',
  'function removeOwner(address prevOwner, address owner, uint256 threshold)',
  'function getTransactionHash(address to, uint256 value, bytes data, uint8 operation, uint256 safeTxGas, uint256 baseGas, uint256 gasPrice, address gasToken, address refundReceiver, uint256 nonce) view returns (bytes32)',
  'function encodeTransactionData(address to, uint256 value, bytes data, uint8 operation, uint256 safeTxGas, uint256 baseGas, uint256 gasPrice, address gasToken, address refundReceiver, uint256 nonce) view returns (bytes)',
])

export type SafeWorld = Awaited<ReturnType<typeof startSafeWorld>>

/** An anvil chain with a token, and Safes on it that Ada, Ben and Chloe own. Stop it in `afterAll`. */
export async function startSafeWorld() {
  const chain = await startTestChain()
  const { chainId, rpcUrl, client } = chain
  const chains = createChains({ urls: { [chainId]: [rpcUrl] } })
  const ctx = { chains }
  const token = await chain.deploy(mockTokenAbi, mockTokenBytecode, [18])
  let salt = 0n

  async function send(transaction: { to: Address; value?: bigint; data?: Hex }) {
    const hash = await chain.wallet('Hugo').sendTransaction(transaction)
    return client.waitForTransactionReceipt({ hash })
  }

  return {
    chain,
    chains,
    ctx,
    client,
    token,
    send,
    stop: () => chain.stop(),

    /** A Safe with 10 coins and 1000 tokens; two of Ada, Ben and Chloe decide unless told otherwise. */
    async newSafe(
      owners: readonly Address[] = [accounts.Ada.address, accounts.Ben.address, accounts.Chloe.address],
      threshold = 2,
    ) {
      salt += 1n
      const deployer = accounts.Hugo
      const safe = await deploySafe({ rpcUrl, chainId, deployer, owners, threshold, saltNonce: salt })
      await send({ to: safe, value: parseEther('10') })
      await send({
        to: token,
        data: encodeFunctionData({
          abi: mockTokenAbi,
          functionName: 'mint',
          args: [safe, parseEther('1000')],
        }),
      })
      return safe
    },

    plan(safe: Address, calls: readonly Call[], proposal: Hex = `0x${'01'.repeat(32)}`): Plan {
      const hash = executionHash({ chainId, verifyingContract: safe, calls })
      return safeSigners.plan({ proposal, status: 'passed', calls }, { chainId, safe, executionHash: hash })
    },

    sign: (who: DemoAccountName, submission: Submission) =>
      accounts[who].signTypedData(typedData(submission)),

    /** The owners sign and are checked, as they would be one after the other. */
    async confirmAll(submission: Submission, names: readonly DemoAccountName[]): Promise<Confirmation[]> {
      const confirmations: Confirmation[] = []
      for (const name of names) {
        const signature = await accounts[name].signTypedData(typedData(submission))
        const given = { owner: accounts[name].address, signature }
        confirmations.push(await safeSigners.confirm(ctx, submission, given))
      }
      return confirmations
    },

    /** Sends it from somebody who is no owner; the receipt, or the error when it would revert. */
    execute: ({ to, value, data }: Transaction) => send({ to, value, data }),

    balances: async (who: Address) => ({
      coins: await client.getBalance({ address: who }),
      tokens: await client.readContract({
        address: token,
        abi: mockTokenAbi,
        functionName: 'balanceOf',
        args: [who],
      }),
    }),
  }
}

export function typedData({ plan, nonce }: Submission) {
  return safeTxTypedData({ chainId: plan.chainId, safe: plan.account }, safeTransactionFor(plan.calls, nonce))
}

export const callTo = (to: Address, data: Hex = '0x', value = 0n): Call => ({ to, value, data, operation: 0 })

export const transferOf = (token: Address, to: Address, amount: bigint): Call =>
  callTo(token, encodeFunctionData({ abi: mockTokenAbi, functionName: 'transfer', args: [to, amount] }))
