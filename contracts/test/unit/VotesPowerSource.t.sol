// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VotesPowerSource} from "../../src/VotesPowerSource.sol";
import {DemoToken} from "../../src/demo/DemoToken.sol";
import {Votes} from "@openzeppelin/contracts/governance/utils/Votes.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Test} from "forge-std/Test.sol";

/// @notice Counts in whatever way it is told, and has as much as it is told.
contract ClockToken {
    string public CLOCK_MODE;

    constructor(string memory mode) {
        CLOCK_MODE = mode;
    }

    function getPastVotes(address, uint256) external pure returns (uint256) {
        return uint256(type(uint128).max) + 1;
    }
}

contract VotesPowerSourceTest is Test {
    VotesPowerSource private source = new VotesPowerSource();
    address private ada = makeAddr("Ada");

    function demoToken() private returns (DemoToken token) {
        (address[] memory holders, uint256[] memory amounts) = (new address[](1), new uint256[](1));
        (holders[0], amounts[0]) = (ada, 7e18);
        token = new DemoToken(holders, amounts);
        vm.prank(ada);
        token.delegate(ada);
    }

    function test_ReadsTheTokensPast() public {
        DemoToken token = demoToken();
        bytes memory params = abi.encode(token);
        vm.roll(100);
        vm.prank(ada);
        token.transfer(address(1), 3e18);
        vm.roll(101);
        assertEq(source.powerOf(params, ada, 99, ""), 7e18);
        assertEq(source.powerOf(params, ada, 100, ""), 4e18);
        assertEq(source.powerOf(params, address(2), 100, ""), 0);
        assertEq(source.totalAt(params, 99), 7e18);
        vm.expectRevert();
        source.powerOf(params, ada, 101, "");
        vm.expectRevert();
        source.totalAt(params, 101);
    }

    /// In the order of the question, whoever is asked for how often.
    function testFuzz_AnswersForManyAsForEach(uint8[] calldata who) public {
        DemoToken token = demoToken();
        bytes memory params = abi.encode(token);
        address[] memory voters = new address[](who.length);
        for (uint256 i; i < who.length; ++i) {
            voters[i] = who[i] % 3 == 0 ? ada : address(uint160(who[i]));
        }
        vm.roll(100);
        vm.prank(ada);
        token.transfer(address(1), 3e18);
        vm.prank(address(1));
        token.delegate(address(1));
        vm.roll(101);
        uint128[] memory powers = source.powersOf(params, voters, 100, new bytes[](0));
        assertEq(powers.length, voters.length);
        for (uint256 i; i < who.length; ++i) {
            assertEq(powers[i], source.powerOf(params, voters[i], 100, ""));
        }
        vm.expectRevert(abi.encodeWithSelector(Votes.ERC5805FutureLookup.selector, 101, 101));
        source.powersOf(params, new address[](1), 101, new bytes[](0));
    }

    function test_KnowsBothClocks() public {
        (uint64 time, bool isTimestamp) = source.clock(abi.encode(demoToken()));
        assertEq(time, block.number);
        assertFalse(isTimestamp);
        vm.warp(1234);
        (time, isTimestamp) = source.clock(abi.encode(new ClockToken("mode=timestamp")));
        assertEq(time, 1234);
        assertTrue(isTimestamp);
        // One without a clock, from before there were any.
        (time, isTimestamp) = source.clock(abi.encode(source));
        assertEq(time, block.number);
        assertFalse(isTimestamp);
    }

    function test_RefusesOtherClocks() public {
        bytes memory params = abi.encode(new ClockToken("mode=blocknumber&from=eip155:1"));
        vm.expectRevert(
            abi.encodeWithSelector(VotesPowerSource.UnknownClock.selector, "mode=blocknumber&from=eip155:1")
        );
        source.clock(params);
    }

    /// Arbitrum's contracts see Ethereum's block numbers, its RPC its own.
    function test_RefusesBlocksOnArbitrum() public {
        bytes memory blocks = abi.encode(demoToken());
        bytes memory seconds_ = abi.encode(new ClockToken("mode=timestamp"));
        vm.etch(address(100), hex"fe");
        vm.expectRevert(abi.encodeWithSelector(VotesPowerSource.ForeignBlockNumbers.selector, block.chainid));
        source.clock(blocks);
        source.clock(seconds_);
    }

    function test_RefusesWhatIsNoToken() public {
        vm.expectRevert(abi.encodeWithSelector(VotesPowerSource.NoToken.selector, ada));
        source.clock(abi.encode(ada));
        vm.expectRevert();
        source.clock("");
        vm.expectRevert();
        source.powerOf(abi.encode(ada), ada, 1, "");
        vm.expectRevert(bytes(""));
        source.powersOf(abi.encode(ada), new address[](1), 1, new bytes[](0));
    }

    function test_RefusesMorePowerThanFits() public {
        bytes memory params = abi.encode(new ClockToken(""));
        bytes memory err = abi.encodeWithSelector(
            SafeCast.SafeCastOverflowedUintDowncast.selector, 128, uint256(type(uint128).max) + 1
        );
        vm.expectRevert(err);
        source.powerOf(params, ada, 1, "");
        vm.expectRevert(err);
        source.powersOf(params, new address[](2), 1, new bytes[](0));
    }
}
