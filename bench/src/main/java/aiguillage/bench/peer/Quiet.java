package aiguillage.bench.peer;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.logging.LogManager;
import org.slf4j.LoggerFactory;

/// A peer's warnings: at its start, at its end, and from XML security for each attachment that is signed. Writing them
/// would cost the peer time, and nobody here can act on them. Its errors are shown.
final class Quiet {

    private Quiet() {}

    /// @param packages whose warnings are not shown
    static void below(String... packages) {
        LogManager.getLogManager().reset();
        for (String each : packages) {
            if (LoggerFactory.getLogger(each) instanceof Logger logger) {
                logger.setLevel(Level.ERROR);
            }
        }
    }
}
