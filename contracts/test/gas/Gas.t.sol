// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {DemoToken} from "../../src/demo/DemoToken.sol";
import "../helpers/TallyTest.sol";
import {console} from "forge-std/console.sol";

/// @notice What every step costs with an `ERC20Votes` token, as whole transactions, calldata included. Printed with `-vv`.
/// forge-config: default.isolate = true
contract GasTest is TallyTest {
    /// Ballots in a transaction: about six million gas.
    uint256 private constant CHUNK = 300;

    bytes32 private proposalId;
    bytes[] private records;

    /// A vote of `count` people who all signed the same variant; returns what a ballot costs to prove.
    function measure(uint256 count, uint8 variant) private returns (uint256 perBallot) {
        Draft[] memory list = drafts(count, 1000e18);
        for (uint256 i; i < count; ++i) {
            (list[i].variant, list[i].choice) = (variant, uint8(i % 8 == 0 ? 2 : 1));
        }
        useToken(list);
        proposalId = registerNow();
        uint256 register = vm.lastCallGas().gasTotalUsed;
        records = signBallots(proposalId, list);
        vm.warp(START + PERIOD + 1);
        commitNow(tallyOf(records));
        uint256 commit = vm.lastCallGas().gasTotalUsed;
        assertLt(commit, 100_000);
        perBallot = proveNow() / count;
        (uint256 from,) = module.executionWindow(proposalId);
        vm.warp(from);
        module.execute(proposalId, payment());
        console.log("%s ballots of variant %s: %s a ballot", count, variant, perBallot);
        console.log("  register %s, commit %s, execute %s", register, commit, vm.lastCallGas().gasTotalUsed);
    }

    function useToken(Draft[] memory list) private {
        address[] memory holders = new address[](list.length);
        uint256[] memory amounts = new uint256[](list.length);
        for (uint256 i; i < list.length; ++i) {
            (holders[i], amounts[i]) = (list[i].voter, 1000e18);
        }
        DemoToken token = DemoToken(deployCode("DemoToken.sol", abi.encode(holders, amounts)));
        for (uint256 i; i < list.length; ++i) {
            vm.prank(holders[i]);
            token.delegate(holders[i]);
        }
        vm.roll(block.number + 10);
        config.powerSource = TablePowerSource(deployCode("VotesPowerSource.sol"));
        config.powerParams = abi.encode(token);
        updateConfig();
    }

    function registerNow() private returns (bytes32) {
        ProposalMessage memory message = messageFor(payment());
        bytes memory signature = signed(message);
        Call[] memory calls = payment();
        return module.register(message, calls, signature, "");
    }

    function commitNow(Tally memory tally) private {
        vm.prank(operator);
        module.commitTally(proposalId, tally.root, tally.count, tally.totals, 0, "ipfs://ballots");
    }

    function proveNow() private returns (uint256 gas) {
        bytes[] memory all = records;
        for (uint256 from; from < all.length; from += CHUNK) {
            uint256 to = from + CHUNK < all.length ? from + CHUNK : all.length;
            bytes memory run = from == 0 ? bytes("") : runAfter(all, from);
            bytes memory ballots = slice(all, from, to);
            module.proveBallots(proposalId, address(this), run, ballots, new bytes[](0));
            gas += vm.lastCallGas().gasTotalUsed;
        }
    }

    function test_TenOfStrings() public {
        measure(10, 0);
    }

    function test_TenPlain() public {
        measure(10, 3);
    }

    function test_ThreeHundredOfStrings() public {
        assertLt(measure(300, 0), 17_000);
    }

    function test_ThreeHundredPlain() public {
        assertLt(measure(300, 3), 15_500);
    }

    function test_ThousandOfStrings() public {
        assertLt(measure(1000, 0), 17_000);
    }

    function test_ThousandPlain() public {
        assertLt(measure(1000, 3), 15_500);
    }

    /// Every variant, a hundred ballots each.
    function test_Variant0() public {
        measure(100, 0);
    }

    function test_Variant1() public {
        measure(100, 1);
    }

    function test_Variant2() public {
        measure(100, 2);
    }

    function test_Variant3() public {
        measure(100, 3);
    }

    function test_Variant4() public {
        measure(100, 4);
    }

    function test_Variant5() public {
        measure(100, 5);
    }

    function test_Variant6() public {
        measure(100, 6);
    }

    function test_Variant7() public {
        measure(100, 7);
    }

    /// Where the gas of a ballot goes: the token's own answer for one voter, storage cold.
    function test_TokensAnswer() public {
        Draft[] memory list = drafts(2, 1000e18);
        useToken(list);
        DemoToken token = DemoToken(abi.decode(config.powerParams, (address)));
        token.getPastVotes(list[0].voter, block.number - 1);
        console.log("getPastVotes as a transaction: %s", vm.lastCallGas().gasTotalUsed);
    }
}
