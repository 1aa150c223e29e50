package aiguillage.format.description;

import aiguillage.config.Setting;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The head of a description, `format.yaml`.
public record FormatFile(
        @Setting(text = "What the files are, in words of your own.", example = "Price list of the parts department")
        String text,

        @Setting(
                text = "The names of files that are of this format: `*` stands for any characters, `?` for one.",
                fallback = "[]",
                example = "[\"prices*.csv\"]",
                oneOrMany = true)
        List<String> files,

        @Setting(
                text = "The media types of documents that are of this format, whatever their name.",
                fallback = "[]",
                example = "text/csv",
                oneOrMany = true)
        List<String> contentType,

        @Setting(text = "The DFDL schema.", fallback = "format.dfdl.xsd")
        String schema,

        @Setting(text = "The schema's element that a whole file is.", example = "prices")
        String root,

        @Setting(text = "The element of which each is one document: the root, a group or a record.", example = "price")
        String document,

        @Setting(
                text = "The stylesheet that makes the flow's document of it; without, the fields are the document.",
                example = "to.xsl")
        @Nullable
        String to,

        @Setting(text = "The stylesheet that makes fields of the flow's document.", example = "from.xsl") @Nullable
        String from,

        @Setting(text = "What the documents are.", fallback = "xml")
        Produces produces,

        @Setting(
                text = "The encoding of the files, by its name at IANA. EDIFACT says its own in UNB.",
                fallback = "UTF-8",
                example = "ISO-8859-1")
        String encoding,

        @Setting(
                text = "Whether files begin with the byte order mark of UTF-8; read with or without it.",
                fallback = "false")
        boolean byteOrderMark,

        @Setting(text = "How a record is found.", fallback = "lines")
        Framing records,

        @Setting(text = "With `records: fixed`: the characters of each.", min = "1", max = "65536", example = "80")
        @Nullable
        Integer recordLength,

        @Setting(text = "The line with the names of the columns, as it stands in the file.", example = "\"Part;Price\"")
        @Nullable
        String firstLine,

        @Setting(text = "What becomes of lines with nothing but blanks.", fallback = "skip")
        BlankLines blankLines,

        @Setting(text = "With `records: segments`: the service string that is written.", example = "\"UNA:+.? '\"")
        @Nullable
        String una,

        @Setting(
                text = "What becomes of a file with a record that cannot be read; a flow may say otherwise.",
                fallback = "refuse-file")
        BadRecords badRecords) {

    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern ELEMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9._-]{0,99}");
    private static final Pattern GLOB = Pattern.compile("[^/\\\\\\p{Cntrl}]{1,100}");
    private static final int PATTERNS_MAX = 20;
    private static final int UNA_CHARS = 9;

    /// What a document is.
    public enum Produces {
        XML,
        JSON
    }

    /// How a record is found in a file.
    public enum Framing {
        /// Each line is one.
        LINES,
        /// A line, which goes on within quotes.
        QUOTED_LINES,
        /// Records of one length, nothing between them.
        FIXED,
        /// EDIFACT's segments.
        SEGMENTS
    }

    /// What becomes of blank lines.
    public enum BlankLines {
        SKIP,
        REFUSE
    }

    /// What becomes of a file with bad records.
    public enum BadRecords {
        /// All or nothing.
        REFUSE_FILE,
        /// The good ones are taken, the bad ones reported.
        LEAVE_OUT
    }

    public FormatFile {
        if (files.isEmpty() && contentType.isEmpty()) {
            throw new IllegalArgumentException("name `files` or `content-type`: no file would ever be of this format");
        }
        if (files.size() > PATTERNS_MAX || contentType.size() > PATTERNS_MAX) {
            throw new IllegalArgumentException("a format has at most " + PATTERNS_MAX + " patterns");
        }
        files.forEach(pattern -> require(GLOB, pattern, "files", "a file name"));
        require(FILE, schema, "schema", "the name of a file in the format's folder");
        require(ELEMENT, root, "root", "the name of an element");
        require(ELEMENT, document, "document", "the name of an element");
        if (to != null) {
            require(FILE, to, "to", "the name of a file in the format's folder");
        }
        if (from != null) {
            require(FILE, from, "from", "the name of a file in the format's folder");
        }
        charset(encoding);
        if ((records == Framing.FIXED) != (recordLength != null)) {
            throw new IllegalArgumentException("`record-length` goes with `records: fixed`, and with nothing else");
        }
        if (una != null && (una.length() != UNA_CHARS || !una.startsWith("UNA"))) {
            throw new IllegalArgumentException("`una` is UNA and six characters, as in \"UNA:+.? '\"");
        }
        if (una != null && records != Framing.SEGMENTS) {
            throw new IllegalArgumentException("`una` goes with `records: segments`");
        }
        if (produces == Produces.JSON && to == null) {
            throw new IllegalArgumentException("`produces: json` needs a stylesheet `to` that makes the JSON");
        }
        if (byteOrderMark && !charset(encoding).equals(java.nio.charset.StandardCharsets.UTF_8)) {
            throw new IllegalArgumentException("`byte-order-mark` is for files in UTF-8");
        }
    }

    private static void require(Pattern pattern, String value, String key, String what) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException("`" + key + "` is " + what + ", not \"" + value + "\"");
        }
    }

    /// The encoding.
    public Charset charset() {
        return charset(encoding);
    }

    private static Charset charset(String name) {
        try {
            Charset charset = Charset.forName(name);
            if (!charset.canEncode()) {
                throw new IllegalArgumentException("the encoding " + name + " can be read but not written");
            }
            return charset;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException(
                    "no encoding is called \"" + name
                            + "\": write, for example, ISO-8859-1, windows-1252, IBM037 or UTF-8",
                    e);
        }
    }
}
