package aiguillage.fuzz;

import static aiguillage.fuzz.Inputs.require;

import aiguillage.protocol.CloudEvents;
import aiguillage.protocol.Envelope;
import java.util.List;
import java.util.Map;

/// CloudEvents headers of a submission.
final class EnvelopeTarget implements Target {

    static final String CLAIM = """
            ce-specversion: 1.0
            ce-id: claim-1
            ce-source: urn:aiguillage:party:dealer-7
            ce-type: opel/warranty-claim
            """;

    @Override
    public List<byte[]> seeds() {
        return Inputs.of(CLAIM, CLAIM + """
                ce-subject: %C3%A9t%C3%A9 %22x%22
                ce-time: 2026-03-01T09:30:00.5+02:00
                ce-dataschema: https://example.com/claim
                ce-country: fr
                ce-recipient: opel-centre
                ce-inreplyto: claim-0
                content-type: application/xml; charset=utf-8
                """);
    }

    @Override
    public void run(byte[] input) {
        Map<String, String> headers = Inputs.headers(input);
        Envelope envelope;
        try {
            envelope = CloudEvents.envelope(headers);
        } catch (IllegalArgumentException refused) {
            require(refused.getMessage() != null && refused.getMessage().length() < 2_000, "a short reason", refused);
            return;
        }
        Map<String, String> written = CloudEvents.headers(envelope);
        Inputs.requireSendable(written);
        String subject = headers.get("ce-subject");
        String kept = String.valueOf(envelope.subject());
        require(
                subject == null || subject.chars().filter(c -> c > 0x7f).allMatch(c -> kept.indexOf(c) >= 0),
                "what is not encoded stays what it is",
                headers);
        require(CloudEvents.envelope(written).equals(envelope), "reads what it wrote", headers, written);
        require(CloudEvents.headers(CloudEvents.envelope(written)).equals(written), "writes it the same", written);
        require(
                written.values().stream().allMatch(value -> value.indexOf('\r') < 0 && value.indexOf('\n') < 0),
                "no value ends a line",
                written);
    }
}
