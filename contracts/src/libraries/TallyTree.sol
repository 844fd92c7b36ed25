// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Ballot, BALLOT_SIZE} from "./Ballot.sol";

/// @title The tally tree
/// @notice A Merkle tree over ballots sorted by voter, in the shape of RFC 6962: of n leaves the left child has the largest
/// power of two below n. Every node hashes both children with their counts and sums, so that a root stands for one
/// set of ballots and one result.
///
///     leaf  = keccak256(0x00 | ballot)
///     node  = keccak256(0x01 | L.hash | L.count | L.sums | R.hash | R.count | R.sums)    counts u64, sums 3 × u128
///     empty = keccak256(0x02)
library TallyTree {
    /// @notice Root of the tree without leaves.
    bytes32 internal constant EMPTY = keccak256(hex"02");

    /// @param hash Of the subtree.
    /// @param count Its leaves.
    /// @param forPower Power of its ballots for choice 1.
    /// @param againstPower For choice 2.
    /// @param abstainPower For choice 3.
    struct Node {
        bytes32 hash;
        uint64 count;
        uint128 forPower;
        uint128 againstPower;
        uint128 abstainPower;
    }

    function leafHash(Ballot ballot) internal pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            let preimage := mload(0x40)
            mstore8(preimage, 0)
            calldatacopy(add(preimage, 1), ballot, BALLOT_SIZE)
            hash := keccak256(preimage, add(BALLOT_SIZE, 1))
        }
    }

    /// @notice Puts `right` under a common parent with `left`, which becomes that parent. Sums that exceed 128 bits revert.
    function join(Node memory left, Node memory right) internal pure {
        left.hash = nodeHash(left, right);
        left.count += right.count;
        left.forPower += right.forPower;
        left.againstPower += right.againstPower;
        left.abstainPower += right.abstainPower;
    }

    /// @notice Adds a leaf to the right of the `index` leaves that `stack` stands for: one perfect subtree for every bit of
    /// `index`, the largest first. The stack must have room for one node more than it holds.
    function push(Node[] memory stack, uint64 index, Ballot ballot) internal pure {
        uint256 depth = bits(index);
        Node memory leaf = stack[depth];
        uint8 choice = ballot.choice();
        uint128 power = ballot.power();
        leaf.hash = leafHash(ballot);
        leaf.count = 1;
        leaf.forPower = choice == 1 ? power : 0;
        leaf.againstPower = choice == 2 ? power : 0;
        leaf.abstainPower = choice == 3 ? power : 0;
        for (; index & 1 == 1; index >>= 1) {
            join(stack[depth - 1], stack[depth]);
            --depth;
        }
    }

    /// @return The root over all nodes of `stack`, which is used up and not empty.
    function fold(Node[] memory stack) internal pure returns (Node memory) {
        for (uint256 depth = stack.length; depth > 1; --depth) {
            join(stack[depth - 2], stack[depth - 1]);
        }
        return stack[0];
    }

    /// @return stack Empty nodes, as many as a run over `count` leaves ever needs.
    function stackFor(uint64 count) internal pure returns (Node[] memory stack) {
        uint256 capacity = 1;
        for (; count != 0; count >>= 1) {
            ++capacity;
        }
        return new Node[](capacity);
    }

    /// @notice Leaves the first `depth` nodes.
    function cut(Node[] memory stack, uint256 depth) internal pure {
        assembly ("memory-safe") {
            mstore(stack, depth)
        }
    }

    /// @return depth How many perfect subtrees `count` leaves make: the bits set in it.
    function bits(uint64 count) internal pure returns (uint256 depth) {
        for (; count != 0; count &= count - 1) {
            ++depth;
        }
    }

    function nodeHash(Node memory left, Node memory right) private pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            // Left to right: what a word writes too much, the next one overwrites.
            function write(at, node) {
                mstore(at, mload(node))
                mstore(add(at, 32), shl(192, mload(add(node, 32))))
                mstore(add(at, 40), shl(128, mload(add(node, 64))))
                mstore(add(at, 56), shl(128, mload(add(node, 96))))
                mstore(add(at, 72), shl(128, mload(add(node, 128))))
            }
            let preimage := mload(0x40)
            mstore8(preimage, 1)
            write(add(preimage, 1), left)
            write(add(preimage, 89), right)
            hash := keccak256(preimage, 177)
        }
    }
}
