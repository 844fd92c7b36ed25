// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";

/// @title Vote token of the demo and of the tests
/// @notice A fixed supply, minted at deployment. Votes count once delegated, and are remembered per block number.
contract DemoToken is ERC20, ERC20Permit, ERC20Votes {
    /// @notice `holders` and `amounts` are of different length.
    error LengthMismatch();

    /// @param holders Who is minted to; an address may appear more than once.
    /// @param amounts Base units (18 decimals), position by position.
    constructor(address[] memory holders, uint256[] memory amounts)
        ERC20("Comitia Demo", "VOTE")
        ERC20Permit("Comitia Demo")
    {
        if (holders.length != amounts.length) revert LengthMismatch();
        for (uint256 i; i < holders.length; ++i) {
            _mint(holders[i], amounts[i]);
        }
    }

    function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Votes) {
        super._update(from, to, value);
    }

    /// @inheritdoc ERC20Permit
    function nonces(address owner) public view override(ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }
}
