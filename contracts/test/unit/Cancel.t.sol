// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import "../helpers/TallyTest.sol";

contract CancelTest is TallyTest {
    /// In each of the eight forms, until the end itself.
    function testFuzz_StopsTheProposal(uint8 variant) public {
        variant = variant % 8;
        bytes32 proposalId = register(payment());
        vm.warp(START + PERIOD);
        vm.expectEmit(address(module));
        emit ITallyModule.ProposalCancelled(proposalId, author);
        vm.prank(anyone);
        module.cancel(proposalId, author, START, variant, cancellation(proposalId, variant));
        assertState(proposalId, State.Cancelled);
        assertTrue(module.isCancelledBy(author, proposalId));

        vm.expectRevert(abi.encodeWithSelector(ITallyModule.ProposalIsCancelled.selector, proposalId));
        module.cancel(proposalId, author, START, variant, "");
    }

    function test_NotAfterTheEnd() public {
        bytes32 proposalId = register(payment());
        vm.warp(START + PERIOD + 1);
        bytes memory signature = cancellation(proposalId, 0);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.VoteIsOver.selector, START + PERIOD));
        module.cancel(proposalId, author, START, 0, signature);
    }

    function test_BeforeTheRegistrationItPreventsIt() public {
        ProposalMessage memory message = messageFor(payment());
        bytes32 proposalId = module.proposalIdOf(message);
        cancel(proposalId);
        assertState(proposalId, State.Unknown);
        bytes memory signature = signed(message);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.ProposalIsCancelled.selector, proposalId));
        module.register(message, payment(), signature, "");
    }

    /// Somebody else's cancellation of an id that is not his does nothing to it, before or after.
    function test_OfAnotherAuthorDoesNothing() public {
        ProposalMessage memory message = messageFor(payment());
        bytes32 proposalId = module.proposalIdOf(message);
        (address other, uint256 otherKey) = makeAddrAndKey("other");
        bytes32 digest = digests.cancellation(keccak256("demo"), proposalId, 0, other, START);
        module.cancel(proposalId, other, START, 0, sign(otherKey, digest));
        module.register(message, payment(), signed(message), "");
        assertState(proposalId, State.Voting);

        (address third, uint256 thirdKey) = makeAddrAndKey("third");
        digest = digests.cancellation(keccak256("demo"), proposalId, 0, third, START);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.NotSignedByAuthor.selector, author, digest));
        module.cancel(proposalId, third, START, 0, sign(thirdKey, digest));
    }

    function test_RefusesAForgedOne() public {
        bytes32 proposalId = register(payment());
        bytes32 digest = digests.cancellation(keccak256("demo"), proposalId, 0, author, START);
        (, uint256 otherKey) = makeAddrAndKey("other");
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.NotSignedByAuthor.selector, author, digest));
        module.cancel(proposalId, author, START, 0, sign(otherKey, digest));
    }

    function test_RefusesAnUnknownVariant() public {
        bytes32 proposalId = register(payment());
        vm.expectRevert(abi.encodeWithSelector(ITallyChecker.UnknownVariant.selector, 8));
        module.cancel(proposalId, author, START, 8, "");
    }
}
