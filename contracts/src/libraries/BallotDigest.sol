// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Ballot} from "./Ballot.sol";
import {HexText} from "./HexText.sol";

/// @title What voters and authors sign
/// @notice Snapshot's `Vote` and `CancelProposal` in the eight forms that its clients use. A variant is three bits:
///
///     1  `from` is an address, else a string (EIP-55)
///     2  `proposal` is a bytes32, else a string (0x and lower-case hex)
///     4  the domain names this chain's id, else only name and version
library BallotDigest {
    uint8 internal constant VARIANTS = 8;

    bytes32 private constant NAME = keccak256("snapshot");
    bytes32 private constant VERSION = keccak256("0.1.4");

    bytes32 private constant DOMAIN = keccak256("EIP712Domain(string name,string version)");
    bytes32 private constant CHAIN_DOMAIN =
        keccak256("EIP712Domain(string name,string version,uint256 chainId)");

    bytes32 private constant VOTE_0 = keccak256(
        "Vote(string from,string space,uint64 timestamp,string proposal,uint32 choice,string reason,string app,string metadata)"
    );
    bytes32 private constant VOTE_1 = keccak256(
        "Vote(address from,string space,uint64 timestamp,string proposal,uint32 choice,string reason,string app,string metadata)"
    );
    bytes32 private constant VOTE_2 = keccak256(
        "Vote(string from,string space,uint64 timestamp,bytes32 proposal,uint32 choice,string reason,string app,string metadata)"
    );
    bytes32 private constant VOTE_3 = keccak256(
        "Vote(address from,string space,uint64 timestamp,bytes32 proposal,uint32 choice,string reason,string app,string metadata)"
    );

    bytes32 private constant CANCEL_0 =
        keccak256("CancelProposal(string from,string space,uint64 timestamp,string proposal)");
    bytes32 private constant CANCEL_1 =
        keccak256("CancelProposal(address from,string space,uint64 timestamp,string proposal)");
    bytes32 private constant CANCEL_2 =
        keccak256("CancelProposal(string from,string space,uint64 timestamp,bytes32 proposal)");
    bytes32 private constant CANCEL_3 =
        keccak256("CancelProposal(address from,string space,uint64 timestamp,bytes32 proposal)");

    /// @notice What all ballots of one proposal share.
    struct Context {
        bytes32 plainDomain;
        bytes32 chainDomain;
        bytes32 space;
        bytes32 proposal;
        bytes32 proposalText;
    }

    /// @param space Keccak of the space's id.
    /// @param proposal The proposal's own digest, which is its id.
    function context(bytes32 space, bytes32 proposal) internal view returns (Context memory) {
        return Context({
            plainDomain: plainDomain(),
            chainDomain: keccak256(abi.encode(CHAIN_DOMAIN, NAME, VERSION, block.chainid)),
            space: space,
            proposal: proposal,
            proposalText: keccak256(bytes(HexText.lowerCase(proposal)))
        });
    }

    /// @notice Snapshot's domain as its own clients use it, without a chain id.
    function plainDomain() internal pure returns (bytes32) {
        return keccak256(abi.encode(DOMAIN, NAME, VERSION));
    }

    /// @return digest What the voter's key signs. The ballot's variant must be known.
    function vote(Context memory shared, Ballot ballot) internal pure returns (bytes32 digest) {
        uint8 variant = ballot.variant();
        bytes32 typeHash = pick(variant, VOTE_0, VOTE_1, VOTE_2, VOTE_3);
        bytes32 sender = from(variant, ballot.voter());
        bytes32 space = shared.space;
        uint64 time = ballot.timestamp();
        bytes32 proposal = variant & 2 == 0 ? shared.proposalText : shared.proposal;
        uint8 choice = ballot.choice();
        bytes32 domain = variant & 4 == 0 ? shared.plainDomain : shared.chainDomain;
        // What abi.encode would write, without its cost: this is done once a ballot.
        assembly ("memory-safe") {
            let words := mload(0x40)
            mstore(words, typeHash)
            mstore(add(words, 32), sender)
            mstore(add(words, 64), space)
            mstore(add(words, 96), time)
            mstore(add(words, 128), proposal)
            mstore(add(words, 160), choice)
            // reasonHash, appHash, metadataHash
            calldatacopy(add(words, 192), add(ballot, 47), 96)
            let structHash := keccak256(words, 288)
            mstore(words, shl(240, 0x1901))
            mstore(add(words, 2), domain)
            mstore(add(words, 34), structHash)
            digest := keccak256(words, 66)
        }
    }

    /// @return The digest with which `author` takes the proposal back. The variant must be known.
    function cancellation(Context memory shared, uint8 variant, address author, uint64 timestamp)
        internal
        pure
        returns (bytes32)
    {
        bytes32 structHash = keccak256(
            abi.encode(
                pick(variant, CANCEL_0, CANCEL_1, CANCEL_2, CANCEL_3),
                from(variant, author),
                shared.space,
                timestamp,
                variant & 2 == 0 ? shared.proposalText : shared.proposal
            )
        );
        return typedData(shared, variant, structHash);
    }

    function pick(uint8 variant, bytes32 a, bytes32 b, bytes32 c, bytes32 d) private pure returns (bytes32) {
        if (variant & 2 == 0) return variant & 1 == 0 ? a : b;
        return variant & 1 == 0 ? c : d;
    }

    function from(uint8 variant, address account) private pure returns (bytes32) {
        return variant & 1 == 0 ? HexText.hashChecksummed(account) : bytes32(uint256(uint160(account)));
    }

    function typedData(Context memory shared, uint8 variant, bytes32 structHash)
        private
        pure
        returns (bytes32)
    {
        return keccak256(
            abi.encodePacked(
                hex"1901", variant & 4 == 0 ? shared.plainDomain : shared.chainDomain, structHash
            )
        );
    }
}
