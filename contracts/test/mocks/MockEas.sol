// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice As much of the Ethereum Attestation Service as somebody needs who reads it; anyone may attest and revoke.
contract MockEas {
    struct Attestation {
        bytes32 uid;
        bytes32 schema;
        uint64 time;
        uint64 expirationTime;
        uint64 revocationTime;
        bytes32 refUID;
        address recipient;
        address attester;
        bool revocable;
        bytes data;
    }

    mapping(bytes32 uid => Attestation) private _attestations;

    event Attested(
        address indexed recipient, address indexed attester, bytes32 uid, bytes32 indexed schemaUID
    );

    function attest(bytes32 uid, bytes32 schema, address recipient) external {
        _attestations[uid] =
            Attestation(uid, schema, uint64(block.timestamp), 0, 0, 0, recipient, msg.sender, true, "");
        emit Attested(recipient, msg.sender, uid, schema);
    }

    function revoke(bytes32 uid) external {
        _attestations[uid].revocationTime = uint64(block.timestamp);
    }

    function getAttestation(bytes32 uid) external view returns (Attestation memory) {
        return _attestations[uid];
    }
}
