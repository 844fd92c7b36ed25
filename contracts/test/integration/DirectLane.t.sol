// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {DemoToken} from "../../src/demo/DemoToken.sol";
import "../helpers/TallyTest.sol";

/// @notice With a real token: three hundred ballots, a proof begun by one wallet and finished by another.
contract DirectLaneTest is TallyTest {
    function test_ThreeHundredBallotsByTwoWallets() public {
        uint256 count = 300;
        Draft[] memory list = drafts(count, 1000e18);
        address[] memory holders = new address[](count);
        uint256[] memory amounts = new uint256[](count);
        for (uint256 i; i < count; ++i) {
            (holders[i], amounts[i]) = (list[i].voter, 1000e18);
        }
        DemoToken token = DemoToken(deployCode("DemoToken.sol", abi.encode(holders, amounts)));
        for (uint256 i; i < count; ++i) {
            vm.prank(holders[i]);
            token.delegate(holders[i]);
        }
        vm.roll(block.number + 1);
        config.powerSource = TablePowerSource(deployCode("VotesPowerSource.sol"));
        config.powerParams = abi.encode(token);
        updateConfig();

        bytes32 proposalId = register(payment());
        bytes[] memory records = signBallots(proposalId, list);
        // What happens to the tokens after the timepoint changes nothing.
        vm.roll(block.number + 10);
        vm.prank(holders[0]);
        token.transfer(anyone, 1000e18);
        vm.warp(START + PERIOD + 1);
        commit(proposalId, tallyOf(records));

        (address ada, address ben) = (makeAddr("Ada"), makeAddr("Ben"));
        vm.prank(ada);
        module.proveBallots(proposalId, address(0), "", slice(records, 0, 110), new bytes[](0));
        bytes memory run = runAfter(records, 110);
        vm.prank(ada);
        module.proveBallots(proposalId, ada, run, slice(records, 110, 220), new bytes[](0));
        // Ada stops here.
        run = runAfter(records, 220);
        vm.prank(ben);
        module.proveBallots(proposalId, ada, run, slice(records, 220, 299), new bytes[](0));
        run = runAfter(records, 299);
        vm.prank(ben);
        module.proveBallots(proposalId, ben, run, slice(records, 299, 300), new bytes[](0));
        assertState(proposalId, State.Proven);
        assertEq(module.commitmentOf(proposalId).forPower, 300_000e18);
        (uint256 from,) = module.executionWindow(proposalId);
        vm.warp(from);
        module.execute(proposalId, payment());
        assertEq(receiver.balance, 1 ether);
    }
}
