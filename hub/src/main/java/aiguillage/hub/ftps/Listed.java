package aiguillage.hub.ftps;

import aiguillage.hub.files.Node;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The forms in which files are listed.
enum Listed {
    /// As `ls -l` shows it; what `LIST` gives has no standard, and this is what every program reads.
    LONG,
    /// `NLST`.
    NAME,
    /// `MLSD` (RFC 3659, 7).
    FACTS;

    private static final DateTimeFormatter LONG_TIME =
            DateTimeFormatter.ofPattern("MMM dd  yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// @param name as it is to be shown
    String line(Node node, String name) {
        return switch (this) {
            case LONG ->
                "%s 1 hub hub %12d %s %s"
                        .formatted(
                                node.isFolder() ? "drwxr-xr-x" : "-rw-r--r--",
                                node.bytes(),
                                LONG_TIME.format(node.modified()),
                                name);
            case NAME -> name;
            case FACTS -> facts(node) + " " + name;
        };
    }

    private static String facts(Node node) {
        return node.isFolder()
                ? "type=dir;modify=" + time(node.modified()) + ";"
                : "type=file;size=" + node.bytes() + ";modify=" + time(node.modified()) + ";";
    }

    /// As `MDTM` and facts have it, in UTC.
    static String time(Instant instant) {
        return TIME.format(instant);
    }
}
