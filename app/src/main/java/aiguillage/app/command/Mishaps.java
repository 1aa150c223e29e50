package aiguillage.app.command;

import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.app.terminal.Terminal;
import aiguillage.config.ConfigException;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.store.StoreFailed;
import java.io.IOException;
import java.net.BindException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.regex.Pattern;
import picocli.CommandLine;

/// Turns whatever a command threw into a sentence and an exit code.
final class Mishaps implements CommandLine.IExecutionExceptionHandler {

    private static final int FRAMES_SHOWN = 3;

    /// A first word that is no word: a path, an address.
    private static final Pattern VALUE = Pattern.compile("[:/.]");

    private final Terminal terminal;

    Mishaps(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, CommandLine.ParseResult parsed) {
        return switch (thrown) {
            case Failure failure -> said(failure.exit(), String.valueOf(failure.getMessage()));
            case ConfigException configuration -> said(Exit.CONFIGURATION, String.valueOf(configuration.getMessage()));
            case FileAlreadyExistsException there ->
                said(Exit.NO, there.getFile() + ": " + otherwise(there.getReason(), "it exists already") + ".");
            case NoSuchFileException missing ->
                said(Exit.UNAVAILABLE, "There is no file " + missing.getFile() + ". Look at its name.");
            case BindException busy ->
                said(Exit.UNAVAILABLE, busy.getMessage() + ". Choose another port, or stop what uses it.");
            case CharacterCodingException _ ->
                said(Exit.CONFIGURATION, "One of the files that were named is not UTF-8 text. Save it as UTF-8.");
            case IOException e
            when e.getCause() instanceof BindException ->
                said(
                        Exit.UNAVAILABLE,
                        e.getMessage() + ": it is in use, or not an address of this machine. Choose another in the"
                                + " configuration, or stop what uses it.");
            case IOException e -> said(Exit.UNAVAILABLE, sentence(e));
            case StoreFailed e -> said(Exit.UNAVAILABLE, sentence(e));
            case Refused refused -> said(Exit.NO, refused.detail());
            case IllegalArgumentException e -> said(Exit.NO, sentence(e));
            default -> said(Exit.INTERNAL, internal(thrown));
        };
    }

    private int said(Exit exit, String sentence) {
        terminal.out().flush();
        terminal.err().println(sentence);
        terminal.err().flush();
        return exit.code();
    }

    private static String sentence(Exception e) {
        String message = otherwise(e.getMessage(), e.toString());
        String first = message.split("\\s", 2)[0];
        String sentence =
                VALUE.matcher(first).find() ? message : Character.toUpperCase(message.charAt(0)) + message.substring(1);
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }

    private static String otherwise(@org.jspecify.annotations.Nullable String text, String instead) {
        return text == null || text.isBlank() ? instead : text;
    }

    private static String internal(Throwable thrown) {
        var text = new StringBuilder("This is a defect; please report it with these lines.");
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            text.append("\n  ").append(cause);
            Arrays.stream(cause.getStackTrace())
                    .limit(FRAMES_SHOWN)
                    .forEach(frame -> text.append("\n    at ").append(frame));
        }
        return text.toString();
    }
}
