// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Call} from "../libraries/Calls.sol";
import {ProposalMessage} from "../libraries/ProposalDigest.sol";
import {Config} from "./Config.sol";
import {ITallyChecker} from "./ITallyChecker.sol";

/// @notice A registered proposal.
/// @param config Hash of the config it is decided by, whatever the current one is.
/// @param executionHash Name of its batch on this chain.
/// @param codeHash Code of the batch's targets at registration.
/// @param author Who signed it. Zero: not registered.
/// @param provenAt When its commitment was proven; 0 before.
/// @param isCancelled The author took it back in time.
/// @param isVetoed The guardian or the Safe stopped it.
/// @param isExecuted Its batch ran.
/// @param isBondReleased The bond was credited to the operator.
/// @param start First second at which ballots may be dated.
/// @param end Last one.
/// @param total All power at the timepoint.
/// @param timepoint Where power is read, in units of the power source's clock.
/// @param codeless Payments whose targets had no code: these are not pinned.
/// @param pausedUntil Not executable before; 0 if it was never paused.
/// @param pauseLength Seconds by which the pause put the expiry off.
struct Proposal {
    bytes32 config;
    bytes32 executionHash;
    bytes32 codeHash;
    address author;
    uint64 provenAt;
    bool isCancelled;
    bool isVetoed;
    bool isExecuted;
    bool isBondReleased;
    uint64 start;
    uint64 end;
    uint128 total;
    uint64 timepoint;
    uint64 codeless;
    uint64 pausedUntil;
    uint32 pauseLength;
}

/// @notice The one statement of which ballots count. Nobody can change it.
/// @param root Of the tally tree.
/// @param forPower Power of all ballots For; likewise against and abstain.
/// @param count Ballots.
/// @param committedAt When it was posted; 0: it was not.
struct Commitment {
    bytes32 root;
    uint128 forPower;
    uint128 againstPower;
    uint128 abstainPower;
    uint64 count;
    uint64 committedAt;
}

/// @notice Where a proposal stands. Cancelled, vetoed and executed are for good and told before anything else.
enum State {
    /// Not registered.
    Unknown,
    /// Registered, and the vote is not over.
    Voting,
    /// The vote is over, and the operator may commit its tally.
    AwaitingTally,
    /// The operator did not: it can only be run again.
    Lapsed,
    /// Which ballots count is fixed; they are not proven.
    Committed,
    /// Proven, and the omission window is open.
    Proven,
    /// Final, and it did not pass.
    Rejected,
    /// Final and passed; the cooldown runs.
    Cooling,
    /// Execution waits for the end of a pause.
    Paused,
    /// Anyone can execute it.
    Executable,
    /// Nobody did in time.
    Expired,
    Executed,
    Cancelled,
    Vetoed
}

/// @title A Safe module that counts an off-chain vote itself
/// @notice Voters sign Snapshot messages, free of gas. After the vote the operator fixes which ballots count; then anyone
/// posts them, the contract checks every signature and every power, and if the proposal passed under the rule that
/// was published, anyone can have the Safe make exactly the calls that were voted on.
///
/// A function that names a proposal reverts with `UnknownProposal` when it is not registered.
interface ITallyModule {
    // ---------------------------------------------------------------------------------------------------- events

    /// @notice The module has a new config. Proposals registered before keep theirs.
    /// @param configHash Its hash, which authors sign.
    /// @param config All of it.
    event ConfigSet(bytes32 indexed configHash, Config config);

    /// @notice A proposal can now be settled here.
    /// @param proposalId The digest its author signed.
    /// @param author Who signed it.
    /// @param configHash The config it is decided by.
    /// @param executionHash The batch it asks for.
    /// @param start First second at which ballots may be dated.
    /// @param end Last one.
    /// @param timepoint Where power is read.
    /// @param total All power there.
    event ProposalRegistered(
        bytes32 indexed proposalId,
        address indexed author,
        bytes32 configHash,
        bytes32 executionHash,
        uint64 start,
        uint64 end,
        uint64 timepoint,
        uint128 total
    );

    /// @notice An author took a proposal back.
    /// @param proposalId Which; it need not be registered.
    /// @param author Who signed the cancellation. It stops a proposal of this author only.
    event ProposalCancelled(bytes32 indexed proposalId, address indexed author);

