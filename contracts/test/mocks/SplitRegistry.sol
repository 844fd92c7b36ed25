// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Speaks like the registry of split delegations: what it is told, it logs.
contract SplitRegistry {
    struct Delegation {
        bytes32 delegate;
        uint256 ratio;
    }

    event DelegationUpdated(
        address indexed account,
        string context,
        Delegation[] previous,
        Delegation[] delegation,
        uint256 expiration
    );
    event DelegationCleared(address indexed account, string context, Delegation[] cleared);
    event ExpirationUpdated(
        address indexed account, string context, Delegation[] delegation, uint256 expiration
    );
    event OptOutStatusSet(address indexed account, string context, bool optout);

    mapping(address account => mapping(string context => Delegation[])) private _delegations;

    function setDelegation(string calldata context, Delegation[] calldata delegation, uint256 expiration)
        external
    {
        Delegation[] storage own = _delegations[msg.sender][context];
        emit DelegationUpdated(msg.sender, context, own, delegation, expiration);
        delete _delegations[msg.sender][context];
        for (uint256 i; i < delegation.length; ++i) {
            own.push(delegation[i]);
        }
    }

    function clearDelegation(string calldata context) external {
        emit DelegationCleared(msg.sender, context, _delegations[msg.sender][context]);
        delete _delegations[msg.sender][context];
    }

    function setExpiration(string calldata context, uint256 expiration) external {
        emit ExpirationUpdated(msg.sender, context, _delegations[msg.sender][context], expiration);
    }

    function optout(string calldata context, bool isOut) external {
        emit OptOutStatusSet(msg.sender, context, isOut);
    }
}
