// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {TallyModule} from "../../src/TallyModule.sol";
import {Call} from "../../src/libraries/Calls.sol";

/// @notice A target of a batch that does what `mood` says.
contract HostileTarget {
    enum Mood {
        Accept,
        Refuse,
        BurnGas,
        Execute,
        Withdraw
    }

    Mood public mood;
    TallyModule public module;
    bytes public again;
    bytes public reason;
    uint256 public calls;

    function set(Mood mood_, TallyModule module_, bytes calldata again_) external {
        (mood, module, again) = (mood_, module_, again_);
    }

    function poke() external payable {
        act();
    }

    receive() external payable {
        act();
    }

    /// Calls back into the module, and keeps how that went.
    function act() private {
        ++calls;
        if (mood == Mood.Refuse) revert("refused");
        if (mood == Mood.BurnGas) while (true) {}
        if (mood == Mood.Execute || mood == Mood.Withdraw) {
            (bool success, bytes memory answer) = address(module).call(again);
            require(!success, "re-entered");
            reason = answer;
        }
    }

    function withdraw(TallyModule from) external {
        from.withdraw(payable(address(this)));
    }
}