    /// @notice The operator fixed which ballots count.
    /// @param proposalId Of which proposal.
    /// @param root Of the tally tree.
    /// @param count Ballots.
    /// @param totals Power For, Against, Abstain.
    /// @param dataRef Where the ballots are published.
    event TallyCommitted(
        bytes32 indexed proposalId, bytes32 root, uint64 count, uint128[3] totals, string dataRef
    );

    /// @notice A run checked ballots and is not at the end.
    /// @param proposalId Of which proposal.
    /// @param prover Whose run.
    /// @param index Ballots checked so far.
    /// @param lastVoter Voter of the last of them.
    event BallotsChecked(bytes32 indexed proposalId, address indexed prover, uint64 index, address lastVoter);

    /// @notice Every ballot of the commitment was checked, and they are exactly its root and totals.
    /// @param proposalId Of which proposal.
    /// @param prover Who posted the last ballot; zero where there is none to post.
    event TallyProven(bytes32 indexed proposalId, address indexed prover);

    /// @notice The Safe made the calls of a proposal.
    /// @param proposalId Of which.
    event ProposalExecuted(bytes32 indexed proposalId);

    /// @notice A proposal will never be executed.
    /// @param proposalId Which.
    /// @param by The guardian or the Safe.
    /// @param reasonHash Keccak of the published reason.
    event ProposalVetoed(bytes32 indexed proposalId, address indexed by, bytes32 reasonHash);

    /// @notice A proposal will not be executed for a while.
    /// @param proposalId Which.
    /// @param by The guardian or the Safe.
    /// @param until Unix seconds from which it may.
    /// @param reasonHash Keccak of the published reason.
    event ProposalPaused(bytes32 indexed proposalId, address indexed by, uint64 until, bytes32 reasonHash);

    /// @notice A bond is the operator's again.
    /// @param proposalId Whose commitment it stood for.
    /// @param operator Whom it is credited to.
    /// @param amount Wei.
    event BondReleased(bytes32 indexed proposalId, address indexed operator, uint256 amount);

    /// @notice A credit was paid out.
    /// @param account Whose credit.
    /// @param to Who got the coins.
    /// @param amount Wei.
    event Withdrawn(address indexed account, address indexed to, uint256 amount);

    // ---------------------------------------------------------------------------------------------------- errors

    /// @notice The Safe's address is zero.
    error ZeroSafe();

    /// @notice Nothing is registered under that id.
    /// @param proposalId The id.
    error UnknownProposal(bytes32 proposalId);

    /// @notice It is registered already.
    /// @param proposalId The id.
    error AlreadyRegistered(bytes32 proposalId);

    /// @notice The author signed another config than the current one.
    /// @param signed What was signed.
    /// @param current What the module has.
    error StaleConfig(bytes32 signed, bytes32 current);

    /// @notice These are not the calls that were voted on, or this is not the chain.
    /// @param voted Name of the batch in the proposal.
    /// @param given Name, here and now, of the calls handed in.
    error WrongBatch(bytes32 voted, bytes32 given);

    /// @notice A batch must have a call.
    error EmptyBatch();

    /// @notice A batch has too many calls.
    /// @param calls How many.
    error TooManyCalls(uint256 calls);

    /// @notice Only plain calls are made.
    /// @param index Which call.
    /// @param operation What it asks for.
    error NotACall(uint256 index, uint8 operation);

    /// @notice A call with data to an account without code would do nothing and look done.
    /// @param index Which call.
    /// @param to Its target.
    error CallWithoutCode(uint256 index, address to);

    /// @notice Code of a target is not what it was at registration.
    /// @param registered Hash over the targets' code then.
    /// @param found Now.
    error CodeChanged(bytes32 registered, bytes32 found);

    /// @notice The author did not sign that. A wrong type, choice, privacy or plugins text also ends here.
    /// @param author Who should have.
    /// @param digest What should have been signed.
    error NotSignedByAuthor(address author, bytes32 digest);

    /// @notice The author is not on the list and has too little power.
    /// @param author The author.
    /// @param power Power at the timepoint.
    /// @param threshold What is needed; 0: nobody but the list.
    error NotAProposer(address author, uint128 power, uint128 threshold);

