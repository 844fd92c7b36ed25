// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {TallyModule} from "../../src/TallyModule.sol";
import {Config} from "../../src/interfaces/Config.sol";
import {ITallyChecker, Reached, Run} from "../../src/interfaces/ITallyChecker.sol";
import {Commitment, ITallyModule, Proposal, State} from "../../src/interfaces/ITallyModule.sol";
import {Call} from "../../src/libraries/Calls.sol";
import {ProposalMessage} from "../../src/libraries/ProposalDigest.sol";
import {TallyTree} from "../../src/libraries/TallyTree.sol";
import {Digests} from "./Digests.sol";
import {SafeAccount, SafeArtifacts} from "./SafeArtifacts.sol";
import {TablePowerSource} from "./TablePowerSource.sol";
import {ModuleProxyFactory} from "@gnosis-guild/zodiac-core/contracts/factory/ModuleProxyFactory.sol";
import {Test} from "forge-std/Test.sol";

/// @notice A module on a real Safe, and people with keys.
abstract contract TallyTest is Test {
    /// What a ballot says, before it is signed.
    struct Draft {
        uint256 key;
        address voter;
        uint8 choice;
        uint128 power;
        uint64 timestamp;
        uint8 variant;
        uint8 kind;
        bytes32 reasonHash;
        bytes32 appHash;
        bytes32 metadataHash;
    }

    /// What a commitment says.
    struct Tally {
        bytes32 root;
        uint64 count;
        uint128[3] totals;
    }

    uint256 internal constant HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;
    uint256 internal constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    uint64 internal constant START = 1_800_000_000;
    uint64 internal constant PERIOD = 3 days;
    bytes32 internal constant REASON = keccak256("a reason");

    TablePowerSource internal source;
    Digests internal digests;
    ModuleProxyFactory internal factory;
    TallyModule internal mastercopy;
    TallyModule internal module;
    SafeAccount internal safe;
    Config internal config;

    address internal operator = makeAddr("operator");
    address internal guardian = makeAddr("guardian");
    address internal receiver = makeAddr("receiver");
    address internal anyone = makeAddr("anyone");
    address internal author;
    uint256 internal authorKey;

    function setUp() public virtual {
        vm.warp(START);
        vm.roll(1000);
        (author, authorKey) = makeAddrAndKey("author");
        // By artifact: a contract created with `new` would be compiled into every test contract.
        source = TablePowerSource(deployCode("TablePowerSource.sol"));
        digests = Digests(deployCode("Digests.sol"));
        factory = ModuleProxyFactory(deployCode("ModuleProxyFactory.sol"));
        mastercopy = TallyModule(deployCode("TallyModule.sol", abi.encode(deployCode("TallyChecker.sol"))));
        safe = SafeArtifacts.deploy(makeAddr("owner"));
        vm.deal(address(safe), 100 ether);
        setDefaults();
        module = deployModule(config);
    }

    function setDefaults() internal {
        config.space = "demo";
        config.operator = operator;
        config.commitGrace = 1 hours;
        config.challengeWindow = 0;
        config.omissionWindow = 2 hours;
        config.powerSource = source;
        config.quorumBps = 400;
        config.quorumChoices = 5;
        config.minPeriod = 1 days;
        config.maxBackdate = 1 hours;
        config.guardian = guardian;
        config.guardianExpiry = START + 365 days;
        config.cooldown = 1 days;
        config.receiptKey = makeAddr("receipt key");
        config.expiry = 14 days;
        config.maxSnapshotAge = 7 days;
        config.bond = 0;
        config.proposalThreshold = 1000e18;
        config.powerParams = hex"c0ffee";
        config.proposers.push(author);
    }

    function deployModule(Config memory config_) internal returns (TallyModule deployed) {
        bytes memory setup = abi.encodeCall(TallyModule.setUp, abi.encode(safe, config_));
        deployed = TallyModule(factory.deployModule(address(mastercopy), setup, 1));
        vm.prank(address(safe));
        safe.enableModule(address(deployed));
    }

    /// Gives the module the config as it stands.
    function updateConfig() internal {
        vm.prank(address(safe));
        module.setConfig(config);
    }

    // ------------------------------------------------------------------------------------------------- proposals

    /// One ether to the receiver.
    function payment() internal view returns (Call[] memory calls) {
        calls = new Call[](1);
        calls[0] = Call(receiver, 1 ether, "", 0);
    }

    function messageFor(Call[] memory calls) internal view returns (ProposalMessage memory) {
        return ProposalMessage({
            author: author,
            timestamp: uint64(block.timestamp),
            titleHash: keccak256("Pay the receiver"),
            bodyHash: keccak256("One ether."),
            discussionHash: keccak256(""),
            labelsHash: keccak256(""),
            appHash: keccak256("comitia"),
            start: uint64(block.timestamp),
            end: uint64(block.timestamp) + PERIOD,
            snapshot: uint64(block.number) - 1,
            config: module.configHash(),
            executionHash: module.executionHashOf(calls)
        });
    }

    function sign(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    function signed(ProposalMessage memory message) internal view returns (bytes memory) {
        return sign(authorKey, module.proposalIdOf(message));
    }

    function register(Call[] memory calls) internal returns (bytes32) {
        ProposalMessage memory message = messageFor(calls);
        return module.register(message, calls, signed(message), "");
    }

    function cancellation(bytes32 proposalId, uint8 variant) internal view returns (bytes memory) {
        return sign(
            authorKey,
            digests.cancellation(keccak256(bytes(config.space)), proposalId, variant, author, START)
        );
    }

    function cancel(bytes32 proposalId) internal {
        module.cancel(proposalId, author, START, 0, cancellation(proposalId, 0));
    }

    // --------------------------------------------------------------------------------------------------- ballots

    /// `count` voters with keys, sorted by address, each with power in the table.
    function drafts(uint256 count, uint128 power) internal returns (Draft[] memory list) {
        list = new Draft[](count);
        for (uint256 i; i < count; ++i) {
            uint256 key = uint256(keccak256(abi.encode("voter", i)));
            Draft memory draft = Draft({
                key: key,
                voter: vm.addr(key),
                choice: 1,
                power: power,
                timestamp: START + 10,
                variant: uint8(i % 8),
                kind: 0,
                reasonHash: keccak256(""),
                appHash: keccak256("comitia"),
                metadataHash: keccak256("{}")
            });
            source.set(draft.voter, power);
            uint256 j = i;
            for (; j > 0 && list[j - 1].voter > draft.voter; --j) {
                list[j] = list[j - 1];
            }
            list[j] = draft;
        }
    }

    function pack(Draft memory d, bytes32 r, bytes32 s, uint8 v) internal pure returns (bytes memory) {
        return bytes.concat(
            abi.encodePacked(d.voter, d.choice, d.power, d.timestamp, d.variant, d.kind),
            abi.encodePacked(d.reasonHash, d.appHash, d.metadataHash, r, s, v)
        );
    }

    function signBallot(bytes32 proposalId, Draft memory draft) internal view returns (bytes memory) {
        bytes32 digest = digests.vote(keccak256(bytes(config.space)), proposalId, pack(draft, 0, 0, 0));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(draft.key, digest);
        return pack(draft, r, s, v);
    }

    function signBallots(bytes32 proposalId, Draft[] memory list)
        internal
        view
        returns (bytes[] memory records)
    {
        records = new bytes[](list.length);
        for (uint256 i; i < list.length; ++i) {
            records[i] = signBallot(proposalId, list[i]);
        }
    }

    function slice(bytes[] memory records, uint256 from, uint256 to)
        internal
        pure
        returns (bytes memory all)
    {
        all = new bytes((to - from) * 208);
        for (uint256 i = from; i < to; ++i) {
            bytes memory record = records[i];
            assembly ("memory-safe") {
                mcopy(add(add(all, 32), mul(208, sub(i, from))), add(record, 32), 208)
            }
        }
    }

    /// The tree as its definition reads: by halves, not by a stack.
    function tallyOf(bytes[] memory records) internal view returns (Tally memory tally) {
        if (records.length == 0) return Tally(keccak256(hex"02"), 0, [uint128(0), 0, 0]);
        TallyTree.Node memory root = subtree(records, 0, records.length);
        return Tally(root.hash, root.count, [root.forPower, root.againstPower, root.abstainPower]);
    }

    function subtree(bytes[] memory records, uint256 from, uint256 to)
        internal
        view
        returns (TallyTree.Node memory)
    {
        if (to - from == 1) {
            bytes memory record = records[from];
            uint8 choice = uint8(record[20]);
            uint128 power;
            assembly {
                power := shr(128, mload(add(record, 53)))
            }
            return TallyTree.Node(
                digests.leafHash(record),
                1,
                choice == 1 ? power : 0,
                choice == 2 ? power : 0,
                choice == 3 ? power : 0
            );
        }
        uint256 half = 1;
        while (half * 2 < to - from) half *= 2;
        TallyTree.Node memory l = subtree(records, from, from + half);
        TallyTree.Node memory r = subtree(records, from + half, to);
        bytes memory left = abi.encodePacked(l.hash, l.count, l.forPower, l.againstPower, l.abstainPower);
        bytes memory right = abi.encodePacked(r.hash, r.count, r.forPower, r.againstPower, r.abstainPower);
        return TallyTree.Node(
            keccak256(bytes.concat(hex"01", left, right)),
            l.count + r.count,
            l.forPower + r.forPower,
            l.againstPower + r.againstPower,
            l.abstainPower + r.abstainPower
        );
    }

    /// What a run over the first `count` ballots has reached: `abi.encode(Run)`.
    function runAfter(bytes[] memory records, uint256 count) internal view returns (bytes memory) {
        Run memory run;
        run.index = uint64(count);
        if (count != 0) run.lastVoter = address(bytes20(records[count - 1]));
        uint256 bits;
        for (uint256 rest = count; rest != 0; rest &= rest - 1) {
            ++bits;
        }
        run.stack = new TallyTree.Node[](bits);
        uint256 from;
        uint256 depth;
        for (uint256 size = 1 << 20; size != 0; size >>= 1) {
            if (count & size == 0) continue;
            run.stack[depth++] = subtree(records, from, from + size);
            from += size;
        }
        return abi.encode(run);
    }

    // ---------------------------------------------------------------------------------------------------- settling

    function commit(bytes32 proposalId, Tally memory tally) internal {
        vm.deal(operator, operator.balance + config.bond);
        vm.prank(operator);
        module.commitTally{value: config.bond}(
            proposalId, tally.root, tally.count, tally.totals, 0, "ipfs://ballots"
        );
    }

    function prove(bytes32 proposalId, bytes[] memory records) internal {
        module.proveBallots(proposalId, address(0), "", slice(records, 0, records.length), new bytes[](0));
    }

    /// A registered payment that 60 % of all power voted for; its vote is over.
    function voted() internal returns (bytes32 proposalId, bytes[] memory records) {
        proposalId = register(payment());
        Draft[] memory list = drafts(6, 100_000e18);
        records = signBallots(proposalId, list);
        vm.warp(START + PERIOD + 1);
    }

    function committed() internal returns (bytes32 proposalId, bytes[] memory records) {
        (proposalId, records) = voted();
        commit(proposalId, tallyOf(records));
    }

    function proven() internal returns (bytes32 proposalId) {
        bytes[] memory records;
        (proposalId, records) = committed();
        prove(proposalId, records);
    }

    function executable() internal returns (bytes32 proposalId) {
        proposalId = proven();
        (uint256 from,) = module.executionWindow(proposalId);
        vm.warp(from);
    }

    function assertState(bytes32 proposalId, State state) internal view {
        assertEq(uint8(module.stateOf(proposalId)), uint8(state));
    }
}
