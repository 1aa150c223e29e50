/// What can be typed: one class per group of commands, one method per command. A method's parameters are its
/// options.
///
/// Every command that states facts takes `--json`. Exit codes are those of `Exit`; what goes wrong is a sentence on
/// `err`, never a stack trace ([Mishaps] decides which).
///
/// **In:** a command line. **Out:** an answer and an exit code. **Knows:** every part but `bench`.
///
/// **Start at** [Aiguillage]. **Tests:** `CommandsTest`, `HelpTest`, `AnswersInJsonTest`.
@NullMarked
package aiguillage.app.command;

import org.jspecify.annotations.NullMarked;
