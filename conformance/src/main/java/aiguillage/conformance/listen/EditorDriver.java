package aiguillage.conformance.listen;

import aiguillage.conformance.driver.DealerDriver;
import aiguillage.conformance.driver.Door;
import aiguillage.conformance.driver.Identity;
import aiguillage.conformance.driver.Manner;
import aiguillage.conformance.driver.Offer;
import aiguillage.conformance.driver.Place;
import aiguillage.conformance.driver.RestDoor;
import aiguillage.conformance.driver.Said;
import aiguillage.conformance.driver.Waiting;
import aiguillage.conformance.ground.PracticeHub;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.proof.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A session whose steps somebody else's system does; what came of each is seen at the hub.
final class EditorDriver implements DealerDriver {

    /// In the place of a problem's code, when nothing but the editor's word tells of a refusal.
    static final String BY_WORD = "as-the-editor-says";

    /// So long a system may go on sending that waits for an answer in the middle, as by SFTP.
    private static final long WITHOUT_ANSWERS_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /// Figures that tell of a submission which left nothing new in the journal.
    private static final Pattern REPEATED =
            Pattern.compile("(?m)^aiguillage_submissions_total\\{[^}]*outcome=\"repeated\"[^}]*\\} (\\S+)$");
    private static final Pattern REFUSED = Pattern.compile("(?m)^aiguillage_refusals_total\\{[^}]*\\} (\\S+)$");

    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^A-Za-z0-9.-]");
    private static final int NAME_MAX = 60;

    /// What every session of a door has.
    ///
    /// @param turn held during each step: one at a time
    record Parts(
            Door door,
            PracticeHub hub,
            List<Line> lines,
            Editor editor,
            Path documents,
            Duration patience,
            ReentrantLock turn) {}

    private final Parts parts;
    private final Identity identity;
    private final DealerDriver view;
    private long brokenSince;

    EditorDriver(Parts parts, Identity identity, Place place) {
        this.parts = parts;
        this.identity = identity;
        this.view = new RestDoor().open(identity, place);
    }

    @Override
    public Said submit(Offer offer, Manner manner) {
        return inTurn(() -> {
            try {
                return parts.hub.isRunning() ? sent(offer, manner) : tried(offer);
            } catch (IOException e) {
                throw new UncheckedIOException("the practice hub cannot be looked at", e);
            }
        });
    }

    private <T> T inTurn(Supplier<T> step) {
        parts.turn.lock();
        try {
            return step.get();
        } finally {
            parts.turn.unlock();
        }
    }

    private Task.Send task(Offer offer, Manner manner) throws IOException {
        Files.createDirectories(parts.documents);
        String plain = NOT_IN_NAMES.matcher(offer.id()).replaceAll("_");
        Path file = parts.documents.resolve(plain.substring(0, Math.min(plain.length(), NAME_MAX))
                + (parts.door.name().equals("flat") ? ".flat" : ".xml"));
        Files.write(file, parts.door.written(offer));
        return new Task.Send(identity, offer, file, manner);
    }

    /// The hub is stopped: whether anybody tried is seen at the line.
    private Said tried(Offer offer) throws IOException {
        long before = attempts();
        parts.editor.asked(task(offer, Manner.AT_ONCE));
        return awaited(
                () -> attempts() > before ? Optional.of(new Said.NoAnswer("the hub was away")) : Optional.empty());
    }

    private long attempts() {
        return parts.lines.stream().mapToLong(Line::attempts).sum();
    }

    private Said sent(Offer offer, Manner manner) throws IOException {
        long position = parts.hub.journal().size();
        String figures = figures();
        double repeated = sum(REPEATED, figures);
        double refused = sum(REFUSED, figures);
        Task.Send task = task(offer, manner);
        brokenSince = 0;
        trouble(offer, manner);
        try {
            parts.editor.asked(task);
            return awaited(() -> seen(position, repeated, refused, manner));
        } finally {
            if (manner == Manner.CUT_BEFORE_ANSWER || manner == Manner.CUT_HALF_WAY) {
                parts.lines.forEach(Line::mend);
            }
        }
    }

    private void trouble(Offer offer, Manner manner) {
        switch (manner) {
            case AT_ONCE, SLOWLY -> {}
            case CUT_HALF_WAY ->
                parts.lines.forEach(line -> line.make(Line.Kind.BREAKS, parts.door.bytesOnTheLine(offer) / 2));
            case CUT_BEFORE_ANSWER ->
                parts.lines.forEach(line -> line.make(Line.Kind.LOSES_ANSWERS, parts.door.bytesOnTheLine(offer)));
        }
    }

    private Optional<Said> seen(long position, double repeated, double refused, Manner manner) throws IOException {
        boolean isBroken = parts.lines.stream().anyMatch(Line::isBroken);
        if (isBroken && manner == Manner.CUT_HALF_WAY) {
            return Optional.of(new Said.NoAnswer("the line was cut half-way"));
        }
        brokenSince = isBroken && brokenSince == 0 ? System.nanoTime() : brokenSince;
        if (isBroken && System.nanoTime() - brokenSince > WITHOUT_ANSWERS_NANOS) {
            return Optional.of(new Said.NoAnswer("the line gave no answer, and the document did not come whole"));
        }
        for (Statement statement : parts.hub.journal().behind(position)) {
            boolean isMine = identity.party().equals(statement.facts().get("sender"));
            if (isMine && statement.kind().equals("document-accepted")) {
                return Optional.of(
                        manner == Manner.CUT_BEFORE_ANSWER
                                ? new Said.NoAnswer("the line was cut before the answer")
                                : new Said.Accepted(
                                        parts.hub.journal().call("/operator/receipts/" + statement.position(), null)));
            }
            if (isMine && statement.kind().equals("document-refused")) {
                return Optional.of(new Said.Refused(
                        String.valueOf(statement.facts().get("problem")),
                        String.valueOf(statement.facts().get("reason"))));
            }
        }
        String figures = figures();
        if (sum(REPEATED, figures) > repeated) {
            return Optional.of(new Said.Accepted(new byte[0]));
        }
        return sum(REFUSED, figures) > refused
                ? Optional.of(new Said.Refused("as-counted", "the hub has counted a refusal"))
                : Optional.empty();
    }

    private String figures() throws IOException {
        return new String(parts.hub.journal().call("/metrics", null), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static double sum(Pattern figure, String page) {
        return figure.matcher(page)
                .results()
                .map((MatchResult found) -> found.group(1))
                .mapToDouble(Double::parseDouble)
                .sum();
    }

    /// A look at what has come so far.
    private interface Look {
        Optional<Said> at() throws IOException;
    }

    private Said awaited(Look look) throws IOException {
        long end = System.nanoTime() + parts.patience.toNanos();
        while (System.nanoTime() < end) {
            Optional<Said> found = look.at();
            if (found.isPresent()) {
                return found.get();
            }
            switch (parts.editor.said()) {
                case NOTHING -> LockSupport.parkNanos(LOOK_NANOS);
                case REFUSED -> {
                    return look.at().orElse(new Said.Refused(BY_WORD, "his system has shown it"));
                }
                case SKIP -> throw new Skipped();
            }
        }
        throw new NothingCame(parts.patience);
    }

    /// What waits, as the hub has it: reading leaves no trace there.
    @Override
    public List<Waiting> pull(FlowName flow) {
        return view.pull(flow);
    }

    @Override
    public Said acknowledge(Waiting waiting) {
        return inTurn(() -> ended(waiting, new Task.Acknowledge(identity, waiting), "delivery-acknowledged"));
    }

    @Override
    public Said reject(Waiting waiting, String reason) {
        return inTurn(() -> ended(waiting, new Task.Reject(identity, waiting, reason), "delivery-rejected"));
    }

    private Said ended(Waiting waiting, Task task, String kind) {
        boolean isPending =
                view.pull(waiting.flow()).stream().anyMatch(one -> one.handle().equals(waiting.handle()));
        if (!isPending) {
            return new Said.Done(); // it has ended already
        }
        try {
            long position = parts.hub.journal().size();
            parts.editor.asked(task);
            return awaited(() -> parts.hub.journal().behind(position).stream()
                    .filter(one -> identity.party().equals(one.facts().get("reader")))
                    .filter(one -> one.kind().startsWith("delivery-"))
                    .findFirst()
                    .map(one -> one.kind().equals(kind)
                            ? new Said.Done()
                            : new Said.Refused(one.kind(), "the delivery ended otherwise")));
        } catch (IOException e) {
            throw new UncheckedIOException("the practice hub cannot be looked at", e);
        }
    }

    @Override
    public List<String> notices(FlowName flow) {
        return view.notices(flow);
    }

    @Override
    public void close() {
        view.close();
    }
}
