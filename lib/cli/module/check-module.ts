import { type Address, formatEther } from 'viem'
import { fetchBlock } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import { findUnsafeValue } from '../../chain/find-unsafe-value'
import { readChain } from '../../chain/read-chain'
import { describeModuleConfig } from '../../core/settlement/describe-module-config'
import { readModule } from '../../execution/module/read-module'
import { readOwners } from './read-owners'
import { readToken } from './read-token'

/** Something that was looked at. */
export interface Finding {
  readonly isWell: boolean
  readonly subject: string
  readonly text: string
}

/** Everything that must be true of a module before a DAO relies on it. Throws `chain_unavailable`. */
export async function checkModule(
  chains: Chains,
  { chainId, module }: { readonly chainId: number; readonly module: Address },
): Promise<readonly Finding[]> {
  const block = await fetchBlock(chains, chainId, 'latest')
  const account = await readModule(chains, { module, chainId, block })
  if ('problem' in account) return [{ isWell: false, subject: 'module', text: account.problem }]
  const { safe, config, configHash, isGenuine, isEnabled, source } = account
  const { owners, threshold } = await readOwners(chains, { safe, module, block })
  const unsafe = await findUnsafeValue(chains, { config, block })
  const funds = await readChain(chains, chainId, (client) =>
    client.getBalance({ address: config.operator, blockNumber: block.number }),
  )
  const findings: Finding[] = [
    { isWell: isGenuine, subject: 'code', text: isGenuine ? 'as compiled here' : 'not as compiled here' },
    { isWell: true, subject: 'Safe', text: `${safe}, ${threshold} of ${owners.length} owners` },
    { isWell: isEnabled, subject: 'enabled', text: isEnabled ? 'yes' : 'no: comitia module enable' },
    { isWell: unsafe === null, subject: 'config', text: unsafe ? `unsafe: ${unsafe}` : configHash },
    { isWell: funds > 0n, subject: 'gas', text: `the operator has ${formatEther(funds)} coins` },
  ]
  if (source.kind === 'unknown') {
    return [
      ...findings,
      { isWell: false, subject: 'power source', text: `${config.powerSource} is not known` },
    ]
  }
  const token = await readToken(chains, { token: source.token, block })
  const words = describeModuleConfig(config, token)
  return [...findings, ...words.map(([subject, text]) => ({ isWell: subject !== 'TEST', subject, text }))]
}
