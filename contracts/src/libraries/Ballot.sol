// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice A ballot in calldata, as the position of its first byte. It is exactly what a leaf of the tally tree hashes:
///
///     bytes   0 voter 20 | 20 choice 1 | 21 power 16 | 37 timestamp 8 | 45 variant 1 | 46 kind 1
///            47 reasonHash 32 | 79 appHash 32 | 111 metadataHash 32 | 143 r 32 | 175 s 32 | 207 v 1
///
/// @dev Every field that the signed digest is computed from is here; no digest is supplied. Whoever makes a `Ballot` sees to
/// it that `BALLOT_SIZE` bytes lie there.
type Ballot is uint256;

uint256 constant BALLOT_SIZE = 208;

using {
    next,
    voter,
    choice,
    power,
    timestamp,
    variant,
    kind,
    reasonHash,
    appHash,
    metadataHash,
    r,
    s,
    v
} for Ballot global;

/// The first of many records that lie one behind the other.
function firstBallot(bytes calldata records) pure returns (Ballot ballot) {
    assembly ("memory-safe") {
        ballot := records.offset
    }
}

/// The record behind.
function next(Ballot ballot) pure returns (Ballot) {
    unchecked {
        return Ballot.wrap(Ballot.unwrap(ballot) + BALLOT_SIZE);
    }
}

function voter(Ballot ballot) pure returns (address) {
    return address(uint160(uint256(word(ballot, 0)) >> 96));
}

/// 1 For, 2 Against, 3 Abstain; anything else is malformed.
function choice(Ballot ballot) pure returns (uint8) {
    return uint8(bytes1(word(ballot, 20)));
}

function power(Ballot ballot) pure returns (uint128) {
    return uint128(bytes16(word(ballot, 21)));
}

/// Unix seconds, as the voter's client wrote them.
function timestamp(Ballot ballot) pure returns (uint64) {
    return uint64(bytes8(word(ballot, 37)));
}

/// Which of the eight forms was signed; see `BallotDigest`.
function variant(Ballot ballot) pure returns (uint8) {
    return uint8(bytes1(word(ballot, 45)));
}

/// 0 is signed by a key, 1 is recorded in the inbox; anything else is malformed.
function kind(Ballot ballot) pure returns (uint8) {
    return uint8(bytes1(word(ballot, 46)));
}

function reasonHash(Ballot ballot) pure returns (bytes32) {
    return word(ballot, 47);
}

function appHash(Ballot ballot) pure returns (bytes32) {
    return word(ballot, 79);
}

function metadataHash(Ballot ballot) pure returns (bytes32) {
    return word(ballot, 111);
}

function r(Ballot ballot) pure returns (bytes32) {
    return word(ballot, 143);
}

function s(Ballot ballot) pure returns (bytes32) {
    return word(ballot, 175);
}

function v(Ballot ballot) pure returns (uint8) {
    return uint8(bytes1(word(ballot, 207)));
}

function word(Ballot ballot, uint256 offset) pure returns (bytes32 value) {
    assembly ("memory-safe") {
        value := calldataload(add(ballot, offset))
    }
}
