import { fetchBlock } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import { parseJsonObject } from '../../core/messages/payload-fields'
import { ruleFor } from '../../core/proposal/rule-for'
import type { VotingSystemId } from '../../core/voting/registry'
import type { ImportedProposal } from '../../db/import/save-imported-proposals'
import { unixSeconds } from '../../platform/clock'
import { findStrategy } from '../../strategies/registry'
import type { Context } from '../context'
import type { CheckedProposalRow } from '../remote-hub/check-proposal'
import type { RemoteProposal, RemoteSpace } from '../remote-hub/hub-rows'
import type { RemoteHub } from '../remote-hub/remote-hub'
import { theirCount } from './their-count'

/** A hub's proposal as the database takes it, with the rule that decides it here and, where a node can tell, its block. */
export async function toImportedProposal(
  { chains, clock }: Pick<Context, 'chains' | 'clock'>,
  { url }: Pick<RemoteHub, 'url'>,
  space: RemoteSpace,
  { row, edit }: CheckedProposalRow,
): Promise<ImportedProposal> {
  const { voting = {} } = space as { voting?: { hideAbstain?: boolean } }
  const quorum = Math.max(0, row.quorum)
  const quorumType = row.quorumType === 'rejection' ? 'rejection' : ''
  return {
    id: row.id,
    definedBy: edit?.told.id ?? row.id,
    space: row.space,
    author: row.author,
    text: {
      title: row.title,
      body: row.body,
      discussion: row.discussion,
      votingType: row.type,
      choices: row.choices,
      labels: row.labels,
      privacy: row.privacy,
      plugins: withoutOwn(row.plugins),
      rule: ruleFor({
        type: row.type as VotingSystemId,
        choices: row.choices,
        voting: { quorum, quorumType, hideAbstain: voting.hideAbstain },
      }),
    },
    app: row.app,
    created: row.created,
    updated: row.updated,
    start: row.start,
    end: row.end,
    network: row.network,
    snapshot: { number: row.snapshot, ...(await findSnapshot(chains, row)) },
    symbol: row.symbol,
    voteValidation: { name: row.validation?.name ?? 'any', params: row.validation?.params ?? {} },
    quorum,
    quorumType,
    strategies: row.strategies.map(({ name, network, params }) => ({
      id: name,
      version: findStrategy(name)?.version ?? 0,
      network: network || row.network,
      params: params ?? {},
    })),
    flagCode: row.flagCode || Number(row.flagged),
    origin: { hub: url, importedAt: unixSeconds(clock), theirs: theirCount(row) },
  }
}

/** An execution of ours that is named elsewhere binds nobody here. */
function withoutOwn(plugins: unknown): object {
  const { comitia: _, ...others } = parseJsonObject(JSON.stringify(plugins ?? {}))
  return others
}

/** From the chain where it can be read, since hubs do not tell; else no hash, and the time at which it was made. */
async function findSnapshot(
  chains: Chains,
  { network, snapshot, created }: RemoteProposal,
): Promise<{ hash: string; timestamp: number }> {
  const chainId = Number(network)
  const block = chains.has(chainId)
    ? await fetchBlock(chains, chainId, snapshot).catch(() => undefined)
    : undefined
  return { hash: block?.hash ?? '', timestamp: block?.timestamp ?? created }
}
