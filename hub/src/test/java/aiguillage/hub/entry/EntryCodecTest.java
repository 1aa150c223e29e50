package aiguillage.hub.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.testing.Documents;
import aiguillage.protocol.Brand;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Digest;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EntryCodecTest {

    private static final Instant TIME = Instant.parse("2026-03-01T09:30:00.123Z");
    private static final Digest DIGEST = Digest.of(new byte[] {1, 2, 3});
    private static final Delivery DELIVERY = new Delivery(
            Documents.CENTRE,
            Documents.CLAIMS,
            new Position(7),
            new Position(3),
            Documents.DEALER,
            new DocumentId("claim-1"));

    private static final DatasetName PRICES = DatasetName.of("opel/parts-prices");
    private static final VersionContent CONTENT =
            new VersionContent(DIGEST, 1_000, DIGEST, DIGEST, 455_514, 9, 1, 2, 3);

    static List<Entry> everyKind() {
        var envelope = new Envelope(
                new DocumentId("claim-1"),
                Documents.DEALER,
                Documents.CLAIMS,
                "Réclamation n° 4",
                Instant.parse("2026-03-01T09:29:59.123456789Z"),
                "application/xml",
                "urn:schema",
                new TreeMap<>(Map.of("country", "fr", "modelyear", "2024")));
        return List.of(
                new Entry.DocumentAccepted(
                        TIME,
                        envelope,
                        new Payload(DIGEST, 3_000_000_000L, "abc-1"),
                        List.of(new Reader(Documents.CENTRE, false), new Reader(new PartyId("audit"), true)),
                        TIME.plusSeconds(60),
                        TIME.plusSeconds(120),
                        EnumSet.of(EndState.REJECTED, EndState.RETURNED),
                        Map.of("vin", List.of("VF1", "VF2"), "claim-number", List.of("é")),
                        new Evidence(new byte[] {9, 8})),
                Documents.claim("claim-2", ""),
                new Entry.DocumentRefused(TIME, Documents.DEALER, "x", "opel/x", null, "payload-invalid", "line 3"),
                new Entry.DocumentRefused(TIME, Documents.DEALER, "x", "opel/x", DIGEST, "payload-invalid", "line 3"),
                new Entry.DeliveryAcknowledged(TIME, DELIVERY),
                new Entry.DeliveryRejected(TIME, DELIVERY, "illisible"),
                new Entry.DeliveryReleased(TIME, DELIVERY, "operator"),
                new Entry.DeliveryReturned(TIME, DELIVERY, "opel-centre"),
                new Entry.DeliveryExpired(TIME, DELIVERY),
                new Entry.PayloadRemoved(TIME, new Position(3)),
                new Entry.TableApplied(TIME, "brands: {}", Map.of("b.xsd", DIGEST, "a.xsd", DIGEST), "operator"),
                new Entry.EnrolmentCodeIssued(TIME, Documents.DEALER, DIGEST, TIME.plusSeconds(1)),
                new Entry.CertificateIssued(TIME, Documents.DEALER, "0a1b", TIME.plusSeconds(2), DIGEST),
                new Entry.CertificateIssued(TIME, Documents.DEALER, "0a1b", TIME.plusSeconds(2), null),
                new Entry.CertificateIssued(
                        TIME, Documents.DEALER, "0a1b", TIME.plusSeconds(2), DIGEST, Digest.of(new byte[] {4})),
                new Entry.EnrolmentCodeVoided(TIME, Documents.DEALER, DIGEST, "stolen"),
                new Entry.CertificateRevoked(TIME, "0a1b", "stolen"),
                new Entry.VersionPublished(TIME, PRICES, 7, 5, TIME, true, CONTENT, "opel", new Position(9), null),
                new Entry.VersionPublished(TIME, PRICES, 8, 7, TIME, false, CONTENT, "operator", null, 5L),
                new Entry.VersionHeld(TIME, PRICES, 8, TIME, true, CONTENT, "opel", "95 % of the rows would be gone"),
                new Entry.HeldDiscarded(TIME, PRICES, new Position(12), "opel-second"),
                new Entry.VersionWithdrawn(TIME, PRICES, 8, "opel"),
                new Entry.OperatorActed(TIME, "ada", "release", "opel-centre 12", "the schema was wrong"),
                new Entry.SettingChanged(TIME, "maintenance", "tonight", "operator:ada"),
                new Entry.DeliveryRepeated(
                        TIME, DELIVERY, new Position(9), TIME, "operator:ada", "the folder was lost"),
                new Entry.PartySuspended(TIME, Documents.DEALER, "its keys were lent", "operator:ada"),
                new Entry.PartyResumed(TIME, Documents.DEALER, "it has new ones", "operator"),
                new Entry.OperatorChanged(TIME, "ada", "operate", Set.of(new Brand("opel")), true, "operator:bob"),
                new Entry.OperatorInvited(TIME, "ada", DIGEST, TIME.plusSeconds(60), "operator"),
                new Entry.OperatorKeyAdded(TIME, "ada", "AQI", "AwQ", "blue", DIGEST),
                new Entry.OperatorKeyRemoved(TIME, "ada", DIGEST, "operator:ada"));
    }

    @Test
    void everyKindOfEntryIsTested() {
        assertThat(everyKind().stream().map(Object::getClass).distinct())
                .hasSameSizeAs(Entry.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void anEntryReadBackIsTheEntryWritten(Entry entry) {
        byte[] encoded = EntryCodec.encode(entry);
        Entry decoded = EntryCodec.decode(encoded);
        assertThat(decoded).usingRecursiveComparison().isEqualTo(entry);
        assertThat(EntryCodec.encode(decoded)).isEqualTo(encoded);
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void aTruncatedOrLengthenedEntryIsNeverRead(Entry entry) {
        byte[] encoded = EntryCodec.encode(entry);
        for (int length = 0; length < encoded.length; length++) {
            byte[] shorter = Arrays.copyOf(encoded, length);
            assertThatThrownBy(() -> EntryCodec.decode(shorter)).isInstanceOf(RuntimeException.class);
        }
        assertThatThrownBy(() -> EntryCodec.decode(Arrays.copyOf(encoded, encoded.length + 1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anEntryOfAnUnknownKindSaysThatANewerHubWroteIt() {
        byte[] encoded = EntryCodec.encode(everyKind().getLast());
        encoded[0] = 99;
        assertThatThrownBy(() -> EntryCodec.decode(encoded)).hasMessageContaining("newer version");
    }
}