    /// @notice The vote is too short.
    /// @param period Seconds from its start, or from now if that is less, to its end.
    /// @param minPeriod What is needed.
    error PeriodTooShort(uint256 period, uint256 minPeriod);

    /// @notice The vote began too long ago.
    /// @param start When.
    /// @param earliest When it may have begun.
    error StartedTooLongAgo(uint64 start, uint256 earliest);

    /// @notice Power cannot be read at a timepoint that is not past.
    /// @param timepoint The timepoint.
    /// @param clock The power source's time now.
    error TimepointNotPast(uint64 timepoint, uint64 clock);

    /// @notice The author may have picked a moment at which he was rich.
    /// @param timepoint The timepoint.
    /// @param earliest The oldest allowed.
    error TimepointTooOld(uint64 timepoint, uint64 earliest);

    /// @notice There is more power than 128 bits hold.
    /// @param total How much.
    error TotalTooLarge(uint256 total);

    /// @notice The author took it back.
    /// @param proposalId Which.
    error ProposalIsCancelled(bytes32 proposalId);

    /// @notice The guardian or the Safe stopped it.
    /// @param proposalId Which.
    error ProposalIsVetoed(bytes32 proposalId);

    /// @notice It ran.
    /// @param proposalId Which.
    error AlreadyExecuted(bytes32 proposalId);

    /// @notice A cancellation counts until the end of the vote.
    /// @param end When that was.
    error VoteIsOver(uint64 end);

    /// @notice Only the operator of the proposal's config commits.
    /// @param caller Who tried.
    error NotTheOperator(address caller);

    /// @notice The vote is not over.
    /// @param end When it ends.
    error VoteIsNotOver(uint64 end);

    /// @notice The operator was silent for too long.
    /// @param deadline When it could commit last.
    error CommitTooLate(uint256 deadline);

    /// @notice There is one commitment a proposal.
    /// @param proposalId Which has its own.
    error AlreadyCommitted(bytes32 proposalId);

    /// @notice The bond is exactly what the config says.
    /// @param bond What that is.
    /// @param sent What came.
    error WrongBond(uint128 bond, uint256 sent);

    /// @notice The commitment was made for another inbox.
    /// @param expected State of the inbox here.
    /// @param given State it was made for.
    error WrongInbox(bytes32 expected, bytes32 given);

    /// @notice More power is said to have voted than there is.
    /// @param sum Of the totals.
    /// @param total All power.
    error TotalsExceedPower(uint256 sum, uint128 total);

    /// @notice No ballots have one root and no power.
    /// @param root What was given.
    error NotTheEmptyTree(bytes32 root);

    /// @notice There is no commitment.
    /// @param proposalId Of which proposal.
    error NotCommitted(bytes32 proposalId);

    /// @notice There is nothing left to prove.
    /// @param proposalId Of which proposal.
    error AlreadyProven(bytes32 proposalId);

    /// @notice The prover has not come that far that way.
    /// @param proposalId Of which proposal.
    /// @param prover Whose run it should be.
    error UnknownRun(bytes32 proposalId, address prover);

    /// @notice All ballots are good, and they are not those of the commitment.
    /// @param committed Its root.
    /// @param found Theirs.
    error WrongRoot(bytes32 committed, bytes32 found);

    /// @notice All ballots are those of the commitment, and they add up to something else.
    /// @param committed Its totals.
    /// @param found Theirs.
    error WrongTotals(uint128[3] committed, uint128[3] found);

    /// @notice The commitment is not proven.
    /// @param proposalId Of which proposal.
    error NotProven(bytes32 proposalId);

    /// @notice A ballot may still be shown to be missing.
    /// @param finalAt Until when.
    error NotFinal(uint256 finalAt);

    /// @notice The vote did not pass.
    /// @param forPower Power For.
    /// @param againstPower Power Against; For must be more.
    /// @param counted Power that takes part in the quorum.
    /// @param needed What the quorum needs.
    error NotPassed(uint128 forPower, uint128 againstPower, uint256 counted, uint256 needed);

    /// @notice Too early to execute.
    /// @param from When it will be possible.
    error TooEarly(uint256 from);

    /// @notice Paused.
    /// @param until When that ends.
    error ProposalIsPaused(uint64 until);

