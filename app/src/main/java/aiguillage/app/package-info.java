/// The `aiguillage` command: the one place where parts are wired together.
///
/// In the order in which a newcomer meets them: `command` (what can be typed), `start` (a starting configuration),
/// `warranty` (claims and decisions as the demo needs them), `demo` (the whole switchyard with real processes),
/// `dataset` (lists at hubs and gateways), `operator` (calls to a running hub), `call` (HTTP below both), `terminal`
/// (tables, JSON, exit codes, logs).
///
/// **In:** a command line. **Out:** an answer and an exit code. **Knows:** every part but `bench`.
///
/// **Start at** [Main]. **Tests:** `CommandsTest`, `DemoTest`; `PartsTest` and `TidyTest` hold the whole
/// repository.
@NullMarked
package aiguillage.app;

import org.jspecify.annotations.NullMarked;
