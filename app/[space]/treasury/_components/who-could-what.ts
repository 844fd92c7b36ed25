import type { SafeAccountView, TallyModuleView } from '../../../../lib/core/views/treasury-view'
import { duration } from '../../../_components/ui/format-time'

/** One that takes part, and what it could do if it turned evil. Texts may hold addresses. */
export interface PowerRow {
  readonly who: string
  readonly could: string
  /** Null: nothing is out of its reach. */
  readonly couldNot: string | null
  /** It can take everything. */
  readonly isTotal?: true
}

/** What everybody around a Safe could do if it turned evil; who can take everything comes first. */
export function whoCouldWhat({ owners, threshold, guard, modules }: SafeAccountView): readonly PowerRow[] {
  const tallies = modules.flatMap(({ address, tally }) => (tally ? [{ address, ...tally }] : []))
  const unknown = modules.filter(({ tally }) => tally === null)
  return [
    {
      who: `The Safe’s owners, ${threshold} of ${owners.length} together`,
      could:
        'Anything, at once: send all of it away, replace owners, enable and disable modules, veto proposals, change a module’s config. No vote binds them.',
      couldNot: 'Undo what a module has made the Safe do.',
      isTotal: true,
    },
    ...unknown.map(
      ({ address }): PowerRow => ({
        who: `The unknown module ${address}`,
        could: 'Everything, alone: whatever it calls, the Safe does, without owners and without votes.',
        couldNot: null,
        isTotal: true,
      }),
    ),
    ...(guard
      ? [
          {
            who: `The guard ${guard}`,
            could: 'Refuse the owners’ transactions, so that they can neither pay nor step in.',
            couldNot: 'Pay by itself.',
          },
        ]
      : []),
    ...(tallies.length > 0 ? aroundModules(tallies) : []),
    {
      who: 'This server',
      could:
        'Show wrong texts, numbers or calls; hide proposals; refuse ballots. Compare with the signed message, an explorer, or another server.',
      couldNot:
        tallies.length > 0
          ? 'Forge a ballot or a proposal, or have the module make calls that were not signed by their author. Every step works from any wallet.'
          : 'Move anything: the owners confirm, and their devices show what they sign.',
    },
    {
      who: 'The chain',
      could: `Delay or shut out transactions${tallies.length > 0 ? ', also until a tally can no longer be committed' : ''}. Who can upgrade a rollup can take everything on it.`,
      couldNot: 'Sign for anybody.',
    },
  ]
}

function aroundModules(
  tallies: readonly (TallyModuleView & { readonly address: string })[],
): readonly PowerRow[] {
  const of = (address: string) => (tallies.length > 1 ? ` of the module ${address}` : '')
  return [
    ...tallies.flatMap(({ address, config }): readonly PowerRow[] => [
      {
        who: `The operator${of(address)}`,
        could: `Withhold the tally, so that the vote has to be run again. Leave ballots out of it, and so turn a result: without the ballots Against, a proposal passes. Look at the result for up to ${duration(config.commitGrace)} after the end before it decides whether ballots that came late are in. In this lane an omitted ballot cannot be proven on chain yet.`,
        couldNot: 'Add, change or re-weigh a ballot, commit twice, or pay anybody.',
      },
      ...(config.guardian
        ? [
            {
              who: `The guardian${of(address)}, until its time is over`,
              could: 'Veto every proposal, and pause each once for up to 14 days.',
              couldNot: 'Pay, propose, or change anything.',
            },
          ]
        : []),
    ]),
    ...sourcesOf(tallies),
    {
      who: 'A proposer',
      could: 'Put calls to the vote that look harmless and are not. Read what will be executed.',
      couldNot: 'Change a call after signing, or have it made without a vote.',
    },
    {
      who: 'The voters, more For than Against and the quorum together',
      could:
        'Anything that the Safe can do, with the delay of the config: also enable other modules and replace the owners.',
      couldNot: 'Act without a vote that everybody can see.',
    },
    {
      who: 'Who can upgrade a contract that a proposal calls',
      could:
        'Change what a voted call does: the code of a target is pinned at registration, but a proxy keeps its code when what is behind it changes.',
      couldNot: 'Change the call itself.',
    },
  ]
}

/** Where votes come from, each once. */
function sourcesOf(tallies: readonly TallyModuleView[]): readonly PowerRow[] {
  const rows = tallies.map(
    ({ config, token }): PowerRow =>
      token
        ? {
            who: `Who can mint or upgrade the token ${token.address}`,
            could:
              'Give itself votes, or rewrite past ones where the token can be upgraded, and so pass any proposal.',
            couldNot: 'Sign for somebody else.',
          }
        : {
            who: `The power source ${config.powerSource}`,
            could: 'Say who has how many votes, and so pass any proposal. It is not known here.',
            couldNot: 'Sign for somebody else.',
            isTotal: true,
          },
  )
  return [...new Map(rows.map((row) => [row.who, row])).values()]
}
