import type { SpaceSettings } from '../../../../lib/core/messages/settings'
import { duration } from '../../ui/format-time'
import { clean } from './settings-problems'
import type { Source } from './source-forms'

export interface Change {
  readonly field: string
  readonly before: string
  readonly after: string
}

const names: Readonly<Record<string, string>> = {
  'voting.quorum': 'Quorum',
  'voting.delay': 'Delay',
  'voting.period': 'Period',
  'voting.type': 'Voting system',
  'voting.quorumType': 'Pass unless rejected',
  'voting.hideAbstain': 'Leave Abstain out of the quorum',
  'filters.onlyMembers': 'Members only may propose',
  'filters.minScore': 'Votes needed to propose',
  'validation.params.minScore': 'Votes needed to propose',
  'validation.name': 'Condition on proposers',
  'validation.params.scoreThreshold': 'Passport score needed to propose',
  'validation.params.operator': 'Stamps of proposers',
  'validation.params.stamps': 'Stamps that count for proposers',
  'validation.params.schemaId': 'Attestation of proposers',
  'voteValidation.name': 'Condition on voters',
  'voteValidation.params.minScore': 'Votes needed to vote',
  'voteValidation.params.scoreThreshold': 'Passport score needed to vote',
  'voteValidation.params.operator': 'Stamps of voters',
  'voteValidation.params.stamps': 'Stamps that count for voters',
  strategies: 'Sources of votes',
  network: 'Chain',
}

/** What ids are called that people do not know by heart. */
export interface Names {
  sourceName(id: string): string
  chainName(chainId: number): string
}

/** The difference between two settings, one line a field, for somebody about to sign it. */
export function describeChanges(
  before: SpaceSettings,
  after: SpaceSettings,
  called: Names,
): readonly Change[] {
  const old = flatten(inNames(clean(before), called))
  const next = flatten(inNames(clean(after), called))
  return [...new Set([...old.keys(), ...next.keys()])]
    .filter((path) => old.get(path) !== next.get(path))
    .map((path) => ({
      field: names[path] ?? `${path[0]?.toUpperCase()}${path.slice(1)}`,
      before: old.get(path) ?? 'not set',
      after: next.get(path) ?? 'not set',
    }))
}

/** The settings with names in place of ids; a source's values stand between its name and its chain's. */
function inNames(settings: SpaceSettings, { sourceName, chainName }: Names): object {
  const source = ({ name, params = {}, network }: Source): object => ({
    name: sourceName(name),
    ...params,
    ...(isSources(params.strategies) && { strategies: params.strategies.map(source) }),
    ...(network && { network: chainName(Number(network)) }),
  })
  // What was cleaned may lack them.
  const { network, strategies, treasuries }: Partial<SpaceSettings> = settings
  return {
    ...settings,
    ...(network && { network: chainName(Number(network)) }),
    ...(strategies && { strategies: strategies.map(source) }),
    ...(treasuries && {
      treasuries: treasuries.map((treasury) => ({
        ...treasury,
        network: chainName(Number(treasury.network)),
      })),
    }),
  }
}

function isSources(value: unknown): value is Source[] {
  return Array.isArray(value) && value.every((part) => typeof part?.name === 'string')
}

function flatten(value: unknown, path = ''): Map<string, string> {
  if (Array.isArray(value)) return new Map([[path, value.map(inWords).join('\n')]])
  if (typeof value !== 'object' || value === null) {
    const seconds = path === 'voting.delay' || path === 'voting.period'
    return new Map([
      [
        path,
        seconds
          ? duration(Number(value))
          : typeof value === 'number'
            ? value.toLocaleString('en')
            : String(value),
      ],
    ])
  }
  return new Map(
    Object.entries(value).flatMap(([key, part]) => [...flatten(part, path === '' ? key : `${path}.${key}`)]),
  )
}

/** An entry of a list on one line: its values in order, names left out. */
function inWords(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null) return String(entry)
  return Object.values(entry)
    .map((value) => (Array.isArray(value) ? value.map(inWords).join(', ') : inWords(value)))
    .join(' · ')
}
