package aiguillage.protocol;

import java.net.URI;
import java.util.regex.Pattern;

/// The name of a party: a dealer, manufacturer, centre, subcontractor or hub.
///
/// 1 to 64 characters: lower-case letters, digits, `.` and `-`, starting with a letter or digit. Case never
/// distinguishes two parties, and the name is safe in a path, a header, a file name and a certificate.
public record PartyId(String value) implements Comparable<PartyId> {

    /// In certificates (SAN URI) and as the CloudEvents `source`, a party is this prefix followed by its name.
    public static final String URN_PREFIX = "urn:aiguillage:party:";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

    public PartyId {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException("\"" + Text.shown(value) + "\" is not a party name: use 1 to 64"
                    + " lower-case letters, digits, '.' and '-', starting with a letter or digit");
        }
    }

    /// Reads `urn:aiguillage:party:<name>`.
    ///
    /// @throws IllegalArgumentException when it is anything else
    public static PartyId ofUrn(String urn) {
        if (!urn.startsWith(URN_PREFIX)) {
            throw new IllegalArgumentException(
                    "\"" + Text.shown(urn) + "\" does not name a party: write " + URN_PREFIX + "<name>");
        }
        return new PartyId(urn.substring(URN_PREFIX.length()));
    }

    public URI urn() {
        return URI.create(URN_PREFIX + value);
    }

    @Override
    public int compareTo(PartyId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
