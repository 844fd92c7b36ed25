// SPDX-License-Identifier: LGPL-3.0-only
pragma solidity 0.8.30;

import {Config} from "./interfaces/Config.sol";
import {IPowerSource} from "./interfaces/IPowerSource.sol";
import {ITallyChecker, Reached, Vote} from "./interfaces/ITallyChecker.sol";
import {Commitment, ITallyModule, Proposal, State} from "./interfaces/ITallyModule.sol";
import {Call, Calls} from "./libraries/Calls.sol";
import {DataCode} from "./libraries/DataCode.sol";
import {ProposalMessage} from "./libraries/ProposalDigest.sol";
import {Record, Records} from "./libraries/Record.sol";
import {TallyTree} from "./libraries/TallyTree.sol";
import {Module} from "@gnosis-guild/zodiac-core/contracts/core/Module.sol";
import {Operation} from "@gnosis-guild/zodiac-core/contracts/core/Operation.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title TallyModule
/// @notice Mastercopy; every Safe has its own proxy, made by Zodiac's ModuleProxyFactory. What it promises stands in
/// `ITallyModule`.
contract TallyModule is Module, ReentrancyGuardTransient, ITallyModule {
    using Records for Record;

    /// @inheritdoc ITallyModule
    uint32 public constant MAX_PAUSE = 14 days;

    /// @inheritdoc ITallyModule
    ITallyChecker public immutable checker;
    /// @inheritdoc ITallyModule
    bytes32 public configHash;
    /// @inheritdoc ITallyModule
    mapping(bytes32 proposalId => mapping(address prover => bytes32)) public runOf;
    /// @inheritdoc ITallyModule
    mapping(address author => mapping(bytes32 proposalId => bool)) public isCancelledBy;
    /// @inheritdoc ITallyModule
    mapping(address account => uint256) public creditOf;

    /// @dev Where the encoded config lies as code: read whole, it is cheaper there than in storage.
    mapping(bytes32 hash => address) private _configs;
    mapping(bytes32 proposalId => Record) private _records;

    /// @dev Nobody can set up the mastercopy.
    constructor(ITallyChecker checker_) initializer {
        checker = checker_;
    }

    /// @notice Sets up a proxy, once, with `abi.encode(safe, config)`. The Safe becomes owner, avatar and target.
    function setUp(bytes memory parameters) public override initializer {
        (address safe, Config memory config) = abi.decode(parameters, (address, Config));
        if (safe == address(0)) revert ZeroSafe();
        avatar = safe;
        target = safe;
        _transferOwnership(safe);
        _setConfig(config);
    }

    // ----------------------------------------------------------------------------------------------------- reads

    /// @inheritdoc ITallyModule
    function configOf(bytes32 hash) external view returns (Config memory config) {
        if (_configs[hash] != address(0)) return _config(_configs[hash]);
    }

    /// @inheritdoc ITallyModule
    function proposalOf(bytes32 proposalId) external view returns (Proposal memory) {
        return _records[proposalId].proposal();
    }

    /// @inheritdoc ITallyModule
    function commitmentOf(bytes32 proposalId) external view returns (Commitment memory) {
        return _records[proposalId].commitment();
    }

    /// @inheritdoc ITallyModule
    function proposalIdOf(ProposalMessage calldata message) external view returns (bytes32) {
        return checker.proposalId(message, _spaceOf(_config(_configs[configHash])), address(this));
    }

    /// @inheritdoc ITallyModule
    function executionHashOf(Call[] calldata calls) external view returns (bytes32) {
        return Calls.executionHash(calls);
    }

    /// @inheritdoc ITallyModule
    function stateOf(bytes32 proposalId) external view returns (State) {
        Record storage record = _records[proposalId];
        if (record.author == address(0)) return State.Unknown;
        if (record.isExecuted) return State.Executed;
        if (record.isVetoed) return State.Vetoed;
        if (record.isCancelled) return State.Cancelled;
        Config memory config = _config(record.config);
        if (record.committedAt == 0) {
            if (block.timestamp <= record.end) return State.Voting;
            return block.timestamp <= _commitDeadline(config, record) ? State.AwaitingTally : State.Lapsed;
        }
        if (record.provenAt == 0) return State.Committed;
        if (block.timestamp < _finalAt(config, proposalId, record)) return State.Proven;
        (bool passed,,) = _outcome(config, record);
        if (!passed) return State.Rejected;
        (uint256 from, uint256 until) = _executionWindow(config, proposalId, record);
        if (block.timestamp >= until) return State.Expired;
        if (block.timestamp < record.pausedUntil) return State.Paused;
        return block.timestamp < from ? State.Cooling : State.Executable;
    }

    /// @inheritdoc ITallyModule
    function finalAt(bytes32 proposalId) external view returns (uint256) {
        Record storage record = _registered(proposalId);
        return _finalAt(_config(record.config), proposalId, record);
    }

    /// @inheritdoc ITallyModule
    function executionWindow(bytes32 proposalId) external view returns (uint256 from, uint256 until) {
        Record storage record = _registered(proposalId);
        return _executionWindow(_config(record.config), proposalId, record);
    }

    // ------------------------------------------------------------------------------------------------------ config

    /// @inheritdoc ITallyModule
    function setConfig(Config calldata config) external onlyOwner {
        _setConfig(config);
    }

    function _setConfig(Config memory config) private {
        checker.requireSafe(config);
        bytes memory encoded = abi.encode(config);
        bytes32 hash = keccak256(encoded);
        if (_configs[hash] == address(0)) _configs[hash] = DataCode.write(encoded);
        configHash = hash;
        emit ConfigSet(hash, config);
    }

    /// Read where it was copied to: but for strings and lists, which are offsets there and pointers in memory, an encoded
    /// struct is one in memory. Decoding costs every act 5,000 gas more.
    function _config(address account) private view returns (Config memory config) {
        bytes memory encoded = DataCode.read(account);
        assembly ("memory-safe") {
            // Behind the length, and the offset of the struct itself.
            config := add(encoded, 64)
            mstore(config, add(config, mload(config))) // space
            let powerParams := add(config, 640)
            mstore(powerParams, add(config, mload(powerParams)))
            let proposers := add(config, 672)
            mstore(proposers, add(config, mload(proposers)))
        }
    }

    // --------------------------------------------------------------------------------------------------- proposals

    /// @inheritdoc ITallyModule
    function register(
        ProposalMessage calldata message,
        Call[] calldata calls,
        bytes calldata signature,
        bytes calldata powerProof
    ) external returns (bytes32 proposalId) {
        if (message.config != configHash) {
            revert StaleConfig(message.config, configHash);
        }
        Config memory config = _config(_configs[message.config]);
        proposalId = checker.proposalId(message, _spaceOf(config), address(this));
        Record storage record = _records[proposalId];
        if (record.author != address(0)) revert AlreadyRegistered(proposalId);
        if (isCancelledBy[message.author][proposalId]) revert ProposalIsCancelled(proposalId);
        _requireSignature(message.author, proposalId, signature);

        record.author = message.author;
        record.config = _configs[message.config];
        _setPeriod(config, record, message);
        _setPower(config, record, message, powerProof);
        _setBatch(record, message.executionHash, calls);
        emit ProposalRegistered(
            proposalId,
            message.author,
            message.config,
            message.executionHash,
            message.start,
            message.end,
            record.timepoint,
            record.total
        );
    }

    function _setPeriod(Config memory config, Record storage record, ProposalMessage calldata message)
        private
    {
        uint256 from = message.start > block.timestamp ? message.start : block.timestamp;
        uint256 period = message.end > from ? message.end - from : 0;
        if (period < config.minPeriod) revert PeriodTooShort(period, config.minPeriod);
        if (uint256(message.start) + config.maxBackdate < block.timestamp) {
            revert StartedTooLongAgo(message.start, block.timestamp - config.maxBackdate);
        }
        (record.start, record.end) = (SafeCast.toUint40(message.start), SafeCast.toUint40(message.end));
    }

    function _setPower(
        Config memory config,
        Record storage record,
        ProposalMessage calldata message,
        bytes calldata proof
    ) private {
        IPowerSource source = config.powerSource;
        (uint64 time, bool isTimestamp) = source.clock(config.powerParams);
        uint64 timepoint = message.snapshot;
        // A message dated 0 has no second before it, and one at 0 is too old for any source.
        if (isTimestamp) timepoint = message.timestamp == 0 ? 0 : message.timestamp - 1;
        if (timepoint >= time) revert TimepointNotPast(timepoint, time);
        if (time - timepoint > config.maxSnapshotAge) {
            revert TimepointTooOld(timepoint, time - config.maxSnapshotAge);
        }
        uint256 total = source.totalAt(config.powerParams, timepoint);
        if (total > type(uint128).max) revert TotalTooLarge(total);
        record.timepoint = SafeCast.toUint48(timepoint);
        record.total = uint128(total);

        if (_isListed(config, message.author)) return;
        uint128 threshold = config.proposalThreshold;
        uint128 power =
            threshold == 0 ? 0 : source.powerOf(config.powerParams, message.author, timepoint, proof);
        if (threshold == 0 || power < threshold) revert NotAProposer(message.author, power, threshold);
    }

    function _isListed(Config memory config, address author) private pure returns (bool) {
        for (uint256 i; i < config.proposers.length; ++i) {
            if (config.proposers[i] == author) return true;
        }
        return false;
    }

    function _setBatch(Record storage record, bytes32 executionHash, Call[] calldata calls) private {
        if (calls.length == 0) revert EmptyBatch();
        if (calls.length > Calls.MAX_CALLS) revert TooManyCalls(calls.length);
        _requireBatch(executionHash, calls);
        for (uint256 i; i < calls.length; ++i) {
            if (calls[i].operation != 0) revert NotACall(i, calls[i].operation);
        }
        _requireCode(calls);
        uint64 codeless = Calls.codeless(calls);
        record.executionHash = executionHash;
        record.codeless = codeless;
        record.codeHash = Calls.codeHash(calls, codeless);
    }

    /// @inheritdoc ITallyModule
    function cancel(
        bytes32 proposalId,
        address author,
        uint64 timestamp,
        uint8 variant,
        bytes calldata signature
    ) external {
        Record storage record = _records[proposalId];
        bool isRegistered = record.author != address(0);
        if (isCancelledBy[author][proposalId]) revert ProposalIsCancelled(proposalId);
        if (isRegistered && block.timestamp > record.end) revert VoteIsOver(record.end);

        bytes32 space = _spaceOf(_config(isRegistered ? record.config : _configs[configHash]));
        bytes32 digest = checker.cancellation(proposalId, space, author, timestamp, variant);
        if (isRegistered && record.author != author) revert NotSignedByAuthor(record.author, digest);
        _requireSignature(author, digest, signature);
        record.isCancelled = isRegistered;
        isCancelledBy[author][proposalId] = true;
        emit ProposalCancelled(proposalId, author);
    }

    // ------------------------------------------------------------------------------------------------------- tally

    /// @inheritdoc ITallyModule
    function commitTally(
        bytes32 proposalId,
        bytes32 root,
        uint64 count,
        uint128[3] calldata totals,
        bytes32 inboxAccumulator,
        string calldata dataRef
    ) external payable {
        Record storage record = _registered(proposalId);
        Config memory config = _config(record.config);
        if (msg.sender != config.operator) revert NotTheOperator(msg.sender);
        if (record.committedAt != 0) revert AlreadyCommitted(proposalId);
        _requireAlive(proposalId, record);
        if (block.timestamp <= record.end) revert VoteIsNotOver(record.end);
        uint256 deadline = _commitDeadline(config, record);
        if (block.timestamp > deadline) revert CommitTooLate(deadline);
        if (msg.value != config.bond) revert WrongBond(config.bond, msg.value);
        if (inboxAccumulator != 0) revert WrongInbox(0, inboxAccumulator);
        uint256 sum = uint256(totals[0]) + totals[1] + totals[2];
        if (sum > record.total) revert TotalsExceedPower(sum, record.total);
        if (count == 0 && (root != TallyTree.EMPTY || sum != 0)) revert NotTheEmptyTree(root);

        record.root = root;
        record.forPower = totals[0];
        record.againstPower = totals[1];
        record.abstainPower = totals[2];
        record.count = count;
        record.committedAt = uint40(block.timestamp);
        emit TallyCommitted(proposalId, root, count, totals, dataRef);
        if (count == 0) _setProven(proposalId, record, address(0));
    }

    /// @inheritdoc ITallyModule
    /// @dev Neither a last moment nor a look at what became of the proposal: a bond is freed by a proof.
    function proveBallots(
        bytes32 proposalId,
        address prover,
        bytes calldata run,
        bytes calldata ballots,
        bytes[] calldata powerProofs
    ) external {
        Record storage record = _registered(proposalId);
        if (record.committedAt == 0) revert NotCommitted(proposalId);
        if (record.provenAt != 0) revert AlreadyProven(proposalId);
        if (run.length != 0 && runOf[proposalId][prover] != keccak256(run)) {
            revert UnknownRun(proposalId, prover);
        }
        Reached memory reached = checker.checkBallots(_voteOn(proposalId, record), run, ballots, powerProofs);
        if (reached.index == record.count) {
            _requireCommitted(record, reached.root);
            delete runOf[proposalId][msg.sender];
            _setProven(proposalId, record, msg.sender);
        } else {
            runOf[proposalId][msg.sender] = keccak256(reached.run);
            emit BallotsChecked(proposalId, msg.sender, reached.index, reached.lastVoter);
        }
    }

    function _voteOn(bytes32 proposalId, Record storage record) private view returns (Vote memory) {
        Config memory config = _config(record.config);
        return Vote({
            proposalId: proposalId,
            space: _spaceOf(config),
            source: config.powerSource,
            params: config.powerParams,
            timepoint: record.timepoint,
            start: record.start,
            end: record.end,
            count: record.count
        });
    }

    function _requireCommitted(Record storage record, TallyTree.Node memory found) private view {
        if (record.root != found.hash) revert WrongRoot(record.root, found.hash);
        if (
            record.forPower != found.forPower || record.againstPower != found.againstPower
                || record.abstainPower != found.abstainPower
        ) {
            revert WrongTotals(
                [record.forPower, record.againstPower, record.abstainPower],
                [found.forPower, found.againstPower, found.abstainPower]
            );
        }
    }

    function _setProven(bytes32 proposalId, Record storage record, address prover) private {
        record.provenAt = uint40(block.timestamp);
        emit TallyProven(proposalId, prover);
    }

    // --------------------------------------------------------------------------------------------------- execution

    /// @inheritdoc ITallyModule
    function execute(bytes32 proposalId, Call[] calldata calls) external nonReentrant {
        Record storage record = _registered(proposalId);
        _requireAlive(proposalId, record);
        _requireExecutable(proposalId, record);
        _requireBatch(record.executionHash, calls);
        _requireCode(calls);
        bytes32 codeHash = Calls.codeHash(calls, record.codeless);
        if (codeHash != record.codeHash) revert CodeChanged(record.codeHash, codeHash);

        record.isExecuted = true;
        emit ProposalExecuted(proposalId);
        for (uint256 i; i < calls.length; ++i) {
            if (!exec(calls[i].to, calls[i].value, calls[i].data, Operation.Call)) revert CallFailed(i);
        }
    }

    function _requireExecutable(bytes32 proposalId, Record storage record) private view {
        Config memory config = _config(record.config);
        (uint256 from, uint256 until) = _executionWindow(config, proposalId, record);
        (bool passed, uint256 counted, uint256 needed) = _outcome(config, record);
        if (!passed) revert NotPassed(record.forPower, record.againstPower, counted, needed);
        if (block.timestamp < record.pausedUntil) revert ProposalIsPaused(record.pausedUntil);
        if (block.timestamp < from) revert TooEarly(from);
        if (block.timestamp >= until) revert ProposalHasExpired(until);
    }

    /// Of a proven record.
    function _outcome(Config memory config, Record storage record)
        private
        view
        returns (bool passed, uint256 counted, uint256 needed)
    {
        uint8 choices = config.quorumChoices;
        if (choices & 1 != 0) counted += record.forPower;
        if (choices & 2 != 0) counted += record.againstPower;
        if (choices & 4 != 0) counted += record.abstainPower;
        needed = Math.ceilDiv(uint256(record.total) * config.quorumBps, 10_000);
        passed = counted >= needed && record.forPower > record.againstPower;
    }

    function _finalAt(Config memory config, bytes32 proposalId, Record storage record)
        private
        view
        returns (uint256)
    {
        if (record.committedAt == 0) revert NotCommitted(proposalId);
        uint256 provenAt = record.provenAt;
        if (provenAt == 0) revert NotProven(proposalId);
        return Math.max(provenAt, uint256(record.committedAt) + config.omissionWindow);
    }

    function _executionWindow(Config memory config, bytes32 proposalId, Record storage record)
        private
        view
        returns (uint256 from, uint256 until)
    {
        uint256 settledAt = _finalAt(config, proposalId, record);
        from = Math.max(settledAt + config.cooldown, record.pausedUntil);
        until = settledAt + config.expiry + record.pauseLength;
    }

    // ------------------------------------------------------------------------------------------------------ brakes

    /// @inheritdoc ITallyModule
    function veto(bytes32 proposalId, bytes32 reasonHash) external {
        Record storage record = _registered(proposalId);
        _requireGuardian(_config(record.config));
        _requireAlive(proposalId, record);
        record.isVetoed = true;
        emit ProposalVetoed(proposalId, msg.sender, reasonHash);
    }

    /// @inheritdoc ITallyModule
    function pause(bytes32 proposalId, uint32 duration, bytes32 reasonHash) external {
        Record storage record = _registered(proposalId);
        Config memory config = _config(record.config);
        _requireGuardian(config);
        _requireAlive(proposalId, record);
        if (record.pausedUntil != 0) revert AlreadyPaused(proposalId);
        if (duration == 0 || duration > MAX_PAUSE) revert WrongPause(duration);
        if (record.provenAt != 0) {
            (, uint256 until) = _executionWindow(config, proposalId, record);
            if (block.timestamp >= until) revert ProposalHasExpired(until);
        }
        record.pausedUntil = uint40(block.timestamp + duration);
        // Fits: fourteen days at most.
        record.pauseLength = uint24(duration);
        emit ProposalPaused(proposalId, msg.sender, record.pausedUntil, reasonHash);
    }

    // ------------------------------------------------------------------------------------------------------- bonds

    /// @inheritdoc ITallyModule
    function releaseBond(bytes32 proposalId) external {
        Record storage record = _registered(proposalId);
        Config memory config = _config(record.config);
        uint256 settledAt = _finalAt(config, proposalId, record);
        if (block.timestamp < settledAt) revert NotFinal(settledAt);
        if (config.bond == 0 || record.isBondReleased) revert NoBond(proposalId);
        record.isBondReleased = true;
        creditOf[config.operator] += config.bond;
        emit BondReleased(proposalId, config.operator, config.bond);
    }

    /// @inheritdoc ITallyModule
    function withdraw(address payable to) external nonReentrant {
        uint256 amount = creditOf[msg.sender];
        if (amount == 0) revert NoCredit(msg.sender);
        creditOf[msg.sender] = 0;
        emit Withdrawn(msg.sender, to, amount);
        (bool success,) = to.call{value: amount}("");
        if (!success) revert PaymentRefused(to);
    }

    // -------------------------------------------------------------------------------------------------- conditions

    function _registered(bytes32 proposalId) private view returns (Record storage record) {
        record = _records[proposalId];
        if (record.author == address(0)) revert UnknownProposal(proposalId);
    }

    function _requireAlive(bytes32 proposalId, Record storage record) private view {
        if (record.isExecuted) revert AlreadyExecuted(proposalId);
        if (record.isVetoed) revert ProposalIsVetoed(proposalId);
        if (record.isCancelled) revert ProposalIsCancelled(proposalId);
    }

    /// A key's signature first: an account with borrowed code (EIP-7702) still has its key.
    function _requireSignature(address author, bytes32 digest, bytes calldata signature) private view {
        (address signer,,) = ECDSA.tryRecoverCalldata(digest, signature);
        if (author == address(0)) revert NotSignedByAuthor(author, digest);
        if (signer == author) return;
        if (SignatureChecker.isValidERC1271SignatureNowCalldata(author, digest, signature)) return;
        revert NotSignedByAuthor(author, digest);
    }

    function _requireGuardian(Config memory config) private view {
        bool isGuardian = msg.sender == config.guardian && block.timestamp < config.guardianExpiry;
        if (!isGuardian && msg.sender != owner) revert NotTheGuardian(msg.sender);
    }

    function _requireBatch(bytes32 voted, Call[] calldata calls) private view {
        bytes32 given = Calls.executionHash(calls);
        if (given != voted) revert WrongBatch(voted, given);
    }

    function _requireCode(Call[] calldata calls) private view {
        for (uint256 i; i < calls.length; ++i) {
            if (calls[i].data.length != 0 && calls[i].to.code.length == 0) {
                revert CallWithoutCode(i, calls[i].to);
            }
        }
    }

    function _commitDeadline(Config memory config, Record storage record) private view returns (uint256) {
        return uint256(record.end) + config.commitGrace;
    }

    function _spaceOf(Config memory config) private pure returns (bytes32) {
        return keccak256(bytes(config.space));
    }
}
