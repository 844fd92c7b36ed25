// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {BALLOT_SIZE, Ballot} from "./Ballot.sol";

/// @title The tally tree
/// @notice A Merkle tree over ballots sorted by voter, in the shape of RFC 6962: of n leaves the left child has the largest
/// power of two below n. Every node hashes both children with their counts and sums, so that a root stands for one
/// set of ballots and one result.
///
///     leaf  = keccak256(0x00 | ballot)
///     node  = keccak256(0x01 | L.hash | L.count | L.sums | R.hash | R.count | R.sums)    counts u64, sums 3 × u128
///     empty = keccak256(0x02)
///
/// @dev While ballots are added, the nodes not joined yet stand as a stack in `bytes`: one perfect subtree for every bit of
/// the number of leaves, the largest first, each of 88 bytes as its parent hashes it. Of two that are joined the
/// preimage therefore lies ready; reading and writing them one by one costs a ballot 800 gas more.
///
///     bytes 0 hash 32 | 32 count 8 | 40 for 16 | 56 against 16 | 72 abstain 16
library TallyTree {
    /// @notice Root of the tree without leaves.
    bytes32 internal constant EMPTY = keccak256(hex"02");

    uint256 private constant NODE_SIZE = 88;
    /// A node for every bit of a count of 64 bits, the leaf just added, and what the last word written reaches beyond.
    uint256 private constant CAPACITY = 66 * NODE_SIZE;

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

    /// @return stack Over the leaves that `nodes` stand for, at most 64, with room for any number of leaves more.
    function toStack(Node[] memory nodes) internal pure returns (bytes memory stack) {
        stack = new bytes(CAPACITY);
        uint256 at = first(stack);
        for (uint256 i; i < nodes.length; ++i) {
            Node memory node = nodes[i];
            bytes memory packed =
                abi.encodePacked(node.hash, node.count, node.forPower, node.againstPower, node.abstainPower);
            assembly ("memory-safe") {
                mcopy(at, add(packed, 32), NODE_SIZE)
            }
            at += NODE_SIZE;
        }
        end(stack, at);
    }

    /// @return nodes What `toStack` was given.
    function toNodes(bytes memory stack) internal pure returns (Node[] memory nodes) {
        nodes = new Node[](stack.length / NODE_SIZE);
        uint256 at = first(stack);
        for (uint256 i; i < nodes.length; ++i) {
            nodes[i] = nodeAt(at);
            at += NODE_SIZE;
        }
    }

    /// @notice Adds a leaf to the right of the `index` leaves that `stack` stands for. Sums that exceed 128 bits revert.
    function push(bytes memory stack, uint64 index, Ballot ballot) internal pure {
        uint256 node = first(stack) + stack.length;
        writeLeaf(node, ballot);
        for (; index & 1 == 1; index >>= 1) {
            node = join(node);
        }
        end(stack, node + NODE_SIZE);
    }

    /// @return The root over all nodes of `stack`, which is used up and not empty.
    function fold(bytes memory stack) internal pure returns (Node memory) {
        uint256 node = first(stack) + stack.length - NODE_SIZE;
        while (node != first(stack)) {
            node = join(node);
        }
        return nodeAt(node);
    }

    function leafHash(Ballot ballot) internal pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            let preimage := mload(0x40)
            mstore8(preimage, 0)
            calldatacopy(add(preimage, 1), ballot, BALLOT_SIZE)
            hash := keccak256(preimage, add(BALLOT_SIZE, 1))
        }
    }

    function first(bytes memory stack) private pure returns (uint256 node) {
        assembly ("memory-safe") {
            node := add(stack, 32)
        }
    }

    /// Ends the stack before `node`.
    function end(bytes memory stack, uint256 node) private pure {
        assembly ("memory-safe") {
            mstore(stack, sub(node, add(stack, 32)))
        }
    }

    function nodeAt(uint256 at) private pure returns (Node memory node) {
        assembly ("memory-safe") {
            mstore(node, mload(at))
            mstore(add(node, 32), shr(192, mload(add(at, 32))))
            mstore(add(node, 64), shr(128, mload(add(at, 40))))
            mstore(add(node, 96), shr(128, mload(add(at, 56))))
            mstore(add(node, 128), shr(128, mload(add(at, 72))))
        }
    }

    /// The ballot's choice is 1, 2 or 3.
    function writeLeaf(uint256 node, Ballot ballot) private pure {
        bytes32 hash = leafHash(ballot);
        uint256 choice = ballot.choice();
        uint256 power = ballot.power();
        assembly ("memory-safe") {
            mstore(node, hash)
            mstore(add(node, 32), shl(192, 1))
            mstore(add(node, 56), 0)
            // At 40, 56 or 72: what follows within the word is 0, as are the sums behind it.
            mstore(add(add(node, 24), shl(4, choice)), shl(128, power))
        }
    }

    /// Puts `right` and the node before it under a common parent, which takes that one's place.
    function join(uint256 right) private pure returns (uint256 left) {
        assembly ("memory-safe") {
            left := sub(right, NODE_SIZE)
            // The prefix borrows the byte before.
            let word := sub(left, 32)
            let kept := mload(word)
            mstore8(sub(left, 1), 1)
            let hash := keccak256(sub(left, 1), 177)
            mstore(word, kept)

            mstore(left, hash)
            let count := add(shr(192, mload(add(left, 32))), shr(192, mload(add(right, 32))))
            let forPower := add(shr(128, mload(add(left, 40))), shr(128, mload(add(right, 40))))
            let againstPower := add(shr(128, mload(add(left, 56))), shr(128, mload(add(right, 56))))
            let abstainPower := add(shr(128, mload(add(left, 72))), shr(128, mload(add(right, 72))))
            // Panic(0x11), as checked arithmetic does. The count cannot exceed its bits: it is that of pushed leaves.
            if shr(128, or(or(forPower, againstPower), abstainPower)) {
                mstore(0, shl(224, 0x4e487b71))
                mstore(4, 0x11)
                revert(0, 36)
            }
            // Left to right: what a word writes too much, the next one overwrites, and in the end `right`.
            mstore(add(left, 32), shl(192, count))
            mstore(add(left, 40), shl(128, forPower))
            mstore(add(left, 56), shl(128, againstPower))
            mstore(add(left, 72), shl(128, abstainPower))
        }
    }
}
