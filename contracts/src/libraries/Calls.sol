// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice One call that the Safe is asked to make.
/// @param to Its target.
/// @param value Wei sent along.
/// @param data Calldata; empty for a plain payment.
/// @param operation 0. A delegatecall is never made; the field is there because its hash covers it.
struct Call {
    address to;
    uint256 value;
    bytes data;
    uint8 operation;
}

/// @title Batches of calls: their name, and the code they rely on
library Calls {
    bytes32 private constant DOMAIN = keccak256("EIP712Domain(uint256 chainId,address verifyingContract)");
    bytes32 private constant TRANSACTION =
        keccak256("Transaction(address to,uint256 value,bytes data,uint8 operation,uint256 nonce)");

    /// @notice Most calls in a batch: one bit each in `codeless`.
    uint256 internal constant MAX_CALLS = 64;

    /// @return The keccak of the calls' EIP-712 hashes as SafeSnap forms them, the index being the nonce. It names this batch
    /// for this contract on this chain.
    function executionHash(Call[] calldata calls) internal view returns (bytes32) {
        bytes32 domain = keccak256(abi.encode(DOMAIN, block.chainid, address(this)));
        bytes32[] memory hashes = new bytes32[](calls.length);
        for (uint256 i; i < calls.length; ++i) {
            Call calldata call = calls[i];
            bytes32 structHash = keccak256(
                abi.encode(TRANSACTION, call.to, call.value, keccak256(call.data), call.operation, i)
            );
            hashes[i] = keccak256(abi.encodePacked(hex"1901", domain, structHash));
        }
        return keccak256(abi.encodePacked(hashes));
    }

    /// @notice The payments whose receiver has no code of its own yet: it may get some, which changes nothing for a payment.
    /// @return bits Bit i is set for call i. At most `MAX_CALLS` calls.
    function codeless(Call[] calldata calls) internal view returns (uint64 bits) {
        for (uint256 i; i < calls.length; ++i) {
            if (calls[i].data.length == 0 && ownCode(calls[i].to) == 0) bits |= uint64(1 << i);
        }
    }

    /// @return One hash over the code of every target but those in `unpinned`.
    function codeHash(Call[] calldata calls, uint64 unpinned) internal view returns (bytes32) {
        bytes32[] memory pins = new bytes32[](calls.length);
        for (uint256 i; i < calls.length; ++i) {
            if (unpinned >> i & 1 == 0) pins[i] = ownCode(calls[i].to);
        }
        return keccak256(abi.encodePacked(pins));
    }

    /// @return Hash of an account's code; 0 for one without, and for one that borrows code (EIP-7702), which its key can
    /// change at any moment.
    function ownCode(address account) internal view returns (bytes32) {
        uint256 size = account.code.length;
        if (size == 0) return 0;
        if (size == 23) {
            bytes3 prefix;
            assembly ("memory-safe") {
                extcodecopy(account, 0, 0, 32)
                prefix := and(mload(0), shl(232, 0xffffff))
            }
            if (prefix == 0xef0100) return 0;
        }
        return account.codehash;
    }
}
