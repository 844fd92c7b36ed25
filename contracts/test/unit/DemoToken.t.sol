// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";
import {DemoToken} from "../../src/demo/DemoToken.sol";

contract DemoTokenTest is Test {
    function deploy(address[] memory holders, uint256[] memory amounts) internal returns (DemoToken) {
        return new DemoToken(holders, amounts);
    }

    function testFuzz_MintsWhatItIsGiven(uint96[8] memory amounts) public {
        (address[] memory holders, uint256[] memory list) = (new address[](8), new uint256[](8));
        uint256 sum;
        for (uint160 i; i < 8; ++i) {
            (holders[i], list[i]) = (address(0x1000 + i), amounts[i]);
            sum += amounts[i];
        }
        DemoToken token = deploy(holders, list);
        for (uint256 i; i < 8; ++i) {
            assertEq(token.balanceOf(holders[i]), amounts[i]);
            assertEq(token.getVotes(holders[i]), 0, "nothing counts before delegation");
        }
        assertEq(token.totalSupply(), sum);
    }

    function test_RefusesUnevenLists() public {
        vm.expectRevert(DemoToken.LengthMismatch.selector);
        deploy(new address[](2), new uint256[](1));
    }

    /// Delegated votes never exceed the supply, follow transfers, and stay as they were at a past block.
    function testFuzz_VotesFollowTokens(uint96 minted, uint96 moved, address to) public {
        address ada = makeAddr("Ada");
        vm.assume(to != address(0) && to != ada);
        moved = uint96(bound(moved, 0, minted));
        (address[] memory holders, uint256[] memory amounts) = (new address[](1), new uint256[](1));
        (holders[0], amounts[0]) = (ada, minted);
        DemoToken token = deploy(holders, amounts);
        vm.prank(ada);
        token.delegate(ada);
        vm.prank(to);
        token.delegate(to);
        vm.roll(100);
        vm.prank(ada);
        token.transfer(to, moved);
        vm.roll(101);

        assertEq(token.getVotes(ada), minted - moved);
        assertEq(token.getVotes(to), moved);
        assertEq(token.getPastVotes(ada, 99), minted);
        assertEq(token.getPastVotes(to, 99), 0);
        assertEq(token.getPastTotalSupply(99), minted);
    }

    function test_CountsBlocks() public {
        DemoToken token = deploy(new address[](0), new uint256[](0));
        vm.roll(1234);
        assertEq(token.clock(), 1234);
        assertEq(token.CLOCK_MODE(), "mode=blocknumber&from=default");
        assertEq(token.name(), "Comitia Demo");
        assertEq(token.symbol(), "VOTE");
        assertEq(token.decimals(), 18);
    }
}
