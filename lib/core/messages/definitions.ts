/** One field of a signed struct, with its keys in the order that Snapshot's clients send them. */
export interface Field {
  readonly name: string
  readonly type: string
}

/** A struct as EIP-712 sees it: what `hashMessage` needs, and no more. */
export interface Struct {
  readonly primaryType: string
  readonly fields: readonly Field[]
}

/** One accepted typed-data definition. `types` is the object a client signs with, without `EIP712Domain`. */
export interface Definition extends Struct {
  readonly kind: MessageKind
  readonly types: Readonly<Record<string, readonly Field[]>>
}

const votes = (choice: string) => [
  `Vote(from string,space string,timestamp uint64,proposal string,choice ${choice},reason string,app string,metadata string)`,
  `Vote(from string,space string,timestamp uint64,proposal bytes32,choice ${choice},reason string,app string,metadata string)`,
  `Vote(from address,space string,timestamp uint64,proposal string,choice ${choice},reason string,app string,metadata string)`,
  `Vote(from address,space string,timestamp uint64,proposal bytes32,choice ${choice},reason string,app string,metadata string)`,
  `Vote(from address,space string,timestamp uint64,proposal string,choice ${choice},reason string,app string)`,
  `Vote(from address,space string,timestamp uint64,proposal bytes32,choice ${choice},reason string,app string)`,
  `Vote(from address,space string,timestamp uint64,proposal string,choice ${choice},app string)`,
  `Vote(from address,space string,timestamp uint64,proposal bytes32,choice ${choice},app string)`,
  `Vote(from address,space string,timestamp uint64,proposal string,choice ${choice})`,
  `Vote(from address,space string,timestamp uint64,proposal bytes32,choice ${choice})`,
  `Vote(from address,space string,timestamp uint64,proposal string,choice ${choice},metadata string)`,
  `Vote(from address,space string,timestamp uint64,proposal bytes32,choice ${choice},metadata string)`,
]

/**
 * Every typed-data definition that Snapshot's sequencer accepts, by message kind, written `name type`. The first of
 * a kind is the one clients sign today; the others stay for ever, so that old bots work and old messages verify.
 */
