// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import "../helpers/TallyTest.sol";
import {Initializable} from "@gnosis-guild/zodiac-core/contracts/factory/Initializable.sol";
import {Ownable} from "@gnosis-guild/zodiac-core/contracts/factory/Ownable.sol";

contract SetUpTest is TallyTest {
    function refuses(bytes32 field) private {
        vm.expectRevert(abi.encodeWithSelector(ITallyChecker.UnsafeConfig.selector, field));
        vm.prank(address(safe));
        module.setConfig(config);
        delete config.proposers;
        setDefaults();
    }

    function test_TheSafeOwnsIt() public view {
        assertEq(module.owner(), address(safe));
        assertEq(module.avatar(), address(safe));
        assertEq(module.target(), address(safe));
        assertEq(module.configHash(), keccak256(abi.encode(config)));
        assertEq(abi.encode(module.configOf(module.configHash())), abi.encode(config));
        assertEq(module.configOf(REASON).operator, address(0));
    }

    /// Whatever the length of what lies in it.
    function testFuzz_KeepsTheConfigAsItIs(
        string calldata space,
        bytes calldata params,
        address[] calldata list
    ) public {
        vm.assume(bytes(space).length != 0 && list.length != 0);
        (config.space, config.powerParams, config.proposers) = (space, params, list);
        updateConfig();
        assertEq(abi.encode(module.configOf(module.configHash())), abi.encode(config));
    }

    function test_Once() public {
        bytes memory parameters = abi.encode(safe, config);
        vm.expectRevert(Initializable.AlreadyInitialized.selector);
        module.setUp(parameters);
        vm.expectRevert(Initializable.AlreadyInitialized.selector);
        mastercopy.setUp(parameters);
    }

    function test_NeedsASafe() public {
        bytes memory setup = abi.encodeCall(TallyModule.setUp, abi.encode(address(0), config));
        vm.expectRevert(ModuleProxyFactory.FailedInitialization.selector);
        factory.deployModule(address(mastercopy), setup, 2);
    }

    function test_OnlyTheSafeChangesTheConfig() public {
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, anyone));
        vm.prank(anyone);
        module.setConfig(config);

        bytes32 before = module.configHash();
        config.quorumBps = 1;
        vm.expectEmit(address(module));
        emit ITallyModule.ConfigSet(keccak256(abi.encode(config)), config);
        updateConfig();
        assertEq(module.configOf(module.configHash()).quorumBps, 1);
        assertEq(module.configOf(before).quorumBps, 400);
        // And back.
        config.quorumBps = 400;
        updateConfig();
        assertEq(module.configHash(), before);
    }

    function test_RefusesUnsafeConfigs() public {
        config.space = "";
        refuses("space");
        config.operator = address(0);
        refuses("operator");
        config.receiptKey = address(0);
        refuses("receiptKey");
        config.powerSource = TablePowerSource(anyone);
        refuses("powerSource");
        config.quorumBps = 0;
        refuses("quorumBps");
        config.quorumBps = 10_001;
        refuses("quorumBps");
        config.quorumChoices = 0;
        refuses("quorumChoices");
        config.quorumChoices = 8;
        refuses("quorumChoices");
        delete config.proposers;
        config.proposalThreshold = 0;
        refuses("proposers");
        config.maxSnapshotAge = 0;
        refuses("maxSnapshotAge");
        config.minPeriod = 0;
        refuses("minPeriod");
        config.minPeriod = 365 days + 1;
        refuses("minPeriod");
        config.maxBackdate = 365 days + 1;
        refuses("maxBackdate");
        config.commitGrace = 0;
        refuses("commitGrace");
        config.commitGrace = 365 days + 1;
        refuses("commitGrace");
        config.challengeWindow = 365 days + 1;
        refuses("challengeWindow");
        config.bond = 1;
        refuses("challengeWindow");
        config.omissionWindow = 365 days + 1;
        refuses("omissionWindow");
        config.expiry = 365 days + 1;
        refuses("expiry");
        config.expiry = config.cooldown;
        refuses("expiry");
        config.cooldown = 1 hours - 1;
        refuses("cooldown");
        updateConfig();
    }

    function test_AGuardianNeedsAnHourUnlessItIsATest() public {
        config.cooldown = 0;
        config.guardian = address(0);
        updateConfig();
        config.guardian = guardian;
        config.isTest = true;
        updateConfig();
        config.isTest = false;
        config.cooldown = 1 hours;
        updateConfig();
    }

    function test_AsksThePowerSource() public {
        source.setBroken(true);
        vm.expectRevert("broken source");
        vm.prank(address(safe));
        module.setConfig(config);
    }

    /// Creating the account that keeps the config can fail, for want of gas or for its size.
    function test_RefusesAConfigThatCannotBeKept() public {
        config.powerParams = new bytes(20_000);
        vm.expectPartialRevert(bytes4(keccak256("DataTooLong(uint256)")));
        vm.prank(address(safe));
        module.setConfig{gas: 2_000_000}(config);
    }
}
