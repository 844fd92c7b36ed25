// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Answers every call badly, in one of the ways a wallet contract can.
contract HostileWallet {
    enum Mood {
        Revert,
        BurnGas,
        Garbage,
        Nothing,
        Flood
    }

    Mood public immutable mood;

    constructor(Mood mood_) {
        mood = mood_;
    }

    fallback() external {
        if (mood == Mood.Revert) revert("never");
        if (mood == Mood.BurnGas) while (true) {}
        if (mood == Mood.Nothing) return;
        uint256 length = mood == Mood.Flood ? 1_000_000 : 32;
        assembly {
            mstore(0, not(0))
            return(0, length)
        }
    }
}
