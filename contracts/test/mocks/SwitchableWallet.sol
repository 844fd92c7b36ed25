// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @notice EIP-1271 wallet: its owner's ECDSA signature counts while it is on, and '0x' for an approved hash.
contract SwitchableWallet {
    address public immutable owner;
    bool public on = true;
    mapping(bytes32 hash => bool) public approved;

    constructor(address owner_) {
        owner = owner_;
    }

    function set(bool on_) external {
        on = on_;
    }

    function approve(bytes32 hash) external {
        approved[hash] = true;
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        if (!on) return 0xffffffff;
        if (signature.length == 0) return approved[hash] ? bytes4(0x1626ba7e) : bytes4(0xffffffff);
        (address signer, ECDSA.RecoverError error,) = ECDSA.tryRecover(hash, signature);
        return
            error == ECDSA.RecoverError.NoError && signer == owner ? bytes4(0x1626ba7e) : bytes4(0xffffffff);
    }
}

/// @notice Deploys wallets at addresses known beforehand (ERC-6492).
contract SwitchableWalletFactory {
    function deploy(address owner, bytes32 salt) external returns (address) {
        return address(new SwitchableWallet{salt: salt}(owner));
    }

    function addressOf(address owner, bytes32 salt) external view returns (address) {
        bytes32 codeHash = keccak256(abi.encodePacked(type(SwitchableWallet).creationCode, abi.encode(owner)));
        return address(uint160(uint256(keccak256(abi.encodePacked(hex"ff", address(this), salt, codeHash)))));
    }
}
