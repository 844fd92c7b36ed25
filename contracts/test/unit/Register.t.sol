// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import "../helpers/TallyTest.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {SwitchableWallet} from "../mocks/SwitchableWallet.sol";

contract RegisterTest is TallyTest {
    function attempt(ProposalMessage memory message, Call[] memory calls, bytes memory err) private {
        bytes memory signature = signed(message);
        vm.expectRevert(err);
        module.register(message, calls, signature, "");
    }

    function attempt(ProposalMessage memory message, bytes memory err) private {
        attempt(message, payment(), err);
    }

    function test_StoresWhatWasSigned() public {
        ProposalMessage memory message = messageFor(payment());
        bytes32 proposalId = module.proposalIdOf(message);
        bytes memory signature = signed(message);
        assertState(proposalId, State.Unknown);
        vm.expectEmit(address(module));
        emit ITallyModule.ProposalRegistered(
            proposalId,
            author,
            module.configHash(),
            message.executionHash,
            message.start,
            message.end,
            START - 1,
            1_000_000e18
        );
        vm.prank(anyone);
        assertEq(module.register(message, payment(), signature, ""), proposalId);
        assertState(proposalId, State.Voting);

        Proposal memory proposal = module.proposalOf(proposalId);
        assertEq(proposal.author, author);
        assertEq(proposal.config, module.configHash());
        assertEq(proposal.executionHash, message.executionHash);
        assertEq(proposal.start, message.start);
        assertEq(proposal.end, message.end);
        assertEq(proposal.timepoint, START - 1);
        assertEq(proposal.total, 1_000_000e18);
        assertEq(proposal.codeless, 1);

        attempt(message, abi.encodeWithSelector(ITallyModule.AlreadyRegistered.selector, proposalId));
    }

    function test_ReadsPowerAtTheSignedBlockWhereTheSourceCountsBlocks() public {
        source.setClock(false);
        bytes32 proposalId = register(payment());
        assertEq(module.proposalOf(proposalId).timepoint, 999);
    }

    /// Every signed field is in the digest: changed afterwards, the signature is another's.
    function testFuzz_BindsEveryField(uint256 field) public {
        ProposalMessage memory message = messageFor(payment());
        bytes memory signature = signed(message);
        field = bound(field, 0, 9);
        if (field == 0) message.timestamp -= 1;
        if (field == 1) message.titleHash = keccak256("Pay me");
        if (field == 2) message.bodyHash = keccak256("Two ethers.");
        if (field == 3) message.discussionHash = keccak256("https://else.where");
        if (field == 4) message.labelsHash = keccak256(abi.encode(keccak256("urgent")));
        if (field == 5) message.appHash = keccak256("snapshot");
        if (field == 6) message.start -= 1;
        if (field == 7) message.end += 1;
        if (field == 8) message.snapshot -= 1;
        if (field == 9) message.author = anyone;
        bytes32 digest = module.proposalIdOf(message);
        vm.expectRevert(
            abi.encodeWithSelector(ITallyModule.NotSignedByAuthor.selector, message.author, digest)
        );
        module.register(message, payment(), signature, "");
    }

    function test_RefusesAnotherConfig() public {
        ProposalMessage memory message = messageFor(payment());
        bytes32 signedHash = message.config;
        config.quorumBps = 1;
        updateConfig();
        attempt(
            message,
            abi.encodeWithSelector(ITallyModule.StaleConfig.selector, signedHash, module.configHash())
        );
    }

    /// The space is part of the config; a message of another space has another digest.
    function test_RefusesAnotherSpace() public {
        ProposalMessage memory message = messageFor(payment());
        bytes memory signature = signed(message);
        config.space = "other";
        updateConfig();
        message.config = module.configHash();
        bytes32 digest = module.proposalIdOf(message);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.NotSignedByAuthor.selector, author, digest));
        module.register(message, payment(), signature, "");
    }

    function test_RefusesAnotherChainsPlugins() public {
        ProposalMessage memory message = messageFor(payment());
        bytes memory signature = signed(message);
        vm.chainId(block.chainid + 1);
        bytes32 digest = module.proposalIdOf(message);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.NotSignedByAuthor.selector, author, digest));
        module.register(message, payment(), signature, "");
    }

    function test_RefusesAnotherBatch() public {
        ProposalMessage memory message = messageFor(payment());
        Call[] memory calls = payment();
        calls[0].value = 2 ether;
        attempt(
            message,
            calls,
            abi.encodeWithSelector(
                ITallyModule.WrongBatch.selector, message.executionHash, module.executionHashOf(calls)
            )
        );
    }

    function test_RefusesNoCallsAndTooMany() public {
        Call[] memory calls = new Call[](0);
        attempt(messageFor(calls), calls, abi.encodeWithSelector(ITallyModule.EmptyBatch.selector));
        calls = new Call[](65);
        attempt(messageFor(calls), calls, abi.encodeWithSelector(ITallyModule.TooManyCalls.selector, 65));
    }

    function test_RefusesADelegatecall() public {
        Call[] memory calls = new Call[](2);
        calls[0] = Call(receiver, 1, "", 0);
        calls[1] = Call(receiver, 1, "", 1);
        attempt(messageFor(calls), calls, abi.encodeWithSelector(ITallyModule.NotACall.selector, 1, 1));
    }

    function test_RefusesDataForAnAccountWithoutCode() public {
        Call[] memory calls = payment();
        calls[0].data = hex"12345678";
        attempt(
            messageFor(calls),
            calls,
            abi.encodeWithSelector(ITallyModule.CallWithoutCode.selector, 0, receiver)
        );
    }

    function test_RefusesAStranger() public {
        ProposalMessage memory message = messageFor(payment());
        (, uint256 otherKey) = makeAddrAndKey("other");
        bytes32 digest = module.proposalIdOf(message);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.NotSignedByAuthor.selector, author, digest));
        module.register(message, payment(), sign(otherKey, digest), "");
        message.author = address(0);
        digest = module.proposalIdOf(message);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.NotSignedByAuthor.selector, address(0), digest));
        module.register(message, payment(), new bytes(65), "");
    }

    function test_AuthorNeedsPowerOrAPlaceOnTheList() public {
        config.proposers[0] = anyone;
        updateConfig();
        source.set(author, 1000e18 - 1);
        ProposalMessage memory message = messageFor(payment());
        attempt(
            message, abi.encodeWithSelector(ITallyModule.NotAProposer.selector, author, 1000e18 - 1, 1000e18)
        );
        source.set(author, 1000e18);
        module.register(message, payment(), signed(message), "");
    }

    function test_WithoutAThresholdOnlyTheListProposes() public {
        config.proposers[0] = anyone;
        config.proposalThreshold = 0;
        updateConfig();
        source.set(author, 1000e18);
        attempt(
            messageFor(payment()), abi.encodeWithSelector(ITallyModule.NotAProposer.selector, author, 0, 0)
        );
    }

    function test_HandsTheProofToTheSource() public {
        config.proposers[0] = anyone;
        updateConfig();
        source.set(author, 1000e18);
        source.setProof("proof");
        ProposalMessage memory message = messageFor(payment());
        attempt(message, abi.encodeWithSignature("Error(string)", "bad proof"));
        module.register(message, payment(), signed(message), "proof");
    }

    /// Times of 40 bits and timepoints of 48 are kept: what is more is refused, not cut.
    function test_RefusesWhatIsNotKept() public {
        ProposalMessage memory message = messageFor(payment());
        message.end = uint64(type(uint40).max) + 1;
        attempt(message, tooLong(40, message.end));
        message.end -= 1;
        module.register(message, payment(), signed(message), "");

        source.setClock(false);
        vm.roll(2 ** 48 + 1);
        message.snapshot = 2 ** 48;
        attempt(message, tooLong(48, message.snapshot));
        message.snapshot -= 1;
        module.register(message, payment(), signed(message), "");
    }

    function tooLong(uint8 bits, uint256 value) private pure returns (bytes memory) {
        return abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, bits, value);
    }

    /// The period counts from the later of its start and now, to the second.
    function test_PeriodBoundaries() public {
        ProposalMessage memory message = messageFor(payment());
        message.end = START + 1 days - 1;
        attempt(message, abi.encodeWithSelector(ITallyModule.PeriodTooShort.selector, 1 days - 1, 1 days));
        message.end = START - 1;
        attempt(message, abi.encodeWithSelector(ITallyModule.PeriodTooShort.selector, 0, 1 days));
        message.start = START + 100;
        message.end = START + 99 + 1 days;
        attempt(message, abi.encodeWithSelector(ITallyModule.PeriodTooShort.selector, 1 days - 1, 1 days));
        message.end += 1;
        module.register(message, payment(), signed(message), "");
        message = messageFor(payment());
        message.start = START - 10;
        message.end = START + 1 days;
        module.register(message, payment(), signed(message), "");
    }

    function test_BackdateBoundary() public {
        ProposalMessage memory message = messageFor(payment());
        message.start = START - 1 hours - 1;
        attempt(
            message,
            abi.encodeWithSelector(
                ITallyModule.StartedTooLongAgo.selector, START - 1 hours - 1, START - 1 hours
            )
        );
        message.start += 1;
        module.register(message, payment(), signed(message), "");
    }

    function test_TimepointBoundaries() public {
        ProposalMessage memory message = messageFor(payment());
        message.timestamp = START + 1;
        attempt(message, abi.encodeWithSelector(ITallyModule.TimepointNotPast.selector, START, START));
        message.timestamp = START - 7 days;
        attempt(
            message,
            abi.encodeWithSelector(ITallyModule.TimepointTooOld.selector, START - 7 days - 1, START - 7 days)
        );
        message.timestamp = 0;
        attempt(message, abi.encodeWithSelector(ITallyModule.TimepointTooOld.selector, 0, START - 7 days));
        message.timestamp = START - 7 days + 1;
        module.register(message, payment(), signed(message), "");
        source.setClock(false);
        message = messageFor(payment());
        message.snapshot = uint64(block.number);
        attempt(message, abi.encodeWithSelector(ITallyModule.TimepointNotPast.selector, 1000, 1000));
    }

    function test_RefusesMorePowerThanFits() public {
        uint256 total = uint256(type(uint128).max) + 1;
        source.setTotal(total);
        ProposalMessage memory message = messageFor(payment());
        attempt(message, abi.encodeWithSelector(ITallyModule.TotalTooLarge.selector, total));
        source.setTotal(total - 1);
        module.register(message, payment(), signed(message), "");
    }

    function test_ASourceThatRevertsStopsOnlyTheRegistration() public {
        source.setBroken(true);
        ProposalMessage memory message = messageFor(payment());
        attempt(message, abi.encodeWithSignature("Error(string)", "broken source"));
        source.setBroken(false);
        module.register(message, payment(), signed(message), "");
    }

    function test_AContractWalletCanBeTheAuthor() public {
        SwitchableWallet wallet = new SwitchableWallet(author);
        config.proposers.push(address(wallet));
        updateConfig();
        ProposalMessage memory message = messageFor(payment());
        message.author = address(wallet);
        wallet.set(false);
        attempt(
            message,
            abi.encodeWithSelector(
                ITallyModule.NotSignedByAuthor.selector, wallet, module.proposalIdOf(message)
            )
        );
        wallet.set(true);
        module.register(message, payment(), signed(message), "");
    }

    /// A key with borrowed code still signs for itself.
    function test_AnAccountWithBorrowedCodeCanBeTheAuthor() public {
        vm.etch(author, abi.encodePacked(hex"ef0100", address(source)));
        register(payment());
    }
}
