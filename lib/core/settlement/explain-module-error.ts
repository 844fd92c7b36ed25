import { decodeErrorResult, hexToString, parseAbi } from 'viem/utils'
import type { HexString } from '../views/hex-string'

const abi = parseAbi([
  'error AlreadyCommitted(bytes32 proposalId)',
  'error AlreadyExecuted(bytes32 proposalId)',
  'error AlreadyPaused(bytes32 proposalId)',
  'error AlreadyProven(bytes32 proposalId)',
  'error AlreadyRegistered(bytes32 proposalId)',
  'error BallotsCutShort(uint256 length)',
  'error CallFailed(uint256 index)',
  'error CallWithoutCode(uint256 index, address to)',
  'error CodeChanged(bytes32 registered, bytes32 found)',
  'error CommitTooLate(uint256 deadline)',
  'error DataTooLong(uint256 length)',
  'error EmptyBatch()',
  'error ForeignBlockNumbers(uint256 chainId)',
  'error InvalidChoice(uint64 index, uint8 choice)',
  'error MalleableSignature(uint64 index)',
  'error NoBond(bytes32 proposalId)',
  'error NoCredit(address account)',
  'error NoPower(uint64 index, address voter)',
  'error NoToken(address token)',
  'error NotACall(uint256 index, uint8 operation)',
  'error NotAProposer(address author, uint128 power, uint128 threshold)',
  'error NotARun(uint64 index, uint256 nodes)',
  'error NotCommitted(bytes32 proposalId)',
  'error NotFinal(uint256 finalAt)',
  'error NotPassed(uint128 forPower, uint128 againstPower, uint256 counted, uint256 needed)',
  'error NotProven(bytes32 proposalId)',
  'error NotRecorded(uint64 index, address voter)',
  'error NotSignedByAuthor(address author, bytes32 digest)',
  'error NotSignedByVoter(uint64 index, address voter, bytes32 digest)',
  'error NotTheEmptyTree(bytes32 root)',
  'error NotTheGuardian(address caller)',
  'error NotTheOperator(address caller)',
  'error OutOfOrder(uint64 index, address previous, address voter)',
  'error OutsidePeriod(uint64 index, uint64 timestamp)',
  'error PaymentRefused(address to)',
  'error PeriodTooShort(uint256 period, uint256 minPeriod)',
  'error ProposalHasExpired(uint256 expiredAt)',
  'error ProposalIsCancelled(bytes32 proposalId)',
  'error ProposalIsPaused(uint64 until)',
  'error ProposalIsVetoed(bytes32 proposalId)',
  'error StaleConfig(bytes32 signed, bytes32 current)',
  'error StartedTooLongAgo(uint64 start, uint256 earliest)',
  'error TimepointNotPast(uint64 timepoint, uint64 clock)',
  'error TimepointTooOld(uint64 timepoint, uint64 earliest)',
  'error TooEarly(uint256 from)',
  'error TooManyBallots(uint64 count, uint256 given)',
  'error TooManyCalls(uint256 calls)',
  'error TotalTooLarge(uint256 total)',
  'error TotalsExceedPower(uint256 sum, uint128 total)',
  'error UnknownBallotKind(uint64 index, uint8 kind)',
  'error UnknownBallotVariant(uint64 index, uint8 variant)',
  'error UnknownClock(string mode)',
  'error UnknownProposal(bytes32 proposalId)',
  'error UnknownRun(bytes32 proposalId, address prover)',
  'error UnknownVariant(uint8 variant)',
  'error UnsafeConfig(bytes32 field)',
  'error VoteIsNotOver(uint64 end)',
  'error VoteIsOver(uint64 end)',
  'error WrongBatch(bytes32 voted, bytes32 given)',
  'error WrongBond(uint128 bond, uint256 sent)',
  'error WrongInbox(bytes32 expected, bytes32 given)',
  'error WrongNumberOfPowers(uint256 ballots, uint256 powers)',
  'error WrongNumberOfProofs(uint256 ballots, uint256 proofs)',
  'error WrongPause(uint32 duration)',
  'error WrongPower(uint64 index, uint128 stated, uint128 actual)',
  'error WrongRoot(bytes32 committed, bytes32 found)',
  'error WrongTotals(uint128[3] committed, uint128[3] found)',
  'error ZeroSafe()',
])

/** Why a tally module refused a transaction, in one sentence; null when the data is no error of its own. */
export function explainModuleError(data: HexString): string | null {
  try {
    return sentence(decodeErrorResult({ abi, data }))
  } catch {
    return null
  }
}

type ModuleError = ReturnType<typeof decodeErrorResult<typeof abi>>

