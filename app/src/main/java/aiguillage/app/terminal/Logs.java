package aiguillage.app.terminal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import net.logstash.logback.encoder.LogstashEncoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs, set in code: a short command writes only what needs a look, to `err`; a long-running one writes every
/// event, to `out`.
public final class Logs extends ContextAwareBase implements Configurator {

    private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %msg %kvp%n%ex";

    /// How a line of the log looks.
    public enum Form {
        /// For people.
        TEXT,
        /// One JSON object per line, for collectors.
        JSON
    }

    /// What every command starts with; found by Logback through `META-INF/services`.
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var console = console(context, text(context), "System.err");
        write(context, console, Level.WARN);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /// Switches to the logs of a long-running command.
    public static void ofService(Form form) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        var console = console(context, form == Form.JSON ? json(context) : text(context), "System.out");
        write(context, console, Level.INFO);
    }

    /// Switches the hub's logs off: for a command that plays one and brings it into trouble on purpose.
    public static void ofPracticeHub() {
        ((LoggerContext) LoggerFactory.getILoggerFactory())
                .getLogger("aiguillage.hub")
                .setLevel(Level.OFF);
    }

    /// The form that suits whoever reads `out`.
    public static Form suitable() {
        return Terminal.isWatched() ? Form.TEXT : Form.JSON;
    }

    private static void write(LoggerContext context, ConsoleAppender<ILoggingEvent> console, Level level) {
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(level);
        root.addAppender(console);
        context.getLogger("org.eclipse.jetty").setLevel(Level.WARN);
        context.getLogger("org.apache.sshd").setLevel(Level.ERROR); // strangers make it warn as often as they like
    }

    private static ConsoleAppender<ILoggingEvent> console(
            LoggerContext context, Encoder<ILoggingEvent> encoder, String target) {
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(context);
        console.setTarget(target);
        console.setEncoder(encoder);
        console.start();
        return console;
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        var encoder = new LogstashEncoder();
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }
}
