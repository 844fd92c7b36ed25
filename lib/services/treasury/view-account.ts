import { zeroAddress } from 'viem'
import type { ModuleConfig } from '../../core/settlement/module-config'
import { type ModuleSpace, moduleObstacles } from '../../core/settlement/module-obstacles'
import { quorumOptions } from '../../core/settlement/module-rule'
import type {
  ModuleAccountView,
  ModuleConfigView,
  SafeAccountView,
  TallyModuleView,
} from '../../core/views/treasury-view'
import type { ReadAccount, ReadMember } from './read-account'

type Named = Pick<SafeAccountView, 'name' | 'chainId' | 'address'>

/** A treasury as the API shows it to a space's members. */
export function viewAccount(named: Named, account: ReadAccount, space: ModuleSpace): SafeAccountView {
  const { block } = account
  const readAt = block ? { block: block.number.toString(), timestamp: block.timestamp } : null
  if ('problem' in account) {
    const nobody = { version: null, owners: [], threshold: 0, guard: null, modules: [] }
    return { ...named, problem: account.problem, readAt, ...nobody }
  }
  const { version, owners, threshold } = account.safe
  return {
    ...named,
    problem: null,
    readAt,
    version,
    owners,
    threshold,
    guard: account.guard,
    modules: account.modules.map((member) => viewMember(member, space)),
  }
}

function viewMember({ address, tally }: ReadMember, space: ModuleSpace): ModuleAccountView {
  return { address, tally: tally && viewTally(tally, space) }
}

function viewTally(
  { account, symbol }: NonNullable<ReadMember['tally']>,
  space: ModuleSpace,
): TallyModuleView {
  const { config, configHash, source } = account
  const isVotes = source.kind === 'votes'
  return {
    space: config.space,
    configHash,
    config: viewConfig(config),
    obstacles: moduleObstacles(account, space),
    clock: isVotes ? source.clock : null,
    token: isVotes ? { address: source.token, symbol } : null,
  }
}

function viewConfig(config: ModuleConfig): ModuleConfigView {
  const { operator, receiptKey, guardian, guardianExpiry, powerSource, quorumBps, proposers } = config
  const { minPeriod, maxBackdate, commitGrace, challengeWindow, omissionWindow, cooldown, expiry } = config
  return {
    operator,
    receiptKey,
    powerSource,
    quorumBps,
    proposers,
    minPeriod,
    maxBackdate,
    commitGrace,
    challengeWindow,
    omissionWindow,
    cooldown,
    expiry,
    // An expiry may be written as the end of time, which no number of seconds in JSON reaches exactly.
    guardian:
      guardian === zeroAddress
        ? null
        : { address: guardian, until: Number(guardianExpiry < latest ? guardianExpiry : latest) },
    quorumChoices: quorumOptions(config),
    proposalThreshold: config.proposalThreshold.toString(),
    maxSnapshotAge: config.maxSnapshotAge.toString(),
    bond: config.bond.toString(),
    isTest: config.isTest,
  }
}

const latest = BigInt(Number.MAX_SAFE_INTEGER)
