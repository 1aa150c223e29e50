package aiguillage.app;

import aiguillage.app.command.Aiguillage;
import aiguillage.app.terminal.Terminal;

/// The process of the `aiguillage` command.
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(Aiguillage.commandLine(Terminal.ofProcess()).execute(args));
    }
}
