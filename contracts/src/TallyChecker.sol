// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Config} from "./interfaces/Config.sol";
import {IPowerSource} from "./interfaces/IPowerSource.sol";
import {ITallyChecker, Reached, Run, Vote} from "./interfaces/ITallyChecker.sol";
import {BALLOT_SIZE, Ballot, firstBallot} from "./libraries/Ballot.sol";
import {BallotDigest} from "./libraries/BallotDigest.sol";
import {ProposalDigest, ProposalMessage} from "./libraries/ProposalDigest.sol";
import {TallyTree} from "./libraries/TallyTree.sol";

/// @title TallyChecker
/// @notice What it promises stands in `ITallyChecker`.
contract TallyChecker is ITallyChecker {
    using BallotDigest for BallotDigest.Context;
    using TallyTree for bytes;

    uint256 private constant MAX_WINDOW = 365 days;
    uint256 private constant MIN_COOLDOWN = 1 hours;
    uint256 private constant HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    /// @inheritdoc ITallyChecker
    function requireSafe(Config calldata config) external view {
        if (bytes(config.space).length == 0) revert UnsafeConfig("space");
        if (config.operator == address(0)) revert UnsafeConfig("operator");
        if (config.receiptKey == address(0)) revert UnsafeConfig("receiptKey");
        if (address(config.powerSource).code.length == 0) revert UnsafeConfig("powerSource");
        if (config.quorumBps == 0 || config.quorumBps > 10_000) revert UnsafeConfig("quorumBps");
        if (config.quorumChoices == 0 || config.quorumChoices > 7) revert UnsafeConfig("quorumChoices");
        if (config.proposalThreshold == 0 && config.proposers.length == 0) revert UnsafeConfig("proposers");
        if (config.maxSnapshotAge == 0) revert UnsafeConfig("maxSnapshotAge");
        if (config.minPeriod == 0 || config.minPeriod > MAX_WINDOW) revert UnsafeConfig("minPeriod");
        if (config.maxBackdate > MAX_WINDOW) revert UnsafeConfig("maxBackdate");
        if (config.commitGrace == 0 || config.commitGrace > MAX_WINDOW) revert UnsafeConfig("commitGrace");
        // A bond opens the optimistic lane, where nothing but time protects the Safe.
        bool isOptimistic = config.bond != 0;
        if (config.challengeWindow > MAX_WINDOW || (isOptimistic && config.challengeWindow == 0)) {
            revert UnsafeConfig("challengeWindow");
        }
        if (config.omissionWindow > MAX_WINDOW) revert UnsafeConfig("omissionWindow");
        if (config.expiry > MAX_WINDOW || config.expiry <= config.cooldown) revert UnsafeConfig("expiry");
        if (config.guardian != address(0) && config.cooldown < MIN_COOLDOWN && !config.isTest) {
            revert UnsafeConfig("cooldown");
        }
        config.powerSource.clock(config.powerParams);
    }

    /// @inheritdoc ITallyChecker
    function proposalId(ProposalMessage calldata message, bytes32 space, address module)
        external
        view
        returns (bytes32)
    {
        return ProposalDigest.digest(message, space, module);
    }

    /// @inheritdoc ITallyChecker
    function cancellation(bytes32 proposal, bytes32 space, address author, uint64 timestamp, uint8 variant)
        external
        view
        returns (bytes32)
    {
        if (variant >= BallotDigest.VARIANTS) revert UnknownVariant(variant);
        return BallotDigest.context(space, proposal).cancellation(variant, author, timestamp);
    }

    /// @inheritdoc ITallyChecker
    function checkBallots(
        Vote calldata vote,
        bytes calldata run,
        bytes calldata ballots,
        bytes[] calldata powerProofs
    ) external view returns (Reached memory reached) {
        Run memory state;
        if (run.length != 0) state = _resume(run);
        uint256 length = ballots.length / BALLOT_SIZE;
        if (length == 0 || ballots.length % BALLOT_SIZE != 0) revert BallotsCutShort(ballots.length);
        if (powerProofs.length != 0 && powerProofs.length != length) {
            revert WrongNumberOfProofs(length, powerProofs.length);
        }
        if (state.index + length > vote.count) revert TooManyBallots(vote.count, state.index + length);

        uint128[] memory powers = _powersOf(vote, ballots, powerProofs);
        bytes memory stack = TallyTree.toStack(state.stack);
        (reached.index, reached.lastVoter) = _advance(vote, state, stack, ballots, powers);
        if (reached.index == vote.count) {
            reached.root = stack.fold();
        } else {
            reached.run = abi.encode(Run(reached.index, reached.lastVoter, stack.toNodes()));
        }
    }

    function _resume(bytes calldata run) private pure returns (Run memory state) {
        state = abi.decode(run, (Run));
        uint256 bits;
        for (uint64 rest = state.index; rest != 0; rest &= rest - 1) {
            ++bits;
        }
        if (state.stack.length != bits) revert NotARun(state.index, state.stack.length);
    }

    function _powersOf(Vote calldata vote, bytes calldata ballots, bytes[] calldata powerProofs)
        private
        view
        returns (uint128[] memory powers)
    {
        address[] memory voters = new address[](ballots.length / BALLOT_SIZE);
        Ballot ballot = firstBallot(ballots);
        for (uint256 i; i < voters.length; ++i) {
            voters[i] = ballot.voter();
            ballot = ballot.next();
        }
        powers = vote.source.powersOf(vote.params, voters, vote.timepoint, powerProofs);
        if (powers.length != voters.length) revert WrongNumberOfPowers(voters.length, powers.length);
    }

    /// @return index Ballots checked, over all.
    /// @return lastVoter Voter of the last of them.
    function _advance(
        Vote calldata vote,
        Run memory state,
        bytes memory stack,
        bytes calldata ballots,
        uint128[] memory powers
    ) private view returns (uint64 index, address lastVoter) {
        BallotDigest.Context memory context = BallotDigest.context(vote.space, vote.proposalId);
        (uint64 start, uint64 end) = (vote.start, vote.end);
        (index, lastVoter) = (state.index, state.lastVoter);
        Ballot ballot = firstBallot(ballots);
        for (uint256 i; i < powers.length; ++i) {
            if (ballot.voter() <= lastVoter) revert OutOfOrder(index, lastVoter, ballot.voter());
            _requireForm(index, ballot, start, end);
            _requirePower(index, ballot, powers[i]);
            _requireSignature(index, ballot, context);
            stack.push(index, ballot);
            lastVoter = ballot.voter();
            ballot = ballot.next();
            ++index;
        }
    }

    function _requireForm(uint64 index, Ballot ballot, uint64 start, uint64 end) private pure {
        uint8 choice = ballot.choice();
        if (choice == 0 || choice > 3) revert InvalidChoice(index, choice);
        uint64 timestamp = ballot.timestamp();
        if (timestamp < start || timestamp > end) revert OutsidePeriod(index, timestamp);
        uint8 variant = ballot.variant();
        if (variant >= BallotDigest.VARIANTS) revert UnknownBallotVariant(index, variant);
        uint8 kind = ballot.kind();
        if (kind == 1) revert NotRecorded(index, ballot.voter());
        if (kind != 0) revert UnknownBallotKind(index, kind);
    }

    function _requirePower(uint64 index, Ballot ballot, uint128 power) private pure {
        if (power == 0) revert NoPower(index, ballot.voter());
        if (ballot.power() != power) revert WrongPower(index, ballot.power(), power);
    }

    function _requireSignature(uint64 index, Ballot ballot, BallotDigest.Context memory context)
        private
        pure
    {
        uint8 v = ballot.v();
        if (uint256(ballot.s()) > HALF_ORDER || (v != 27 && v != 28)) revert MalleableSignature(index);
        bytes32 digest = context.vote(ballot);
        // What recovers to nobody is 0, and no voter is: they rise from above 0.
        if (ecrecover(digest, v, ballot.r(), ballot.s()) != ballot.voter()) {
            revert NotSignedByVoter(index, ballot.voter(), digest);
        }
    }
}
