import type { SpaceSettings } from '../../../../lib/core/messages/settings'

export type Source = SpaceSettings['strategies'][number]

/** How one parameter of a source of votes is asked for. */
export interface ParamField {
  readonly name: string
  readonly label: string
  /**
   * `people`: addresses, one a line. `weights`: an address and its votes a line. `sources`: other sources inside this
   * one. `space`: whose delegations count; filled in with the space's own id.
   */
  readonly kind: 'address' | 'text' | 'number' | 'flag' | 'people' | 'weights' | 'sources' | 'space'
  readonly hint?: string
  readonly placeholder?: string
}

interface SourceForm {
  readonly group: (typeof sourceGroups)[number]
  /** Whose votes it counts, in a sentence. */
  readonly words: string
  readonly fields: readonly ParamField[]
  /** Parameters that no field asks for: whoever chooses this source starts with its example, as JSON. */
  readonly isIntricate?: boolean
}

/** As the picker orders them; sources that are not named here come last. */
export const sourceGroups = ['Tokens', 'Delegation', 'People', 'Calculation', 'Elsewhere', 'Others'] as const

const token: ParamField = { name: 'address', label: 'Token address', kind: 'address' }
const decimals: ParamField = {
  name: 'decimals',
  label: 'Decimals',
  kind: 'number',
  hint: '18 for most tokens.',
  placeholder: '18',
}
const symbol: ParamField = { name: 'symbol', label: 'Token symbol', kind: 'text' }
const inner: ParamField = {
  name: 'strategies',
  label: 'Power that is passed on',
  kind: 'sources',
}
const delegationSpace: ParamField = {
  name: 'delegationSpace',
  label: 'Delegations made for',
  kind: 'space',
  hint: 'The space’s id, as people name it in the delegation registry. Delegations for all spaces count too.',
}
const nothing: ParamField[] = []

/** The sources that people can set up without JSON, by id. */
const forms: Readonly<Record<string, SourceForm>> = {
  'erc20-votes': {
    group: 'Tokens',
    words:
      'Votes of a token that can be delegated (ERC20Votes): what was delegated to a voter, by others or by themselves.',
    fields: [token, decimals, symbol],
  },
  'erc20-balance-of': {
    group: 'Tokens',
    words: 'The balance of a token: one vote for each token held.',
    fields: [token, decimals, symbol],
  },
  'balance-of-with-min': {
    group: 'Tokens',
    words: 'The balance of a token, for those who hold at least so much of it; nothing for others.',
    fields: [token, decimals, symbol, { name: 'minBalance', label: 'Least balance', kind: 'number' }],
  },
  erc721: {
    group: 'Tokens',
    words: 'One vote for each NFT of a collection held.',
    fields: [{ ...token, label: 'Collection address' }, symbol],
  },
  'erc1155-balance-of': {
    group: 'Tokens',
    words: 'The balance of one kind of token of a contract that has many.',
    fields: [
      { ...token, label: 'Collection address' },
      { name: 'tokenId', label: 'Token id', kind: 'text' },
      { ...decimals, placeholder: '0', hint: 'Usually 0.' },
      symbol,
    ],
  },
  'eth-balance': {
    group: 'Tokens',
    words: 'The balance of the chain’s own coin.',
    fields: [{ ...symbol, label: 'Symbol', placeholder: 'ETH' }],
  },
  'erc20-votes-with-override': {
    group: 'Delegation',
    words:
      'Votes of a token that can be delegated; who votes himself takes his back from his delegate for this vote.',
    fields: [token, decimals, symbol],
  },
  delegation: {
    group: 'Delegation',
    words: 'Power of those who delegated to the voter in the registry, unless they vote themselves.',
    fields: [delegationSpace, inner],
  },
  'with-delegation': {
    group: 'Delegation',
    words: 'Own power, unless it is delegated in the registry, and that of those who delegated to the voter.',
    fields: [delegationSpace, inner],
  },
  'erc20-balance-of-delegation': {
    group: 'Delegation',
    words: 'Token balances of those who delegated to the voter in the registry, unless they vote themselves.',
    fields: [token, decimals, symbol, delegationSpace],
  },
  'split-delegation': {
    group: 'Delegation',
    words: 'Power that can be delegated in parts, to several people and over several hands.',
    fields: [
      delegationSpace,
      { name: 'delegationOverride', label: 'Who votes keeps his own power', kind: 'flag' },
      { ...inner, label: 'Power that is divided' },
    ],
  },
  whitelist: {
    group: 'People',
    words: 'A list of people with one vote each.',
    fields: [{ name: 'addresses', label: 'People', kind: 'people' }],
  },
  'whitelist-weighted': {
    group: 'People',
    words: 'A list of people with a number of votes each.',
    fields: [
      {
        name: 'addresses',
        label: 'People and their votes',
        kind: 'weights',
        hint: 'One a line: an address, a space, a number.',
      },
    ],
  },
  ticket: {
    group: 'People',
    words:
      'The same number of votes for everybody who signs. Anyone can make accounts: set a condition on voters with it.',
    fields: [{ name: 'value', label: 'Votes each', kind: 'number', placeholder: '1' }],
  },
  multichain: {
    group: 'Calculation',
    words: 'Several sources on several chains, each read at the same time, added up.',
    fields: [{ ...inner, label: 'Sources that are added up' }],
  },
  math: {
    group: 'Calculation',
    words: 'A calculation on other sources: a square root, the larger of two, a product.',
    fields: nothing,
    isIntricate: true,
  },
  'contract-call': {
    group: 'Elsewhere',
    words: 'A number that a contract answers when it is asked about the voter.',
    fields: nothing,
    isIntricate: true,
  },
  api: {
    group: 'Elsewhere',
    words: 'What another server says. Nobody can check it later.',
    fields: [
      { name: 'api', label: 'Server', kind: 'text', placeholder: 'https://' },
      { name: 'strategy', label: 'Path', kind: 'text' },
      { name: 'additionalParameters', label: 'More of the query', kind: 'text', placeholder: 'name=value' },
      { ...decimals, placeholder: '0', hint: '0 unless the server says otherwise.' },
      symbol,
    ],
  },
}

/** The form of a source; of one that has none, the JSON of its parameters is its form. */
export function sourceForm(id: string): SourceForm {
  return forms[id] ?? { group: fallbackGroup(id), words: '', fields: nothing, isIntricate: true }
}

function fallbackGroup(id: string): SourceForm['group'] {
  return id.startsWith('api') ? 'Elsewhere' : 'Others'
}

/** What a source that was just chosen starts with. */
export function startParams(
  id: string,
  space: string,
  example: Readonly<Record<string, unknown>> | undefined,
): Record<string, unknown> {
  const { fields, isIntricate } = sourceForm(id)
  if (isIntricate) return { ...example }
  return Object.fromEntries(
    fields.flatMap(({ name, kind }): [string, unknown][] => {
      if (kind === 'space') return space === '' ? [] : [[name, space]]
      if (kind === 'sources') return [[name, [{ name: 'erc20-votes', params: {} }]]]
      return []
    }),
  )
}
