// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ProposalMessage} from "../libraries/ProposalDigest.sol";
import {TallyTree} from "../libraries/TallyTree.sol";
import {Config} from "./Config.sol";
import {IPowerSource} from "./IPowerSource.sol";

/// @notice What every ballot of a proposal is checked against.
/// @param proposalId The digest that its author signed, and its id.
/// @param space Keccak of the space's id.
/// @param source Who knows voting power.
/// @param params Handed to the source.
/// @param timepoint Where power is read.
/// @param start First second at which ballots may be dated.
/// @param end Last one.
/// @param count Ballots in the commitment.
struct Vote {
    bytes32 proposalId;
    bytes32 space;
    IPowerSource source;
    bytes params;
    uint64 timepoint;
    uint64 start;
    uint64 end;
    uint64 count;
}

/// @notice How far a direct proof has come.
/// @param index Ballots checked so far.
/// @param lastVoter Voter of the last of them.
/// @param stack Roots of the perfect subtrees over them, the largest first.
struct Run {
    uint64 index;
    address lastVoter;
    TallyTree.Node[] stack;
}

/// @notice Where a check of ballots came to.
/// @param index Ballots checked, over all.
/// @param lastVoter Voter of the last of them.
/// @param run `abi.encode(Run)`; empty after the last ballot of the commitment.
/// @param root The tally tree over all ballots, after the last; zero before.
struct Reached {
    uint64 index;
    address lastVoter;
    bytes run;
    TallyTree.Node root;
}

/// @title What is computed and not remembered
/// @notice The half of a module that holds nothing: digests of what people sign, and the check of ballots. One deployment
/// serves every module on the chain; it keeps no state, owns nothing and obeys nobody.
interface ITallyChecker {
    /// @notice A config that nobody should be governed by.
    /// @param field The field that is wrong, by itself or beside another.
    error UnsafeConfig(bytes32 field);

    /// @notice A run has one subtree for every bit of the number of ballots checked.
    /// @param index Ballots it says were checked.
    /// @param nodes Subtrees it has.
    error NotARun(uint64 index, uint256 nodes);

    /// @notice More ballots than were committed.
    /// @param count Committed.
    /// @param given Up to which the run would come.
    error TooManyBallots(uint64 count, uint256 given);

    /// @notice Ballots are whole records of 208 bytes, and at least one.
    /// @param length Bytes that were given.
    error BallotsCutShort(uint256 length);

    /// @notice One proof a ballot, or none at all.
    /// @param ballots How many ballots.
    /// @param proofs How many proofs.
    error WrongNumberOfProofs(uint256 ballots, uint256 proofs);

    /// @notice The power source answers for each voter.
    /// @param ballots How many ballots.
    /// @param powers How many answers.
    error WrongNumberOfPowers(uint256 ballots, uint256 powers);

    /// @notice Voters must rise strictly: this one is a duplicate or in the wrong place.
    /// @param index Which ballot, counted from 0 over all.
    /// @param previous The voter before.
    /// @param voter This voter.
    error OutOfOrder(uint64 index, address previous, address voter);

    /// @notice Not For, Against or Abstain.
    /// @param index Which ballot.
    /// @param choice What it says.
    error InvalidChoice(uint64 index, uint8 choice);

    /// @notice Dated before the start or after the end.
    /// @param index Which ballot.
    /// @param timestamp Its date.
    error OutsidePeriod(uint64 index, uint64 timestamp);

    /// @notice The ballot's signed form is none of the eight.
    /// @param index Which ballot.
    /// @param variant What it says.
    error UnknownBallotVariant(uint64 index, uint8 variant);

    /// @notice A ballot is either signed by a key or recorded in the inbox.
    /// @param index Which ballot.
    /// @param kind What it says.
    error UnknownBallotKind(uint64 index, uint8 kind);

    /// @notice There is no inbox that the ballot could be recorded in.
    /// @param index Which ballot.
    /// @param voter Whose.
    error NotRecorded(uint64 index, address voter);

    /// @notice A ballot without power does not count and must not be in the tree.
    /// @param index Which ballot.
    /// @param voter Whose.
    error NoPower(uint64 index, address voter);

    /// @notice The power source says otherwise.
    /// @param index Which ballot.
    /// @param stated Power in the ballot.
    /// @param actual Power at the timepoint.
    error WrongPower(uint64 index, uint128 stated, uint128 actual);

    /// @notice Not the one form of a signature that counts: v 27 or 28, the lower s.
    /// @param index Which ballot.
    error MalleableSignature(uint64 index);

    /// @notice The voter did not sign that.
    /// @param index Which ballot.
    /// @param voter Who should have.
    /// @param digest What should have been signed.
    error NotSignedByVoter(uint64 index, address voter, bytes32 digest);

    /// @notice The signed form is none of the eight.
    /// @param variant What was given.
    error UnknownVariant(uint8 variant);

    /// @notice Reverts with `UnsafeConfig`, or as the power source does for its parameters, unless a DAO can run with these
    /// values: nobody's address is zero, somebody can propose, a quorum is needed, no window is longer than a year or
    /// closes before it opens, and a guardian has an hour to look, unless it is a test.
    /// @param config The config.
    function requireSafe(Config calldata config) external view;

    /// @notice What the author of a proposal signs, which is its id everywhere.
    /// @param message The proposal.
    /// @param space Keccak of the space's id.
    /// @param module The module that it names.
    function proposalId(ProposalMessage calldata message, bytes32 space, address module)
        external
        view
        returns (bytes32);

    /// @notice What an author signs to take a proposal back. Reverts with `UnknownVariant`.
    /// @param proposal Its id.
    /// @param space Keccak of the space's id.
    /// @param author Who signs.
    /// @param timestamp As signed.
    /// @param variant Which of the eight forms; see `BallotDigest`.
    function cancellation(bytes32 proposal, bytes32 space, address author, uint64 timestamp, uint8 variant)
        external
        view
        returns (bytes32 digest);

    /// @notice Checks ballots and carries a run on over them. The source is asked for all of them at once, and reverts
    /// as it does; otherwise reverts with one of the errors above at the first ballot that is wrong in any way.
    /// @param vote What they are checked against.
    /// @param run `abi.encode(Run)` of how far it has come; empty at the start. Taken for true.
    /// @param ballots Records in the order of the tree; see `Ballot`.
    /// @param powerProofs One a ballot; empty where the source needs none.
    function checkBallots(
        Vote calldata vote,
        bytes calldata run,
        bytes calldata ballots,
        bytes[] calldata powerProofs
    ) external view returns (Reached memory);
}
