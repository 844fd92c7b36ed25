// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {BallotDigest} from "./BallotDigest.sol";
import {HexText} from "./HexText.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

/// @notice What the author signed, its texts as keccak hashes. What every proposal here has in common is left out: type
/// `basic`, choices For, Against and Abstain, no privacy, and `plugins` that name this chain and this module.
/// @param author Who signed; `from` in the message.
/// @param timestamp Unix seconds, as signed.
/// @param titleHash Keccak of the title; likewise for the body, discussion and app.
/// @param labelsHash Keccak of the packed keccaks of the labels.
/// @param start Unix seconds at which voting opens.
/// @param end Unix seconds at which it closes, itself included.
/// @param snapshot Block number at which voting power is read, as signed.
/// @param config Hash of the config under which the author wants it decided.
/// @param executionHash Name of the batch.
struct ProposalMessage {
    address author;
    uint64 timestamp;
    bytes32 titleHash;
    bytes32 bodyHash;
    bytes32 discussionHash;
    bytes32 labelsHash;
    bytes32 appHash;
    uint64 start;
    uint64 end;
    uint64 snapshot;
    bytes32 config;
    bytes32 executionHash;
}

/// @title What the author signs
/// @notice Rebuilds Snapshot's `Proposal` digest from its parts, so that a signature of it binds module, config and batch.
library ProposalDigest {
    bytes32 private constant PROPOSAL = keccak256(
        "Proposal(string from,string space,uint64 timestamp,string type,string title,string body,string discussion,string[] choices,string[] labels,uint64 start,uint64 end,uint64 snapshot,string plugins,string privacy,string app)"
    );
    bytes32 private constant BASIC = keccak256("basic");
    bytes32 private constant CHOICES =
        keccak256(abi.encodePacked(keccak256("For"), keccak256("Against"), keccak256("Abstain")));
    bytes32 private constant NO_PRIVACY = keccak256("");

    /// @param space Keccak of the space's id.
    /// @param module The module that the proposal names.
    /// @return The digest that the author signs, which is the proposal's id everywhere.
    function digest(ProposalMessage calldata message, bytes32 space, address module)
        internal
        view
        returns (bytes32)
    {
        bytes memory head = abi.encode(
            PROPOSAL,
            HexText.hashChecksummed(message.author),
            space,
            message.timestamp,
            BASIC,
            message.titleHash,
            message.bodyHash,
            message.discussionHash
        );
        bytes memory tail = abi.encode(
            CHOICES,
            message.labelsHash,
            message.start,
            message.end,
            message.snapshot,
            keccak256(bytes(plugins(module, message.config, message.executionHash))),
            NO_PRIVACY,
            message.appHash
        );
        return keccak256(
            abi.encodePacked(hex"1901", BallotDigest.plainDomain(), keccak256(bytes.concat(head, tail)))
        );
    }

    /// @return The exact `plugins` text of a proposal that asks this chain's `module` for this batch under this config.
    function plugins(address module, bytes32 config, bytes32 executionHash)
        internal
        view
        returns (string memory)
    {
        return string.concat(
            '{"comitia":{"chainId":"',
            Strings.toString(block.chainid),
            '","module":"',
            HexText.checksummed(module),
            '","config":"',
            HexText.lowerCase(config),
            '","executionHash":"',
            HexText.lowerCase(executionHash),
            '"}}'
        );
    }
}
