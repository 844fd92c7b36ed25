import { formatUnits } from '../../../lib/core/proposal/format-units'
import type { ModuleConfigView, TallyModuleView } from '../../../lib/core/views/treasury-view'
import { duration } from '../ui/format-time'

const options = ['For', 'Against', 'Abstain'] as const

/** "4% of all votes, For and Abstain counted" */
export function quorumInWords({
  quorumBps,
  quorumChoices,
}: Pick<ModuleConfigView, 'quorumBps' | 'quorumChoices'>): string {
  const counted = quorumChoices.map((option) => options[option - 1] ?? `option ${option}`)
  const [last, ...rest] = [...counted].reverse()
  const list = rest.length > 0 ? `${rest.reverse().join(', ')} and ${last}` : (last ?? 'nothing')
  return `${quorumBps / 100}% of all votes, ${list} counted`
}

/** The rule of a module's proposals before the votes that there are have been read. */
export function moduleRuleInWords(config: Pick<ModuleConfigView, 'quorumBps' | 'quorumChoices'>): string {
  const counted = config.quorumChoices.map((option) => options[option - 1]).join(' + ')
  return `Passes if For > Against and ${counted} ≥ ${config.quorumBps / 100}% of all votes that there are at the block where votes are read.`
}

/** How long it takes from the end of a vote until it can be executed, if everybody does what they should. */
export function laneInWords({ omissionWindow, cooldown, expiry }: ModuleConfigView): string {
  const wait = omissionWindow + cooldown
  return `After the end the ballots are committed and proven, which takes minutes; ${wait === 0 ? 'then it can be executed at once' : `${duration(wait)} later it can be executed`}, for ${duration(expiry)}, by anybody.`
}

/** One line of a config: what it is about, what it says, and whether it is dangerous. */
export interface ConfigLine {
  readonly name: string
  /** May hold addresses. */
  readonly text: string
  readonly isBad?: true
}

/** A module's config in words, what matters most first. `decimals` are the token's. */
export function describeConfig(
  { config, token, clock }: Pick<TallyModuleView, 'config' | 'token' | 'clock'>,
  { decimals, coin }: { readonly decimals: number; readonly coin: string },
): readonly ConfigLine[] {
  const { proposers, proposalThreshold, maxSnapshotAge, omissionWindow, cooldown, expiry, bond } = config
  const threshold = BigInt(proposalThreshold)
  const symbol = token?.symbol ?? 'votes'
  const proposing = [
    ...(threshold > 0n
      ? [`whoever has ${formatUnits(threshold, { decimals, fraction: 'exact' })} ${symbol}`]
      : []),
    ...proposers,
  ]
  const age = Number(maxSnapshotAge)
  return [
    ...(config.isTest
      ? [
          {
            name: 'Test config',
            text: 'The limits that protect real money from hasty settings are lifted. Not for a real treasury.',
            isBad: true,
          } as const,
        ]
      : []),
    {
      name: 'Votes',
      text: token
        ? `of the token ${token.symbol ? `${token.symbol}, ` : ''}${token.address}, as its own contract tells them`
        : `as ${config.powerSource} tells them, a contract that is not known here`,
      ...(token === null && { isBad: true as const }),
    },
    { name: 'Quorum', text: quorumInWords(config) },
    { name: 'Passes', text: 'with more votes For than Against, once the quorum is reached' },
    { name: 'Shortest vote', text: duration(config.minPeriod) },
    { name: 'May propose', text: proposing.length > 0 ? proposing.join(', ') : 'nobody' },
    {
      name: 'Block of the votes',
      text:
        clock === 'block-number'
          ? `at most ${age.toLocaleString('en')} blocks old at registration`
          : `at most ${duration(age)} old at registration`,
    },
    { name: 'Vote begins', text: `at most ${duration(config.maxBackdate)} before it is registered` },
    {
      name: 'Tally committed',
      text: `by the operator, within ${duration(config.commitGrace)} of the end; otherwise the vote has to be run again`,
    },
    {
      name: 'Executable',
      text: `${omissionWindow + cooldown === 0 ? 'as soon as the ballots are proven' : `from ${duration(omissionWindow + cooldown)} after the ballots are proven`}, for ${duration(expiry)}`,
    },
    {
      name: 'Operator’s bond',
      text:
        BigInt(bond) === 0n
          ? 'none: only proofs settle'
          : `${formatUnits(BigInt(bond), { fraction: 'exact' })} ${coin} a commitment`,
    },
    { name: 'Receipts', text: `signed by ${config.receiptKey}` },
  ]
}
