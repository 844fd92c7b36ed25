// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Addresses and hashes as the text that wallets sign
/// @dev Works on all characters of a word at once: an EIP-55 address costs about 600 gas, a loop 3,800.
library HexText {
    uint256 private constant ONES = 0x0101010101010101010101010101010101010101010101010101010101010101;

    /// @return text 0x and 40 hex digits with the case of EIP-55.
    function checksummed(address account) internal pure returns (string memory text) {
        (uint256 head, uint256 tail) = checksum(account);
        return string(abi.encodePacked("0x", head, uint64(tail)));
    }

    /// @return hash Keccak of what `checksummed` returns.
    function hashChecksummed(address account) internal pure returns (bytes32 hash) {
        (uint256 head, uint256 tail) = checksum(account);
        assembly ("memory-safe") {
            let text := mload(0x40)
            mstore(text, shl(240, 0x3078))
            mstore(add(text, 2), head)
            mstore(add(text, 34), shl(192, tail))
            hash := keccak256(text, 42)
        }
    }

    /// @return text 0x and 64 lower-case hex digits.
    function lowerCase(bytes32 word) internal pure returns (string memory text) {
        return string(
            abi.encodePacked("0x", lower(spread(uint256(word) >> 128)), lower(spread(uint128(uint256(word)))))
        );
    }

    /// The digits of an address: 32 of them in `head`, the last eight in the low bytes of `tail`.
    function checksum(address account) private pure returns (uint256 head, uint256 tail) {
        uint256 headDigits = spread(uint160(account) >> 32);
        uint256 tailDigits = spread(uint32(uint160(account)));
        (head, tail) = (lower(headDigits), lower(tailDigits));
        uint256 hash;
        assembly ("memory-safe") {
            mstore(0, head)
            mstore(32, shl(192, tail))
            hash := keccak256(0, 40)
        }
        // A letter is a capital where the hash's digit is 8 or more; 0x20 lies between the two.
        head -= (letters(headDigits) & (spread(hash >> 128) >> 3)) << 5;
        tail -= (letters(tailDigits) & (spread(uint32(hash >> 96)) >> 3)) << 5;
    }

    /// 16 bytes as 32 hex digits, one a byte, as numbers.
    function spread(uint256 digits) private pure returns (uint256) {
        digits = (digits | digits << 64) & 0x0000000000000000ffffffffffffffff0000000000000000ffffffffffffffff;
        digits = (digits | digits << 32) & 0x00000000ffffffff00000000ffffffff00000000ffffffff00000000ffffffff;
        digits = (digits | digits << 16) & 0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff;
        digits = (digits | digits << 8) & 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff;
        return (digits | digits << 4) & (ONES * 15);
    }

    /// 1 in every byte whose digit is above 9.
    function letters(uint256 digits) private pure returns (uint256) {
        unchecked {
            return (digits + ONES * 6) >> 4 & ONES;
        }
    }

    /// Digits as lower-case characters: '0' is 0x30, 'a' lies 0x27 further than the digit after 9 would.
    function lower(uint256 digits) private pure returns (uint256) {
        unchecked {
            return digits + ONES * 0x30 + letters(digits) * 0x27;
        }
    }
}