    /// @notice Too late to execute.
    /// @param expiredAt Since when.
    error ProposalHasExpired(uint256 expiredAt);

    /// @notice The Safe could not make a call; none was made.
    /// @param index Which call.
    error CallFailed(uint256 index);

    /// @notice Only the guardian until its own expiry, and the Safe.
    /// @param caller Who tried.
    error NotTheGuardian(address caller);

    /// @notice A proposal is paused once.
    /// @param proposalId Which was.
    error AlreadyPaused(bytes32 proposalId);

    /// @notice A pause is at least a second and at most `MAX_PAUSE`.
    /// @param duration What was asked for.
    error WrongPause(uint32 duration);

    /// @notice There is no bond, or it was released.
    /// @param proposalId Of which proposal.
    error NoBond(bytes32 proposalId);

    /// @notice Nothing to withdraw.
    /// @param account Whose credit.
    error NoCredit(address account);

    /// @notice The receiver does not take coins.
    /// @param to The receiver.
    error PaymentRefused(address to);

    // ----------------------------------------------------------------------------------------------------- reads

    /// @notice Longest pause, in seconds.
    function MAX_PAUSE() external view returns (uint32);

    /// @notice Hash of the current config: `keccak256(abi.encode(config))`.
    function configHash() external view returns (bytes32);

    /// @notice A config that the module has or had. All zero for another hash.
    /// @param hash Its hash.
    function configOf(bytes32 hash) external view returns (Config memory);

    /// @notice A registered proposal. All zero for another id.
    /// @param proposalId Its id.
    function proposalOf(bytes32 proposalId) external view returns (Proposal memory);

    /// @notice The commitment of a proposal. All zero before there is one.
    /// @param proposalId Of which proposal.
    function commitmentOf(bytes32 proposalId) external view returns (Commitment memory);

    /// @notice The contract that checks ballots for this one. Part of its code: nobody can change it.
    function checker() external view returns (ITallyChecker);

    /// @notice Keccak of a prover's unfinished run, `abi.encode(Run)`; zero where there is none.
    /// @param proposalId Of which proposal.
    /// @param prover Whose run.
    function runOf(bytes32 proposalId, address prover) external view returns (bytes32);

    /// @notice Whether an author took a proposal back, registered or not.
    /// @param author The author.
    /// @param proposalId The id.
    function isCancelledBy(address author, bytes32 proposalId) external view returns (bool);

    /// @notice What an account can withdraw.
    /// @param account The account.
    function creditOf(address account) external view returns (uint256);

    /// @notice Where a proposal stands at this block. Never reverts.
    /// @param proposalId Its id.
    function stateOf(bytes32 proposalId) external view returns (State);

    /// @notice When a proven commitment became or becomes final. Reverts with `NotCommitted` or `NotProven`.
    /// @param proposalId Of which proposal.
    function finalAt(bytes32 proposalId) external view returns (uint256);

    /// @notice From when, inclusive, until when, exclusive, a result that passed can be executed. Reverts as `finalAt`.
    /// @param proposalId Of which proposal.
    function executionWindow(bytes32 proposalId) external view returns (uint256 from, uint256 until);

    /// @notice The id that a proposal has under the current config's space: the digest that its author signs.
    /// @param message The proposal.
    function proposalIdOf(ProposalMessage calldata message) external view returns (bytes32);

    /// @notice Name of a batch for this module on this chain.
    /// @param calls The batch.
    function executionHashOf(Call[] calldata calls) external view returns (bytes32);

    // ------------------------------------------------------------------------------------------------------ acts

    /// @notice Replaces the config; proposals registered before keep theirs. Only the Safe. Reverts as
    /// `ITallyChecker.requireSafe` does.
    /// @param config The new config.
    function setConfig(Config calldata config) external;

