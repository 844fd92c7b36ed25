// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Run} from "../../src/interfaces/ITallyChecker.sol";
import {BALLOT_SIZE, Ballot, firstBallot} from "../../src/libraries/Ballot.sol";
import {BallotDigest} from "../../src/libraries/BallotDigest.sol";
import {Call, Calls} from "../../src/libraries/Calls.sol";
import {HexText} from "../../src/libraries/HexText.sol";
import {ProposalDigest, ProposalMessage} from "../../src/libraries/ProposalDigest.sol";
import {TallyTree} from "../../src/libraries/TallyTree.sol";

/// @notice The libraries' functions, callable.
contract Digests {
    using BallotDigest for BallotDigest.Context;
    using TallyTree for bytes;

    function vote(bytes32 space, bytes32 proposalId, bytes calldata record) external view returns (bytes32) {
        return BallotDigest.context(space, proposalId).vote(firstBallot(record));
    }

    function cancellation(bytes32 space, bytes32 proposalId, uint8 variant, address author, uint64 timestamp)
        external
        view
        returns (bytes32)
    {
        return BallotDigest.context(space, proposalId).cancellation(variant, author, timestamp);
    }

    function leafHash(bytes calldata record) external pure returns (bytes32) {
        return TallyTree.leafHash(firstBallot(record));
    }

    function plugins(address module, bytes32 config, bytes32 batch) external view returns (string memory) {
        return ProposalDigest.plugins(module, config, batch);
    }

    function checksummed(address account) external pure returns (string memory) {
        return HexText.checksummed(account);
    }

    function hashChecksummed(address account) external pure returns (bytes32) {
        return HexText.hashChecksummed(account);
    }

    function lowerCase(bytes32 word) external pure returns (string memory) {
        return HexText.lowerCase(word);
    }

    function executionHash(Call[] calldata calls) external view returns (bytes32) {
        return Calls.executionHash(calls);
    }

    function proposal(ProposalMessage calldata message, bytes32 space, address module)
        external
        view
        returns (bytes32)
    {
        return ProposalDigest.digest(message, space, module);
    }

    /// The root over records, and the run that ends with them.
    function tree(bytes calldata records)
        external
        pure
        returns (bytes32 root, uint128[3] memory totals, bytes memory run)
    {
        uint64 count = uint64(records.length / BALLOT_SIZE);
        if (count == 0) return (TallyTree.EMPTY, totals, "");
        Run memory state;
        bytes memory stack = TallyTree.toStack(state.stack);
        Ballot ballot = firstBallot(records);
        for (; state.index < count; ++state.index) {
            stack.push(state.index, ballot);
            state.lastVoter = ballot.voter();
            ballot = ballot.next();
        }
        state.stack = stack.toNodes();
        run = abi.encode(state);
        TallyTree.Node memory node = stack.fold();
        return (node.hash, [node.forPower, node.againstPower, node.abstainPower], run);
    }
}
