// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Vm} from "forge-std/Vm.sol";

/// @notice What tests need of a Safe.
interface SafeAccount {
    function setup(
        address[] calldata owners,
        uint256 threshold,
        address to,
        bytes calldata data,
        address fallbackHandler,
        address paymentToken,
        uint256 payment,
        address payable paymentReceiver
    ) external;
    function enableModule(address module) external;
    function disableModule(address previous, address module) external;
    function isModuleEnabled(address module) external view returns (bool);
}

interface SafeFactory {
    function createProxyWithNonce(address singleton, bytes calldata initializer, uint256 saltNonce)
        external
        returns (address);
}

/// @notice Safe 1.4.1 as its authors compiled it.
library SafeArtifacts {
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
    string private constant FOLDER = "../node_modules/@safe-global/safe-contracts/build/artifacts/contracts/";

    function deploy(address owner) internal returns (SafeAccount) {
        address[] memory owners = new address[](1);
        owners[0] = owner;
        address zero = address(0);
        bytes memory setup =
            abi.encodeCall(SafeAccount.setup, (owners, 1, zero, "", zero, zero, 0, payable(0)));
        address singleton = create("Safe.sol/Safe.json");
        SafeFactory factory = SafeFactory(create("proxies/SafeProxyFactory.sol/SafeProxyFactory.json"));
        return SafeAccount(factory.createProxyWithNonce(singleton, setup, 1));
    }

    function create(string memory artifact) private returns (address deployed) {
        bytes memory code = vm.parseJsonBytes(vm.readFile(string.concat(FOLDER, artifact)), ".bytecode");
        assembly ("memory-safe") {
            deployed := create(0, add(code, 32), mload(code))
        }
        require(deployed != address(0), "not deployed");
    }
}
