package aiguillage.hub;

import aiguillage.hub.dataset.Datasets;
import aiguillage.hub.door.Doors;
import aiguillage.hub.health.HubMetrics;
import aiguillage.hub.health.Space;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.ledger.Ledger;
import java.time.InstantSource;

/// What the hub's parts show at the moment when they are asked.
record Gauges(
        Journal journal,
        Ledger ledger,
        Datasets datasets,
        Doors doors,
        Space space,
        Authorities authorities,
        InstantSource clock) {

    void addTo(HubMetrics metrics) {
        metrics.gauge("aiguillage.journal.waiting", "Entries that wait for the journal", journal::waiting);
        metrics.gauge("aiguillage.journal.entries", "Entries in the journal", ledger::size);
        metrics.gauge("aiguillage.disk.free.bytes", "Bytes free on the disk", space::freeBytes);
        metrics.gauge("aiguillage.streams", "Open streams", doors::streamCount);
        metrics.gauge(
                "aiguillage.datasets.readers.unusual",
                "Parties that look up rows in order, or ten times as many as usual, today",
                datasets::unusualReaders);
        metrics.gauge(
                "aiguillage.datasets.unusable",
                "Datasets that could not be opened at the start",
                () -> datasets.unusable().size());
        metrics.gauge("aiguillage.pulls.waiting", "Pulls that wait for something to come", doors::pullCount);
        metrics.gauge(
                "aiguillage.revocation.lists.stale",
                "Corporate authorities' revocation lists that are overdue or missing",
                () -> authorities.notFresh(clock.instant()));
        metrics.gauge(
                "aiguillage.authority.days.left",
                "Days until the issuing authority ends",
                () -> authorities.end().daysLeft(clock.instant()));
    }
}
