// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPowerSource} from "./IPowerSource.sol";

/// @notice What a module decides by. Durations are seconds, coins are wei, power is the source's smallest unit.
/// @param space Id of the space as voters sign it.
/// @param operator Posts commitments and their bonds. Can block a result, never forge one.
/// @param commitGrace How long after a vote's end the operator may commit its tally.
/// @param challengeWindow How long an unproven commitment may be disproved.
/// @param omissionWindow How long after the commitment it may be shown that a ballot is missing.
/// @param powerSource Who knows voting power.
/// @param quorumBps Share of all power that must take part, in hundredths of a percent.
/// @param quorumChoices Which choices take part: 1 For, 2 Against, 4 Abstain, added up.
/// @param isTest Lifts the limits that protect real money from hasty settings.
/// @param minPeriod Shortest vote, measured from its start and from its registration.
/// @param maxBackdate How long before its registration a vote may have started.
/// @param guardian May veto and pause until `guardianExpiry`. Zero for none.
/// @param guardianExpiry Unix seconds from which the guardian is powerless.
/// @param cooldown From a result's finality to its first possible execution.
/// @param receiptKey Signs the receipts that the operator gives voters.
/// @param expiry From a result's finality to the end of its execution window.
/// @param maxSnapshotAge How old a timepoint may be at registration, in units of the power source's clock.
/// @param bond Sent along with a commitment. With 0 only direct proofs settle.
/// @param revealFee For asking that ballots be published on chain.
/// @param proposalThreshold Power that lets anybody propose. With 0 only `proposers` may.
/// @param powerParams Handed to the power source.
/// @param proposers May propose whatever their power.
struct Config {
    string space;
    address operator;
    uint32 commitGrace;
    uint32 challengeWindow;
    uint32 omissionWindow;
    IPowerSource powerSource;
    uint16 quorumBps;
    uint8 quorumChoices;
    bool isTest;
    uint32 minPeriod;
    uint32 maxBackdate;
    address guardian;
    uint64 guardianExpiry;
    uint32 cooldown;
    address receiptKey;
    uint32 expiry;
    uint64 maxSnapshotAge;
    uint128 bond;
    uint128 revealFee;
    uint128 proposalThreshold;
    bytes powerParams;
    address[] proposers;
}
