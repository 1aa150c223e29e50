package aiguillage.app.demo;

import aiguillage.app.start.StartingFolder;
import aiguillage.app.warranty.ClaimLines;
import aiguillage.app.warranty.Decision;
import aiguillage.gateway.dms.FileNames;
import aiguillage.gateway.dms.Folders;
import aiguillage.hub.DataFolder;
import aiguillage.protocol.Digest;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.proof.LedgerKey;
import aiguillage.protocol.proof.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Counts what lies in the parties' folders. Nothing is remembered from the sending, but which claims were
/// written.
final class Count {

    private static final String XML = ".xml";
    private static final String DECISION_PREFIX = "D-";

    private final StartingFolder folder;
    private final List<Cast.Workshop> workshops;
    private final @Nullable ClaimLines lines;

    /// @param lines as which some claims lie in folders; null: none does
    Count(StartingFolder folder, List<Cast.Workshop> workshops, @Nullable ClaimLines lines) {
        this.folder = folder;
        this.workshops = workshops;
        this.lines = lines;
    }

    /// Different claims that reached the centre so far.
    int received() throws IOException {
        return Set.copyOf(numbers(claimsAtCentre())).size();
    }

    /// Different claims that dealers have an answer to so far.
    int answered() throws IOException {
        return Set.copyOf(numbers(answers())).size();
    }

    /// Claims that dealers have a receipt for so far.
    int sent() throws IOException {
        return (int) claimsDone().stream()
                .filter(claim -> Files.exists(receipt(claim)))
                .count();
    }

    /// @param asked how many claims were to be written
    /// @param written the numbers of those that were
    ClaimFigures figures(int asked, Set<String> written, int hubKills) throws IOException {
        List<Path> answers = answers();
        List<String> answered = numbers(answers);
        List<String> received = numbers(claimsAtCentre());
        Set<String> lost = new HashSet<>(written);
        lost.removeAll(new HashSet<>(answered));
        int duplicated = received.size()
                - Set.copyOf(received).size()
                + answered.size()
                - Set.copyOf(answered).size();
        Times times = times(answers);
        ClaimFigures.Receipts receipts = receipts();
        return new ClaimFigures(
                asked,
                sent(),
                Set.copyOf(received).size(),
                Set.copyOf(answered).size(),
                lost.size(),
                duplicated,
                receipts.found() * 1_000.0 / Math.max(1, times.lastMillis - times.firstMillis),
                times.percentile(50),
                times.percentile(99),
                receipts,
                outcomes(answers),
                hubKills);
    }

    private List<Path> claimsDone() throws IOException {
        return atDealers(workshop -> dms(workshop.dealer().party()).done(workshop.claims()));
    }

    private List<Path> answers() throws IOException {
        return atDealers(workshop -> dms(workshop.dealer().party()).in(workshop.decisions()));
    }

