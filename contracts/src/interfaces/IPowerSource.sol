// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Where voting power comes from
/// @notice Answers about the past and never changes them: the same arguments give the same answer for ever.
/// A module trusts its source for who has how much; it takes nothing from a revert but that the call fails.
/// @dev `params` is what the Safe has written into the module's config, for example a token or a Merkle root.
interface IPowerSource {
    /// @notice Voting power of `voter` at `timepoint`.
    /// @param params `powerParams` of the config.
    /// @param voter Whose power.
    /// @param timepoint In the units of `clock`; reverts unless it is past.
    /// @param proof Whatever this source needs; reverts when it is invalid. Empty where the chain itself knows.
    /// @return power In the source's own smallest unit. Zero is an answer, never a failure.
    function powerOf(bytes calldata params, address voter, uint64 timepoint, bytes calldata proof)
        external
        view
        returns (uint128 power);

    /// @notice `powerOf` for many voters in one call, which costs each of them less.
    /// @param params `powerParams` of the config.
    /// @param voters Whose power; nobody promises an order.
    /// @param timepoint In the units of `clock`; reverts unless it is past.
    /// @param proofs One a voter, or none where the chain itself knows. Reverts when one is invalid.
    /// @return powers As many as voters, in their order.
    function powersOf(
        bytes calldata params,
        address[] calldata voters,
        uint64 timepoint,
        bytes[] calldata proofs
    ) external view returns (uint128[] memory powers);

    /// @notice All power there is at `timepoint`: no set of distinct voters has more together.
    /// @param params `powerParams` of the config.
    /// @param timepoint In the units of `clock`; reverts unless it is past.
    /// @return total What a quorum is a share of.
    function totalAt(bytes calldata params, uint64 timepoint) external view returns (uint256 total);

    /// @notice The clock that timepoints are read from. Reverts for `params` that this source cannot serve here.
    /// @param params `powerParams` of the config.
    /// @return time The current timepoint.
    /// @return isTimestamp True for unix seconds, false for block numbers.
    function clock(bytes calldata params) external view returns (uint64 time, bool isTimestamp);
}
