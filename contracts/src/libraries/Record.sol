// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Commitment, Proposal} from "../interfaces/ITallyModule.sol";
import {DataCode} from "./DataCode.sol";

/// @notice A proposal and its commitment as a module keeps them: what `Proposal` and `Commitment` promise, in eight words. The
/// first six are written at the registration, and a commitment adds no more than the last two to them.
/// @param config Where its config lies as code; that code's hash is the config's. Every act spares the look for it.
struct Record {
    address config;
    uint64 count;
    bool isCancelled;
    bool isVetoed;
    bool isExecuted;
    bool isBondReleased;
    // ---
    address author;
    uint40 end;
    uint40 committedAt;
    // ---
    uint128 total;
    uint128 abstainPower;
    // ---
    uint40 start;
    uint40 provenAt;
    uint40 pausedUntil;
    uint24 pauseLength;
    uint48 timepoint;
    uint64 codeless;
    // ---
    bytes32 executionHash;
    bytes32 codeHash;
    // ---
    bytes32 root;
    uint128 forPower;
    uint128 againstPower;
}

/// @title Records as they are told
library Records {
    /// @return Of an empty record, all zero.
    function proposal(Record storage record) internal view returns (Proposal memory) {
        return Proposal({
            config: record.config == address(0) ? bytes32(0) : keccak256(DataCode.read(record.config)),
            executionHash: record.executionHash,
            codeHash: record.codeHash,
            author: record.author,
            provenAt: record.provenAt,
            isCancelled: record.isCancelled,
            isVetoed: record.isVetoed,
            isExecuted: record.isExecuted,
            isBondReleased: record.isBondReleased,
            start: record.start,
            end: record.end,
            total: record.total,
            timepoint: record.timepoint,
            codeless: record.codeless,
            pausedUntil: record.pausedUntil,
            pauseLength: record.pauseLength
        });
    }

    /// @return All zero before there is one.
    function commitment(Record storage record) internal view returns (Commitment memory) {
        return Commitment({
            root: record.root,
            forPower: record.forPower,
            againstPower: record.againstPower,
            abstainPower: record.abstainPower,
            count: record.count,
            committedAt: record.committedAt
        });
    }
}
