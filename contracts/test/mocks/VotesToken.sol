// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// @notice Vote token with the decimals and the clock it is given; anyone may mint to anyone.
contract VotesToken is ERC20, ERC20Votes {
    uint8 private immutable _decimals;
    bool private immutable _isTimed;

    constructor(uint8 decimals_, bool isTimed) ERC20("Votes", "VOTES") EIP712("Votes", "1") {
        _decimals = decimals_;
        _isTimed = isTimed;
    }

    /// @notice Mints to `holder`, who has its own votes from then on.
    function mint(address holder, uint256 amount) external {
        _delegate(holder, holder);
        _mint(holder, amount);
    }

    function decimals() public view override returns (uint8) {
        return _decimals;
    }

    function clock() public view override returns (uint48) {
        return uint48(_isTimed ? block.timestamp : block.number);
    }

    // forge-lint: disable-next-line(mixed-case-function)
    function CLOCK_MODE() public view override returns (string memory) {
        return _isTimed ? "mode=timestamp" : "mode=blocknumber&from=default";
    }

    function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Votes) {
        super._update(from, to, value);
    }
}
