// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Config} from "./interfaces/Config.sol";
import {IPowerSource} from "./interfaces/IPowerSource.sol";
import {ITallyChecker, Reached, Run, Vote} from "./interfaces/ITallyChecker.sol";
import {BALLOT_SIZE, Ballot} from "./libraries/Ballot.sol";
import {BallotDigest} from "./libraries/BallotDigest.sol";
import {ProposalDigest, ProposalMessage} from "./libraries/ProposalDigest.sol";
import {TallyTree} from "./libraries/TallyTree.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title TallyChecker
/// @notice What it promises stands in `ITallyChecker`.
contract TallyChecker is ITallyChecker {
    using BallotDigest for BallotDigest.Context;
    using TallyTree for TallyTree.Node[];

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
        Run memory state = _resume(run, vote.count);
        uint256 length = ballots.length / BALLOT_SIZE;
        if (length == 0 || ballots.length % BALLOT_SIZE != 0) revert BallotsCutShort(ballots.length);
        if (powerProofs.length != 0 && powerProofs.length != length) {
            revert WrongNumberOfProofs(length, powerProofs.length);
        }
        if (state.index + length > vote.count) revert TooManyBallots(vote.count, state.index + length);

        _advance(vote, state, ballots, powerProofs);
        (reached.index, reached.lastVoter) = (state.index, state.lastVoter);
        if (state.index == vote.count) reached.root = state.stack.fold();
        else reached.run = abi.encode(state);
    }

    /// The run in memory, its stack with room for all that `count` ballots need.
    function _resume(bytes calldata run, uint64 count) private pure returns (Run memory state) {
        TallyTree.Node[] memory stack = TallyTree.stackFor(count);
        if (run.length != 0) {
            state = abi.decode(run, (Run));
            for (uint256 i; i < state.stack.length; ++i) {
                stack[i] = state.stack[i];
            }
        }
        state.stack = stack;
    }

    function _advance(
        Vote memory vote,
        Run memory state,
        bytes calldata ballots,
        bytes[] calldata powerProofs
    ) private view {
        BallotDigest.Context memory context = BallotDigest.context(vote.space, vote.proposalId);
        bytes memory question = _question(vote, ballots[:0]);
        for (uint256 offset; offset < ballots.length; offset += BALLOT_SIZE) {
            Ballot ballot;
            uint256 freeMemory;
            assembly ("memory-safe") {
                ballot := add(ballots.offset, offset)
                freeMemory := mload(0x40)
            }
            _requireForm(vote, state, ballot);
            if (powerProofs.length != 0) question = _question(vote, powerProofs[offset / BALLOT_SIZE]);
            _requirePower(vote.source, question, state.index, ballot);
            _requireSignature(context, state.index, ballot);
            state.stack.push(state.index, ballot);
            state.lastVoter = ballot.voter();
            ++state.index;
            // Nothing made for one ballot is used for another: a thousand ballots' memory would cost more than they do.
            assembly ("memory-safe") {
                mstore(0x40, freeMemory)
            }
        }
        state.stack.cut(TallyTree.bits(state.index));
    }

    function _question(Vote memory vote, bytes calldata proof) private pure returns (bytes memory) {
        return abi.encodeCall(IPowerSource.powerOf, (vote.params, address(0), vote.timepoint, proof));
    }

    function _requireForm(Vote memory vote, Run memory state, Ballot ballot) private pure {
        uint64 index = state.index;
        address voter = ballot.voter();
        if (voter <= state.lastVoter) revert OutOfOrder(index, state.lastVoter, voter);
        uint8 choice = ballot.choice();
        if (choice == 0 || choice > 3) revert InvalidChoice(index, choice);
        uint64 timestamp = ballot.timestamp();
        if (timestamp < vote.start || timestamp > vote.end) revert OutsidePeriod(index, timestamp);
        uint8 variant = ballot.variant();
        if (variant >= BallotDigest.VARIANTS) revert UnknownBallotVariant(index, variant);
        uint8 kind = ballot.kind();
        if (kind == 1) revert NotRecorded(index, voter);
        if (kind != 0) revert UnknownBallotKind(index, kind);
    }

    /// Asks by an encoded call to `powerOf`, in which only the voter's address is written anew.
    function _requirePower(IPowerSource source, bytes memory question, uint64 index, Ballot ballot)
        private
        view
    {
        address voter = ballot.voter();
        uint256 answer;
        assembly ("memory-safe") {
            // Behind the length, the selector and the first argument's offset.
            mstore(add(question, 68), voter)
            let success := staticcall(gas(), source, add(question, 32), mload(question), 0, 32)
            if iszero(and(success, gt(returndatasize(), 31))) {
                let reason := mload(0x40)
                returndatacopy(reason, 0, returndatasize())
                revert(reason, returndatasize())
            }
            answer := mload(0)
        }
        uint128 power = SafeCast.toUint128(answer);
        if (power == 0) revert NoPower(index, voter);
        if (ballot.power() != power) revert WrongPower(index, ballot.power(), power);
    }

    function _requireSignature(BallotDigest.Context memory context, uint64 index, Ballot ballot)
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