const table = {
  settings: ['Space(from address,space string,timestamp uint64,settings string)'],
  'delete-space': [
    'DeleteSpace(from address,space string,timestamp uint64)',
    'DeleteSpace(from address,space string)',
  ],
  proposal: [
    'Proposal(from string,space string,timestamp uint64,type string,title string,body string,discussion string,choices string[],labels string[],start uint64,end uint64,snapshot uint64,plugins string,privacy string,app string)',
    'Proposal(from address,space string,timestamp uint64,type string,title string,body string,discussion string,choices string[],labels string[],start uint64,end uint64,snapshot uint64,plugins string,privacy string,app string)',
    'Proposal(from address,space string,timestamp uint64,type string,title string,body string,discussion string,choices string[],labels string[],start uint64,end uint64,snapshot uint64,plugins string,app string)',
    'Proposal(from address,space string,timestamp uint64,type string,title string,body string,discussion string,choices string[],start uint64,end uint64,snapshot uint64,plugins string,app string)',
    'Proposal(from address,space string,timestamp uint64,type string,title string,body string,discussion string,choices string[],start uint64,end uint64,snapshot uint64,plugins string)',
    'Proposal(from address,space string,timestamp uint64,type string,title string,body string,discussion string,choices string[],start uint64,end uint64,snapshot uint64,network string,plugins string)',
    'Proposal(from address,space string,timestamp uint64,type string,title string,body string,discussion string,choices string[],start uint64,end uint64,snapshot uint64,network string,strategies string,plugins string,metadata string)',
    'Proposal(from address,space string,timestamp uint64,type string,title string,body string,choices string[],start uint64,end uint64,snapshot uint64,network string,strategies string,plugins string,metadata string)',
  ],
  'update-proposal': [
    'UpdateProposal(proposal string,from string,space string,timestamp uint64,type string,title string,body string,discussion string,choices string[],labels string[],plugins string,privacy string)',
    'UpdateProposal(proposal string,from address,space string,timestamp uint64,type string,title string,body string,discussion string,choices string[],labels string[],plugins string,privacy string)',
    'UpdateProposal(proposal string,from address,space string,timestamp uint64,type string,title string,body string,discussion string,choices string[],labels string[],plugins string)',
    'UpdateProposal(proposal string,from address,space string,timestamp uint64,type string,title string,body string,discussion string,choices string[],plugins string)',
  ],
  'delete-proposal': [
    'CancelProposal(from string,space string,timestamp uint64,proposal string)',
    'CancelProposal(from string,space string,timestamp uint64,proposal bytes32)',
    'CancelProposal(from address,space string,timestamp uint64,proposal string)',
    'CancelProposal(from address,space string,timestamp uint64,proposal bytes32)',
  ],
  'flag-proposal': [
    'FlagProposal(from string,space string,proposal string,timestamp uint64)',
    'FlagProposal(from address,space string,proposal string,timestamp uint64)',
  ],
  vote: votes('uint32'),
  'vote-array': votes('uint32[]'),
  'vote-string': votes('string'),
  follow: [
    'Follow(from address,network string,space string,timestamp uint64)',
    'Follow(from string,network string,space string,timestamp uint64)',
    'Follow(from address,space string,timestamp uint64)',
    'Follow(from address,space string)',
  ],
  unfollow: [
    'Unfollow(from address,network string,space string,timestamp uint64)',
    'Unfollow(from string,network string,space string,timestamp uint64)',
    'Unfollow(from address,space string,timestamp uint64)',
    'Unfollow(from address,space string)',
  ],
  subscribe: [
    'Subscribe(from address,space string,timestamp uint64)',
    'Subscribe(from address,space string)',
  ],
  unsubscribe: [
    'Unsubscribe(from address,space string,timestamp uint64)',
    'Unsubscribe(from address,space string)',
  ],
  profile: [
    'Profile(from address,timestamp uint64,profile string)',
    'Profile(from string,timestamp uint64,profile string)',
  ],
  statement: [
    'Statement(from address,timestamp uint64,space string,about string,statement string,discourse string,status string,network string)',
    'Statement(from string,timestamp uint64,space string,about string,statement string,discourse string,status string,network string)',
    'Statement(from address,timestamp uint64,space string,about string,statement string)',
  ],
  alias: [
    'Alias(from address,alias address,timestamp uint64)',
    'Alias(from address,alias address)',
    'StarkNetDomain(name felt252,version felt252,chainId felt252,verifyingContract ContractAddress) + SetAlias(from ContractAddress,alias string,timestamp felt)',
    'StarkNetDomain(name felt,version felt,chainId felt) + SetAlias(from felt,alias felt,timestamp felt)',
  ],
  'revoke-alias': ['RevokeAlias(from address,alias address,timestamp uint64)'],
} as const satisfies Record<string, readonly string[]>

/** What a message does. The three vote kinds differ only in how the choice is encoded. */
export type MessageKind = keyof typeof table

/** Reads `Name(field type,…)`. */
function parseStruct(text: string): Struct {
  const [primaryType = '', fields = ''] = text.slice(0, -1).split('(')
  return {
    primaryType,
    fields: fields.split(',').map((field) => {
      const [name = '', type = ''] = field.split(' ')
      return { name, type }
    }),
  }
}

function parseDefinition(kind: MessageKind, text: string): Definition {
  const structs = text.split(' + ').map(parseStruct)
  const types = Object.fromEntries(structs.map(({ primaryType, fields }) => [primaryType, fields]))
  return { kind, types, ...(structs.at(-1) as Struct) }
}

/** All 79 accepted definitions, grouped by kind, of each kind the latest first. */
export const definitions: readonly Definition[] = Object.entries(table).flatMap(([kind, texts]) =>
  texts.map((text) => parseDefinition(kind as MessageKind, text)),
)

/** The definition that clients sign a message of that kind with today. */
export function latestDefinition(kind: MessageKind): Definition {
  return definitions.find((definition) => definition.kind === kind) as Definition
}

const byText = new Map(definitions.map((definition) => [JSON.stringify(definition.types), definition]))

/**
 * The accepted definition that a request's `types` names, compared as JSON text: order of keys and fields counts, an
 * `EIP712Domain` entry does not. Snapshot compares sha256 of that text, which selects the same.
 */
export function findDefinition(types: Readonly<Record<string, unknown>>): Definition | undefined {
  const { EIP712Domain: _, ...signed } = types
  return byText.get(JSON.stringify(signed))
}
