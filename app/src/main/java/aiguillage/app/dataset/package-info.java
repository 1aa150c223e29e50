/// Datasets as commands see them: at a hub, as its operator or as a party; and their replicas at a gateway.
///
/// **In:** who acts, and on which dataset. **Out:** the hub's or the gateway's answers. **Knows:** `call`,
/// `operator`, `terminal`; `gateway`'s configuration, `config`, `hub`, `pki`, `protocol`.
///
/// **Start at** [HubDataset]. **Tests:** `DatasetCommandsTest`, `ReplicaCommandsTest`.
@NullMarked
package aiguillage.app.dataset;

import org.jspecify.annotations.NullMarked;
