// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {HostileTarget} from "../helpers/HostileTarget.sol";
import "../helpers/TallyTest.sol";

contract BondsTest is TallyTest {
    function setUp() public override {
        super.setUp();
        config.bond = 1 ether;
        config.challengeWindow = 1 days;
        updateConfig();
    }

    function test_IsReleasedAtFinalityAndPulled() public {
        bytes32 proposalId = proven();
        uint256 finalAt = module.finalAt(proposalId);
        vm.warp(finalAt - 1);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.NotFinal.selector, finalAt));
        module.releaseBond(proposalId);
        vm.warp(finalAt);
        vm.expectEmit(address(module));
        emit ITallyModule.BondReleased(proposalId, operator, 1 ether);
        vm.prank(anyone);
        module.releaseBond(proposalId);
        assertEq(module.creditOf(operator), 1 ether);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.NoBond.selector, proposalId));
        module.releaseBond(proposalId);

        vm.expectEmit(address(module));
        emit ITallyModule.Withdrawn(operator, receiver, 1 ether);
        vm.prank(operator);
        module.withdraw(payable(receiver));
        assertEq(receiver.balance, 1 ether);
        assertEq(address(module).balance, 0);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.NoCredit.selector, operator));
        vm.prank(operator);
        module.withdraw(payable(receiver));
    }

    /// Veto and expiry free nothing early, and hold nothing back: the proof does.
    function test_WhateverBecomesOfTheProposal() public {
        (bytes32 proposalId, bytes[] memory records) = committed();
        vm.prank(guardian);
        module.veto(proposalId, REASON);
        vm.warp(block.timestamp + 300 days);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.NotProven.selector, proposalId));
        module.releaseBond(proposalId);
        prove(proposalId, records);
        module.releaseBond(proposalId);
        assertEq(module.creditOf(operator), 1 ether);
    }

    function test_NeedsACommitment() public {
        (bytes32 proposalId,) = voted();
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.NotCommitted.selector, proposalId));
        module.releaseBond(proposalId);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.UnknownProposal.selector, REASON));
        module.releaseBond(REASON);
    }

    function test_WithoutABondNothingIsReleased() public {
        config.bond = 0;
        updateConfig();
        bytes32 proposalId = proven();
        vm.warp(module.finalAt(proposalId));
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.NoBond.selector, proposalId));
        module.releaseBond(proposalId);
    }

    /// A receiver that rejects coins, or comes back for more, harms nobody but itself.
    function test_HostileReceivers() public {
        HostileTarget hostile = new HostileTarget();
        config.operator = operator = address(hostile);
        updateConfig();
        bytes32 proposalId = proven();
        vm.warp(module.finalAt(proposalId));
        module.releaseBond(proposalId);
        hostile.set(HostileTarget.Mood.Refuse, module, "");
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.PaymentRefused.selector, hostile));
        hostile.withdraw(module);
        assertEq(module.creditOf(operator), 1 ether);

        hostile.set(
            HostileTarget.Mood.Withdraw, module, abi.encodeCall(TallyModule.withdraw, (payable(hostile)))
        );
        hostile.withdraw(module);
        assertEq(address(hostile).balance, 1 ether);
        assertEq(module.creditOf(operator), 0);
    }

    function test_TakesNoCoinsOtherwise() public {
        vm.deal(anyone, 1 ether);
        vm.prank(anyone);
        (bool success,) = address(module).call{value: 1 ether}("");
        assertFalse(success);
    }
}
