import fs from 'node:fs'
import { foundry } from 'viem/chains'
import type { ProposalSummary } from '../core/views/proposal-view'
import type { Context } from '../services/context'
import { getPower } from '../services/proposal/get-power'
import { demoAccounts } from './demo-accounts'
import type { DemoContracts } from './demo-contracts'
import { DEMO_SPACE } from './seed-demo'

/**
 * Writes what a script, a test or the pages need to know of the demo: where it is, what it has on chain, and its
 * accounts with their keys, which are public knowledge. Powers are at the active proposals' snapshot, in the
 * token's smallest unit.
 */
export async function writeDemoFile(
  ctx: Context,
  file: string,
  demo: { url: string; rpcUrl: string; contracts: DemoContracts; proposals: readonly ProposalSummary[] },
): Promise<void> {
  const { url, rpcUrl, contracts, proposals } = demo
  const active = proposals.find(({ state }) => state === 'active')
  const accounts = await Promise.all(
    Object.values(demoAccounts).map(async ({ name, address, privateKey }) => {
      const power = active ? (await getPower(ctx, active.id, address)).total : '0'
      return { name, address, privateKey, power }
    }),
  )
  const content = {
    ...{ url, rpcUrl, chainId: foundry.id, space: DEMO_SPACE, ...contracts, accounts },
    proposals: proposals.map(({ id, title, state }) => ({ id, title, state: FILE_STATES[state] })),
  }
  fs.writeFileSync(`${file}.new`, `${JSON.stringify(content, undefined, 2)}\n`)
  fs.renameSync(`${file}.new`, file)
}

const FILE_STATES = {
  pending: 'pending',
  active: 'active',
  closing: 'active',
  passed: 'passed',
  rejected: 'rejected',
  'quorum-missed': 'rejected',
  executed: 'executed',
} as const satisfies Record<ProposalSummary['state'], string>
