// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Bytes kept as the code of an account
library DataCode {
    /// @notice The account could not be created: the bytes are more than code may have.
    error DataTooLong(uint256 length);

    /// @return account Holds `data` for ever, behind a STOP, so that no call to it does anything.
    function write(bytes memory data) internal returns (address account) {
        // Returns what follows it as code.
        bytes memory creation = abi.encodePacked(hex"600b5981380380925939f300", data);
        assembly ("memory-safe") {
            account := create(0, add(creation, 32), mload(creation))
        }
        if (account == address(0)) revert DataTooLong(data.length);
    }

    /// @return data What `write` was given.
    function read(address account) internal view returns (bytes memory data) {
        data = account.code;
        assembly ("memory-safe") {
            let length := sub(mload(data), 1)
            data := add(data, 1)
            mstore(data, length)
        }
    }
}
