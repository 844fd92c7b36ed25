// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @notice Wallet of the time before EIP-1271 was final: takes the hash as bytes, answers 0x20c13b0b.
contract LegacyWallet {
    address public immutable owner;

    constructor(address owner_) {
        owner = owner_;
    }

    function isValidSignature(bytes calldata data, bytes calldata signature) external view returns (bytes4) {
        require(ECDSA.recover(bytes32(data), signature) == owner, "not the owner");
        return 0x20c13b0b;
    }
}
