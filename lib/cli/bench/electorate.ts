import { createWalletClient, encodeFunctionData, http, numberToHex, parseEther, publicActions } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { foundry } from 'viem/chains'
import { demoTokenAbi, demoTokenBytecode } from '../../chain/abi/demo-token'
import { demoAccounts } from '../../dev/demo-accounts'
import type { Voter } from './voter'

const chunkSize = 250

/**
 * Gives each voter one token with its votes delegated to themselves, on a local anvil chain, in few blocks.
 * Answers the token and the chain's height after that, with `spare` blocks above it to take snapshots of.
 */
export async function createElectorate(
  rpcUrl: string,
  voters: readonly Voter[],
  spare: number,
): Promise<{ token: `0x${string}`; block: number }> {
  const account = privateKeyToAccount(demoAccounts.Ada.privateKey)
  const client = createWalletClient({ account, chain: foundry, transport: http(rpcUrl) }).extend(
    publicActions,
  )
  const supply = parseEther(String(voters.length))
  const hash = await client.deployContract({
    abi: demoTokenAbi,
    bytecode: demoTokenBytecode,
    args: [[account.address], [supply]],
  })
  const { contractAddress: token } = await client.waitForTransactionReceipt({ hash })
  if (!token) throw new Error('the token was not deployed')

  const one = parseEther('1')
  // A batch's calls run side by side: a sender of several must number them itself.
  let nonce = await client.getTransactionCount({ address: account.address })
  const send = (from: string, data: string, nonce?: number) => [
    'eth_sendTransaction',
    [{ from, to: token, data, gas: '0x30d40', ...(nonce !== undefined && { nonce: numberToHex(nonce) }) }],
  ]
  const delegate = (to: `0x${string}`) =>
    encodeFunctionData({ abi: demoTokenAbi, functionName: 'delegate', args: [to] })
  const transfer = (to: `0x${string}`) =>
    encodeFunctionData({ abi: demoTokenAbi, functionName: 'transfer', args: [to, one] })
  await callMany(rpcUrl, [
    ['evm_setAutomine', [false]],
    ['evm_setBlockGasLimit', ['0x77359400']],
    ['anvil_autoImpersonateAccount', [true]],
    ['evm_mine', []],
  ])
  for (let start = 0; start < voters.length; start += chunkSize) {
    const chunk = voters.slice(start, start + chunkSize).map(({ address }) => address)
    const steps = [
      chunk.map((address) => ['anvil_setBalance', [address, numberToHex(one)]]),
      chunk.map((address) => send(account.address, transfer(address), nonce++)),
      [['evm_mine', []]],
      chunk.map((address) => send(address, delegate(address))),
      [['evm_mine', []]],
    ]
    for (const step of steps) await callMany(rpcUrl, step)
  }
  await callMany(rpcUrl, [
    ['anvil_autoImpersonateAccount', [false]],
    ['evm_setAutomine', [true]],
    ['anvil_mine', [numberToHex(spare), '0x1']],
  ])
  const votes = await client.readContract({
    address: token,
    abi: demoTokenAbi,
    functionName: 'getVotes',
    args: [voters.at(-1)?.address ?? account.address],
  })
  if (votes !== one) throw new Error('the electorate has no votes')
  return { token, block: Number(await client.getBlockNumber({ cacheTime: 0 })) - spare }
}

async function callMany(rpcUrl: string, calls: readonly (readonly unknown[])[]): Promise<void> {
  const response = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(calls.map(([method, params], id) => ({ jsonrpc: '2.0', id, method, params }))),
  })
  const answers = (await response.json()) as { error?: { message: string } }[]
  const failed = answers.find(({ error }) => error)
  if (failed) throw new Error(failed.error?.message)
}
