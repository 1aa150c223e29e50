package aiguillage.app.command;

import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.app.terminal.Terminal;
import aiguillage.format.Format;
import aiguillage.format.description.FormatRefused;
import aiguillage.format.drafting.Draft;
import aiguillage.format.drafting.Drafter;
import aiguillage.format.drafting.NotSeen;
import aiguillage.format.lint.Finding;
import aiguillage.format.lint.Lint;
import aiguillage.format.reading.FlatReader;
import aiguillage.format.reading.FlatReader.Seen;
import aiguillage.format.record.FlatNode;
import aiguillage.format.report.Fault;
import aiguillage.format.translation.Untranslatable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `aiguillage format …`: flat files, described once.
@Command(
        name = "format",
        mixinStandardHelpOptions = true,
        description = "Flat files: draft a description from a sample, try it, and see what it does not cover.",
        synopsisSubcommandLabel = "COMMAND")
final class FormatCommands {

    private static final String FORMATS = "The folder of formats (default: ${DEFAULT-VALUE}).";
    private static final String NAME = "The format: the name of its folder.";

    private final Terminal terminal;

    FormatCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "init",
            mixinStandardHelpOptions = true,
            description =
                    "Drafts a format from a sample: encoding, separator, quotes, column names, numbers, dates; or the"
                            + " fields of lines of one length. Asks nothing.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  aiguillage format init prices.csv",
                "  aiguillage format init --name parts-order night.txt",
                "",
                "Exit codes: 1 the sample shows no structure, or the format exists already."
            })
    int init(
            @Parameters(index = "0", paramLabel = "SAMPLE", description = "A file as it really comes.") Path sample,
            @Option(names = "--name", paramLabel = "NAME", description = "The format's name (default: the file's).")
                    @Nullable
                    String name,
            @Option(names = "--formats", defaultValue = "formats", paramLabel = "FOLDER", description = FORMATS)
                    Path formats,
            @Option(names = "--json", description = Texts.JSON) boolean json)
            throws IOException {
        String called = name == null ? named(sample) : name;
        if (!Format.isName(called)) {
            throw new Failure(
                    Exit.NO, "\"" + called + "\" is no name for a format: use lower-case letters, digits and '-'.");
        }
        Draft draft = drafted(sample, called);
        Path folder = formats.resolve(called);
        if (Files.exists(folder)) {
            throw new FileAlreadyExistsException(folder.toString(), null, "this format exists already");
        }
        Files.createDirectories(folder);
        for (Map.Entry<String, String> file : draft.files().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        String next = "aiguillage format test " + called + " " + sample;
        if (json) {
            ObjectNode answer = JsonMapper.shared()
                    .createObjectNode()
                    .put("format", called)
                    .put("folder", folder.toString())
                    .put("next", next);
            draft.seen().forEach(answer.putArray("seen")::add);
            terminal.json(answer);
        } else {
            draft.seen().forEach(terminal::say);
            terminal.say("Written to " + folder + ". See what it reads: " + next);
        }
        return Exit.OK.code();
    }

    private static String named(Path sample) {
        String bare = String.valueOf(sample.getFileName()).replaceAll("\\.[^.]*$", "");
        return bare.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    }

    private static Draft drafted(Path sample, String name) throws IOException {
        try (InputStream in = Files.newInputStream(sample)) {
            return Drafter.draft(name, String.valueOf(sample.getFileName()), in.readNBytes(Drafter.BYTES_MAX));
        } catch (NotSeen e) {
            throw new Failure(Exit.NO, String.valueOf(e.getMessage()), e);
        }
    }

    @Command(
            name = "test",
            mixinStandardHelpOptions = true,
            description =
                    "Shows record by record what a format makes of a file, and what is wrong, with line and column.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  aiguillage format test prices prices.csv",
                "  aiguillage format test prices prices.csv --documents",
                "",
                "Exit codes: 0 all is understood, 1 something is wrong, 78 the format cannot be used."
            })
    int test(
            @Parameters(index = "0", paramLabel = "NAME", description = NAME) String name,
            @Parameters(index = "1", paramLabel = "FILE", description = "A flat file.") Path file,
            @Option(names = "--formats", defaultValue = "formats", paramLabel = "FOLDER", description = FORMATS)
                    Path formats,
            @Option(names = "--documents", description = "Show the documents too.") boolean withDocuments,
            @Option(
                            names = "--limit",
                            defaultValue = "100",
                            paramLabel = "N",
                            description = "Show at most so many records and documents (default: ${DEFAULT-VALUE}).")
                    int limit,
            @Option(names = "--json", description = Texts.JSON) boolean json)
            throws IOException {
        Format format = read(formats, name);
        var trial = new Trial(Math.max(0, limit), withDocuments);
        try (InputStream in = Files.newInputStream(file)) {
            trial.run(format, in);
        }
        if (json) {
            terminal.json(trial.json());
        } else {
            trial.lines().forEach(terminal::say);
        }
        return trial.isGood() ? Exit.OK.code() : Exit.NO.code();
    }

    /// What a format makes of one file.
    private static final class Trial {

        private final int limit;
        private final boolean withDocuments;
        private final List<Seen> seen = new ArrayList<>();
        private final List<String> documents = new ArrayList<>();
        private final List<Fault> faults = new ArrayList<>();
        private long recordCount;
        private long documentCount;
        private long faultCount;

        Trial(int limit, boolean withDocuments) {
            this.limit = limit;
            this.withDocuments = withDocuments;
        }

        void run(Format format, InputStream file) throws IOException {
            FlatReader reader = format.reader(file, this::saw);
            for (var next = reader.next(); next != null; next = reader.next()) {
                documentCount++;
                try {
                    byte[] document = format.translation().document(next.root());
                    if (withDocuments && documents.size() < limit) {
                        documents.add(new String(document, StandardCharsets.UTF_8));
                    }
                } catch (Untranslatable e) {
                    int line = next.first();
                    saw(new Seen.Bad(e.fault()
                            .orElseGet(() -> new Fault(line, 1, "document", "", String.valueOf(e.getMessage())))));
                }
            }
        }

        private void saw(Seen one) {
            switch (one) {
                case Seen.Good _ -> recordCount++;
                case Seen.Bad(var fault) -> {
                    faultCount++;
                    if (faults.size() < Fault.KEPT_MAX) {
                        faults.add(fault);
                    }
                }
            }
            if (seen.size() < limit && one instanceof Seen.Good) {
                seen.add(one);
            }
        }

        boolean isGood() {
            return faultCount == 0 && documentCount > 0;
        }

        List<String> lines() {
            var lines = new ArrayList<String>();
            seen.forEach(one -> {
                if (one instanceof Seen.Good(var record)) {
                    lines.add("line " + record.line() + ", " + record.name() + ": " + fields(record));
                }
            });
            if (recordCount > seen.size()) {
                lines.add("… and " + (recordCount - seen.size()) + " more records. Raise --limit to see them.");
            }
            lines.addAll(documents);
            faults.forEach(fault -> lines.add("WRONG " + fault));
            lines.add(counted(recordCount, "record") + " understood, " + counted(documentCount, "document") + ", "
                    + counted(faultCount, "fault") + ".");
            return lines;
        }

        private static String counted(long count, String noun) {
            return count + " " + noun + (count == 1 ? "" : "s");
        }

        private static String fields(FlatNode node) {
            return node.children().stream()
                    .map(child -> child.name() + "="
                            + (child.children().isEmpty()
                                    ? child.isNil() ? "-" : child.text()
                                    : "(" + fields(child) + ")"))
                    .collect(Collectors.joining(" · "));
        }

        ObjectNode json() {
            ObjectNode answer = JsonMapper.shared()
                    .createObjectNode()
                    .put("records", recordCount)
                    .put("documents", documentCount)
                    .put("faults", faultCount);
            ArrayNode understood = answer.putArray("understood");
            seen.forEach(one -> {
                if (one instanceof Seen.Good(var record)) {
                    ObjectNode fields = understood
                            .addObject()
                            .put("line", record.line())
                            .put("record", record.name())
                            .putObject("fields");
                    record.children().forEach(child -> put(fields, child));
                }
            });
            ArrayNode wrong = answer.putArray("wrong");
            faults.forEach(fault -> wrong.addObject()
                    .put("line", fault.line())
                    .put("column", fault.column())
                    .put("where", fault.where())
                    .put("found", fault.found())
                    .put("expected", fault.expected()));
            if (withDocuments) {
                documents.forEach(answer.putArray("made")::add);
            }
            return answer;
        }

        private static void put(ObjectNode into, FlatNode node) {
            if (!node.children().isEmpty()) {
                ObjectNode inner = into.putObject(node.name());
                node.children().forEach(child -> put(inner, child));
            } else if (node.isNil()) {
                into.putNull(node.name());
            } else {
                into.put(node.name(), node.text());
            }
        }
    }

    @Command(
            name = "lint",
            mixinStandardHelpOptions = true,
            description =
                    "Finds what a format does not cover: fields never read, values and records that never occur, records"
                            + " it cannot read, no way back, files that do not come out as they went in.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  aiguillage format lint prices",
                "  aiguillage format lint prices january.csv february.csv",
                "",
                "Exit codes: 0 nothing found, 1 something found, 78 the format cannot be used."
            })
    int lint(
            @Parameters(index = "0", paramLabel = "NAME", description = NAME) String name,
            @Parameters(index = "1..*", arity = "0..*", paramLabel = "FILE", description = "Flat files of this format.")
                    @Nullable
                    List<Path> files,
            @Option(names = "--formats", defaultValue = "formats", paramLabel = "FOLDER", description = FORMATS)
                    Path formats,
            @Option(names = "--json", description = Texts.JSON) boolean json)
            throws IOException {
        List<Finding> findings = Lint.of(read(formats, name), files == null ? List.of() : files);
        if (json) {
            ArrayNode all = JsonMapper.shared().createArrayNode();
            findings.forEach(finding -> all.addObject()
                    .put("code", finding.code())
                    .put("where", finding.where())
                    .put("text", finding.sentence()));
            terminal.json(JsonMapper.shared().createObjectNode().set("findings", all));
        } else {
            findings.forEach(finding -> terminal.say(finding.toString()));
            terminal.say(findings.isEmpty() ? "Nothing found." : findings.size() + " findings.");
        }
        return findings.isEmpty() ? Exit.OK.code() : Exit.NO.code();
    }

    private static Format read(Path formats, String name) {
        try {
            return Format.read(formats, name);
        } catch (FormatRefused e) {
            throw new Failure(Exit.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
    }
}
