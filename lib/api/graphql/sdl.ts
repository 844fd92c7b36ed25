/**
 * What may be asked at /graphql: the surface of Snapshot's hub, unchanged, and under `# Comitia` what is ours.
 *
 * To read a list to its end, ask for `cursor` on its rows and give the last row's as `after`, with the same `where` and order,
 * until a page is not full. `exact…` are 18-decimal amounts in decimal digits, where Snapshot has doubles.
 */
export const sdl = /* GraphQL */ `
scalar Any

# Queries

type Query {
  space(id: String!): Space

  spaces(
    first: Int! = 20
    skip: Int! = 0
    where: SpaceWhere
    orderBy: String
    orderDirection: OrderDirection
    after: String
  ): [Space!]!

  ranking(first: Int! = 20, skip: Int! = 0, where: RankingWhere, after: String): RankingObject!

  proposal(id: String!): Proposal

  proposals(
    first: Int! = 20
    skip: Int! = 0
    where: ProposalWhere
    orderBy: String
    orderDirection: OrderDirection
    after: String
  ): [Proposal!]!

  vote(id: String!): Vote

  votes(
    first: Int! = 20
    skip: Int! = 0
    where: VoteWhere
    orderBy: String
    orderDirection: OrderDirection
    after: String
  ): [Vote!]!

  aliases(
    first: Int! = 20
    skip: Int! = 0
    where: AliasWhere
    orderBy: String
    orderDirection: OrderDirection
    after: String
  ): [Alias!]!

  roles(where: RolesWhere!): [Role!]!

  follows(
    first: Int! = 20
    skip: Int! = 0
    where: FollowWhere
    orderBy: String
    orderDirection: OrderDirection
    after: String
  ): [Follow!]!

  subscriptions(
    first: Int! = 20
    skip: Int! = 0
    where: SubscriptionWhere
    orderBy: String
    orderDirection: OrderDirection
    after: String
  ): [Subscription!]!

  users(
    first: Int! = 20
    skip: Int! = 0
    where: UsersWhere
    orderBy: String
    orderDirection: OrderDirection
    after: String
  ): [User!]!

  statements(
    first: Int! = 20
    skip: Int! = 0
    where: StatementsWhere
    orderBy: String
    orderDirection: OrderDirection
    after: String
  ): [Statement!]!

  user(id: String!): User

  statement(id: String!): Statement

  skins: [Item!]!

  networks: [Network!]!

  validations: [Item!]!

  plugins: [Item!]!

  strategies: [StrategyItem!]!

  strategy(id: String!): StrategyItem

  vp(voter: String!, space: String!, proposal: String): Vp!

  messages(
    first: Int! = 20
    skip: Int! = 0
    where: MessageWhere
    orderBy: String
    orderDirection: OrderDirection
    after: String
  ): [Message!]!

  leaderboards(
    first: Int! = 20
    skip: Int! = 0
    where: LeaderboardsWhere
    orderBy: String
    orderDirection: OrderDirection
    after: String
  ): [Leaderboard!]!

  options: [Option!]!

  # Comitia

  spacesCount(where: SpaceWhere): Int!
  proposalsCount(where: ProposalWhere): Int!
  votesCount(where: VoteWhere): Int!
  aliasesCount(where: AliasWhere): Int!
  followsCount(where: FollowWhere): Int!
  subscriptionsCount(where: SubscriptionWhere): Int!
  usersCount(where: UsersWhere): Int!
  statementsCount(where: StatementsWhere): Int!
  messagesCount(where: MessageWhere): Int!
  leaderboardsCount(where: LeaderboardsWhere): Int!
}

input SpaceWhere {
  id: String
  id_in: [String]
  created: Int
  created_in: [Int]
  created_gt: Int
  created_gte: Int
  created_lt: Int
  created_lte: Int
  strategy: String
  plugin: String
  controller: String
  verified: Boolean
  turbo: Boolean
  domain: String
  search: String
}

input RankingWhere {
  search: String
  category: String
  network: String
  strategy: String
  plugin: String
}

input MessageWhere {
  id: String
  id_in: [String]
  mci: Int
  mci_in: [Int]
  mci_gt: Int
  mci_gte: Int
  mci_lt: Int
  mci_lte: Int
  address: String
  address_in: [String]
  timestamp: Int
  timestamp_in: [Int]
  timestamp_gt: Int
  timestamp_gte: Int
  timestamp_lt: Int
  timestamp_lte: Int
  space: String
  space_in: [String]
  type: String
  type_in: [String]
}

type Message {
  mci: Int!
  id: String!
  ipfs: String!
  address: String!
  version: String!
  timestamp: Int!
  space: String
  type: String!
  sig: String!
  receipt: String!

  # Comitia

  cursor: String
  logIndex: Float!
  acceptedAt: Int!
  envelope: String!
  verification: Any!
}

input ProposalWhere {
  id: String
  id_in: [String]
  ipfs: String
  ipfs_in: [String]
  space: String
  space_in: [String]
  author: String
  author_in: [String]
  network: String
  network_in: [String]
  title_contains: String
  strategies_contains: String
  plugins_contains: String
  validation: String
  type: String
  type_in: [String]
  app: String
  app_not: String
  app_in: [String]
  app_not_in: [String]
  created: Int
  created_in: [Int]
  created_gt: Int
  created_gte: Int
  created_lt: Int
  created_lte: Int
  updated: Int
  updated_in: [Int]
  updated_gt: Int
  updated_gte: Int
  updated_lt: Int
  updated_lte: Int
  start: Int
  start_in: [Int]
  start_gt: Int
  start_gte: Int
  start_lt: Int
  start_lte: Int
  end: Int
  end_in: [Int]
  end_gt: Int
  end_gte: Int
  end_lt: Int
  end_lte: Int
  scores_state: String
  scores_state_in: [String]
  labels_in: [String]
  state: String
  space_verified: Boolean
  flagged: Boolean
  votes: Int
  votes_gt: Int
  votes_gte: Int
  votes_lt: Int
  votes_lte: Int
  scores_total_value: Float
  scores_total_value_in: [Float]
  scores_total_value_gt: Float
  scores_total_value_gte: Float
  scores_total_value_lt: Float
  scores_total_value_lte: Float
}

input VoteWhere {
  id: String
  id_in: [String]
  ipfs: String
  ipfs_in: [String]
  space: String
  space_in: [String]
  voter: String
  voter_in: [String]
  proposal: String
  proposal_in: [String]
  reason: String
  reason_not: String
  reason_in: [String]
  reason_not_in: [String]
  app: String
  app_not: String
  app_in: [String]
  app_not_in: [String]
  created: Int
  created_in: [Int]
  created_gt: Int
  created_gte: Int
  created_lt: Int
  created_lte: Int
  vp: Float
  vp_in: [Float]
  vp_gt: Float
  vp_gte: Float
  vp_lt: Float
  vp_lte: Float
  vp_state: String
  vp_state_in: [String]
}

input AliasWhere {
  id: String
  id_in: [String]
  ipfs: String
  ipfs_in: [String]
  address: String
  address_in: [String]
  alias: String
  alias_in: [String]
  created: Int
  created_in: [Int]
  created_gt: Int
  created_gte: Int
  created_lt: Int
  created_lte: Int
}

input RolesWhere {
  address: String!
}

input FollowWhere {
  id: String
  id_in: [String]
  ipfs: String
  ipfs_in: [String]
  follower: String
  follower_in: [String]
  space: String
  space_in: [String]
  network: String
  network_in: [String]
  created: Int
  created_in: [Int]
  created_gt: Int
  created_gte: Int
  created_lt: Int
  created_lte: Int
}

input SubscriptionWhere {
  id: String
  id_in: [String]
  ipfs: String
  ipfs_in: [String]
  address: String
  address_in: [String]
  space: String
  space_in: [String]
  created: Int
  created_in: [Int]
  created_gt: Int
  created_gte: Int
  created_lt: Int
  created_lte: Int
}

input UsersWhere {
  id: String
  id_in: [String]
  ipfs: String
  ipfs_in: [String]
  created: Int
  created_in: [Int]
  created_gt: Int
  created_gte: Int
  created_lt: Int
  created_lte: Int
}

input StatementsWhere {
  id: String
  id_in: [String]
  ipfs: String
  ipfs_in: [String]
  space: String
  space_in: [String]
  network: String
  delegate: String
  delegate_in: [String]
  created: Int
  created_in: [Int]
  created_gt: Int
  created_gte: Int
  created_lt: Int
  created_lte: Int
  source: String
  source_in: [String]
}

input LeaderboardsWhere {
  space: String
  space_in: [String]
  space_not: String
  space_not_in: [String]
  user: String
  user_in: [String]
  user_not: String
  user_not_in: [String]
  proposal_count: Int
  proposal_count_in: [Int]
  proposal_count_not: Int
  proposal_count_not_in: [Int]
  proposal_count_gt: [Int]
  proposal_count_gte: [Int]
  proposal_count_lt: [Int]
  proposal_count_lte: [Int]
  vote_count: Int
  vote_count_in: [Int]
  vote_count_not: Int
  vote_count_not_in: [Int]
  vote_count_gt: [Int]
  vote_count_gte: [Int]
  vote_count_lt: [Int]
  vote_count_lte: [Int]
}

enum OrderDirection {
  asc
  desc
}

# Types

type Space {
  id: String!
  name: String!
  private: Boolean!
  about: String!
  avatar: String!
  cover: String
  terms: String
  location: String
  website: String
  twitter: String
  github: String
  farcaster: String
  coingecko: String
  email: String
  discussions: String
  discourseCategory: Int
  network: String!
  symbol: String
  skin: String
  skinSettings: SkinSettings
  domain: String!
  strategies: [Strategy!]!
  admins: [String!]!
  members: [String!]!
  moderators: [String!]!
  filters: SpaceFilters!
  plugins: Any!
  voting: SpaceVoting!
  categories: [String!]!
  validation: Validation!
  voteValidation: Validation!
  delegationPortal: DelegationPortal
  treasuries: [Treasury!]!
  labels: [Label!]!
  activeProposals: Int!
  proposalsCount: Int!
  proposalsCount1d: Int!
  proposalsCount7d: Int!
  proposalsCount30d: Int!
  followersCount: Int!
  followersCount7d: Int!
  votesCount: Int!
  votesCount7d: Int!
  parent: Space
  children: [Space!]!
  guidelines: String
  template: String
  verified: Boolean!
  flagged: Boolean!
  flagCode: Int!
  hibernated: Boolean!
  turbo: Boolean!
  turboExpiration: Int!
  rank: Float
  boost: BoostSettings!
  created: Int!

  # Comitia

  cursor: String
  controller: String!
  nameProblem: String
  origin: Any
}

type RankingObject {
  items: [Space!]!
  metrics: Metrics!
}

type Metrics {
  total: Int!
  categories: Any!
}

type SpaceFilters {
  minScore: Float!
  onlyMembers: Boolean!
}

type SpaceVoting {
  delay: Int
  period: Int
  type: String
  quorum: Float
  quorumType: String!
  blind: Boolean!
  hideAbstain: Boolean!
  privacy: String!
  aliased: Boolean!
}

type Proposal {
  id: String!
  ipfs: String!
  author: String!
  created: Int!
  updated: Int
  space: Space!
  network: String!
  symbol: String!
  type: String!
  strategies: [Strategy!]!
  validation: Validation!
  plugins: Any!
  title: String!
  body: String!
  discussion: String!
  choices: [String!]!
  labels: [String!]!
  start: Int!
  end: Int!
  quorum: Float!
  quorumType: String!
  privacy: String!
  snapshot: Int!
  state: String!
  link: String!
  app: String!
  scores: [Float!]!
  scores_by_strategy: Any!
  scores_state: String!
  scores_total: Float!
  scores_updated: Int!
  scores_total_value: Float!
  vp_value_by_strategy: Any!
  votes: Int!
  flagged: Boolean!
  flagCode: Int!

  # Comitia

  cursor: String
  exactScores: [String!]!
  exactScoresTotal: String!
  pendingVotes: Int!
  outcome: Outcome
  rule: Rule
  settlement: SettlementState
  origin: Any
  logIndex: Float!
  acceptedAt: Int!
  receipt: Receipt
}

type Strategy {
  name: String!
  network: String!
  params: Any
}

type Validation {
  name: String!
  params: Any!
}

type DelegationPortal {
  delegationType: String!
  delegationContract: String!
  delegationNetwork: String!
  delegationApi: String!
}

type Vote {
  id: String!
  ipfs: String!
  voter: String!
  created: Int!
  space: Space!
  proposal: Proposal!
  choice: Any!
  metadata: Any!
  reason: String!
  app: String!
  vp: Float!
  vp_by_strategy: [Float]!
  vp_state: String!
  vp_value: Float!

  # Comitia

  cursor: String
  exactVp: String
  exactVpByStrategy: [String!]!
  logIndex: Float!
  acceptedAt: Int!
  receipt: Receipt
}

type Alias {
  id: String!
  ipfs: String!
  address: String!
  alias: String!
  created: Int!

  # Comitia

  cursor: String
}

type Role {
  space: String!
  permissions: [String!]!
}

type Follow {
  id: String!
  ipfs: String!
  follower: String!
  space: Space!
  network: String!
  created: Int!

  # Comitia

  cursor: String
}

type Subscription {
  id: String!
  ipfs: String!
  address: String!
  space: Space!
  created: Int!

  # Comitia

  cursor: String
}

type User {
  id: String!
  ipfs: String
  name: String
  about: String
  avatar: String
  cover: String
  github: String
  twitter: String
  lens: String
  farcaster: String
  created: Int
  votesCount: Int!
  proposalsCount: Int!
  lastVote: Int

  # Comitia

  cursor: String
}

type Statement {
  id: String!
  ipfs: String
  space: String!
  network: String!
  about: String
  delegate: String!
  statement: String
  discourse: String
  status: String!
  source: String
  created: Int!
  updated: Int!

  # Comitia

  cursor: String
}

type Item {
  id: String!
  spacesCount: Int!
}

type StrategyItem {
  id: String!
  name: String!
  author: String!
  version: String!
  schema: Any
  examples: [Any]
  about: String!
  spacesCount: Int!
  verifiedSpacesCount: Int!
  override: Boolean!
  disabled: Boolean!
}

type Treasury {
  name: String!
  address: String!
  network: String!
}

type Label {
  id: String!
  name: String!
  description: String!
  color: String!
}

type BoostSettings {
  enabled: Boolean!
  bribeEnabled: Boolean!
}

type Vp {
  vp: Float
  vp_by_strategy: [Float]
  vp_state: String
}

type Leaderboard {
  space: String!
  user: String!
  proposalsCount: Int!
  votesCount: Int!
  lastVote: Int
  vpValue: Float!

  # Comitia

  cursor: String
}

type Option {
  name: String!
  value: String!
}

type SkinSettings {
  bg_color: String
  link_color: String
  text_color: String
  content_color: String
  border_color: String
  heading_color: String
  header_color: String
  primary_color: String
  theme: String
  logo: String
}

type Network {
  id: String!
  name: String!
  premium: Boolean!
  spacesCount: Int!
}

# Comitia

type Outcome {
  status: String!
  text: String!
}

type Rule {
  text: String!
  data: Any!
}

type SettlementState {
  state: String!
  executionHash: String!
  executor: String
  transactionHash: String
  link: String!
}

type Receipt {
  messageId: String!
  proposal: String!
  voter: String!
  signatureHash: String!
  logIndex: String!
  acceptedAt: Int!
  signature: String!
  operator: String!
}
`