function sentence({ errorName, args }: ModuleError): string {
  switch (errorName) {
    case 'AlreadyCommitted':
      return 'The tally is committed already.'
    case 'AlreadyExecuted':
      return 'These calls were made already; they are never made twice.'
    case 'AlreadyPaused':
      return 'It was paused before, and a proposal can be paused once.'
    case 'AlreadyProven':
      return 'The tally is proven already.'
    case 'AlreadyRegistered':
      return 'The proposal is registered already.'
    case 'BallotsCutShort':
      return 'The ballots given are not whole records.'
    case 'CallFailed':
      return `Call ${args[0] + 1n} of the batch fails, so none is made.`
    case 'CallWithoutCode':
      return `Call ${args[0] + 1n} calls a function of ${args[1]}, where there is no contract.`
    case 'CodeChanged':
      return 'The code of a called contract is not what it was when the proposal was registered.'
    case 'CommitTooLate':
      return 'The time to commit the tally is over. The proposal can only be run again.'
    case 'DataTooLong':
      return `The config is too long: ${args[0]} bytes.`
    case 'EmptyBatch':
      return 'The batch has no calls.'
    case 'ForeignBlockNumbers':
      return 'The token counts blocks, and contracts on this chain see another chain’s block numbers.'
    case 'InvalidChoice':
      return `Ballot ${args[0] + 1n} is neither For nor Against nor Abstain.`
    case 'MalleableSignature':
      return `The signature of ballot ${args[0] + 1n} is not in the one form that counts.`
    case 'NoBond':
      return 'There is no bond, or it was released already.'
    case 'NoCredit':
      return `There is nothing to withdraw for ${args[0]}.`
    case 'NoPower':
      return `Ballot ${args[0] + 1n} is of ${args[1]}, who had no votes.`
    case 'NoToken':
      return `There is no contract at the token’s address ${args[0]}.`
    case 'NotACall':
      return `Call ${args[0] + 1n} is not a plain call.`
    case 'NotAProposer':
      return 'Its author is not on the module’s list of proposers and has too few votes to propose.'
    case 'NotARun':
      return 'What the proof should go on from is not how far a proof can have come.'
    case 'NotCommitted':
      return 'No tally is committed yet.'
    case 'NotFinal':
      return 'The result is not final yet.'
    case 'NotPassed':
      return 'The proven result did not pass, so these calls are never made.'
    case 'NotProven':
      return 'The committed tally is not proven yet.'
    case 'NotRecorded':
      return `Ballot ${args[0] + 1n} is said to be recorded on chain, and this module records none.`
    case 'NotSignedByAuthor':
      return 'The author’s signature does not fit what the module rebuilt from the proposal.'
    case 'NotSignedByVoter':
      return `Ballot ${args[0] + 1n} is not signed by ${args[1]}.`
    case 'NotTheEmptyTree':
      return 'A tally without ballots has one root, and this is another.'
    case 'NotTheGuardian':
      return 'Only the guardian, before its time is over, and the Safe can do this.'
    case 'NotTheOperator':
      return 'Only the module’s operator can commit the tally.'
    case 'OutOfOrder':
      return `Ballot ${args[0] + 1n}, of ${args[2]}, is a duplicate or in the wrong place.`
    case 'OutsidePeriod':
      return `Ballot ${args[0] + 1n} is dated before the start or after the end of the vote.`
    case 'PaymentRefused':
      return `${args[0]} does not take coins.`
    case 'PeriodTooShort':
      return `Only ${args[0]} seconds of the vote are left; the module asks for at least ${args[1]} when it is registered.`
    case 'ProposalHasExpired':
      return 'The time to execute it is over.'
    case 'ProposalIsCancelled':
      return 'Its author has withdrawn it.'
    case 'ProposalIsPaused':
      return 'It is paused.'
    case 'ProposalIsVetoed':
      return 'It is vetoed.'
    case 'StaleConfig':
      return 'The Safe has changed the module’s config since the proposal was signed.'
    case 'StartedTooLongAgo':
      return 'The vote began too long before its registration.'
    case 'TimepointNotPast':
      return 'The block at which votes are read is not past yet.'
    case 'TimepointTooOld':
      return 'The block at which votes are read is too old for this module.'
    case 'TooEarly':
      return 'It is too early: the waiting time is not over on chain.'
    case 'TooManyBallots':
      return `These are more ballots than the ${args[0]} that were committed.`
    case 'TooManyCalls':
      return `A batch of ${args[0]} calls is too long.`
    case 'TotalTooLarge':
      return 'There are more votes than the module can add up.'
    case 'TotalsExceedPower':
      return 'More votes are said to have been cast than there are.'
    case 'UnknownBallotKind':
      return `Ballot ${args[0] + 1n} is of a kind that the module does not know.`
    case 'UnknownBallotVariant':
      return `Ballot ${args[0] + 1n} was signed in a form that the module does not know.`
    case 'UnknownClock':
      return 'The token’s clock counts neither blocks nor seconds.'
    case 'UnknownProposal':
      return 'The proposal is not registered with the module.'
    case 'UnknownRun':
      return 'The proof went on from another place meanwhile.'
    case 'UnknownVariant':
      return 'It was signed in a form that the module does not know.'
    case 'UnsafeConfig':
      return `The config is not safe: ${hexToString(args[0], { size: 32 })}.`
    case 'VoteIsNotOver':
      return 'The vote is not over on chain yet.'
    case 'VoteIsOver':
      return 'The vote is over: it can no longer be withdrawn.'
    case 'WrongBatch':
      return 'These are not the calls that were voted on.'
    case 'WrongBond':
      return `The commitment needs a bond of exactly ${args[0]} wei.`
    case 'WrongInbox':
      return 'The tally was made for another state of the inbox.'
    case 'WrongNumberOfPowers':
      return 'The power source did not answer for every ballot.'
    case 'WrongNumberOfProofs':
      return 'There is not one proof of votes for each ballot.'
    case 'WrongPause':
      return 'A pause lasts at least a second and at most 14 days.'
    case 'WrongPower':
      return `Ballot ${args[0] + 1n} states other votes than the token had at that block.`
    case 'WrongRoot':
      return 'All ballots are good, and they are not the committed ones.'
    case 'WrongTotals':
      return 'The committed totals are not what the ballots add up to.'
    case 'ZeroSafe':
      return 'The module was set up without a Safe.'
  }
}