    private List<Path> atDealers(Function<Cast.Workshop, Path> place) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Cast.Workshop workshop : workshops) {
            files.addAll(documents(place.apply(workshop)));
        }
        return files;
    }

    private List<Path> claimsAtCentre() throws IOException {
        List<Path> files = new ArrayList<>();
        for (FlowName claims : flows(Cast.Workshop::claims)) {
            Path brand = dms(Cast.CENTRE).root().resolve(claims.brand().value());
            // in this order: a file moves from `in` to `taken` and must not be missed
            files.addAll(documents(dms(Cast.CENTRE).in(claims)));
            files.addAll(documents(brand.resolve(Deciding.TAKEN).resolve(Cast.CLAIM)));
        }
        return files.stream()
                .collect(Collectors.toMap(Path::getFileName, file -> file, (first, same) -> same))
                .values()
                .stream()
                .toList();
    }

    private Set<FlowName> flows(Function<Cast.Workshop, FlowName> kind) {
        return workshops.stream().map(kind).collect(Collectors.toSet());
    }

    private Folders dms(PartyId party) {
        return new Folders(folder.party(party).resolve("dms"));
    }

    private static List<Path> documents(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Count::isDocument).toList();
        } catch (NoSuchFileException notYet) {
            return List.of();
        }
    }

    private static boolean isDocument(Path file) {
        return file.toString().endsWith(XML) || file.toString().endsWith(ClaimLines.EXTENSION);
    }

    /// A document as the hub has it: of lines, their XML.
    private Digest digest(Path document) throws IOException {
        byte[] content = Files.readAllBytes(document);
        boolean isFlat = document.toString().endsWith(ClaimLines.EXTENSION);
        return Digest.of(isFlat && lines != null ? lines.document(content) : content);
    }

    /// What came by which door, and what became of its bytes.
    ///
    /// @param archived where the archive's copies lie
    DoorFigures doors(Path archived) throws IOException {
        Set<Digest> atCentre = new HashSet<>();
        for (Path claim : claimsAtCentre()) {
            atCentre.add(Digest.of(Files.readAllBytes(claim)));
        }
        Set<Digest> copies = new HashSet<>();
        for (Path copy : documents(archived)) {
            copies.add(Digest.of(Files.readAllBytes(copy)));
        }
        SortedMap<String, Integer> sent = new TreeMap<>();
        int same = 0;
        int flatAgain = 0;
        for (Cast.Workshop workshop : workshops) {
            for (Path claim : documents(dms(workshop.dealer().party()).done(workshop.claims()))) {
                sent.merge(workshop.way(), 1, Integer::sum);
                same += atCentre.contains(digest(claim)) ? 1 : 0;
                flatAgain += workshop.isFlat() && copies.contains(Digest.of(Files.readAllBytes(claim))) ? 1 : 0;
            }
        }
        return new DoorFigures(sent, same, copies.size(), flatAgain);
    }

    private static Path receipt(Path document) {
        return document.resolveSibling(document.getFileName() + FileNames.RECEIPT);
    }

    private static List<String> numbers(List<Path> files) {
        return files.stream().map(Count::number).toList();
    }

    /// The claim's number in a file's name: `W-….xml`, `000000000042-W-….xml` or `000000000042-D-W-….xml`.
    private static String number(Path file) {
        String name = file.getFileName().toString();
        String id = name.substring(0, name.lastIndexOf('.'));
        String unplaced = Character.isDigit(id.charAt(0)) ? id.substring(id.indexOf('-') + 1) : id;
        return unplaced.startsWith(DECISION_PREFIX) ? unplaced.substring(DECISION_PREFIX.length()) : unplaced;
    }

    private Times times(List<Path> answers) throws IOException {
        Map<String, Long> begun = new HashMap<>();
        for (Path claim : claimsDone()) {
            begun.put(number(claim), Files.getLastModifiedTime(claim).toMillis());
        }
        List<Long> took = new ArrayList<>();
        long last = 0;
        for (Path answer : answers) {
            long arrived = arrived(answer);
            last = Math.max(last, arrived);
            Long from = begun.get(number(answer));
            if (from != null) {
                took.add(arrived - from);
            }
        }
        long first = begun.values().stream().mapToLong(Long::longValue).min().orElse(last);
        return new Times(
                first, last, took.stream().mapToLong(Long::longValue).sorted().toArray());
    }

    /// When the file got its name in the folder: on systems with a change time that is when it was renamed;
    /// elsewhere the moment before, when it was written.
    private static long arrived(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return ((FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS)).toMillis();
        }
        return Files.getLastModifiedTime(file).toMillis();
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Times(long firstMillis, long lastMillis, long[] sortedMillis) {

        long percentile(int percent) {
            if (sortedMillis.length == 0) {
                return 0;
            }
            int index = (int) Math.ceil(sortedMillis.length * percent / 100.0) - 1;
            return sortedMillis[Math.max(0, index)];
        }
    }

    /// Every receipt of every claim and answer, checked with the hub's public key alone.
    private ClaimFigures.Receipts receipts() throws IOException {
        Path data = folder.folder().resolve("data");
        var key = LedgerKey.Public.ofText(Files.readString(new DataFolder(data).ledgerPublicKey()));
        List<Path> sent = new ArrayList<>(claimsDone());
        for (FlowName decisions : flows(Cast.Workshop::decisions)) {
            sent.addAll(documents(dms(Cast.CENTRE).done(decisions)));
        }
        int found = 0;
        int verified = 0;
        for (Path document : sent) {
            Path receipt = receipt(document);
            if (Files.exists(receipt)) {
                found++;
                verified += isProven(digest(document), receipt, key) ? 1 : 0;
            }
        }
        return new ClaimFigures.Receipts(found, verified);
    }

    private static boolean isProven(Digest document, Path receipt, LedgerKey.Public key) throws IOException {
        try {
            Map<String, String> facts =
                    Receipt.verify(Files.readAllBytes(receipt), key).facts();
            return document.toString().equals(facts.get("payload"));
        } catch (IllegalArgumentException forged) {
            return false;
        }
    }

    private static ClaimFigures.Outcomes outcomes(List<Path> answers) throws IOException {
        var counts = new EnumMap<Decision.Outcome, Integer>(Decision.Outcome.class);
        for (Path answer : answers) {
            String text = Files.readString(answer);
            for (Decision.Outcome outcome : Decision.Outcome.values()) {
                if (text.contains(">" + outcome + "<")) {
                    counts.merge(outcome, 1, Integer::sum);
                }
            }
        }
        return new ClaimFigures.Outcomes(
                counts.getOrDefault(Decision.Outcome.APPROVED, 0),
                counts.getOrDefault(Decision.Outcome.REDUCED, 0),
                counts.getOrDefault(Decision.Outcome.REJECTED, 0));
    }
}
