// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPowerSource} from "./interfaces/IPowerSource.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {IERC6372} from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title Voting power of any token with `IVotes`
/// @notice `params` is `abi.encode(token)`. A token without an ERC-6372 clock counts blocks, as `IVotes` did before there was
/// one. Needs no proofs. One deployment serves every module on the chain.
contract VotesPowerSource is IPowerSource {
    /// @notice The token's `CLOCK_MODE` is neither block numbers nor unix seconds.
    /// @param mode What it is.
    error UnknownClock(string mode);

    /// @notice The token counts blocks on a chain whose contracts see another chain's block numbers (Arbitrum).
    /// @param chainId This chain.
    error ForeignBlockNumbers(uint256 chainId);

    /// @notice There is no contract at the token's address.
    /// @param token The address.
    error NoToken(address token);

    /// @dev ArbSys has code on every Arbitrum chain, and nowhere else.
    address private constant ARB_SYS = address(100);

    bytes32 private constant TIMESTAMP = keccak256("mode=timestamp");
    bytes32 private constant BLOCK_NUMBER = keccak256("mode=blocknumber&from=default");

    /// @inheritdoc IPowerSource
    function powerOf(bytes calldata params, address voter, uint64 timepoint, bytes calldata)
        external
        view
        returns (uint128)
    {
        return SafeCast.toUint128(IVotes(token(params)).getPastVotes(voter, timepoint));
    }

    /// @inheritdoc IPowerSource
    /// @dev Word by word: what the compiler makes of lists in calldata and memory costs a voter 550 gas more.
    function powersOf(bytes calldata params, address[] calldata voters, uint64 timepoint, bytes[] calldata)
        external
        view
        returns (uint128[] memory)
    {
        address votes = token(params);
        bytes memory question = abi.encodeCall(IVotes.getPastVotes, (address(0), timepoint));
        uint256 tooMuch;
        assembly ("memory-safe") {
            // The answer, as it is returned: where the list lies, its length, the powers.
            let answer := mload(0x40)
            mstore(answer, 32)
            mstore(add(answer, 32), voters.length)
            let voter := sub(voters.offset, 64)
            let size := add(64, shl(5, voters.length))
            for { let at := 64 } lt(at, size) { at := add(at, 32) } {
                // Only the voter is written anew, behind the length and the selector.
                mstore(add(question, 36), calldataload(add(voter, at)))
                let success := staticcall(gas(), votes, add(question, 32), 68, 0, 32)
                if iszero(and(success, gt(returndatasize(), 31))) {
                    returndatacopy(answer, 0, returndatasize())
                    revert(answer, returndatasize())
                }
                let power := mload(0)
                if shr(128, power) {
                    tooMuch := power
                    break
                }
                mstore(add(answer, at), power)
            }
            if iszero(tooMuch) { return(answer, size) }
        }
        revert SafeCast.SafeCastOverflowedUintDowncast(128, tooMuch);
    }

    /// @inheritdoc IPowerSource
    function totalAt(bytes calldata params, uint64 timepoint) external view returns (uint256) {
        return IVotes(token(params)).getPastTotalSupply(timepoint);
    }

    /// @inheritdoc IPowerSource
    function clock(bytes calldata params) external view returns (uint64, bool) {
        address votes = token(params);
        if (votes.code.length == 0) revert NoToken(votes);
        try IERC6372(votes).CLOCK_MODE() returns (string memory mode) {
            if (keccak256(bytes(mode)) == TIMESTAMP) return (uint64(block.timestamp), true);
            if (keccak256(bytes(mode)) != BLOCK_NUMBER) revert UnknownClock(mode);
        } catch {}
        if (ARB_SYS.code.length != 0) revert ForeignBlockNumbers(block.chainid);
        return (uint64(block.number), false);
    }

    function token(bytes calldata params) private pure returns (address) {
        return abi.decode(params, (address));
    }
}
