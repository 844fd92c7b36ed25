// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice ERC-20 without votes, with the decimals it is given; anyone may mint.
contract MockToken is ERC20 {
    uint8 private immutable _decimals;

    constructor(uint8 decimals_) ERC20("Mock", "MOCK") {
        _decimals = decimals_;
    }

    function mint(address holder, uint256 amount) external {
        _mint(holder, amount);
    }

    function decimals() public view override returns (uint8) {
        return _decimals;
    }
}
