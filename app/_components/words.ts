import type { ProposalState } from '../../lib/core/views/proposal-view'
import type { SettlementState } from '../../lib/core/views/settlement-view'

/** The words the product uses for its own things, in one place, so that a thing has one name on every page. */
export const words = {
  product: 'Comitia',
  close: 'Close',
  cancel: 'Cancel',
  forget: 'Forget',
  copy: 'Copy',
  copied: 'Copied',
  loading: 'Loading',
  notification: 'Notification',
  tryAgain: 'Try again',
  showMore: 'Show more',
  leavesSite: 'leaves this site',
  skipToContent: 'Skip to content',

  vote: 'vote',
  votes: 'votes',
  connectWallet: 'Connect wallet',
  signVote: 'Sign vote',
  changeVote: 'Change my vote',
  verifyResult: 'Verify this result',
  signAndPublish: 'Sign and publish',
  newProposal: 'New proposal',
  newSpace: 'New space',

  states: {
    pending: 'Starts soon',
    active: 'Active',
    closing: 'Counting',
    passed: 'Passed',
    rejected: 'Rejected',
    'quorum-missed': 'Quorum missed',
    executed: 'Executed',
  } satisfies Record<ProposalState, string>,

  settlement: {
    waiting: 'Decided by the vote: nothing to do until it closes.',
    unregistered: 'Not registered: as things are, this cannot be executed',
    settling: 'The result is being checked on chain.',
    refused: 'The proposal did not pass. Nobody can execute these calls through it.',
    confirming: 'The proposal passed. The Safe’s owners confirm the transaction.',
    queued: 'Enough owners have confirmed. An earlier transaction of the Safe comes first.',
    ready: 'Enough owners have confirmed. Anyone can execute it now.',
    conflict: 'Another transaction came first',
    failed: 'The transaction ran and failed on chain. Nothing was moved.',
    blocked: 'Something outside prevents the execution.',
    executed: 'The Safe has made these calls.',
  } satisfies Record<SettlementState, string>,

  flagged: {
    spam: 'This proposal was flagged as spam or malicious',
    legal: 'This proposal was flagged after a legal notice',
  },

  unrecorded:
    'A contract wallet or an alias signed them. The tally module counts what voters sign with their own keys; a contract’s ballot counts once it is recorded on chain, which this version cannot do yet. They are kept and shown all the same.',

  errors: {
    rejected: 'The request was declined in the wallet.',
    rejectedTodo: 'Nothing was sent. You can sign again whenever you like.',
    retryTodo: 'This is temporary. Nothing you entered is lost; try again in a moment.',
    walletTodo: 'Open your wallet to see whether it is waiting for you, then try again.',
    unknown: 'Something unexpected happened on this page.',
    unknownTodo: 'Reload the page. Nothing that was accepted is lost.',
  },

  /** Snapshot's refusals, kept by the server letter for letter, in words a person can act on. */
  refusals: {
    'no voting power': {
      why: 'This account had no votes at the proposal’s block.',
      todo: 'Connect the account that held or was delegated the tokens at that block.',
    },
    'not in voting window': {
      why: 'Voting on this proposal is not open now.',
      todo: 'Reload the page to see when it opens or how it ended.',
    },
    'invalid choice': {
      why: 'The ballot does not fit this proposal.',
      todo: 'Check your choice and sign again.',
    },
    'wrong timestamp': {
      why: 'Your device’s clock differs too much from the server’s.',
      todo: 'Set the clock to automatic time and try again.',
    },
    'signature validation failed': {
      why: 'The signature does not belong to this account.',
      todo: 'Check which account is selected in your wallet and sign again.',
    },
    'already voted at later time': {
      why: 'A newer vote of yours is already counted.',
      todo: 'Reload the page to see it.',
    },
    'already voted same time with lower index': {
      why: 'You signed two votes in the same second.',
      todo: 'Wait a second and sign again.',
    },
    'duplicate message': {
      why: 'This exact message was already accepted.',
      todo: 'Reload the page to see it.',
    },
    'unknown proposal': { why: 'This proposal does not exist here.', todo: 'Check the link.' },
    'unknown space': { why: 'This space does not exist here.', todo: 'Check the link.' },
    'invalid space id': { why: 'This name cannot be used for a space.', todo: 'Choose another one.' },
    'not allowed': {
      why: 'Only the space’s controller and admins may change its settings.',
      todo: 'Connect one of their accounts.',
    },
    'not allowed change admins': {
      why: 'Only the space’s controller may change its admins.',
      todo: 'Connect the controller’s account.',
    },
    'only space authors can propose': {
      why: 'Only members of this space may make proposals.',
      todo: 'Ask an admin to add you, or connect a member’s account.',
    },
    'validation failed': {
      why: 'This account has fewer votes than the space asks of a proposer.',
      todo: 'Connect an account with more votes.',
    },
    'too large message': { why: 'The text is too long to be sent.', todo: 'Shorten it.' },
    'proposal limit reached': {
      why: 'This space has reached its limit of proposals.',
      todo: 'Try again tomorrow.',
    },
    'active proposal limit reached for author': {
      why: 'You have as many open proposals as one author may have.',
      todo: 'Wait until one of them has closed.',
    },
    'failed vote validation': {
      why: 'The space sets a condition on voters, and this account does not meet it.',
      todo: 'The proposal’s particulars say which. Connect an account that meets it.',
    },
    'failed to check vote validation': {
      why: 'Whether this account meets the space’s condition on voters could not be found out.',
      todo: 'This is temporary. Try again in a moment.',
    },
    'failed to check validation': {
      why: 'Whether this account may propose could not be found out.',
      todo: 'This is temporary. Try again in a moment.',
    },
    'space deleted, contact admin': {
      why: 'A space of this id was deleted. Nobody can use the id again.',
      todo: 'Choose another id.',
    },
    'space with ticket requires voting validation': {
      why: 'Everybody has votes in this space, and anyone can make accounts.',
      todo: 'Set a condition on voters, such as a passport.',
    },
    'space missing proposal validation': {
      why: 'Anyone could make proposals in this space.',
      todo: 'Set a condition on proposers: votes, membership or a passport.',
    },
    'not authorized to flag proposal': {
      why: 'Only the space’s admins and moderators may flag proposals.',
      todo: 'Connect one of their accounts.',
    },
    'proposal already flagged': { why: 'It is flagged already.', todo: 'Reload the page to see it.' },
    'not authorized to archive proposal': {
      why: 'Only its author, and the space’s admins and moderators, may take a proposal away.',
      todo: 'Connect one of their accounts.',
    },
    'you are already following this space': {
      why: 'You follow this space already.',
      todo: 'Reload the page to see it.',
    },
    'you can only unfollow a space you follow': {
      why: 'You do not follow this space.',
      todo: 'Reload the page to see it.',
    },
    'alias does not exist': {
      why: 'That key may not sign for you any more.',
      todo: 'Reload the page to see it.',
    },
    'wrong alias': {
      why: 'This key is not allowed to sign for that account, or its 90 days are over.',
      todo: 'Connect the account itself.',
    },
    'wrong profile format': { why: 'A field of the profile is too long or malformed.', todo: 'Shorten it.' },
    'wrong statement format': { why: 'The statement is too long or malformed.', todo: 'Shorten it.' },
    'invalid snapshot block': {
      why: 'The block at which votes are read could not be found.',
      todo: 'Publish again: a newer block will be used.',
    },
  } as Readonly<Record<string, { readonly why: string; readonly todo: string } | undefined>>,
} as const
