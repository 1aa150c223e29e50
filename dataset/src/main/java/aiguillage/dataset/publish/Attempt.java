package aiguillage.dataset.publish;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.row.SetHash;
import aiguillage.dataset.schema.Dialect;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.source.Actions;
import aiguillage.dataset.source.BadLine;
import aiguillage.dataset.source.Format;
import aiguillage.dataset.source.Item;
import aiguillage.dataset.source.Layout;
import aiguillage.dataset.source.Line;
import aiguillage.dataset.source.Plain;
import aiguillage.dataset.source.Source;
import aiguillage.dataset.source.Unreadable;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One publication, from its first byte to what becomes of it. Not for several threads.
final class Attempt {

    private static final BigDecimal HUNDRED = new BigDecimal(100);

    /// How many lines are looked at behind a wrong header, to say which column may be which.
    private static final int LINES_BEHIND_WRONG_HEADER = 1_000;

    private final Schema schema;
    private final Guards guards;
    private final InForce inForce;
    private final Path layer;
    private final Findings findings;
    private final Helper helper;
    private final Profiles looks;
    private final Profiles looksInForce;
    private @Nullable Layout layout;
    private long lines;

    Attempt(
            Schema schema,
            Dialect dialect,
            Guards guards,
            InForce inForce,
            Path folder,
            Findings findings,
            Helper helper) {
        this.schema = schema;
        this.guards = guards;
        this.inForce = inForce;
        this.layer = folder.resolve("layer");
        this.findings = findings;
        this.helper = helper;
        this.looks = new Profiles(schema, dialect);
        this.looksInForce = new Profiles(schema, dialect);
    }

    Outcome publish(InputStream in, Format format, boolean delta, Sorter sorter) throws IOException {
        read(in, format, delta, sorter);
        var groups = new Groups(sorter.sorted(), findings);
        return findings.isRefused() ? refused(groups) : compared(groups, delta);
    }

    Outcome restore(Iterator<Checked> earlier) throws IOException {
        return compared(new Groups(earlier, findings), false);
    }

    /// Reads all lines; those in which nothing is wrong go to the sorter.
    private void read(InputStream in, Format format, boolean delta, Sorter sorter) throws IOException {
        try {
            Source source = format.open(in, schema, delta); // closed with `in`, once the helper reads no more
            Layout found = source.layout();
            layout = found;
            Actions actions = delta ? format.actions() : null;
            if (actions == null && found.faults().isEmpty()) {
                source.glance(new PlainLines(schema, format.dialect(), found, guards.minimum()));
            }
            var checker = new Checker(schema, format.dialect(), found, actions, guards.minimum(), findings);
            for (String fault : found.faults()) {
                findings.add(Finding.refusing(Kind.FILE, 1, fault), String.join(" | ", found.header()));
            }
            long linesMax = found.faults().isEmpty() ? Long.MAX_VALUE : LINES_BEHIND_WRONG_HEADER;
            var ahead = new Ahead<Item>(source::next, Attempt::bytes, helper);
            for (Item item = ahead.next(); item != null && lines < linesMax; item = ahead.next()) {
                lines++;
                take(item, found, checker, sorter);
            }
        } catch (BadLine e) {
            String message = e.why() + "; nothing behind it was read";
            findings.add(Finding.refusing(Kind.UNREADABLE, e.number(), message), "");
        }
        if (lines == 0 && findings.isEmpty()) {
            findings.add(Finding.refusing(Kind.FILE, 0, "it has no rows"), "");
        }
    }

    private static int bytes(Item item) {
        return item instanceof Plain plain
                ? plain.key().bytes().length + plain.rows().bytes().length
                : item.text().length();
    }

    private void take(Item item, Layout found, Checker checker, Sorter sorter) throws IOException {
        switch (item) {
            case Unreadable bad -> findings.add(Finding.refusing(Kind.UNREADABLE, bad.number(), bad.why()), bad.text());
            case Plain(long number, Key key, Rows rows) -> {
                looks.pass();
                sorter.add(new Checked(key, number, false, rows));
            }
            case Line line -> {
                looks.add(line.cells());
                Checked checked = found.faults().isEmpty() ? checker.check(line) : null;
                if (checked != null) {
                    sorter.add(checked);
                }
            }
        }
    }

    /// Looks for all else that is wrong, so that the report is complete, and for what may explain it.
    private Outcome refused(Groups groups) throws IOException {
        while (groups.next() != null) {
            // finds lines that are there more than once
        }
        if (layout != null) {
            looksInForce.addAll(inForce.all());
            new Shift(schema, layout, looks, looksInForce).find(findings);
        }
        return new Outcome.Refused(findings.report(lines));
    }

    private Outcome compared(Groups groups, boolean delta) throws IOException {
        long before = inForce.keys();
        try (var version = new NewVersion(layer, inForce.hash(), helper)) {
            var jumps = new Jumps(schema, guards.changedMax(), inForce, findings);
            var comparison = new Comparison(inForce, version, jumps, findings, helper);
            if (delta) {
                comparison.delta(groups);
            } else {
                comparison.full(groups, looksInForce);
            }
            Summary summary = version.summary(lines, before);
            requireLimits(summary, before, version.firstRemoved());
            if (layout != null && !delta) { // a delta's lines are not like all others
                new Shift(schema, layout, looks, looksInForce).find(findings);
            }
            if (!findings.isRefused()) {
                SetHash hash = version.finish(before);
                return findings.isEmpty()
                        ? new Outcome.Ready(summary, layer, hash)
                        : new Outcome.Held(summary, layer, hash, findings.report(lines));
            }
        }
        Files.delete(layer);
        return new Outcome.Refused(findings.report(lines));
    }

    private void requireLimits(Summary summary, long before, List<Key> firstRemoved) throws IOException {
        Guards.Limit removedMax = guards.removedMax();
        var removed = new BigDecimal(summary.removed());
        if (removedMax != null
                && removed.multiply(HUNDRED).compareTo(removedMax.value().multiply(new BigDecimal(before))) > 0) {
            String message = String.format(
                    Locale.ROOT,
                    "%,d of %,d keys would be gone; at most %s %% may be. The first of them: %s",
                    summary.removed(),
                    before,
                    removedMax.value().toPlainString(),
                    firstRemoved.stream().map(Key::toString).collect(Collectors.joining(", ")));
            findings.add(new Finding(removedMax.then(), Kind.REMOVED, 0, null, message), "");
        }
        Guards.Limit rowsMin = guards.rowsMin();
        if (rowsMin != null && new BigDecimal(summary.keys()).compareTo(rowsMin.value()) < 0) {
            String message = String.format(
                    Locale.ROOT,
                    "the new version would have %,d keys; it must have %s at least",
                    summary.keys(),
                    rowsMin.value().toPlainString());
            findings.add(new Finding(rowsMin.then(), Kind.ROWS, 0, null, message), "");
        }
    }
}