    /// @notice Makes a proposal one that this module can settle. Anyone may; normally done when it is created.
    ///
    /// Requires the current config and its space; a batch that is the one the author signed, not empty, of plain calls, none
    /// with data to an account without code; the author's signature, of a key or (EIP-1271) of the author's contract
    /// now; an author on the list or with enough power at the timepoint; a period that is long enough from its
    /// start and from now; a start not too long ago; a timepoint that is past and not too old: the signed `snapshot`
    /// where the power source counts blocks, the second before the signed timestamp where it counts seconds. An end of more
    /// than 40 bits and a timepoint of more than 48 revert with `SafeCastOverflowedUintDowncast`.
    /// @param message What the author signed.
    /// @param calls The batch.
    /// @param signature The author's.
    /// @param powerProof For the author's power; empty where the source needs none.
    /// @return proposalId The digest that was signed.
    function register(
        ProposalMessage calldata message,
        Call[] calldata calls,
        bytes calldata signature,
        bytes calldata powerProof
    ) external returns (bytes32 proposalId);

    /// @notice Takes a proposal back for good, with its author's signed `CancelProposal`. Anyone may hand it in, until the end
    /// of the vote, and before the registration, which it then prevents.
    /// @param proposalId Which.
    /// @param author Who signed.
    /// @param timestamp As signed.
    /// @param variant Which of the eight forms was signed; see `BallotDigest`. Reverts with `UnknownVariant` for others.
    /// @param signature The author's.
    function cancel(
        bytes32 proposalId,
        address author,
        uint64 timestamp,
        uint8 variant,
        bytes calldata signature
    ) external;

    /// @notice Fixes which ballots count: once, by the operator of the proposal's config, after the end and until
    /// `commitGrace` later, with exactly the config's bond. Without ballots it is proven at once.
    /// @param proposalId Of which proposal.
    /// @param root Of the tally tree.
    /// @param count Ballots in it.
    /// @param totals Power For, Against, Abstain; together at most all power at the timepoint.
    /// @param inboxAccumulator State of the inbox it was made for: 0, there is none here.
    /// @param dataRef Where the ballots are published. Not checked.
    function commitTally(
        bytes32 proposalId,
        bytes32 root,
        uint64 count,
        uint128[3] calldata totals,
        bytes32 inboxAccumulator,
        string calldata dataRef
    ) external payable;

    /// @notice Checks the next ballots of a commitment, and with the last of them proves it. Anyone may, at any time
    /// after the commitment.
    ///
    /// Each ballot must be well formed, dated within the vote, of a voter greater than the one before, with exactly the power
    /// that the power source tells, and signed by its voter. A run starts with an empty `run`, and goes on from what
    /// anyone has reached: it is kept as the sender's, and never changes another's. Reverts also with the errors of
    /// `ITallyChecker`.
    /// @param proposalId Of which proposal.
    /// @param prover Whose run to go on with. Not read at the start.
    /// @param run `abi.encode(Run)` of how far that has come; empty at the start.
    /// @param ballots Records of 208 bytes, in the order of the tree; see `Ballot`.
    /// @param powerProofs One a ballot; empty where the source needs none.
    function proveBallots(
        bytes32 proposalId,
        address prover,
        bytes calldata run,
        bytes calldata ballots,
        bytes[] calldata powerProofs
    ) external;

    /// @notice Has the Safe make the calls, all or none, once. Anyone may, from `finalAt + cooldown` until before
    /// `finalAt + expiry`, if more power was For than Against and the quorum was met, unless the proposal is cancelled,
    /// vetoed or paused, or the targets' code has changed.
    /// @param proposalId Of which proposal.
    /// @param calls The batch that was voted on.
    function execute(bytes32 proposalId, Call[] calldata calls) external;

    /// @notice Stops a proposal for good, until it is executed. Only the guardian of its config, before its own
    /// expiry, and the Safe.
    /// @param proposalId Which.
    /// @param reasonHash Keccak of the published reason.
    function veto(bytes32 proposalId, bytes32 reasonHash) external;

    /// @notice Puts off a proposal's execution, and its expiry by as much; nothing else waits. Once a proposal, by the
    /// same as a veto, not after it has expired.
    /// @param proposalId Which.
    /// @param duration Seconds from now.
    /// @param reasonHash Keccak of the published reason.
    function pause(bytes32 proposalId, uint32 duration, bytes32 reasonHash) external;

    /// @notice Credits the bond of a final commitment to the operator of its config, whatever became of the proposal. Anyone
    /// may.
    /// @param proposalId Of which proposal.
    function releaseBond(bytes32 proposalId) external;

    /// @notice Pays the sender's whole credit to an address of its choice.
    /// @param to Who gets the coins.
    function withdraw(address payable to) external;
}
