// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Power source that misbehaves for some voters, told by the address's last byte.
contract GuardedToken {
    /// @return The voter's address as a number, unless it ends in 01 (reverts), 02 (burns all its gas) or 03
    /// (answers with 3 bytes).
    function getVotes(address voter) external pure returns (uint256) {
        uint8 kind = uint8(uint160(voter));
        if (kind == 1) revert("refused");
        if (kind == 2) while (true) {}
        if (kind == 3) {
            assembly {
                return(0, 3)
            }
        }
        return uint160(voter);
    }

    function powerAt(address voter, uint256 block_, bytes32 salt) external pure returns (uint256) {
        return uint160(voter) + block_ + uint256(salt);
    }
}
