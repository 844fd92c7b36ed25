// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Many voters' power in one `eth_call`
/// @notice Never deployed: `eth_call` runs the constructor as initcode, and what it returns is the answer in
/// place of code. Calls `target` once per voter with `selector ++ abi.encode(voter) ++ tail` and answers
/// `abi.encode(uint256[] words, bytes answered)` for the first voters, as many as the gas sufficed for; where
/// the byte in `answered` is 0 the call failed and the word is 0.
/// @dev Every call gets exactly `gasPerCall`, so whether a voter is answered depends neither on the node's gas
/// cap nor on who else is asked. A voter left out was not asked; ask again for the rest.
contract PowerLens {
    /// @param target Called with STATICCALL; an address without code answers nobody.
    /// @param selector Function that takes a voter's address first.
    /// @param tail ABI-encoded static arguments after the voter; may be empty.
    /// @param gasPerCall Gas each call may use.
    /// @param voters At most 700: nodes hold the answer to the size limit of deployed code (EIP-170).
    constructor(
        address target,
        bytes4 selector,
        bytes memory tail,
        uint256 gasPerCall,
        address[] memory voters
    ) {
        uint256[] memory words = new uint256[](voters.length);
        bytes memory answered = new bytes(voters.length);

        uint256 asked;
        for (; asked < voters.length; ++asked) {
            // EIP-150 keeps a 64th back. The answer is charged like deployed code: 200 gas a byte, 33 bytes a voter.
            if (gasleft() < gasPerCall * 64 / 63 + 8_000 * (asked + 1) + 60_000) break;
            bytes memory data = abi.encodePacked(selector, abi.encode(voters[asked]), tail);
            bool ok;
            uint256 word;
            assembly ("memory-safe") {
                // Copies one word at most: a long answer costs the target's gas, not ours.
                ok := staticcall(gasPerCall, target, add(data, 32), mload(data), 0, 32)
                ok := and(ok, gt(returndatasize(), 31))
                word := mload(0)
            }
            if (ok) (words[asked], answered[asked]) = (word, 0x01);
        }

        assembly ("memory-safe") {
            mstore(words, asked)
            mstore(answered, asked)
        }
        bytes memory result = abi.encode(words, answered);
        assembly ("memory-safe") {
            return(add(result, 32), mload(result))
        }
    }
}
